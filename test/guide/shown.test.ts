import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const F = '```';
const sql = (text: string) => `${F}sql\n${text}\n${F}\n`;
const read = async (text: string) => forward(await compile(text)).flatMap((step) => step.expectations.map(({ statement, source, assertion }) => [statement === null ? null : step.statements[statement]?.sql, source, assertion.type]));
const behind = (step: string, example: string, expected: string) => read(`# Harbour\n\n## Crew\n\n${sql(step)}\n**Example:**\n\n${sql(example)}\n${expected}\n`);
const INSERT = "INSERT INTO crew (id, name) VALUES ('YOUR_ID', 'Ida')";

/** What is expected behind an example of a step is not lost with the example, which never runs. */
describe('behind an example', () => {
  it.each([
    ['a command tag', `**Expected output:**\n\n${F}\nINSERT 0 1\n${F}`, 'affected'],
    ['an error', 'Expected: permission denied', 'error'],
  ])('of the same commands, %s is of the step above', async (_name, expected, type) => {
    expect(await behind(`${INSERT};`, "INSERT INTO crew (id, name) VALUES ('7', 'Ida');", expected)).toEqual([[INSERT, 'read', type]]);
  });

  it('of the same commands, its values are asked', async () => {
    const query = "SELECT name FROM crew WHERE id = 'YOUR_ID'";
    expect(await behind(`${query};`, "SELECT name FROM crew WHERE id = '7';", `**Expected output:**\n\n${F}\n name\n------\n Ida\n${F}`)).toEqual([[null, 'operator', 'operator']]);
    expect(await behind(`${query};`, "SELECT name FROM crew WHERE id = '7';", 'Expected: 1 row')).toEqual([[query, 'read', 'rows']]);
  });

  it('of others, it is asked, each line of a list too', async () => {
    expect(await behind(`${INSERT};`, 'SELECT * FROM crew;', 'Expected: 3 rows')).toEqual([[null, 'operator', 'operator']]);
    expect(await behind(`${INSERT};`, 'SELECT * FROM crew;', '**Expected:**\n\n- There should be 3 rows\n- All names should be set')).toEqual([[null, 'operator', 'operator'], [null, 'operator', 'operator']]);
  });

  it('that a sentence announces', async () => {
    expect(await read(`# Harbour\n\n## Crew\n\n${sql(`${INSERT};`)}\nThe following example shows how Ida is put in.\n\n${sql("INSERT INTO crew (id, name) VALUES ('7', 'Ida');")}\nExpected: success\n`)).toEqual([[INSERT, 'read', 'success']]);
  });

  it('but not behind a remedy', async () => {
    expect(await read(`# Harbour\n\n## Crew\n\n${sql(`${INSERT};`)}\n**If it fails:**\n\n${sql('DELETE FROM crew;')}\nExpected: 3 rows\n`)).toEqual([]);
  });
});

it('keeps what is expected on the way, whatever label of another role stands behind it', async () => {
  expect(await read('# Harbour\n\n## Crew\n\n**Expected results:**\n- Nobody should be without a boat\n- All boats should be shown\n\n**Recovery:**\n- none\n')).toEqual([[null, 'operator', 'operator'], [null, 'operator', 'operator']]);
});

it('tables that the steps before alter are described, and not created again; a table that is new is created', async () => {
  const said = async (schema: string) => { const graph = await compile(`# Harbour\n\n## Apply\n\n${sql('ALTER TABLE boats ADD COLUMN pier int;')}\n## Our tables\n\n${sql(schema)}`); return [forward(graph).flatMap((step) => step.statements.map((one) => one.command)), graph.diagnostics.filter((one) => one.code === 'left-out').map((one) => one.line)]; };
  expect(await said('CREATE TABLE boats (id int, pier int);')).toEqual([['ALTER TABLE'], [11]]);
  expect(await said('CREATE TABLE piers (id int);')).toEqual([['ALTER TABLE', 'CREATE TABLE'], []]);
  expect(await said('CREATE TABLE IF NOT EXISTS boats (id int);')).toEqual([['ALTER TABLE', 'CREATE TABLE'], []]);
  expect(await said('DROP TABLE boats;\nCREATE TABLE boats (id int);')).toEqual([['ALTER TABLE', 'DROP TABLE', 'CREATE TABLE'], []]);
});

it('of two ways to run it, the one that costs the data is left out, first or not', async () => {
  const ways = (first: string, second: string) => compile(`# Harbour\n\n## Apply\n\n${F}bash\n# Option 1: ${first}\nmake one\n\n# Option 2: ${second}\nmake two\n\n# Verify\nmake check\n${F}\n`).then((graph) => forward(graph).map((step) => step.shell?.replace(/#.*|\s+/g, ' ').trim()));
  expect(await ways('Reset database (DEV ONLY - loses data)', 'Apply one by one')).toEqual([expect.stringMatching(/^make two.*make check$/)]);
  expect(await ways('Apply one by one', 'Reset database (DEV ONLY)')).toEqual([expect.stringMatching(/^make one.*make check$/)]);
});

it('"test that failed transactions roll back" leads to a test, and not back', async () => {
  const under = async (label: string) => forward(await compile(`# Harbour\n\n## Testing\n\n${label}\n\n${sql('SELECT count(*) FROM boats;')}`)).length;
  expect(await under('Test that failed transactions rollback properly:')).toBe(1);
  expect(await under('To roll back the transaction:')).toBe(0);
});
