import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { bindings, codes, compile, errors, expectations, forward, withSql } from './compile.js';

const first = async (text: string) => forward(await compile(text))[0];

/** The traps of real guides, each by name. */
describe('traps', () => {
  it('several statements and several expectations in one fence', async () => {
    const graph = await compile(withSql('SELECT count(*) FROM a;\n-- Expected: 1\n\nSELECT * FROM b;\n-- Expected: 2 rows\n\nSELECT count(*) FROM c;\n-- Expected: 3'));
    expect(bindings(graph)).toEqual([[7, 6], [10, 9], [13, 12]]);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'value', op: '=', value: 1 }, { type: 'rows', op: '=', value: 2 }, { type: 'value', op: '=', value: 3 }]);
  });

  it.each([
    ['a list of created objects', 'CREATE FUNCTION (x3)\nCREATE TRIGGER (x2)'],
    ['a before and after sketch', '-- OLD TABLE\nusers: id, name\n-- NEW TABLE\nusers: id, name, email'],
    ['a query plan', 'Index Scan using i on t  (cost=0.15..8.17 rows=1 width=36)\n  Index Cond: (id = 1)'],
    ['a bare policy expression', 'auth.uid() = user_id'],
    ['prose', '2. Check zero orphaned sales'],
    ['an elision', 'CREATE TABLE t (\n  id int,\n  ...\n);'],
    ["a policy's clause alone", 'with check ( owner_id = auth.uid() )'],
    ['a sketch with a word in brackets for a name', 'DROP POLICY IF EXISTS "own rows" ON [table];\nALTER TABLE [tables] DISABLE ROW LEVEL SECURITY;'],
    ['a sketch with a word in braces for a name', 'DROP TABLE {table name};'],
  ])('a sql fence that is not SQL: %s', async (_name, body) => {
    const graph = await compile(withSql(body));
    expect(errors(graph)).toEqual([]);
    expect(forward(graph).map((step) => [step.kind, step.statements.length])).toEqual([['operator', 0]]);
    expect(codes(graph)).toContain('not-sql');
  });

  it('a transcript of command tags', async () => {
    const graph = await compile(withSql('ALTER TABLE\nCREATE INDEX\nCOMMENT'));
    expect(forward(graph)[0]?.kind).toBe('operator');
    const plain = await compile('# G\n\n## Apply\n\n```\nALTER TABLE\nCREATE INDEX\n```\n');
    expect(forward(plain)).toEqual([]);
    // What psql prints of a query looks like one; a comment above it says that it is.
    expect(forward(await compile(withSql('SELECT 2')))[0]?.kind).toBe('operator');
    expect(forward(await compile(withSql('-- what is two?\nSELECT 2')))[0]?.kind).toBe('sql');
  });

  it('a sketch in a rollback stops no run that is sound', async () => {
    const graph = await compile('# G\n\n## Apply\n\n```sql\nCREATE TABLE t (id int);\n```\n\n## Rollback\n\n```sql\nDROP POLICY p ON [table];\n```\n');
    expect(errors(graph)).toEqual([]);
  });

  it('an array in brackets is none', async () => {
    expect(errors(await compile(withSql('SELECT FROM t WHERE id = ANY(ARRAY[1, 2]) AND tags[1] = 2;')))).toEqual([]);
    expect(errors(await compile(withSql('SELECT x FROM [1, 2];')))).toEqual(['sql-syntax']);
  });

  it('a comment about what keeps track of rollbacks heads no rollback', async () => {
    const sql = await compile(withSql('CREATE TABLE a (id int);\n\n-- Rollback tracking\nCREATE TABLE a_log (id int);'));
    expect(forward(sql).map((step) => step.statements.length)).toEqual([2]);
    const shell = await compile('# G\n\n## Apply\n\n```bash\nsupabase db push\n\n# Rollback log\nsupabase db push --include-all\n```\n');
    expect(JSON.stringify(forward(shell)[0])).toContain('--include-all');
    expect(forward(await compile(withSql('CREATE TABLE a (id int);\n\n-- Rollback\nDROP TABLE a;'))).map((step) => step.statements.length)).toEqual([1]);
  });

  it('a mistake in SQL is an error with its place', async () => {
    const graph = await compile(withSql('SELECT 1;\nCREATE TABEL t (id int);'));
    expect(graph.diagnostics.filter((one) => one.severity === 'error')).toMatchObject([{ code: 'sql-syntax', line: 7, column: 8 }]);
  });

  it('psql meta-commands end at the line', async () => {
    const graph = await compile(withSql('\\echo it is done; really\nSELECT 1;\n\\d t\nSELECT 2;'));
    expect(errors(graph)).toEqual(['psql-command']);
    expect(graph.diagnostics.find((one) => one.severity === 'error')?.line).toBe(8);
    expect(forward(graph)[0]?.statements.map((one) => one.line)).toEqual([7, 9]);
  });

  it('a backslash inside a literal is no meta-command', async () => {
    expect((await first(withSql("SELECT 'a\n\\b';")))?.statements).toHaveLength(1);
  });

  it('\\i reads a file, in its place', async () => {
    const graph = await compile(withSql('SELECT 1;\n\\i sub/two.sql\nSELECT 3;'), { '/guides/sub/two.sql': '-- two\nSELECT 2;\n' });
    expect(forward(graph)[0]?.statements.map((one) => [one.sql, one.file, one.line])).toEqual([['SELECT 1', null, 6], ['SELECT 2', 'sub/two.sql', 2], ['SELECT 3', null, 8]]);
  });

  it.each([['/etc/passwd', 'file-outside'], ['../other.sql', 'file-outside'], ['gone.sql', 'file-missing']])('a file that may not or cannot be read: %s', async (file, code) => {
    expect(errors(await compile(withSql(`\\i ${file}`)))).toContain(code);
    expect(errors(await compile(`# G\n\n## Apply\n\n\`\`\`sql file=${file}\n\`\`\`\n`))).toContain(code);
  });

  it('COPY with its rows', async () => {
    const statement = (await first(withSql("COPY t (a, b) FROM stdin;\n1\tit's\n2\t;\n\\.\nSELECT 1;")))?.statements;
    expect(statement?.map((one) => one.command)).toEqual(['COPY', 'SELECT']);
    expect(statement?.[0]?.copyData).toBe("1\tit's\n2\t;\n");
  });

  it('a copy from the client over several lines is one command, and what stands below it is read', async () => {
    const graph = await compile(withSql("\\copy boats (id, name)\n  FROM 'boats.csv'\n  WITH (FORMAT csv);\nSELECT count(*) FROM boats;\n\\copy crews FROM 'crews.csv' CSV\nSELECT 2;"));
    expect(graph.steps[0]?.statements.map((one) => one.line)).toEqual([9, 11]);
    expect(graph.diagnostics.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.line}`)).toEqual(['psql-command 6', 'psql-command 10']);
  });

  it('a fence of comments only', async () => {
    const graph = await compile(withSql('-- open the dashboard\n-- press the button'));
    expect(forward(graph)).toMatchObject([{ kind: 'operator', prompt: 'open the dashboard\npress the button' }]);
    expect(codes(graph)).toContain('comments-only');
  });

  it('zero rows of a lone count is its value', async () => {
    const graph = await compile(withSql('SELECT count(*) FROM a WHERE b IS NULL;\n-- Expected: 0 rows'));
    expect(expectations(graph)[0]?.assertion).toEqual({ type: 'value', op: '=', value: 0 });
  });

  it('a comment inside a statement says nothing of its result', async () => {
    expect(expectations(await compile(withSql('SELECT a, -- should be 3\n  b\nFROM t;')))).toEqual([]);
  });

  it('a comment inside a statement of one row tells of the column before it, and of rows where it says so', async () => {
    const read = async (sql: string) => expectations(await compile(withSql(sql))).map((one) => one.assertion);
    expect(await read('SELECT count(*) FILTER (WHERE a) AS lost, -- should be 0\n  count(*) AS whole -- at least 3 expected\nFROM t;')).toEqual([
      { type: 'column', column: 'lost', quantifier: 'every', op: '=', value: 0 }, { type: 'column', column: 'whole', quantifier: 'every', op: '>=', value: 3 },
    ]);
    expect(await read('SELECT a FROM t -- expect 0 rows\nWHERE a > 3;')).toEqual([{ type: 'rows', op: '=', value: 0 }]);
    expect(await read('SELECT count(*) AS lost, -- should be low\n  1 AS one FROM t;')).toEqual([{ type: 'operator', text: 'should be low' }]);
    expect(await read('CREATE TABLE t (\n  a int, -- should be positive\n  b int);')).toEqual([]);
  });

  it('what a comment with a title of its own expects is of the statement below it', async () => {
    expect(bindings(await compile(withSql('SELECT a FROM t;\n\n-- V2: Confirm the berths.\n-- Expected: 1 row\n\nSELECT b FROM t;')))).toEqual([[9, 11]]);
    expect(bindings(await compile(withSql('SELECT a FROM t;\n\n-- They were painted.\n-- Expected: 1 row\n\nSELECT b FROM t;')))).toEqual([[9, 6]]);
  });

  it('a comment behind a statement belongs to it', async () => {
    expect(bindings(await compile(withSql('SELECT count(*) FROM a; -- Expected: 1\nSELECT count(*) FROM b;')))).toEqual([[6, 6]]);
  });

  it('a comment alone between blank lines belongs to the statement before', async () => {
    expect(bindings(await compile(withSql('SELECT count(*) FROM a;\n\n-- Expected: 1\n\nSELECT count(*) FROM b;')))).toEqual([[8, 6]]);
  });

  it('a comment before the only statement belongs to it', async () => {
    expect(bindings(await compile(withSql('-- Expected: 1\n\nSELECT count(*) FROM a;')))).toEqual([[6, 8]]);
  });

  it('text after a fence goes to the only statement that returns rows', async () => {
    expect(bindings(await compile(`${withSql('UPDATE a SET b = 1 WHERE c;\nSELECT count(*) FROM a;\nDROP INDEX i;')}\nExpected: 1\n`))).toEqual([[11, 7]]);
  });

  it('text after a fence goes to the statement whose names it says', async () => {
    expect(bindings(await compile(`${withSql('SELECT count(*) FROM orders;\nSELECT count(*) FROM invoices;')}\nExpected: 3 orders\n`))).toEqual([[10, 6]]);
  });

  it('text after the next numbered item does not reach back', async () => {
    const graph = await compile('# G\n\n## Apply\n\n1. One:\n```sql\nSELECT count(*) FROM a;\n```\n\n2. Two:\n\nExpected: 1\n');
    expect(bindings(graph)).toEqual([[12, null]]);
  });

  it('CRLF and a BOM move no line', async () => {
    const text = withSql('SELECT count(*) FROM a;\n-- Expected: 1');
    const plain = await compile(text);
    for (const changed of [text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, `\uFEFF${text.replaceAll('\n', '\r\n')}`]) {
      const graph = await compile(changed);
      expect(bindings(graph)).toEqual(bindings(plain));
      expect(graph.steps.map((step) => step.statements.map((one) => one.sql))).toEqual(plain.steps.map((step) => step.statements.map((one) => one.sql)));
    }
  });

  it('bytes before a statement that are no characters', async () => {
    const graph = await compile(withSql("SELECT 'größe €🚀';\nSELECT 2;"));
    expect(forward(graph)[0]?.statements.map((one) => one.sql)).toEqual(["SELECT 'größe €🚀'", 'SELECT 2']);
  });

  it('full-width colons and other languages', async () => {
    expect((await compile('# G\n\n## 部署\n\n```sql\nSELECT 1;\n```\n\n預期： 1\n')).steps).toHaveLength(1);
    expect(errors(await compile('# G\n\n## Déploiement\n\n```sql\nSELECT 1;\n```\n\n**Résultat attendu** : 1 ligne\n'))).toEqual([]);
  });

  it.each([['Mac-Roman', '## üîÑ Rollback'], ['CP1252', '## ðŸ”„ Rollback']])('damaged emoji in a title: %s', async (_name, title) => {
    const graph = await compile(`# G\n\n${title}\n\n\`\`\`sql\nDROP TABLE t;\n\`\`\`\n`);
    expect(graph.phases.map((phase) => phase.role)).toEqual(['rollback']);
    expect(forward(graph)).toEqual([]);
  });

  it('a last statement without a semicolon', async () => {
    expect((await first(withSql('SELECT 1;\nSELECT 2')))?.statements).toHaveLength(2);
    expect((await first(withSql('SELECT 1 -- Expected: 1')))?.statements.map((one) => one.sql)).toEqual(['SELECT 1']);
  });

  it('statements without semicolons between', async () => {
    const graph = await compile(withSql('CREATE TABLE a (id int)\n\nCREATE TABLE b (id int)'));
    expect(forward(graph)[0]?.statements).toHaveLength(2);
    expect(codes(graph)).toContain('missing-semicolon');
  });

  it('placeholders of every form become parameters', async () => {
    const graph = await compile(withSql("SELECT '<test-user-id>', 'your-email@example.com', 'YOUR_PROJECT_REF', '{{ team }}', '[square name]', '[a-z]', 'a < b > c', 'USER_ID_HERE', '<org>', '<div>', '<org>x', '<none>', coalesce(name, '<nobody>'), CASE WHEN id = 1 THEN '<first>' ELSE '<others>' END, 'pier_uuid', 'uuid', at->>'crew_uuid', ARRAY[x] FROM boats WHERE id = [BOAT ID] AND column_name = 'boat_uuid' AND owner_id = 'owner_uuid' AND name = ANY(ARRAY['a', 'b']);"));
    expect(graph.parameters.map((one) => one.name)).toEqual(['test_user_id', 'your_email', 'your_project_ref', 'team', 'square_name', 'user_id_here', 'org', 'boat_id', 'owner_uuid']);
    expect(errors(graph)).toEqual([]);
  });

  it.each(['YOUR-BERTH-ID-HERE', 'YOUR-PROJECT-REF', 'PASTE-UUID-HERE', 'BERTH-HERE', 'REPLACE-ME', 'CHANGEME', 'change-me', '<YOUR ID>', '<YOUR-ID>', 'REPLACE-WITH-BERTH'])('a placeholder in capitals or with hyphens: %s', async (text) => {
    const graph = await compile(withSql(`INSERT INTO boats (berth) VALUES ('${text}'); -- the berth`));
    expect(graph.parameters.map((one) => one.placeholder)).toEqual([text]);
  });

  it.each(['<N>', '<ID>', '<X1>', '<n>', '<count>'])('a bare placeholder of one word: %s', async (text) => {
    const graph = await compile(`# G\n\n## Steps\n\n\`\`\`sql\nSELECT id FROM boats WHERE pier = ${text} LIMIT 3;\n\`\`\`\n`);
    expect(errors(graph)).toEqual([]);
    expect(graph.parameters.map((one) => one.placeholder)).toEqual([text]);
  });

  it('tags in a text are no placeholders', async () => {
    expect((await compile("# G\n\n## Steps\n\n```sql\nUPDATE pages SET body = '<B>bold</B> <H1>x</H1> <p>y</p>';\n```\n")).parameters).toEqual([]);
  });

  it('a placeholder for the id of a user is asked for as one', async () => {
    expect((await compile(withSql("INSERT INTO crew (id) VALUES ('YOUR-USER-ID-HERE');"))).parameters.map((one) => [one.name, one.type])).toEqual([['your_user_id_here', 'uuid']]);
  });

  it.each(['ABC-DEF', 'KNOW-YOUR-BOAT', 'INSERT-ONLY', 'KILROY-WAS-HERE', 'MY-2024', 'NEW-ENTER-PRISE', 'REPLACE-ALL', 'YOUR'])('a code in capitals that is a text: %s', async (text) => {
    expect((await compile(withSql(`INSERT INTO boats (berth) VALUES ('${text}');`))).parameters).toEqual([]);
  });

  it('BEGIN and COMMIT are the engine\'s, ROLLBACK at the end discards', async () => {
    expect((await first(withSql('BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;')))?.statements.map((one) => one.command)).toEqual(['CREATE TABLE']);
    expect((await first(withSql('BEGIN;\nINSERT INTO a VALUES (1);\nROLLBACK;')))?.discard).toBe(true);
    expect((await first(withSql('UPDATE a SET b = 1;\nSELECT b FROM a;\nROLLBACK;')))?.discard).toBe(true);
    expect((await first(withSql('ROLLBACK;\nUPDATE a SET b = 1;')))?.discard).toBe(false);
    expect((await first(withSql('SELECT 1;\nROLLBACK;')))?.discard).toBe(false);
  });

  it('what PostgreSQL refuses inside a transaction', async () => {
    const found = (await first(withSql('CREATE INDEX CONCURRENTLY i ON t (a);\nVACUUM t;\nREINDEX INDEX CONCURRENTLY i;\nCREATE DATABASE d;\nALTER SYSTEM SET a = 1;\nCREATE INDEX j ON t (a);')))?.statements;
    expect(found?.map((one) => one.transactional)).toEqual([false, false, false, false, false, true]);
  });

  it('an item already ticked, a box in a heading, code under an item', async () => {
    const graph = await compile('# G\n\n## Steps\n\n### [ ] Step 1: call them\n\n- [x] done before\n  - [ ] inside\n- [ ] with code\n  ```sql\n  SELECT 1;\n  ```\n');
    expect(graph.steps.map((step) => [step.kind, step.items.map((item) => [item.text, item.depth, item.waitsFor.length])])).toEqual([
      ['checklist', [['Step 1: call them', 0, 0]]],
      ['checklist', [['done before', 0, 0], ['inside', 1, 0]]],
      ['sql', []],
      ['checklist', [['with code', 0, 1]]],
    ]);
  });

  it('plain bullets under a box are no boxes', async () => {
    const [step] = (await compile('# G\n\n## Steps\n\n- [ ] watch\n  - the log\n  - the load\n- [ ] wait\n')).steps;
    expect(step?.items.map((item) => item.text)).toEqual(['watch', 'wait']);
    expect(step?.context).toContain('the load');
  });

  it('options are alternatives', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n### Option A: by hand\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n\n### Option B: by script\n\n\`\`\`bash\nmake\n\`\`\`\n\n## Verify\n\n\`\`\`sql\nSELECT 2;\n\`\`\`\n`);
    expect(graph.steps.map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['sql', 'A'], ['shell', 'B'], ['sql', null]]);
    const choice = graph.steps[0]?.id;
    expect(graph.edges.map((edge) => edge.on)).toEqual(['option A', 'option B', 'passed', 'passed']);
    expect(graph.steps.slice(1, 3).map((step) => step.choice?.group)).toEqual([choice, choice]);
  });

  it('an error that is declared harmless is tolerated', async () => {
    const graph = await compile(`${withSql('CREATE TABLE a (id int);')}\n**If you see an error:**\n- If it says the relation already exists: this is OK\n- If it says permission denied: stop\n`);
    expect(forward(graph)[0]?.tolerate).toEqual(['42P07']);
  });

  it('numbered phases keep their order, others follow their role', async () => {
    const numbered = await compile('# G\n\n## Step 1: Verify the state\n\n- [ ] a\n\n## Step 2: Apply\n\n- [ ] b\n');
    expect(numbered.steps.map((step) => step.items[0]?.text)).toEqual(['a', 'b']);
    const loose = await compile('# G\n\n## Verification\n\n- [ ] after\n\n## Deployment\n\n- [ ] b\n\n## Prerequisites\n\n- [ ] first\n');
    expect(loose.steps.map((step) => step.items[0]?.text)).toEqual(['first', 'b', 'after']);
  });

  const read = async (body: string) => expectations(await compile(withSql(body))).map((one) => [one.statement, one.assertion.type === 'operator' ? 'operator' : formatExpect(one.assertion)]);

  it.each([
    ['a statement that must fail', "-- TEST 2: Invalid level (Should Fail)\nINSERT INTO t VALUES ('bad');", [[0, 'error']]],
    ['a block that catches the error it provokes', "-- TEST 2 (Should Fail)\nDO $$ BEGIN INSERT INTO t VALUES (1); EXCEPTION WHEN others THEN NULL; END $$;", [[0, 'operator']]],
    ['a test that fails, of a statement that does not', 'SELECT a FROM t;\n-- Should fail: ❌ Returns nothing or error', [[0, 'operator']]],
    ['a cross that stands for no rows', 'SELECT a FROM t;\n-- Expected: ❌ Returns no rows (0 results)', [[0, 'no rows']]],
    ['a refusal', 'DELETE FROM t WHERE id = 1;\n-- Expected: permission denied', [[0, 'error 42501']]],
    ['two that cannot both hold', "SELECT count(*) FROM t;\n-- Should return 0 rows (the table is gone)\n-- Should error", [[0, 'operator'], [0, 'operator']]],
  ])('polarity comes from words: %s', async (_name, body, found) => {
    expect(await read(body)).toEqual(found);
  });

  it('one expectation over several statements', async () => {
    expect(await read('SELECT count(*) FROM a;\nSELECT count(*) FROM b;\n-- Both should be 0')).toEqual([[0, 'value = 0'], [1, 'value = 0']]);
    const below = expectations(await compile(`${withSql('SELECT count(*) FROM a;\nUPDATE c SET d = 1 WHERE e;\nSELECT count(*) FROM b;')}\nAll should return 0.\n`));
    expect(below.map((one) => [one.statement, formatExpect(one.assertion)])).toEqual([[0, 'value = 0'], [2, 'value = 0']]);
    // That nothing comes back is said of the block it stands on; a figure, of the one it touches.
    expect(await read('-- Should return 0 rows\nSELECT a FROM t WHERE x;\nSELECT b FROM t WHERE y;')).toEqual([[0, 'no rows'], [1, 'no rows']]);
    expect(await read('-- Should return 2 rows\nSELECT a FROM t WHERE x;\nSELECT b FROM t WHERE y;')).toEqual([[0, 'rows = 2']]);
  });

  it('a result as comments: bullets, a table, a negative clause', async () => {
    expect(await read('SELECT a, b FROM t;\n-- Expected:\n-- | a | b |\n-- |---|---|\n-- | 1 | 2 |')).toEqual([[0, 'result is\n| a | b |\n| --- | --- |\n| 1 | 2 |']]);
    const [asked] = expectations(await compile(withSql('SELECT x FROM t;\n-- Expected:\n-- - id\n-- - name\n-- (avatar should NOT appear)')));
    expect(asked?.assertion).toEqual({ type: 'operator', text: 'Expected: (avatar should NOT appear)\nid\nname' });
  });

  it('a filled report: what was measured then is not expected now', async () => {
    const graph = await compile(`${withSql('SELECT a FROM t;')}\n**Expected Result:** 3 rows\n\n**Actual Result:** 0 rows\n`);
    expect(expectations(graph).map((one) => formatExpect(one.assertion))).toEqual(['rows = 3']);
  });

  it.each(['no 500 error, 403 for anonymous', '500 error', '404 Not Found'])('a status code is no count: %s', async (text) => {
    expect(await read(`SELECT status FROM calls;\n-- Expected: ${text}`)).toEqual([[0, 'operator']]);
  });

  it.each([
    ['預期： 15', 'value = 15'], ['**Résultat attendu** : 0 lignes', 'value = 0'], ['erwartet: 0 Zeilen', 'value = 0'], ['应返回 3 行', 'value = 3'],
    ['‚úÖ Expected: 3', 'value = 3'], ['âœ… Expected: 3', 'value = 3'], ['✅ Expected: 3', 'value = 3'],
  ])('other languages, full-width colons and damaged signs: %s', async (text, reading) => {
    expect(await read(`SELECT count(*) FROM t;\n-- ${text}`)).toEqual([[0, reading]]);
  });

  it.each(['Ergebnis sollte ungefähr gleich sein', 'Attendu : des lignes', '結果を確認してください', 'Debería mostrar los usuarios', 'ожидается список таблиц'])('a wording of another language is asked or left alone, never misread: %s', async (text) => {
    for (const [, reading] of await read(`SELECT count(*) FROM t;\n-- ${text}`)) expect(reading).toBe('operator');
  });
});

