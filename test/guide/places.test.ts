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

  it.each([
    ['it writes', `## More boats\n\n${sql('INSERT INTO boats VALUES (1);')}`, 'deploy: INSERT INTO boats VALUES (1)'],
    ['work follows', `## Totals\n\n${sql('SELECT 9;')}\n## Create the berths\n\n${sql('CREATE TABLE berths (id int);')}`, 'deploy: SELECT 9'],
  ])('but is part of the work where %s', async (_why, text, step) => {
    expect((await way(before + text))[1]).toBe(step);
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

it('a literal that is a variable of the shell is asked for, a price is not', async () => {
  const graph = await compile(`# G\n\n## Verify\n\n${sql("SELECT 1 FROM boats WHERE crew = '$CREW_ID' AND team = '${TEAM}' AND currency = '$USD';")}`);
  expect(graph.parameters.map((one) => one.name)).toEqual(['crew_id', 'team']);
});
