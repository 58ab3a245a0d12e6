import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { adopt } from '../../src/guide/adopt.js';
import { codes, compile, forward } from './compile.js';

const NOWHERE = '`SELECT count(*) FROM boats WHERE pier IS NULL`';
const NAMES = '`SELECT name FROM piers ORDER BY name;`';
const table = (header: string, ...rows: string[]): string => [header, header.replace(/[^|]+/g, '---'), ...rows].map((line) => `| ${line} |`).join('\n');
const checks = table('Check | Query | Expected', `Every boat has a pier | ${NOWHERE} | 0`, `Piers | ${NAMES} | north, south`);

/** Steps on the way: role, lines of the statements, and what each must show. */
const steps = async (text: string): Promise<string[]> => forward(await compile(`# Boats\n\n${text}\n`)).filter(({ kind }) => kind === 'sql').map((step) => [
  step.role, ...step.statements.map(({ line }, at) => [line, ...step.expectations.filter(({ statement }) => statement === at).map(({ assertion }) => formatExpect(assertion))].join(' ')),
].join(', '));
const under = (title: string, text: string): Promise<string[]> => steps(`## ${title}\n\n${text}`);

describe('a table with a statement in each row', () => {
  it('is a step, and each statement is held to its own row', async () => {
    expect(await under('Verify', checks)).toEqual(['verify, 7 value = 0, 8 rows contain "north", "south"']);
    expect(await steps(checks)).toEqual(['deploy, 5 value = 0, 6 rows contain "north", "south"']);
  });

  it.each(['Should be', 'Result', 'Expected result', 'Expected value', 'Must return', 'Passes if', 'Erwartet', 'Resultado esperado'])('says it under "%s"', async (header) => {
    expect(await under('Verify', table(`# | SQL | ${header}`, `1 | ${NOWHERE} | 0`))).toEqual(['verify, 7 value = 0']);
  });

  it.each([
    ['> 0', 'value > 0'], ['`>= 3`', 'value >= 3'], ['**0**', 'value = 0'], ['`0`', 'value = 0'], ['OK', 'operator "Boats: OK"'], ['as before', 'operator "Boats: as before"'], ['✅', 'operator "Boats: ✅"'],
    ['permission denied', 'error 42501'], ['< 5 ms', 'time < 5ms'],
  ])('reads "%s", or asks for it with the name of its row', async (cell, said) => {
    expect(await under('Verify', table('Check | Query | Expected', `Boats | ${NOWHERE} | ${cell}`))).toEqual([`verify, 7 ${said}`]);
  });

  it.each(['', '-', '—', 'n/a', '____'])('expects nothing where "%s" stands', async (cell) => {
    expect(await under('Verify', table('Check | Query | Expected', `Boats | ${NOWHERE} | ${cell}`, `Boats | ${NOWHERE} | 0`))).toEqual(['verify, 7, 8 value = 0']);
  });

  it('has escaped pipes, other quotes around the SQL, and stands in a list', async () => {
    expect(await under('Verify', table('Check | Query | Expected', "Piers | ``SELECT name FROM piers WHERE name ~ '^(north\\|south)$'``; | 2 rows"))).toEqual(['verify, 7 rows = 2']);
    const graph = await compile(`# Boats\n\n## Verify\n\n${table('Query', "`SELECT id \\|\\| name FROM piers`")}\n`);
    expect(graph.steps[0]?.statements.map(({ sql }) => sql)).toEqual(['SELECT id || name FROM piers']);
    expect(await under('Verify', `1. Look:\n\n${checks.replace(/^/gm, '   ')}\n\n2. Done`)).toEqual(['verify, 9 value = 0, 10 rows contain "north", "south"']);
  });

  it('tells what to do where a check fails', async () => {
    const graph = await compile(`# Boats\n\n## Verify\n\n${table('Check | Query | Expected | If it fails', `Boats | ${NOWHERE} | 0 | Ask the harbour master`)}\n`);
    expect(graph.steps[0]?.expectations.map(({ remedy, text, line }) => [line, text, remedy])).toEqual([[7, 'Boats: 0', 'Ask the harbour master']]);
  });

  it('takes what is said around it, and not what a table below it says', async () => {
    expect(await under('Verify', `Expected results:\n\n${checks}`)).toEqual(['verify, 9 value = 0, 10 rows contain "north", "south"']);
    expect(await under('Verify', `This should return 0:\n\n${table('Query', NOWHERE)}`)).toEqual(['verify, 9 value = 0']);
    expect(await under('Verify', `All of these should return 0:\n\n${table('Query', NOWHERE, NOWHERE)}`)).toEqual(['verify, 9 value = 0, 10 value = 0']);
    expect(await under('Verify', `${checks}\n\n${table('# | Page | Expected', '1 | Start | 4', '2 | Piers | 5')}`)).toEqual(['verify, 7 value = 0, 8 rows contain "north", "south"']);
  });

  it('takes what its rows say by themselves, and asks of a target', async () => {
    expect(await under('Verify', table('Check | Query', `Boats without a pier (should be 0) | ${NOWHERE}`, `Piers | ${NAMES}`))).toEqual(['verify, 7 value = 0, 8']);
    expect(await under('Verify', table('Figure | Query | Target', `Boats | ${NOWHERE} | < 5`))).toEqual(['verify, 7 operator "Boats: < 5"']);
  });

  it('asks of a result that stands beside a verdict', async () => {
    expect(await under('Verify', table('Check | Query | Result | Status', `Boats | ${NOWHERE} | 14 | ✅`))).toEqual(['verify, 7 operator "Boats: 14"']);
  });

  it('is looked at in its place: behind the verification', async () => {
    const work = '## Apply\n\n```sql\nALTER TABLE boats ADD COLUMN pier int;\n```\n\n## Verify\n\n```sql\nSELECT 1;\n```\n\n';
    expect(await steps(`${work}## Figures of the harbour\n\n${checks}`)).toEqual(['deploy, 6', 'verify, 12', 'verify, 19 value = 0, 20 rows contain "north", "south"']);
  });
});