describe('SQL that a command hands to psql', () => {
  const shell = (body: string) => `# G\n\n## Apply\n\n\`\`\`bash\n${body}\n\`\`\`\n`;
  it.each([
    'psql "$DB" -c "SELECT 1;"', "psql -d harbour -Atc 'SELECT 1'", 'psql $DB \\\n  --command="SELECT 1"', 'psql $DB <<SQL\nSELECT 1;\nSQL', "docker exec db psql -U keeper <<'EOF'\nSELECT 1;\nEOF", 'echo "SELECT 1" | psql $DB',
  ])('is told: %s', async (command) => {
    expect((await compile(shell(`cd harbour\n${command}`))).diagnostics.filter((one) => one.code === 'sql-in-shell').map((one) => one.line)).toEqual([7]);
  });

  it.each(['psql -f boats.sql', 'psql "$DB"', '# psql -c "SELECT 1"\nls', 'pg_dump -c -d harbour', 'cat boats.sql | psql'])('which this is not: %s', async (command) => {
    expect(codes(await compile(shell(command)))).not.toContain('sql-in-shell');
  });
});

it.each(['Migration 031 (with rollback)', 'Add Undo History Table'])('a title that only speaks of a way back makes none of the guide: %s', async (title) => {
  const graph = await compile(`# ${title}\n\n## Steps\n\n\`\`\`sql\nCREATE TABLE a (id int);\n\`\`\`\n\n## Rollback\n\n\`\`\`sql\nDROP TABLE a;\n\`\`\`\n`);
  expect(errors(graph)).toEqual([]);
  expect(forward(graph).map((step) => step.statements.length)).toEqual([1]);
  expect(forward(await compile(`# Rollback of ${title.toLowerCase().replace(/undo|with rollback/, 'it')}\n\n## Steps\n\n\`\`\`sql\nDROP TABLE a;\n\`\`\`\n\n## Rollback\n\n\`\`\`sql\nDROP TABLE b;\n\`\`\`\n`))).toEqual([]);
});

