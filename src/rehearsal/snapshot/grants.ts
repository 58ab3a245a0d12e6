import { FIRST_OWN_OID, isMember, role, type Family, type ObjectQuery } from './family.js';

const SYSTEM = `('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`;
const RELATIONS = `c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;
const RELATION = `CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END`;
const COLUMNS = 'pg_attribute a JOIN pg_class c ON c.oid = a.attrelid';

/**
 * Who may do what: one object per thing and grantee. A NULL list means the
 * built-in default and becomes an explicit one at the first GRANT, so it is
 * replaced by acldefault(), and lists are taken apart, for their order means nothing.
 */
export const grants: Family = {
  name: 'privileges',
  catalogs: ['pg_default_acl', 'pg_init_privs', 'pg_parameter_acl'],
  queries: () => [
    // The lists of all catalogs are taken together first: planning a query over each costs more than running it.
    grantsOn({ schema: 'g.schema' }, [
      list('pg_namespace', 'n.oid', `'n'`, 'n.nspacl', 'n.nspowner', 'n.oid', 'pg_namespace n'),
      // The system's own objects are many, and have a query of their own.
      list('pg_class', 'c.oid', RELATION, 'c.relacl', 'c.relowner', 'c.relnamespace', 'pg_class c', `${RELATIONS} AND c.relnamespace NOT IN ${SYSTEM}`),
      list('pg_class', 'a.attrelid', `'c'`, 'a.attacl', 'c.relowner', 'c.relnamespace', COLUMNS, 'a.attacl IS NOT NULL AND NOT a.attisdropped', 'a.attnum'),
      list('pg_proc', 'p.oid', `'f'`, 'p.proacl', 'p.proowner', 'p.pronamespace', 'pg_proc p', `p.pronamespace NOT IN ${SYSTEM}`),
      list('pg_type', 't.oid', `'T'`, 't.typacl', 't.typowner', 't.typnamespace', 'pg_type t',
        `t.typnamespace NOT IN ${SYSTEM} AND t.typtype <> 'm' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`),
      list('pg_language', 'l.oid', `'l'`, 'l.lanacl', 'l.lanowner', '0', 'pg_language l', 'l.lanpltrusted'),
      list('pg_foreign_data_wrapper', 'w.oid', `'F'`, 'w.fdwacl', 'w.fdwowner', '0', 'pg_foreign_data_wrapper w', `w.oid >= ${FIRST_OWN_OID}`),
      list('pg_foreign_server', 's.oid', `'S'`, 's.srvacl', 's.srvowner', '0', 'pg_foreign_server s', `s.oid >= ${FIRST_OWN_OID}`),
      list('pg_largeobject', 'o.oid', `'L'`, 'o.lomacl', 'o.lomowner', '0', 'pg_largeobject_metadata o', `o.oid >= ${FIRST_OWN_OID}`),
    ]),
    // What initdb granted on the system's own objects, and an extension on its members, stands in pg_init_privs; only what differs is somebody's doing.
    grantsOn({ members: true, where: `(g.system OR ${isMember('g.class', 'g.id')}) AND ${CHANGED}` }, [
      list('pg_class', 'c.oid', RELATION, 'c.relacl', 'c.relowner', '0', 'pg_class c', `c.relacl IS NOT NULL AND ${RELATIONS}`, '0', `c.relnamespace IN ${SYSTEM} AND c.relkind IN ('r', 'v')`),
      list('pg_class', 'a.attrelid', `'c'`, 'a.attacl', 'c.relowner', '0', COLUMNS, 'a.attacl IS NOT NULL AND NOT a.attisdropped', 'a.attnum', `c.relnamespace IN ${SYSTEM}`),
      list('pg_proc', 'p.oid', `'f'`, 'p.proacl', 'p.proowner', '0', 'pg_proc p', 'p.proacl IS NOT NULL', '0', `p.pronamespace = 'pg_catalog'::regnamespace`),
      list('pg_type', 't.oid', `'T'`, 't.typacl', 't.typowner', '0', 'pg_type t', 't.typacl IS NOT NULL'),
      list('pg_language', 'l.oid', `'l'`, 'l.lanacl', 'l.lanowner', '0', 'pg_language l', 'l.lanacl IS NOT NULL AND l.lanpltrusted'),
      list('pg_namespace', 'n.oid', `'n'`, 'n.nspacl', 'n.nspowner', '0', 'pg_namespace n', 'n.nspacl IS NOT NULL'),
    ]),
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

const grantee = `CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE ${role('x.grantee')}::text END`;
const privileges = `string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END)`;

/** The lists of one catalog. `system`: whether the thing is the system's own. */
function list(catalog: string, oid: string, kind: string, acl: string, owner: string, schema: string, from: string, where = 'true', column = '0', system = 'false'): string {
  return `SELECT '${catalog}'::regclass AS class, ${oid} AS id, ${column}::int AS sub, ${acl} AS list, (${kind})::"char" AS kind, ${owner} AS owner, ${schema}::oid AS schema, ${system} AS system FROM ${from} WHERE ${where}`;
}

function grantsOn(more: { schema?: string; members?: boolean; where?: string }, lists: string[]): ObjectQuery {
  const { where = 'true', ...rest } = more;
  return {
    object: ['g.class', 'g.id', 'g.sub'], parent: ['g.class', 'g.id', 'g.sub'], ...rest,
    before: `'grant on '`, // The owner by role, not by name: a change of owner is told once, by the thing itself.
    after: `' to ' || CASE WHEN x.grantee = g.owner THEN 'its owner' ELSE ${grantee} END`,
    facets: {
      privileges,
      // Whoever owns a thing grants on it; only another grantor (WITH GRANT OPTION) is worth a word.
      grantor: `string_agg(DISTINCT ${role('x.grantor')}, ', ') FILTER (WHERE x.grantor <> g.owner)`,
    },
    from: `FROM (${lists.join('\nUNION ALL ')}) AS g, aclexplode(coalesce(g.list, acldefault(g.kind, g.owner))) AS x
      WHERE ${where}
      GROUP BY g.class, g.id, g.sub, g.owner, g.schema, x.grantee`,
  };
}

/** The same list in another order is no change; most are the same altogether, which is found out sooner. */
const CHANGED = `(SELECT p.list IS DISTINCT FROM g.list AND ${inOrder('coalesce(p.list, acldefault(g.kind, g.owner))')} IS DISTINCT FROM ${inOrder('g.list')}
  FROM (SELECT (SELECT initprivs FROM pg_init_privs WHERE classoid = g.class AND objoid = g.id AND objsubid = g.sub) AS list) AS p)`;

function inOrder(array: string): string {
  return `(SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(${array}) AS i)`;
}
