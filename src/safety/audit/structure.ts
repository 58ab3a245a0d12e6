import { notOfExtension, ours, qualified, type AuditRule } from './rule.js';

const indexes = `pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = x.relnamespace WHERE ${ours('n')}`;

/** What does not work, or works slowly. */
export const structureRules: readonly AuditRule[] = [
  {
    id: 'index-invalid', severity: 'error', title: 'invalid index: it costs every write and serves no query',
    remedy: 'DROP INDEX CONCURRENTLY, then create it again; a unique one enforces nothing until it is valid.',
    sql: `SELECT 'index ' || ${qualified('n.nspname', 'x.relname')}, 'on ' || t.oid::regclass || CASE WHEN i.indisunique THEN ', and it is meant to be unique' ELSE '' END, NULL FROM ${indexes} AND NOT (i.indisvalid AND i.indisready) AND x.relkind = 'i'`,
  },
  {
    id: 'constraint-not-validated', severity: 'warning', title: 'constraint that older rows may break',
    remedy: 'ALTER TABLE … VALIDATE CONSTRAINT: it reads the table without stopping writes.',
    sql: `SELECT format('constraint %I on %s', k.conname, k.conrelid::regclass), pg_get_constraintdef(k.oid), NULL FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${ours('n')} AND NOT k.convalidated AND k.conrelid <> 0`,
  },
  {
    id: 'foreign-key-unindexed', severity: 'warning', title: 'foreign key without an index: every delete of a parent reads the whole table',
    remedy: 'CREATE INDEX CONCURRENTLY on the columns of the key.',
    sql: `SELECT format('constraint %I on %s', k.conname, k.conrelid::regclass), 'columns ' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(k.conkey, a.attnum)) FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)), NULL
      FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
      WHERE ${ours('n')} AND k.contype = 'f' AND k.conparentid = 0 AND ${notOfExtension('pg_class', 'k.conrelid')}
        AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts >= cardinality(k.conkey)
          AND (SELECT array_agg(c ORDER BY c) FROM unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) AS c) = (SELECT array_agg(c ORDER BY c) FROM unnest(k.conkey) AS c))`,
  },
  {
    id: 'index-duplicate', severity: 'note', title: 'index that another one makes superfluous',
    remedy: 'DROP INDEX CONCURRENTLY one of them.',
    sql: `SELECT 'index ' || ${qualified('n.nspname', 'x.relname')}, 'the same as ' || (SELECT string_agg(o.indexrelid::regclass::text, ', ') FROM pg_index o WHERE o.indrelid = i.indrelid AND o.indexrelid < i.indexrelid
          AND (o.indkey::text, o.indclass::text, o.indcollation::text, o.indoption::text, o.indisunique) = (i.indkey::text, i.indclass::text, i.indcollation::text, i.indoption::text, i.indisunique)
          AND pg_get_expr(o.indpred, o.indrelid) IS NOT DISTINCT FROM pg_get_expr(i.indpred, i.indrelid) AND pg_get_expr(o.indexprs, o.indrelid) IS NOT DISTINCT FROM pg_get_expr(i.indexprs, i.indrelid)), NULL
      FROM ${indexes} AND EXISTS (SELECT FROM pg_index o WHERE o.indrelid = i.indrelid AND o.indexrelid < i.indexrelid
          AND (o.indkey::text, o.indclass::text, o.indcollation::text, o.indoption::text, o.indisunique) = (i.indkey::text, i.indclass::text, i.indcollation::text, i.indoption::text, i.indisunique)
          AND pg_get_expr(o.indpred, o.indrelid) IS NOT DISTINCT FROM pg_get_expr(i.indpred, i.indrelid) AND pg_get_expr(o.indexprs, o.indrelid) IS NOT DISTINCT FROM pg_get_expr(i.indexprs, i.indrelid))`,
  },
  {
    id: 'no-primary-key', severity: 'note', title: 'table without a primary key: replication and upserts cannot name a row',
    remedy: 'ALTER TABLE … ADD PRIMARY KEY.',
    sql: `SELECT 'table ' || ${qualified('n.nspname', 'c.relname')}, 'no primary key', NULL FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ours('n')} AND ${notOfExtension('pg_class', 'c.oid')} AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`,
  },
];
