import { beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { lintGraph, lintSql } from '../../src/safety/lint.js';
import { rules } from '../../src/safety/rules/index.js';
import { compile } from '../guide/compile.js';

/** Of each rule a statement that breaks it, and a safer one near to it. */
const cases: Record<string, [bad: string, good: string]> = {
  'drop-table': ['DROP TABLE public.old, older;', 'CREATE TABLE scratch (id int); DROP TABLE scratch;'],
  'drop-schema': ['DROP SCHEMA old;', 'DROP VIEW old.v;'],
  'drop-database': ['DROP DATABASE d;', 'CREATE DATABASE d;'],
  'drop-column': ['ALTER TABLE t DROP COLUMN a;', 'CREATE TABLE t (a int, b int); ALTER TABLE t DROP COLUMN a;'],
  'drop-cascade': ['DROP VIEW v CASCADE;', 'DROP VIEW v;'],
  'truncate': ['TRUNCATE t CASCADE;', 'DELETE FROM t WHERE old;'],
  'delete-without-where': ['DELETE FROM t;', 'DELETE FROM t WHERE true;'],
  'update-without-where': ['UPDATE t SET a = 1;', 'UPDATE t SET a = 1 WHERE a IS NULL;'],
  'add-required-column': ['ALTER TABLE t ADD COLUMN a text NOT NULL;', "ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT '';"],
  'add-column-rewrite': ['ALTER TABLE t ADD COLUMN a uuid DEFAULT gen_random_uuid();', 'ALTER TABLE t ADD COLUMN a timestamptz DEFAULT now();'],
  'change-column-type': ['ALTER TABLE t ALTER COLUMN a TYPE bigint;', 'CREATE TABLE t (a int); ALTER TABLE t ALTER COLUMN a TYPE bigint;'],
  'set-not-null': ['ALTER TABLE t ALTER COLUMN a SET NOT NULL;', 'ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER COLUMN a SET NOT NULL;'],
  'drop-not-null': ['ALTER TABLE t ALTER COLUMN a DROP NOT NULL;', "ALTER TABLE t ALTER COLUMN a SET DEFAULT '';"],
  'json-column': ['CREATE TABLE t (a json);', 'CREATE TABLE t (a jsonb);'],
  'char-column': ['CREATE TABLE t (a char(3));', 'CREATE TABLE t (a text);'],
  'timestamp-without-zone': ['CREATE TABLE t (a timestamp);', 'CREATE TABLE t (a timestamptz);'],
  'small-primary-key': ['CREATE TABLE t (id serial PRIMARY KEY);', 'CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);'],
  'rename': ['ALTER TABLE t RENAME COLUMN a TO b;', 'CREATE TABLE t (a int); ALTER TABLE t RENAME COLUMN a TO b;'],
  'long-name': [`CREATE INDEX CONCURRENTLY ${'i'.repeat(64)} ON t (a);`, `CREATE INDEX CONCURRENTLY ${'i'.repeat(60)} ON t (a);`],
  'add-foreign-key': ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id);', 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id) NOT VALID;'],
  'add-check': ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);', 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;'],
  'add-unique': ['ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);', 'ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i;'],
  'add-exclusion': ['ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&);', 'CREATE TABLE t (a int4range); ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&);'],
  'validate-at-once': ['BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c; COMMIT;', 'BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; COMMIT; ALTER TABLE t VALIDATE CONSTRAINT c;'],
  'attach-partition': ['ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1);', 'CREATE TABLE t (a int) PARTITION BY LIST (a); ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1);'],
  'index-not-concurrent': ['CREATE INDEX i ON t (a);', 'CREATE INDEX CONCURRENTLY i ON t (a);'],
  'concurrent-if-not-exists': ['CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);', 'CREATE INDEX CONCURRENTLY i ON t (a);'],
  'drop-index-not-concurrent': ['DROP INDEX i;', 'DROP INDEX CONCURRENTLY i;'],
  'reindex-not-concurrent': ['REINDEX INDEX i;', 'REINDEX INDEX CONCURRENTLY i;'],
  'concurrent-in-transaction': ['BEGIN; CREATE INDEX CONCURRENTLY i ON t (a); COMMIT;', 'CREATE INDEX CONCURRENTLY i ON t (a);'],
  'vacuum-full': ['VACUUM FULL t;', 'VACUUM ANALYZE t;'],
  'refresh-not-concurrent': ['REFRESH MATERIALIZED VIEW m;', 'REFRESH MATERIALIZED VIEW CONCURRENTLY m;'],
  'lock-table': ['LOCK TABLE t;', 'SELECT a FROM t WHERE id = 1 FOR UPDATE;'],
  'set-logged': ['ALTER TABLE t SET UNLOGGED;', 'ALTER TABLE t SET (fillfactor = 70);'],
  'backfill-with-ddl': ['BEGIN; ALTER TABLE t ADD COLUMN a int; UPDATE t SET a = 1 WHERE a IS NULL; COMMIT;', 'BEGIN; ALTER TABLE t ADD COLUMN a int; COMMIT; UPDATE t SET a = 1 WHERE a IS NULL;'],
  'enum-value-used': ["BEGIN; ALTER TYPE e ADD VALUE 'new'; INSERT INTO t (a) VALUES ('new'); COMMIT;", "ALTER TYPE e ADD VALUE 'new'; INSERT INTO t (a) VALUES ('new');"],
  'open-transaction': ['BEGIN; INSERT INTO t (a) VALUES (1);', 'BEGIN; INSERT INTO t (a) VALUES (1); COMMIT;'],
  'insert-without-columns': ['INSERT INTO t VALUES (1, 2);', 'INSERT INTO t (a, b) VALUES (1, 2);'],
  'policy-always-true': ['CREATE POLICY p ON t FOR UPDATE TO authenticated USING (true);', 'CREATE POLICY p ON t FOR SELECT TO authenticated USING (true);'],
  'policy-user-metadata': ["CREATE POLICY p ON t FOR SELECT USING ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');", "CREATE POLICY p ON t FOR SELECT USING (((select auth.jwt()) -> 'app_metadata' ->> 'role') = 'admin');"],
  'policy-per-row': ['CREATE POLICY p ON t FOR SELECT USING (auth.uid() = owner);', 'CREATE POLICY p ON t FOR SELECT USING ((select auth.uid()) = owner);'],
  'rls-disabled': ['ALTER TABLE t DISABLE ROW LEVEL SECURITY;', 'ALTER TABLE t FORCE ROW LEVEL SECURITY;'],
  'rls-without-policy': ['ALTER TABLE t ENABLE ROW LEVEL SECURITY;', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR SELECT USING ((select auth.uid()) = owner);'],
  'table-without-rls': ['CREATE TABLE t (owner uuid); CREATE POLICY p ON u FOR SELECT TO authenticated USING (true);', 'CREATE TABLE t (owner uuid); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR SELECT TO authenticated USING (true);'],
  'definer-search-path': ['CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$;', "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT 1 $$;"],
  'grant-to-everyone': ['GRANT ALL ON t TO anon;', 'GRANT SELECT ON t TO anon;'],
  'trigger-disabled': ['ALTER TABLE t DISABLE TRIGGER ALL;', 'ALTER TABLE t ENABLE TRIGGER ALL;'],
  'hidden-ddl': ["DO $$ BEGIN IF true THEN DROP TABLE t; END IF; END $$;", "DO $$ BEGIN RAISE NOTICE 'ready'; END $$;"],
};

