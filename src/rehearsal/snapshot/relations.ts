import { role, sorted, type Family } from './family.js';

const named = (oid: string): string => `nullif(${oid}, 0)::regclass`;

/** Schemas, tables, views, materialised views, foreign tables; rules. */
export const relations: Family = {
  name: 'schemas and relations',
  catalogs: ['pg_namespace', 'pg_class', 'pg_inherits', 'pg_partitioned_table', 'pg_foreign_table', 'pg_rewrite'],
  queries: () => [
    {
      object: ['pg_namespace', 'n.oid'], schema: 'n.oid',
      facets: { owner: role('n.nspowner') },
      from: 'FROM pg_namespace n',
    },
    {
      object: ['pg_class', 'c.oid'], schema: 'c.relnamespace',
      facets: {
        kind: `CASE c.relkind WHEN 'p' THEN 'partitioned' END`,
        owner: role('c.relowner'),
        persistence: `CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 'p' THEN 'logged' END`,
        'access method': `CASE WHEN c.relkind IN ('r', 'm') THEN (SELECT amname FROM pg_am WHERE oid = c.relam) END`,
        tablespace: '(SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace)',
        options: sorted('c.reloptions'),
        'toast options': `(SELECT ${sorted('t.reloptions')} FROM pg_class t WHERE t.oid = c.reltoastrelid)`,
        'replica identity': `CASE WHEN c.relkind IN ('r', 'p') THEN CASE c.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
          WHEN 'i' THEN coalesce((SELECT 'index ' || indexrelid::regclass FROM pg_index WHERE indrelid = c.oid AND indisreplident), 'lost index') END END`,
        'row security': `CASE WHEN c.relrowsecurity THEN 'enabled' END`,
        'forced row security': `CASE WHEN c.relforcerowsecurity THEN 'yes' END`,
        inherits: `(SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid)`,
        'detach pending': `CASE WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid AND inhdetachpending) THEN 'yes' END`,
        'partition key': `CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END`,
        'partition bound': 'pg_get_expr(c.relpartbound, c.oid)',
        'of type': named('c.reloftype').replace('regclass', 'regtype'),
        definition: `CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END`,
        populated: `CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'no' END`,
        server: '(SELECT s.srvname FROM pg_foreign_table ft JOIN pg_foreign_server s ON s.oid = ft.ftserver WHERE ft.ftrelid = c.oid)',
        'foreign options': `(SELECT ${sorted('ft.ftoptions')} FROM pg_foreign_table ft WHERE ft.ftrelid = c.oid)`,
      },
      from: `FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    },
    {
      object: ['pg_rewrite', 'r.oid'], parent: ['pg_class', 'c.oid'], root: ['pg_class', 'c.oid'], schema: 'c.relnamespace',
      facets: { definition: 'pg_get_ruledef(r.oid)', enabled: `CASE r.ev_enabled WHEN 'O' THEN 'yes' WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END` },
      from: `FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'`,
    },
  ],
};