it('"these should all fail" is of each statement below it', async () => {
  const graph = await compile(withSql('-- These should all FAIL with constraint violation:\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);'));
  expect(expectations(graph).map(({ statement, assertion }) => [statement, assertion.type])).toEqual([[0, 'error'], [1, 'error']]);
});

it('a document that is a rollback as a whole is told how it becomes a way of its own', async () => {
  const text = (info: string) => `# Database Rollback Instructions\n\n## Steps\n\n\`\`\`sql${info}\nDROP TABLE a;\n\`\`\`\n`;
  const graph = await compile(text(''));
  expect(graph.diagnostics.find((one) => one.code === 'no-steps')).toMatchObject({ message: expect.stringContaining('all that this document holds is a rollback') as string, hint: expect.stringContaining('role=deploy') as string });
  expect(errors(await compile(text(' role=deploy')))).toEqual([]);
});

describe('a gate and what is expected, in one paragraph', () => {
  const text = (said: string) => `# G\n\n## Steps\n\n\`\`\`sql\nSELECT id, name FROM owner;\n\`\`\`\n\n${said}\n\n| id | name |\n|----|------|\n| 1  | Ada  |\n\n\`\`\`sql\nSELECT count(*) FROM car;\n\`\`\`\n`;

  it('the case ends with its sentence: the rows below are judged, and what follows stays on the way', async () => {
    const graph = await compile(text('If any rows are missing, stop. The result must include:'));
    expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(2);
    expect(expectations(graph).map(({ assertion, line }) => [assertion.type, line])).toEqual([['includes', 9]]);
  });

  it.each(['If any rows are missing, stop. Run this:', 'If any rows are missing, run:', 'If any rows are missing, stop. If they are still missing, expect:'])('what the case itself does stays off the way: %s', async (said) => {
    expect(forward(await compile(text(said))).flatMap((step) => step.statements)).toHaveLength(1);
  });
});

describe('SQL below a line that opens psql, in a fence for a shell', () => {
  const shell = (body: string) => `# G\n\n## Verify\n\n\`\`\`bash\n${body}\n\`\`\`\n`;

  it('is the SQL that is typed into it', async () => {
    const graph = await compile(shell('# 1. Connect\npsql $DATABASE_URL\n\n# 2. Look\nSELECT name FROM boats;\n-- Should return 4 rows'));
    expect(codes(graph)).toContain('sql-as-shell');
    expect(forward(graph).map((step) => [step.kind, step.statements.map(({ line }) => line)])).toEqual([['sql', [10]]]);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 4 }]);
  });

  it.each(['psql -c "SELECT 1"\nSELECT name FROM boats;', 'psql $DB < boats.sql\nSELECT name FROM boats;', 'psql $DB\nls\nSELECT name FROM boats;', 'psql $DB'])('which this is not: %s', async (body) => {
    expect(forward(await compile(shell(body.replaceAll('\\n', '\n')))).map((step) => step.kind)).toEqual(['shell']);
  });
});
