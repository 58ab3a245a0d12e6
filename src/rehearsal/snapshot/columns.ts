import { sorted, type Family } from './family.js';

/**
 * Columns, by their rank among those that are left, not by attnum: dropping
 * and adding leaves a gap in the numbers that nobody can see. The rank is
 * compared as an order, so that one lost column does not move all the others.
 */
export const columns: Family = {
  name: 'columns',
  catalogs: ['pg_attribute', 'pg_attrdef'],
  queries: (major) => [
    {
      object: ['pg_class', 'a.attrelid', 'a.attnum'], parent: ['pg_class', 'a.attrelid'], root: ['pg_class', 'a.attrelid'], schema: 'a.relnamespace',
      facets: {
        position: 'a.rank',
        type: 'format_type(a.atttypid, a.atttypmod)',
        'not null': `CASE WHEN a.attnotnull THEN 'yes' END`,
        ...(major >= 18 ? { 'not null constraint': `(SELECT conname || CASE WHEN connoinherit THEN ' no inherit' ELSE '' END || CASE WHEN convalidated THEN '' ELSE ' not valid' END || CASE WHEN conislocal THEN '' ELSE ' inherited' END
          FROM pg_constraint WHERE conrelid = a.attrelid AND contype = 'n' AND conkey[1] = a.attnum)` } : {}),
        default: `CASE WHEN a.attgenerated = '' THEN (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = a.attrelid AND adnum = a.attnum) END`,
        generated: `CASE WHEN a.attgenerated <> '' THEN (SELECT CASE a.attgenerated WHEN 's' THEN 'stored ' ELSE 'virtual ' END || pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = a.attrelid AND adnum = a.attnum) END`,
        identity: `CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END`,
        collation: `(SELECT collation_name.identity FROM pg_type t, pg_identify_object('pg_collation'::regclass, a.attcollation, 0) AS collation_name WHERE t.oid = a.atttypid AND a.attcollation <> t.typcollation)`,
        storage: `(SELECT CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END FROM pg_type t WHERE t.oid = a.atttypid AND a.attstorage <> t.typstorage)`,
        compression: `CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END`,
        statistics: 'CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END',
        options: sorted('a.attoptions'),
        'foreign options': sorted('a.attfdwoptions'),
        inherited: `CASE WHEN a.attinhcount > 0 THEN CASE WHEN a.attislocal THEN 'and local' ELSE 'only' END END`,
      },
      from: `FROM (
        SELECT att.*, c.relnamespace, row_number() OVER (PARTITION BY att.attrelid ORDER BY att.attnum) AS rank
        FROM pg_attribute att JOIN pg_class c ON c.oid = att.attrelid
        WHERE att.attnum > 0 AND NOT att.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      ) AS a`,
    },
  ],
};
