import { FIRST_OWN_OID, role, type Address, type Family, type ObjectQuery } from './family.js';

/** The system's own objects are many, and have a query of their own. */
const NOT_SYSTEM = `NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`;

/**
 * Who may do what: one object per thing and grantee. A NULL list means the
 * built-in default and becomes an explicit one at the first GRANT, so it is
 * replaced by acldefault(), and lists are taken apart, for their order means nothing.
 */
export const grants: Family = {
  name: 'privileges',
  catalogs: ['pg_default_acl', 'pg_init_privs', 'pg_parameter_acl'],
  queries: () => [
    grantsOn(['pg_namespace', 'n.oid'], `'n'`, 'n.nspacl', 'n.nspowner', 'pg_namespace n', { schema: 'n.oid' }),
    grantsOn(['pg_class', 'c.oid'], `CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char"`, 'c.relacl', 'c.relowner',
      'pg_class c', { schema: 'c.relnamespace', where: `c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relnamespace ${NOT_SYSTEM}` }),
    grantsOn(['pg_class', 'a.attrelid', 'a.attnum'], `'c'`, 'a.attacl', 'c.relowner',
      'pg_attribute a JOIN pg_class c ON c.oid = a.attrelid', { schema: 'c.relnamespace', root: ['pg_class', 'c.oid'], where: 'a.attacl IS NOT NULL AND NOT a.attisdropped' }),
    grantsOn(['pg_proc', 'p.oid'], `'f'`, 'p.proacl', 'p.proowner', 'pg_proc p', { schema: 'p.pronamespace', where: `p.pronamespace ${NOT_SYSTEM}` }),
    grantsOn(['pg_type', 't.oid'], `'T'`, 't.typacl', 't.typowner', 'pg_type t', {
      schema: 't.typnamespace',
      where: `t.typnamespace ${NOT_SYSTEM} AND t.typtype <> 'm' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`,
    }),
    grantsOn(['pg_language', 'l.oid'], `'l'`, 'l.lanacl', 'l.lanowner', 'pg_language l', { where: 'l.lanpltrusted' }),
    grantsOn(['pg_foreign_data_wrapper', 'w.oid'], `'F'`, 'w.fdwacl', 'w.fdwowner', 'pg_foreign_data_wrapper w'),
    grantsOn(['pg_foreign_server', 's.oid'], `'S'`, 's.srvacl', 's.srvowner', 'pg_foreign_server s'),
    grantsOn(['pg_largeobject', 'o.oid'], `'L'`, 'o.lomacl', 'o.lomowner', 'pg_largeobject_metadata o'),
    {
      // What initdb granted on the system's own objects stands in pg_init_privs; only what differs is somebody's doing.
      ...grantsOn(['pg_class', 'c.oid'], `'r'`, 'c.relacl', 'c.relowner', 'pg_class c', {
        where: systemChanged('pg_class', 'c.oid', 'c.relacl', `'r'`, 'c.relowner', `c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND c.relkind IN ('r', 'v')`),
      }),
    },
    grantsOn(['pg_class', 'a.attrelid', 'a.attnum'], `'c'`, 'a.attacl', 'c.relowner', 'pg_attribute a JOIN pg_class c ON c.oid = a.attrelid', {
      where: systemChanged('pg_class', 'a.attrelid', 'a.attacl', `'c'`, 'c.relowner', `c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`, 'a.attnum'),
    }),
    // The same for members of extensions: an extension may bring grants of its own.
    membersOf('pg_class', 'c', `CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char"`, 'relacl', 'relowner', `c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`),
    membersOf('pg_proc', 'p', `'f'`, 'proacl', 'proowner', 'true'),
    membersOf('pg_type', 't', `'T'`, 'typacl', 'typowner', 'true'),
    membersOf('pg_language', 'l', `'l'`, 'lanacl', 'lanowner', 'l.lanpltrusted'),
    membersOf('pg_namespace', 'n', `'n'`, 'nspacl', 'nspowner', 'true'),
    grantsOn(['pg_proc', 'p.oid'], `'f'`, 'p.proacl', 'p.proowner', 'pg_proc p', {
      where: systemChanged('pg_proc', 'p.oid', 'p.proacl', `'f'`, 'p.proowner', `p.pronamespace = 'pg_catalog'::regnamespace`),
    }),
    {
      object: ['pg_default_acl', 'd.oid'], after: `' for ' || ${grantee}`,
      facets: { privileges, of: `CASE WHEN min(d.defaclnamespace::bigint) = 0 THEN 'all schemas' END` },
      from: `FROM pg_default_acl d, aclexplode(d.defaclacl) AS x GROUP BY d.oid, x.grantee`,
    },
    {
      // Default rights taken away altogether leave a list without entries.
      object: ['pg_default_acl', 'd.oid'], facets: { privileges: `'none'` },
      from: `FROM pg_default_acl d WHERE cardinality(d.defaclacl) = 0`,
    },
  ],
};

const grantee = `CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE coalesce(${role('x.grantee')}::text, x.grantee::text) END`;
const privileges = `string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END)`;

function grantsOn(object: Address, kind: string, list: string, owner: string, from: string, more: { schema?: string; root?: Address; where?: string; members?: boolean } = {}): ObjectQuery {
  const [, oid, column] = object;
  return {
    object, parent: object, ...(more.members ? { members: true } : {}), ...(more.root ? { root: more.root } : {}), ...(more.schema ? { schema: more.schema } : {}),
    before: `'grant on '`, // The owner by role, not by name: a change of owner is told once, by the thing itself.
    after: `' to ' || CASE WHEN x.grantee = ${owner} THEN 'its owner' ELSE ${grantee} END`,
    facets: {
      privileges,
      // Whoever owns a thing grants on it; only another grantor (WITH GRANT OPTION) is worth a word.
      grantor: `string_agg(DISTINCT ${role('x.grantor')}, ', ') FILTER (WHERE x.grantor <> ${owner})`,
    },
    from: `FROM ${from}, aclexplode(coalesce(${list}, acldefault(${kind}, ${owner}))) AS x
      WHERE ${more.where ?? 'true'} AND ${oid} ${more.schema || more.where ? '>= 0' : `>= ${FIRST_OWN_OID}`}
      GROUP BY ${[oid, column, owner, more.schema, more.root?.[1], 'x.grantee'].filter((part) => part !== undefined && part !== '').join(', ')}`,
  };
}

function membersOf(catalog: string, alias: string, kind: string, list: string, owner: string, which: string): ObjectQuery {
  const [oid, acl, owns] = [`${alias}.oid`, `${alias}.${list}`, `${alias}.${owner}`];
  return grantsOn([catalog, oid], kind, acl, owns, `${catalog} ${alias}`, { members: true, where: systemChanged(catalog, oid, acl, kind, owns, which) });
}

function systemChanged(catalog: string, oid: string, list: string, kind: string, owner: string, which: string, column = '0'): string {
  return `${list} IS NOT NULL AND ${which} AND (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(${list}, acldefault(${kind}, ${owner}))) AS i) IS DISTINCT FROM
    (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce((SELECT initprivs FROM pg_init_privs WHERE classoid = '${catalog}'::regclass AND objoid = ${oid} AND objsubid = ${column}), acldefault(${kind}, ${owner}))) AS i)`;
}
