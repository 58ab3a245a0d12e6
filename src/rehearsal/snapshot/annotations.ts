import { FIRST_OWN_OID, nameOf, type Family } from './family.js';

/** A schema of the object an annotation hangs on, where that object has one. */
const schemaOf = (catalog: string, id: string): string => `CASE ${catalog}
  WHEN 'pg_namespace'::regclass THEN ${id}
  WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = ${id})
  WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = ${id})
  WHEN 'pg_type'::regclass THEN (SELECT typnamespace FROM pg_type WHERE oid = ${id})
  WHEN 'pg_constraint'::regclass THEN (SELECT connamespace FROM pg_constraint WHERE oid = ${id})
  WHEN 'pg_trigger'::regclass THEN (SELECT relnamespace FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE t.oid = ${id})
  WHEN 'pg_policy'::regclass THEN (SELECT relnamespace FROM pg_class c JOIN pg_policy y ON y.polrelid = c.oid WHERE y.oid = ${id})
  ELSE 0 END`;

const identified = (catalog: string, id: string, sub: string): string => `(SELECT type || ' ' || identity FROM pg_identify_object(${catalog}, ${id}, ${sub}))`;

/** Comments, security labels, what depends on an extension; database and roles have theirs in shared catalogs. */
export const annotations: Family = {
  name: 'comments and labels',
  catalogs: ['pg_description', 'pg_shdescription', 'pg_seclabel', 'pg_shseclabel', 'pg_depend', 'pg_shdepend'],
  queries: () => [
    {
      name: `'comment on ' || ${identified('d.classoid', 'd.objoid', 'd.objsubid')}`,
      schema: schemaOf('d.classoid', 'd.objoid'),
      facets: { 'part of': identified('d.classoid', 'd.objoid', 'd.objsubid'), text: 'd.description' },
      from: `FROM pg_description d WHERE (d.objoid >= ${FIRST_OWN_OID} OR d.classoid = 'pg_namespace'::regclass)
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
    },
    {
      object: ['pg_extension', 'e.refobjid'], before: `'comments on members of '`, parent: ['pg_extension', 'e.refobjid'],
      facets: { hash: `md5(string_agg(${identified('d.classoid', 'd.objoid', 'd.objsubid')} || ' ' || d.description, '' ORDER BY ${identified('d.classoid', 'd.objoid', 'd.objsubid')}))` },
      from: `FROM pg_description d JOIN pg_depend e ON e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e' AND e.refclassid = 'pg_extension'::regclass GROUP BY e.refobjid`,
    },
    {
      name: `'comment on this database'`,
      facets: { text: 's.description' },
      from: `FROM pg_shdescription s JOIN pg_database b ON b.oid = s.objoid WHERE s.classoid = 'pg_database'::regclass AND b.datname = current_database()`,
    },
    {
      // Of the server's own objects there are thousands: one line for all of them.
      name: `'comments on objects of the system'`, facets: { hash: `sum(hashtextextended(d.description, d.classoid::bigint << 32 | d.objoid::bigint) + d.objsubid)` },
      from: `FROM pg_description d WHERE d.objoid < ${FIRST_OWN_OID} AND d.classoid <> 'pg_namespace'::regclass
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
    },
    {
      object: ['pg_authid', 's.objoid'], before: `'comment on '`, parent: ['pg_authid', 's.objoid'],
      facets: { text: 's.description' },
      from: `FROM pg_shdescription s WHERE s.classoid = 'pg_authid'::regclass`,
    },
    {
      object: ['pg_tablespace', 's.objoid'], before: `'comment on '`, parent: ['pg_tablespace', 's.objoid'],
      facets: { text: 's.description' },
      from: `FROM pg_shdescription s WHERE s.classoid = 'pg_tablespace'::regclass`,
    },
    {
      name: `'security label of ' || l.provider || ' on ' || ${identified('l.classoid', 'l.objoid', 'l.objsubid')}`,
      schema: schemaOf('l.classoid', 'l.objoid'),
      facets: { 'part of': identified('l.classoid', 'l.objoid', 'l.objsubid'), label: 'l.label' },
      from: 'FROM pg_seclabel l',
    },
    {
      name: `'security label of ' || l.provider || ' on ' || CASE WHEN l.classoid = 'pg_database'::regclass THEN 'this database' ELSE ${identified('l.classoid', 'l.objoid', '0')} END`,
      facets: { 'part of': identified('l.classoid', 'l.objoid', '0'), label: 'l.label' },
      from: `FROM pg_shseclabel l WHERE l.classoid <> 'pg_database'::regclass OR l.objoid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    },
    {
      object: ['pg_extension', 'x.refobjid'], before: `'tie of ' || ${identified('x.classid', 'x.objid', 'x.objsubid')} || ' to '`,
      schema: schemaOf('x.classid', 'x.objid'),
      facets: { 'part of': identified('x.classid', 'x.objid', 'x.objsubid') },
      from: `FROM pg_depend x WHERE x.deptype = 'x' AND x.refclassid = 'pg_extension'::regclass`,
    },
    {
      object: ['pg_statistic_ext', 's.oid'], root: ['pg_class', 's.stxrelid'], schema: 's.stxnamespace', parent: ['pg_class', 's.stxrelid'],
      facets: { definition: 'pg_get_statisticsobjdef(s.oid)', owner: '(SELECT rolname FROM pg_roles WHERE oid = s.stxowner)', target: 'CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END', table: nameOf(['pg_class', 's.stxrelid']) },
      from: 'FROM pg_statistic_ext s',
    },
  ],
};
