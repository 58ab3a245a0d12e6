import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const way = async (text: string) => forward(await compile(text)).map((step) => `${step.role}: ${step.statements[0]?.sql ?? step.title}`);

/** Where a chapter stands on the way whose title does not say it. */
describe('a chapter whose title says nothing', () => {
  const before = `# Harbour\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Verify the berths\n\n${sql('SELECT 1;')}\n`;

  it('stays behind the verification where it only reads', async () => {
    expect(await way(`${before}## Nothing left over\n\n### Boats without a berth\n\n${sql("-- what the update above would set\nSELECT count(*) FROM boats WHERE name <> 'do not set';")}`)).toEqual([
      'deploy: CREATE TABLE boats (id int)', 'verify: SELECT 1', "verify: SELECT count(*) FROM boats WHERE name <> 'do not set'",
    ]);
  });

  it('and behind monitoring', async () => {
    expect(await way(`${before}## Monitoring\n\n${sql('SELECT 2;')}\n## Last word\n\n${sql('SELECT 3;')}`)).toEqual(['deploy: CREATE TABLE boats (id int)', 'verify: SELECT 1', 'monitor: SELECT 2', 'monitor: SELECT 3']);
  });

  it('stays behind the verification where it is only ticked, in a case too, and behind the sign-off', async () => {
    expect(await way(`${before}## Harbour office\n\n- [ ] Tell them\n\n## If boats are at sea\n\n- [ ] Call them\n\n## Success criteria\n\n- [ ] Nobody waits\n\n## Thanks\n\n- [ ] A cake\n`)).toEqual([
      'deploy: CREATE TABLE boats (id int)', 'verify: SELECT 1', 'verify: Harbour office', 'verify: If boats are at sea', 'signoff: Success criteria', 'signoff: Thanks',
    ]);
  });

  it('stays there where it writes as well, and so does the next', async () => {
    const more = `## More boats\n\n${sql('INSERT INTO boats VALUES (1);')}\n## And others\n\n${sql('INSERT INTO boats VALUES (2);')}`;
    expect(await way(before + more)).toEqual(['deploy: CREATE TABLE boats (id int)', 'verify: SELECT 1', 'deploy: INSERT INTO boats VALUES (1)', 'deploy: INSERT INTO boats VALUES (2)']);
    expect((await way(`${before}${more}\n## Create the berths\n\n${sql('CREATE TABLE berths (id int);')}`)).at(-1)).toBe('verify: SELECT 1');
  });

  it.each([
    ['work follows', `## Totals\n\n${sql('SELECT 9;')}\n## Create the berths\n\n${sql('CREATE TABLE berths (id int);')}`, 'deploy: SELECT 9'],
  ])('but is part of the work where %s', async (_why, text, step) => {
    expect((await way(before + text))[1]).toBe(step);
  });
});

describe('a chapter called backup or readiness', () => {
  const before = `# Harbour\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n`;

  it('that only looks stays behind the work, and before it where it stands so', async () => {
    expect(await way(`${before}## Backups of the night\n\n${sql('SELECT 5;')}`)).toEqual(['deploy: CREATE TABLE boats (id int)', 'verify: SELECT 5']);
    expect(await way(`# Harbour\n\n## Backups of the night\n\n${sql('SELECT 5;')}\n${before.slice(11)}`)).toEqual(['prepare: SELECT 5', 'deploy: CREATE TABLE boats (id int)']);
  });

  it('that says after what it is done stays there whatever it runs, and one that does not say so is done first', async () => {
    const shell = '```bash\nlist-dumps\n```\n';
    const roles = async (text: string) => forward(await compile(text)).map((step) => step.role);
    expect(await roles(`${before}## Backups\n\n**Right after the cutover and daily:**\n\n${shell}`)).toEqual(['deploy', 'verify']);
    expect(await roles(`${before}## Backups\n\n${shell}`)).toEqual(['prepare', 'deploy']);
    expect(await way(`${before}## Take a backup\n\n${sql('SELECT 5;')}`)).toEqual(['prepare: SELECT 5', 'deploy: CREATE TABLE boats (id int)']);
  });
});

describe('a title that speaks of another time in passing', () => {
  it.each([
    ['Boats counted again, back to pre-launch baseline', 'deploy'],
    ['Verify that totals equal the pre-migration baseline', 'verify'],
    ['Check against the baseline', 'verify'],
    ['Start with pre-flight checks', 'prepare'],
    ['Readiness', 'prepare'],
    ['Harbour readiness status', 'deploy'],
    ['Pre-launch baseline', 'prepare'],
    ['Snapshot for pre-launch', 'prepare'],
    ['Capture totals, a backup for post-migration comparison', 'prepare'],
  ])('%s → %s', async (title, role) => {
    expect((await compile(`# G\n\n## ${title}\n\n${sql('SELECT 1;')}`)).steps[0]?.role).toBe(role);
  });
});

it.each([
  ['an urgent repair is no way back', `# Emergency fix of the berths\n\n${sql('CREATE TABLE boats (id int);')}`, ['deploy: CREATE TABLE boats (id int)']],
  ['a test of what is done in an incident is a test', `# G\n\n## Verification tests\n\n### Test 7: Incident response query\n\n${sql('SELECT 1;')}`, ['verify: SELECT 1']],
])('%s', async (_, text, steps) => {
  expect(await way(text)).toEqual(steps);
});

