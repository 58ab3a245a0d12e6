import { nameOf, role, sorted, type Family } from './family.js';

/** Extensions, publications, subscriptions, foreign data. Secrets (connection strings, passwords) only as hashes. */
export const replication: Family = {
  name: 'extensions, replication and foreign data',
  catalogs: ['pg_extension', 'pg_publication', 'pg_publication_rel', 'pg_publication_namespace', 'pg_subscription', 'pg_subscription_rel',
    'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_user_mapping', 'pg_replication_origin'],
  queries: (major) => [
    {
      // Not through `root`: an extension is no member of itself.
      object: ['pg_extension', 'x.oid'],
      facets: { version: 'x.extversion', schema: 'x.extnamespace::regnamespace', owner: role('x.extowner') },
      from: 'FROM pg_extension x',
    },
    {
      object: ['pg_publication', 'p.oid'],
      facets: {
        owner: role('p.pubowner'), 'all tables': `CASE WHEN p.puballtables THEN 'yes' END`, 'through root': `CASE WHEN p.pubviaroot THEN 'yes' END`,
        operations: `concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)`,
        more: `(SELECT nullif(string_agg(key || '=' || value, ', ' ORDER BY key), '') FROM jsonb_each_text(to_jsonb(p)) WHERE key IN ('pubgencols', 'puballsequences') AND value NOT IN ('n', 'false'))`,
      },
      from: 'FROM pg_publication p',
    },
    {
      object: ['pg_publication_rel', 'r.oid'], parent: ['pg_publication', 'r.prpubid'],
      facets: { 'part of': nameOf(['pg_class', 'r.prrelid']), where: 'pg_get_expr(r.prqual, r.prrelid)', columns: `(SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM unnest(r.prattrs) AS n JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = n)` },
      from: 'FROM pg_publication_rel r',
    },
    { object: ['pg_publication_namespace', 'n.oid'], parent: ['pg_publication', 'n.pnpubid'], facets: { included: `'yes'` }, from: 'FROM pg_publication_namespace n' },
    {
      object: ['pg_subscription', 's.oid'],
      facets: { owner: role('s.subowner'), enabled: `CASE WHEN s.subenabled THEN 'yes' ELSE 'no' END`, slot: 's.subslotname', publications: sorted('s.subpublications'), 'synchronous commit': 's.subsynccommit', binary: 's.subbinary', stream: 's.substream',
        // A subscription waits for its first table before it may prepare: only whether it was asked for counts.
        'two phase': `CASE WHEN s.subtwophasestate <> 'd' THEN 'yes' END`, 'disabled by errors': 's.subdisableonerr',
        ...(major >= 16 ? { origin: 's.suborigin', 'password required': 's.subpasswordrequired', 'runs as owner': 's.subrunasowner' } : {}),
        ...(major >= 17 ? { failover: 's.subfailover' } : {}),
      },
      from: 'FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
    },
    {
      // Readable by superusers alone; elsewhere the snapshot says that it was not.
      name: `'connection of subscription ' || quote_ident(s.subname)`, facets: { hash: 'md5(s.subconninfo)', 'part of': nameOf(['pg_subscription', 's.oid']) },
      from: 'FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
    },
    {
      object: ['pg_foreign_data_wrapper', 'w.oid'],
      facets: { owner: role('w.fdwowner'), handler: 'nullif(w.fdwhandler, 0)::regprocedure', validator: 'nullif(w.fdwvalidator, 0)::regprocedure', options: sorted('w.fdwoptions') },
      from: 'FROM pg_foreign_data_wrapper w',
    },
    {
      object: ['pg_foreign_server', 's.oid'], parent: ['pg_foreign_data_wrapper', 's.srvfdw'],
      facets: { owner: role('s.srvowner'), type: 's.srvtype', version: 's.srvversion', wrapper: '(SELECT fdwname FROM pg_foreign_data_wrapper WHERE oid = s.srvfdw)', options: sorted('s.srvoptions') },
      from: 'FROM pg_foreign_server s',
    },
    {
      object: ['pg_user_mapping', 'm.umid'], parent: ['pg_foreign_server', 'm.srvid'],
      facets: { 'options hash': `md5(${sorted('m.umoptions')})` },
      from: 'FROM pg_user_mappings m',
    },
    {
      name: `'replication slot ' || s.slot_name`,
      facets: { kind: 's.slot_type', plugin: 's.plugin' },
      from: 'FROM pg_replication_slots s WHERE NOT s.temporary AND (s.database IS NULL OR s.database = current_database())',
    },
    {
      name: `'replication origin ' || quote_ident(o.roname)`, facets: {}, from: 'FROM pg_replication_origin o',
    },
    {
      name: `'prepared transaction ' || quote_literal(x.gid)`,
      facets: { owner: 'x.owner' }, from: 'FROM pg_prepared_xacts x WHERE x.database = current_database()',
    },
  ],
};