describe('statements of a table that write', () => {
  const add = '`ALTER TABLE boats ADD COLUMN pier int`';
  const fill = '`UPDATE boats SET pier = 1`';

  it.each(['Step | Statement', '# | Command', 'What | SQL', 'What | Run this', 'Step | Query'])('run where a header says so: "%s"', async (header) => {
    expect(await under('Apply', table(header, `1 | ${add}`, `2 | ${fill}`))).toEqual(['deploy, 7, 8']);
  });

  it('are counted as their row says', async () => {
    expect(await under('Apply', table('Step | Command | Expected', `1 | ${add} | ALTER TABLE`, `2 | ${fill} | 14 rows updated`))).toEqual(['deploy, 7 success, 8 affected = 14']);
  });

  it.each([
    ['no header says so', table('What | Query', `Pier | ${add}`)], ['the way back stands beside them', table('Step | Command | Rollback', `1 | ${add} | \`ALTER TABLE boats DROP COLUMN pier\``)],
    ['a way back stands beside them in words', table('Step | Command | Undo', `1 | ${add} | by hand`)], ['their risk is told', table('Statement | Lock | Risk', `${add} | exclusive | low`)],
    ['its purpose is told, and no step is counted', table('SQL | Purpose', `${add} | piers`)],
['it tells what an interface does', table('Endpoint | SQL', `PUT | ${fill}`)], ['it tells who may', table('Command | Allowed', `${fill} | no`)], ['it tells of migrations', table('Phase | Migration | SQL', `1 | 001 | ${add}`)],
    ['a row is the way back', table('Step | Command', `Add | ${add}`, 'Roll back | `ALTER TABLE boats DROP COLUMN pier`')], ['a row is a case', table('Step | Command', `If it is missing | ${add}`)],
    ['a row may be left out', table('Step | Command', `Add | ${add}`, `Fill (optional) | ${fill}`)],
  ])('stay in it where %s', async (_, text) => {
    expect(await under('Apply', text)).toEqual([]);
  });

  it('stay in it where a fence holds them, and a table that nobody says is run is told of', async () => {
    expect(await under('Apply', `\`\`\`sql\nALTER TABLE boats\n  ADD COLUMN pier int;\n\`\`\`\n\nIn short.\n\n${table('Statement | What for', `${add} | piers`)}`)).toEqual(['deploy, 6']);
    expect(await under('Apply', `\`\`\`bash\npsql -f piers.sql\n\`\`\`\n\n${table('Step | Command', `1 | ${add}`)}`)).toEqual([]);
    const graph = await compile(`# Boats\n\n## Apply\n\n${table('What | Query', `Pier | ${add}`)}\n`);
    expect(codes(graph)).toContain('left-out');
  });
});

