import { describe, expect, it } from 'vitest';
import { bindings, compile, expectations, withSql } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;

describe('which way a wording points', () => {
  it('to the code right below it, also where code stood before', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${sql('SELECT 1 AS a;')}\nThis should return 0 rows:\n\n${sql('SELECT b FROM t WHERE b IS NULL;')}`);
    expect(bindings(graph)).toEqual([[9, 12]]);
  });

  it('to the code of its own numbered item, read from the sentence that says it', async () => {
    const graph = await compile(`# G\n\n## Steps\n\n1. Count.\n   ${sql('SELECT 1 AS a;').replace(/\n(?=.)/g, '\n   ')}\n2. Compare the counts. They must be equal:\n   ${sql('SELECT 2 AS b;').replace(/\n(?=.)/g, '\n   ')}`);
    expect(bindings(graph)).toEqual([[10, 12]]);
  });

  it('takes a sentence of advice for none', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\nThe table is new. It should be run at night. You should have a backup.\n`);
    expect(expectations(graph)).toEqual([]);
  });

  it('both ways, where the first sentence is of the code above and the last of the code below', async () => {
    const between = async (text: string) => expectations(await compile(`# G\n\n## Verify\n\n${sql('SELECT id FROM boats WHERE berth IS NULL;')}\n${text}\n\n${sql('SELECT total FROM harbours;')}`)).map((one) => [one.line, one.assertion.type, 'value' in one.assertion ? one.assertion.value : null]);
    const above = [9, 'rows', 0];
    expect(await between('Expected: **no rows.** Five boats came in\nand one left, so its `total` should be 4:')).toEqual([above, [10, 'column', 4]]);
    expect(await between('Expected: no rows. This should return 4 rows:')).toEqual([above, [9, 'rows', 4]]);
    // Without one of its own it only leads there.
    expect(await between('Expected: **no rows.** Then look at the harbours:')).toEqual([above]);
  });

  it.each(['Enable row security (should already be on)', 'Create the extension (it must already exist)', 'These must be loaded first (no dependencies)', 'Berths must be created before boats', 'Boats should all be inserted in this order'])('takes for none what is done, or in which order: %s', async (comment) => {
    expect(expectations(await compile(withSql(`-- ${comment}\nALTER TABLE boats ENABLE ROW LEVEL SECURITY;`)))).toEqual([]);
  });

  it.each(['Verify row security (should already be on)', 'No rows must be returned before you go on', 'Boats must be listed first'])('but not what is looked at: %s', async (comment) => {
    expect(expectations(await compile(withSql(`-- ${comment}\nSELECT name FROM boats;`)))).toHaveLength(1);
  });

  it('reads a comment that goes on in the next line as one', async () => {
    const graph = await compile(withSql('SELECT * FROM check_usage();\n\n-- Expected: idx_berths_a, idx_berths_b,\n--           idx_berths_c should have scans > 0'));
    expect(expectations(graph).map((one) => one.source)).toEqual(['operator']);
  });

  it('takes a line of dashes for a frame, and what may be printed for an example of it', async () => {
    const graph = await compile(withSql('-- Expected: at least one row.\n-- --------------------------\nSELECT id FROM boats WHERE moored;') + '\nExpected output (example):\n\n```\n id\n----\n  1\n```\n');
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '>=', value: 1 }, expect.objectContaining({ type: 'operator' })]);
  });

  it('takes the answer behind a query on its line', async () => {
    const graph = await compile(withSql("SELECT ok('a'); -- Returns TRUE\nSELECT ok('b'); -- f"));
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'value', op: '=', value: true }, { type: 'value', op: '=', value: false }]);
  });

  it('takes what a comment behind a query calls its output', async () => {
    const graph = await compile(withSql('SELECT tablename FROM pg_tables;\n-- Output: boats, berths\n\nSELECT indexname FROM pg_indexes;\n-- Output: boats_a, boats_b, etc.'));
    expect(expectations(graph).map((one) => [one.statement, one.assertion.type])).toEqual([[0, 'contains'], [1, 'contains']]);
  });

  it('takes what both of two statements should do for each, and of three for none', async () => {
    const fails = async (...inserts: string[]) => expectations(await compile(`# G\n\n## Verify\n\n${sql(inserts.map((value) => `INSERT INTO boats VALUES (${value});`).join('\n'))}\n\nExpected: Both should fail with constraint violations\n`)).map((one) => [one.statement, one.assertion.type]);
    expect(await fails('1', '2')).toEqual([[0, 'error'], [1, 'error']]);
    expect(await fails('1', '2', '3')).toEqual([[2, 'operator']]);
  });

  it('takes counts a line, and a table in a frame, in comments', async () => {
    const graph = await compile(withSql('SELECT harbour, count(*) AS total FROM berths GROUP BY harbour;\n-- Expected new counts:\n-- north: 4 (was 2)\n-- south: 2 (same)', 'SELECT id, name FROM boats;\n-- Expected output:\n-- +----+------+\n-- | id | name |\n-- +----+------+\n-- | 1  | Ida  |\n-- +----+------+'));
    expect(expectations(graph).map((one) => (one.assertion.type === 'table' ? one.assertion.rows : one.assertion))).toEqual([[['north', '4'], ['south', '2']], [['1', 'Ida']]]);
  });

  it('below, where brackets at the end of a comment between two statements hold it, behind a reason too', async () => {
    const graph = await compile(withSql("-- First call\nSELECT moor(1) AS moored;\n-- Second call (idempotent — should return moored = false)\nSELECT moor(1) AS moored;"));
    expect(expectations(graph).map((one) => [one.statement, one.assertion])).toEqual([[1, { type: 'column', column: 'moored', quantifier: 'every', op: '=', value: false }]]);
    // A sentence in brackets that explains is none.
    expect(expectations(await compile(`# G\n\n## Apply\n\nBoats go first (every berth of a boat must be empty before it is given away):\n\n${sql('SELECT 1 AS a;')}`))).toEqual([]);
  });

  it('to the first and the second call, as they are counted', async () => {
    const calls = `# G\n\n## Verify\n\n${sql('SELECT moor(1) AS moored;\nSELECT moor(1) AS moored;')}\n`;
    const told = async (text: string) => expectations(await compile(`${calls}${text}\n`)).map((one) => [one.statement, 'value' in one.assertion ? one.assertion.value : one.assertion.type]);
    expect(await told('**Expected:** First call returns `moored = true`. Second call returns `moored = false`.')).toEqual([[0, true], [1, false]]);
    expect(await told('Expected: the first should return `moored = true`; the second should return `moored = false`')).toEqual([[0, true], [1, false]]);
    expect(await told('Expected: query 2: `moored = false`')).toEqual([[1, false]]);
    expect(await told('**Expected:**\n- First call: returns `moored = true`\n- Second call: returns `moored = false`')).toEqual([[0, true], [1, false]]);
    // None is counted that is not there.
    expect((await told('Expected: third call returns `moored = true`')).map(([statement]) => statement)).toEqual([1]);
  });

  it('of a call whose columns the server alone knows, a name in running text is asked', async () => {
    const told = async (text: string) => expectations(await compile(withSql(`SELECT * FROM moor(1);\n-- Expected: ${text}`))).map((one) => one.source);
    expect(await told('was_moored = true')).toEqual(['operator']);
    expect(await told('`was_moored = true`')).toEqual(['read']);
  });

  it('to the query that looks for what may be wrong, in a chapter of verification', async () => {
    const text = (title: string, query: string) => `# G\n\n## Verification steps\n\n### ${title}\n\n#### Issue 1: berths without a boat\n\n${sql(query)}\n**Expected:** No rows returned\n`;
    expect(bindings(await compile(text('Step 2: Check for Common Issues', 'SELECT id FROM berths WHERE boat IS NULL;')))).toEqual([[13, 10]]);
    // What mends is for who has the issue.
    expect((await compile(text('Step 2: Check for Common Issues', 'DELETE FROM berths WHERE boat IS NULL RETURNING id;'))).steps).toEqual([]);
    expect((await compile(text('Common Issues', 'SELECT id FROM berths WHERE boat IS NULL;'))).steps).toEqual([]);
  });
});
