import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/guide/adopt.js';
import { hintMatches } from '../../src/guide/hints.js';
import { fillParameters } from '../../src/guide/parameters.js';
import { codes, compile, expectations, forward } from './compile.js';

const fence = (sql: string) => `\`\`\`sql\n${sql}\n\`\`\`\n`;

/** What users reported, each by name. */
describe('reports', () => {
  it('prose that tells of a rollback leaves the step on the way', async () => {
    const graph = await compile(`# G\n\n## Apply\n\nThe trial insert is rolled back at its end, then create:\n\n${fence('CREATE TABLE t (id int);')}`);
    expect(forward(graph).map((step) => step.role)).toEqual(['deploy']);
  });

  it.each(['Rollback:', '**Rollback procedure:**', 'If it must be rolled back, run:', 'To undo this, run:', 'Once it is rolled back, clean up:'])('a label of a rollback takes its SQL off the way: %s', async (label) => {
    const graph = await compile(`# G\n\n## Apply\n\n${fence('CREATE TABLE t (id int);')}\n${label}\n\n${fence('DROP TABLE t;')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
  });

  it('a hint keeps the quotes inside its message', async () => {
    const graph = await compile('# G\n\n## Troubleshooting\n\n### Error: "relation "public.x" does not exist"\n\nApply the first migration.\n');
    expect(graph.hints.map((one) => one.pattern)).toEqual(['relation "public.x" does not exist']);
    expect(hintMatches("Relation 'public.x' does not exist", 'relation "public.x" does not exist')).toBe(true);
    expect(hintMatches('relation', 'relation "public.x" does not exist')).toBe(false);
  });

  it('a rollback test that leaves nothing verifies, and destroys nothing on the way', async () => {
    const test = '```sql discard\nDELETE FROM t;\n```\n';
    const graph = await compile(`---\nguide: g\n---\n# G\n\n## Apply\n\n${fence('CREATE TABLE t (id int);')}\n${test}\n## Rollback\n\n${fence('DROP TABLE t;')}\n${test}`);
    expect(graph.rollback.map((part) => part.verifies)).toEqual([false, true]);
    expect(codes(graph)).not.toContain('untied-rollback');
    expect(codes(graph)).not.toContain('destructive');
  });

  it('"as test user" in a plain Supabase document runs as that user', async () => {
    const body = fence("-- Change a setting as test user\nUPDATE s SET a = 1 WHERE user_id = '<test-user-id>';\nSELECT * FROM log;");
    const [step] = forward(await compile(`# Supabase\n\n## Test\n\n${body}`));
    expect([step?.as, step?.claims]).toEqual(['authenticated', "{\"sub\": :'test_user_id'}"]);
    const adopted = (await adopt({ path: '/guides/g.md', text: `# Supabase\n\n## Test\n\n${body}` })).text;
    const [kept] = forward(await compile(adopted));
    expect([kept?.as, kept?.claims]).toEqual([step?.as, step?.claims]);
    const anon = forward(await compile(`# Supabase\n\n## Test\n\n${fence('-- as anon\nSELECT * FROM s;')}`))[0];
    expect([anon?.as, anon?.claims]).toEqual(['anon', null]);
    expect(forward(await compile(`# Plain\n\n## Test\n\n${body}`))[0]?.as).toBeNull();
    expect(forward(await compile(`---\nguide: g\ndatabase: supabase\nparameters:\n  test_user_id: { type: uuid }\n---\n# G\n\n## Test\n\n${body}`))[0]?.as).toBeNull();
  });

  it('only a plain word goes into the code of a dollar body', () => {
    const sql = "DO $$ BEGIN PERFORM f(<user-id>, '<user-id>'); END $$";
    expect(fillParameters(sql, { user_id: '7f0c1c1e-0000-4000-8000-000000000001' }).missing).toEqual([]);
    expect(fillParameters(sql, { user_id: '1); DROP TABLE t; --' }).sql).toContain('f(<user-id>,');
  });

  it('a log label that names a capture is answered by it', async () => {
    const graph = await compile('---\nguide: g\n---\n# G\n\n## Verify\n\n```sql capture=user_count\nSELECT 1;\n```\n\n## Migration Log\n\n```\nUser Count: ______\n```\n');
    expect(graph.log?.fields.map((one) => one.fact)).toEqual(['capture:user_count']);
  });

  it('"should return 0 rows" over a block of queries is said of each, any other figure of the first', async () => {
    const block = (figure: string) => compile(`# G\n\n## Verify\n\n${fence(`-- Should return ${figure}\nSELECT count(*) FROM a;\nSELECT id FROM b;\n\nSELECT id FROM c;`)}`);
    expect(expectations(await block('0 rows')).map((one) => [one.statement, one.assertion.type])).toEqual([[0, 'value'], [1, 'rows']]);
    expect(expectations(await block('3 rows')).map((one) => one.statement)).toEqual([0]);
  });

  it('boxes that are names under "Expected tables" are expected, and stay boxes', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${fence('SELECT table_name FROM information_schema.tables;')}\nExpected tables (for this migration):\n- [ ] \`goods\`\n- [ ] \`stock_moves\`\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'contains', values: ['goods', 'stock_moves'] }]);
    expect(forward(graph).flatMap((step) => step.items.map((one) => one.text))).toEqual(['goods', 'stock_moves']);
  });

  it('rows with pipes below a label are the table, with a count beside it or not', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${fence("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'goods';")}\n**Expected Output** (2 columns):\n\`\`\`\nprice   | numeric\nstock   | integer\n\`\`\`\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'table', columns: null, rows: [['price', 'numeric'], ['stock', 'integer']], ordered: false }]);
  });

  it('a bound holds whatever its figure depends on; an exact figure does not', async () => {
    const read = async (text: string) => expectations(await compile(`# G\n\n## Verify\n\n${fence(`SELECT count(*) FROM slots;\n-- Expected: ${text}`)}`))[0]?.assertion;
    expect(await read('> 0 (depends on the working days)')).toEqual({ type: 'value', op: '>', value: 0 });
    expect((await read('12 (depends on the working days)'))?.type).toBe('operator');
  });

  it('"as a test user, this should…" is asked of a person', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${fence('-- As a member, this should only return rows of their team\nSELECT count(*) FROM notes;')}`);
    expect(expectations(graph).map((one) => [one.statement, one.source])).toEqual([[0, 'operator']]);
  });

  it('a sentence in italics below a query is an expectation', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n1. **Check:**\n   \`\`\`sql\n   SELECT tablename, rowsecurity FROM pg_tables;\n   \`\`\`\n   *All rows should show \`true\` for \`rowsecurity\`.*\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'column', column: 'rowsecurity', quantifier: 'every', op: '=', value: true }]);
  });

  it('what a count says of a column beside it is not lost', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${fence("SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'i';\n-- Expected: 1 row with indexdef containing 'GIN'")}`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 1 }, { type: 'column', column: 'indexdef', quantifier: 'every', op: 'contains', value: 'gin' }]);
  });

  it('an expectation above a blank for what was seen is kept beside the blank', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${fence('SELECT id FROM t WHERE bad;')}\n**Expected:** 0 rows\n**Actual:** ________\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 0 }]);
    expect(forward(graph).flatMap((step) => step.fields.map((field) => field.label))).toEqual(['Actual']);
  });

  it('advice on rollbacks in a chapter of good practice undoes nothing', async () => {
    const advice = `# G\n\n## Best practices\n\n**Rule 2: Use savepoints for partial rollback**\n\n${fence('ALTER TABLE t ADD COLUMN a int;')}\n**Rollback:**\n\n${fence('DROP TABLE t;')}`;
    const graph = await compile(advice);
    expect(graph.steps.map((step) => [step.role, step.statements[0]?.command])).toEqual([['rollback', 'DROP TABLE']]);
  });

  it.each([
    ['a number in back-ticks', 'SELECT max(version) FROM v;', 'Expected: `42`', { type: 'value', op: '=', value: 42 }],
    ['an answer with its label', 'SELECT max(version) FROM v;', 'Result: `42`', { type: 'value', op: '=', value: 42 }],
    ['a name with underscores, of a lone value', 'SELECT current_role;', 'Should show app_role', { type: 'value', op: '=', value: 'app_role' }],
    ['nodes of a plan in quotes', 'EXPLAIN SELECT * FROM t WHERE a = 1;', 'Should show "Index Scan" not "Seq Scan"', { type: 'plan', contains: 'Index Scan', excludes: 'Seq Scan', index: null }],
    ['a remedy on a line of its own', 'SELECT proname FROM pg_proc;', '✅ Should return 1 row\n❌ If it returns 0 rows, re-run step 2', { type: 'rows', op: '=', value: 1 }],
    ['a bound behind the query', 'SELECT count(*) FROM t; -- > 0', '', { type: 'value', op: '>', value: 0 }],
    ['a table with the columns of the query', 'SELECT status, count(*) FROM t GROUP BY status;', '| status | count |\n|---|---|\n| open | 3 |', { type: 'table', columns: ['status', 'count'], rows: [['open', '3']], ordered: false }],
  ])('below a query, %s is read', async (_name, query, text, assertion) => {
    expect(expectations(await compile(`# G\n\n## Verify\n\n${fence(query)}\n${text}\n`)).map((one) => one.assertion)).toEqual([assertion]);
  });

  it('a table with other columns than the query, or with words between, expects nothing', async () => {
    for (const text of ['| state | n |\n|---|---|\n| open | 3 |', 'For example, a year ago it was:\n\n| status | count |\n|---|---|\n| open | 3 |']) {
      expect(expectations(await compile(`# G\n\n## Verify\n\n${fence('SELECT status, count(*) FROM t GROUP BY status;')}\n${text}\n`))).toEqual([]);
    }
  });

  it('instructions in a shell fence are asked, never run', async () => {
    const graph = await compile('# G\n\n## Deployment\n\n```bash\n1. Visit the dashboard\n2. Sign in\n```\n\n```bash\nmake up\n```\n');
    expect(forward(graph).map((step) => step.kind)).toEqual(['operator', 'shell']);
    expect(codes(graph)).toContain('not-shell');
  });

  it('the value in quotes beside a count is expected too, and words of columns in a list', async () => {
    const one = await compile(`# G\n\n## Verify\n\n${fence("SELECT table_name FROM information_schema.tables;\n-- Expected result: 1 row with \"stock_moves\"")}`);
    expect(expectations(one).map((each) => each.assertion)).toEqual([{ type: 'rows', op: '=', value: 1 }, { type: 'contains', values: ['stock_moves'] }]);
    const list = await compile(`# G\n\n## Verify\n\n${fence('SELECT name, public, types FROM buckets;\n-- Expected result: 1 row showing:\n-- - name: documents\n-- - public: false\n-- - types: pdf, png and the like')}`);
    expect(expectations(list).map((each) => each.assertion)).toEqual([
      { type: 'rows', op: '=', value: 1 }, { type: 'column', column: 'name', quantifier: 'every', op: '=', value: 'documents' }, { type: 'column', column: 'public', quantifier: 'every', op: '=', value: false }, { type: 'operator', text: 'types: pdf, png and the like' },
    ]);
  });

  it('lines to write on under a label are its blank, not rules', async () => {
    const graph = await compile('# G\n\n## Sign-off\n\n**Done by:** ______________\n\n**Notes:**\n______________________\n______________________\n\n__________\n\nThe end.\n');
    expect(forward(graph).map((step) => [step.kind, step.fields.map((field) => field.label)])).toEqual([['approval', ['Done by', 'Notes']]]);
  });

  it('a blank in a box is asked for, with its unit, and the box stays', async () => {
    const graph = await compile('# G\n\n## Prerequisites\n\n- [ ] Backup taken\n- [ ] Size noted: ____ GB\n- [ ] Time: ______ seconds\n');
    expect(forward(graph).map((step) => [step.kind, step.items.length, step.fields.map((field) => [field.label, field.unit])])).toEqual([['checklist', 3, []], ['input', 0, [['Size noted', 'GB'], ['Time', 'seconds']]]]);
  });
});