describe('a table stays what it is', () => {
  it.each(['Rollback', 'Troubleshooting', 'Overview', 'Migration log', 'Examples', 'Optional'])('under "%s"', async (title) => {
    expect(await under(title, checks)).toEqual([]);
    expect(await under(title, table('Step | Command', '1 | `DELETE FROM boats`'))).toEqual([]);
  });

  it('below a label that leads back, or to a case', async () => {
    for (const label of ['**Rollback:**', 'If it fails:', '**Example:**', 'Troubleshooting:']) expect(await under('Verify', `${label}\n\n${checks}`), label).toEqual([]);
  });

  it.each([
    'Problem | Fix', 'Symptom | Query', 'Issue | Diagnostic query', 'Error | SQL', 'Example | Query', 'Old query | Why', 'What | Before', 'Case | Query', 'When | Query', 'Option | Query', 'Name | Definition', 'Role | Query', 'Environment | Query',
    'Database | Query', 'Page | Rows',
  ])('under the headers "%s"', async (header) => {
    const row = header.startsWith('Old') ? `${NOWHERE} | piers` : `piers | ${NOWHERE}`;
    expect(await under('Verify', table(header, row))).toEqual([]);
  });

  it.each([
    ['an ellipsis', '`SELECT … FROM boats`'], ['dots in a literal', "`SELECT id FROM boats WHERE name = '...'`"], ['a fragment', '`WHERE pier IS NULL`'], ['a privilege', '`SELECT`'], ['a command of psql', '`\\d boats`'], ['prose', 'look at the piers'],
    ['words around it', `Run ${NAMES}`], ['two statements', '`SELECT 1; SELECT 2`'], ['a number for a value', '`SELECT name FROM piers WHERE id = $1`'], ['what ends a transaction', '`COMMIT WORK`'], ['nothing', ''], ['no grammar', '`SELECT name piers FROM`'], ['a remark', '`SELECT 1 -- one`'],
  ])('where a row holds %s', async (_, cell) => {
    expect(await under('Verify', table('Check | Query | Expected', `Boats | ${NOWHERE} | 0`, `Piers | ${cell} | 0`))).toEqual([]);
  });

  it('where somebody else looks, or another system', async () => {
    for (const check of ['as anon', 'Logged in as admin user', 'user A sees none', 'MySQL']) expect(await under('Verify', table('Check | Query | Expected', `${check} | ${NOWHERE} | 0`)), check).toEqual([]);
  });

  it('where two columns say what is expected, or a row holds two statements', async () => {
    expect(await under('Verify', table('Query | Expected here | Expected there', `${NOWHERE} | 0 | 1`))).toEqual([]);
    expect(await under('Verify', table('Query | Expected | Fix', `${NOWHERE} | 0 | \`UPDATE boats SET pier = 1\``))).toEqual([]);
  });

  it('where a comment names a file', async () => {
    expect((await compile(`# Boats\n\n## Verify\n\n<!-- step: file=piers.sql -->\n\n${checks}\n`, { 'piers.sql': 'SELECT 1;' })).steps).toEqual([]);
  });

  it('where it is what a query above returns', async () => {
    const calls = '```sql\nSELECT query, calls FROM pg_stat_statements;\n```\n\n';
    for (const lead of ['Expected:\n\n', '']) expect(await under('Verify', `${calls}${lead}${table('query | calls', `${NOWHERE} | 3`)}`), lead).toHaveLength(1);
  });

  it('where it only tells of queries, in the work and in what is watched', async () => {
    expect(await under('Apply', table('Query | Purpose', `${NOWHERE} | piers`))).toEqual([]);
    for (const header of ['Endpoint | SQL', 'Page | Query', 'Table | Query']) expect(await under('Apply', table(header, `piers | ${NOWHERE}`)), header).toEqual([]);
    expect(await under('Monitoring', table('Query | Threshold', `${NOWHERE} | 0`))).toEqual([]);
  });
});

describe('adopting a table of statements', () => {
  it('writes a comment above it and an `expect` fence below, and leaves its rows as they are', async () => {
    const { text } = await adopt({ path: 'boats.md', text: `# Boats\n\n## Verify\n\nLook:\n${checks}\n` });
    expect(text).toBe(`---\nguide: boats\n---\n\n# Boats\n\n## Verify\n\nLook:\n\n<!-- step: id=verify/1 -->\n\n${checks}\n\n\`\`\`expect\nstatement 1: value = 0\nstatement 2: rows contain "north", "south"\n\`\`\`\n`);
  });
});
