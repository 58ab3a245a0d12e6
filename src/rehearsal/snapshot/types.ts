import { role, type Family } from './family.js';

const routine = (oid: string): string => `nullif(${oid}::oid, 0)::regprocedure`;

/** Enumerations, composites, domains, ranges and base types; sequences. */
export const types: Family = {
  name: 'types and sequences',
  catalogs: ['pg_type', 'pg_enum', 'pg_range', 'pg_sequence'],
  queries: () => [
    {
      object: ['pg_type', 't.oid'], schema: 't.typnamespace',
      facets: {
        kind: `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'b' THEN 'base' WHEN 'p' THEN 'shell' END`,
        owner: role('t.typowner'),
        values: `(SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)`,
        attributes: `(SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) || CASE WHEN a.attcollation NOT IN (0, 100, 950) THEN ' collate ' || a.attcollation::regcollation ELSE '' END, ', ' ORDER BY a.attnum)
          FROM pg_attribute a WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`,
        base: `CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END`,
        default: 't.typdefault',
        'not null': `CASE WHEN t.typnotnull THEN 'yes' END`,
        collation: `CASE WHEN t.typtype = 'd' AND t.typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype) THEN t.typcollation::regcollation::text END`,
        range: `(SELECT concat_ws(', ', format_type(r.rngsubtype, NULL), 'opclass ' || (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc), 'collation ' || nullif(r.rngcollation, 0)::regcollation,
          'canonical ' || ${routine('r.rngcanonical')}, 'diff ' || ${routine('r.rngsubdiff')}, 'multirange ' || r.rngmultitypid::regtype) FROM pg_range r WHERE r.rngtypid = t.oid)`,
        functions: `CASE WHEN t.typtype = 'b' THEN concat_ws(', ', ${['typinput', 'typoutput', 'typreceive', 'typsend', 'typmodin', 'typmodout', 'typanalyze', 'typsubscript'].map((name) => routine(`t.${name}`)).join(', ')}) END`,
        layout: `CASE WHEN t.typtype = 'b' THEN concat_ws(' ', t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdelim, nullif(t.typelem, 0)::regtype) END`,
      },
      // Row types of tables, array types and multiranges come and go with what they belong to.
      from: `FROM pg_type t WHERE t.typtype <> 'm'
        AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
        AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)`,
    },
    {
      object: ['pg_class', 's.seqrelid'], schema: 'c.relnamespace',
      facets: {
        'part of': `(SELECT type || ' ' || identity FROM pg_depend d, pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid)
          WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))`,
        owner: role('c.relowner'),
        type: 's.seqtypid::regtype',
        start: 's.seqstart', increment: 's.seqincrement', minimum: 's.seqmin', maximum: 's.seqmax', cache: 's.seqcache',
        cycle: `CASE WHEN s.seqcycle THEN 'yes' END`,
        persistence: `CASE c.relpersistence WHEN 'u' THEN 'unlogged' END`,
        // Numbers given out are never taken back: told, not compared.
        '~position': `CASE WHEN has_sequence_privilege(s.seqrelid, 'SELECT') THEN pg_sequence_last_value(s.seqrelid) END`,
      },
      from: 'FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid',
    },
  ],
};