it.each([
  ['urgency is no way back where a chapter applies something', `# Emergency: boats cannot be read\n\n## Apply this now\n\n${sql('SELECT 1;')}`, ['deploy: SELECT 1']],
  ['urgency alone is', `# Emergency procedures\n\n## Lock the harbour\n\n${sql('SELECT 1;')}`, []],
  ['a way back is one, whatever its chapters are called', `# Rollback runbook of the berths\n\n## Apply it\n\n${sql('SELECT 1;')}`, []],
  ['there and back in one title', `# Deployment & rollback of the berths\n\n## Deployment\n\n${sql('SELECT 1;')}\n## Rollback\n\n${sql('SELECT 2;')}`, ['deploy: SELECT 1']],
  ['there and back, and no chapter of the way back', `# Migration and rollback\n\n## Scripts\n\n${sql('SELECT 1;')}`, []],
  ['a log that is made', `# G\n\n## Step 1: Create migration log\n\n${sql('CREATE TABLE migration_log (id int);')}`, ['deploy: CREATE TABLE migration_log (id int)']],
  ['a log that is looked at', `# G\n\n## Verification tests\n\n### Check the migration log\n\n${sql('SELECT 1;')}`, ['verify: SELECT 1']],
  ['a log that is filled', `# G\n\n## Migration log\n\n${sql('SELECT 1;')}`, []],
  ['a table of errors', `# G\n\n## Verification tests\n\n### Error logs table\n\n${sql('SELECT 1;')}`, ['verify: SELECT 1']],
  ['an error', `# G\n\n## Verification tests\n\n### Error log says denied\n\n${sql('SELECT 1;')}`, []],
  ['a counted migration about a validation is none', `# G\n\n## Migration #1: Input validation\n\n${sql('SELECT 1;')}\n## Then all of it\n\n${sql('SELECT 2;')}`, ['deploy: SELECT 1', 'deploy: SELECT 2']],
  ['a counted migration that is verified', `# G\n\n## Migration #1: Verify the berths\n\n${sql('SELECT 1;')}`, ['verify: SELECT 1']],
  ['a problem that is mended', `# G\n\n## Step 3: Fix the problem\n\n${sql('SELECT 1;')}`, ['deploy: SELECT 1']],
  ['a problem that is told', `# G\n\n## The problem\n\n${sql('SELECT 1;')}`, []],
  ['a numbered test of a chapter of tests', `# G\n\n## Verification tests\n\n### Test 8: Known issues query\n\n${sql('SELECT 1;')}`, ['verify: SELECT 1']],
  ['a numbered test for a case', `# G\n\n## Verification tests\n\n### Test 8: Troubleshooting\n\n${sql('SELECT 1;')}`, []],
  ['a numbered test that writes', `# G\n\n## Verification tests\n\n### Test 8: Known issues\n\n${sql('DELETE FROM boats;')}`, []],
])('%s', async (_, text, steps) => {
  expect(await way(text)).toEqual(steps);
});

it('a literal that is a variable of the shell is asked for, a price is not', async () => {
  const graph = await compile(`# G\n\n## Verify\n\n${sql("SELECT 1 FROM boats WHERE crew = '$CREW_ID' AND team = '${TEAM}' AND currency = '$USD';")}`);
  expect(graph.parameters.map((one) => one.name)).toEqual(['crew_id', 'team']);
});

it.each([
  ["'$CREW_ID'", 'crew_id'], ["'$CREW_ID_2'", 'crew_id_2'], ["'$crew_id'", 'crew_id'], ["'${project_ref}'", 'project_ref'], ["'{{email}}'", 'email'], ["'<email>'", 'email'], ["'<crew-id-2>'", 'crew_id_2'], [":'crew'", 'crew'],
  ["'$USD'", null], ["'$1'", null], ["'$5_000'", null], ["'costs $CREW_ID'", null], ["'<b>'", null],
])('of a statement that has no other place for a value, %s is asked for, or is a value', async (literal, name) => {
  expect((await compile(`# G\n\n## Apply\n\n${sql(`INSERT INTO boats VALUES (${literal});`)}`)).parameters.map((one) => one.name)).toEqual(name === null ? [] : [name]);
});

it.each([
  ['After a successful import, refresh the totals:', 'SELECT refresh_totals();', true], ['Once the import is done, run:', 'ANALYZE boats;', true],
  ['After the import, run:', 'DELETE FROM boats;', false], ['Make it faster:', 'CREATE INDEX i ON boats (id);', false], ['If the import failed, run:', 'ANALYZE boats;', false],
])('behind verification and troubleshooting, what "%s" tells of %s', async (label, statement, runs) => {
  const text = `# Harbour\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Verify\n\n${sql('SELECT 1;')}\n## Troubleshooting\n\nAsk.\n\n## Weight of it\n\n${label}\n\n${sql(statement)}`;
  expect((await way(text)).some((step) => step.endsWith(statement.slice(0, -1)))).toBe(runs);
});