const found = (sql: string) => lintSql(sql).findings.filter((one) => one.allowed === null).map((one) => one.rule);

describe('rules', () => {
  beforeAll(() => loadGrammar());

  it('each have a bad and a good statement here, and a line in the documentation', () => {
    expect(Object.keys(cases).sort()).toEqual(rules.map((rule) => rule.id).sort());
    const page = readFileSync(join(import.meta.dirname, '../../docs/lint.md'), 'utf8');
    for (const rule of rules) expect(page).toContain(`| \`${rule.id}\` | ${rule.severity} | ${rule.why} | ${rule.safer} |`);
    expect(page.match(/^\| `/gm)).toHaveLength(rules.length);
  });

  it.each(Object.entries(cases))('%s', (id, [bad, good]) => {
    const { findings, errors } = lintSql(bad);
    expect(errors).toEqual([]);
    const [one] = findings.filter((each) => each.rule === id);
    expect(one, bad).toBeDefined();
    const rule = rules.find((each) => each.id === id);
    expect(one).toMatchObject({ severity: rule?.severity, why: rule?.why, safer: rule?.safer, line: 1 });
    expect((one?.column ?? 0) + (one?.length ?? 0)).toBeLessThanOrEqual(bad.length + 1);
    expect(lintSql(good).errors).toEqual([]);
    expect(found(good)).not.toContain(id);
  });
});

describe('lint', () => {
  beforeAll(() => loadGrammar());

  it('points at the words that are meant', () => {
    const [one] = lintSql('-- first\nALTER TABLE t\n  ADD COLUMN a int,\n  DROP COLUMN b;\n').findings;
    expect(one).toMatchObject({ rule: 'drop-column', line: 4, column: 3, length: 11, what: 'drops the column b' });
  });

  it('lets pass what a comment allows with a reason, and nothing else', () => {
    const allow = (comment: string) => found(`${comment}\nALTER TABLE t DROP COLUMN a;`);
    expect(allow('-- lint: allow drop-column because nothing has read it since March')).toEqual([]);
    expect(allow('-- lint: allow drop-column, drop-table because it was copied')).toEqual([]);
    expect(allow('-- lint: allow drop-table because it was copied')).toEqual(['drop-column']);
    expect(allow('-- lint: allow drop-column')).toEqual(['drop-column', 'allowed-without-reason']);
    expect(allow('-- lint: allow drop-column because nothing has read it\n\nSELECT 1;')).toEqual(['drop-column']);
    expect(found('ALTER TABLE t DROP COLUMN a; -- lint: allow drop-column because it was copied')).toEqual([]);
    expect(lintSql('DROP TABLE t; -- lint: allow drop-table because it was copied').findings).toMatchObject([{ rule: 'drop-table', allowed: 'it was copied' }]);
  });

  it('gives PostgreSQL\'s own message for what is no SQL', () => {
    expect(lintSql('SELECT 1;\nDROP TABEL t;').errors).toMatchObject([{ code: 'sql-syntax', line: 2, column: 6, message: 'syntax error at or near "TABEL"' }]);
  });

  it('judges a guide by its steps: what a rollback or a discarded test loses is meant to go', async () => {
    const text = '---\nguide: g\n---\n# G\n\n## Apply\n\n```sql id=a\nALTER TABLE t DROP COLUMN a;\n```\n\n```sql discard\nDELETE FROM t;\n```\n\n## Rollback\n\n```sql reverts=a\nDROP TABLE u;\nCREATE INDEX i ON t (a);\n```\n';
    const findings = lintGraph(await compile(text), () => text.split('\n'));
    expect(findings.map((one) => [one.rule, one.line, one.column])).toEqual([['drop-column', 9, 15], ['index-not-concurrent', 20, 8]]);
  });

  it('finds the lines of files that a guide names', async () => {
    const files = { '/guides/a.sql': '-- lint: allow drop-table because it is empty\nDROP TABLE t;\n\nTRUNCATE u;\n' };
    const graph = await compile('---\nguide: g\n---\n# G\n\n## Apply\n\n```sql file=a.sql\n```\n', files);
    const findings = lintGraph(graph, (file) => (file === 'a.sql' ? files['/guides/a.sql'].split('\n') : []));
    expect(findings.map((one) => [one.rule, one.file, one.line, one.allowed])).toEqual([['drop-table', 'a.sql', 2, 'it is empty'], ['truncate', 'a.sql', 4, null]]);
  });
});
