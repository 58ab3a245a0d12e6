import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { adopt } from '../../src/guide/adopt.js';
import { compile, errors, forward } from './compile.js';

const boats = '`SELECT count(*) FROM boats WHERE pier IS NULL`';

/** Steps on the way: a query with its line and what it must show, a checklist with what each item waits for. */
const steps = async (text: string): Promise<string[]> => {
  const graph = await compile(text);
  expect(errors(graph).filter((code) => code !== 'no-steps')).toEqual([]);
  const lines = new Map(graph.steps.map((step) => [step.id, step.line]));
  return forward(graph).map((step) => (step.kind === 'checklist'
    ? `boxes ${step.items.map(({ waitsFor }) => waitsFor.map((id) => lines.get(id)).join('+') || '-').join(' ')}`
    : `${step.kind} ${step.line} ${step.expectations.map(({ assertion }) => formatExpect(assertion)).join('; ')}`));
};
const under = (title: string, ...lines: string[]): Promise<string[]> => steps(`# Boats\n\n## ${title}\n\n${lines.join('\n')}\n`);

describe('a box that is one query and what it returns', () => {
  it.each([
    ['returns 0', 'value = 0'], ['should return 0', 'value = 0'], ['= 0', 'value = 0'], ['→ 0', 'value = 0'], ['=> 3', 'value = 3'], ['must be 0', 'value = 0'], ['shows at least 4', 'value >= 4'],
  ])('"%s"', async (says, read) => {
    expect(await under('Verify', '- [ ] Somebody looked', `- [ ] ${boats} ${says}`)).toEqual([`sql 6 ${read}`, 'boxes - 6']);
  });

  it('is held to what is read of it, and the rest is asked', async () => {
    expect(await under('Verify', "- [ ] `SELECT name FROM piers` returns one row with `name = 'north'`, and the pier is painted")).toEqual(['sql 5 rows = 1; column name = "north"; operator "the pier is painted"', 'boxes 5']);
  });

  it('stands below another box, in a numbered list and among lists that go on with each other', async () => {
    expect(await under('Verify', '- [ ] Piers', `  - [ ] ${boats} returns 0`, '- [ ] Berths', '', `1. [ ] ${boats} returns 1`)).toEqual(['sql 6 value = 0', 'sql 9 value = 1', 'boxes 6 6 - 9']);
  });

  it('changes nothing of what is said of the code above', async () => {
    const code = '```sql\nSELECT name FROM piers;\n```\n';
    expect(await under('Verify', code, `- [ ] ${boats} returns 0`, '- [ ] Expected: 4 rows')).toEqual(['sql 5 rows = 4', 'sql 9 value = 0', 'boxes 9 -']);
    expect(await under('Verify', 'Expected: 4 rows', '', `- [ ] ${boats} returns 0`, '', code)).toEqual(['sql 7 value = 0', 'boxes 7', 'sql 9 rows = 4']);
  });

  it.each([
    ['does not say what', `${boats} works`], ['says what nobody can read', `${boats} returns as many as last year`], ['writes', '`DELETE FROM boats` returns 0'], ['writes in a call', "`SELECT setval('berths', 1)` returns 1"],
    ['is a fragment', '`SELECT` returns 0'], ['leaves something out', '`SELECT … FROM boats` returns 0'], ['has words before it', `Look: ${boats} returns 0`], ['is somebody else\'s', `${boats} returns 0 as anon`], ['is about a way back', `${boats} returns 0 (roll back if not)`],
  ])('stays a box where it %s', async (_, text) => {
    expect(await under('Verify', `- [ ] ${text}`)).toEqual(['boxes -']);
  });

  it.each(['Rollback', 'Troubleshooting', 'Verify (optional)'])('stays one under "%s"', async (title) => {
    expect((await under(title, `- [ ] ${boats} returns 0`)).filter((step) => step.startsWith('sql'))).toEqual([]);
  });

  it('stays one where it is drawn, quoted, or shown in a fence, and where code stands below it', async () => {
    for (const text of [`☐ ${boats} returns 0`, `> - [ ] ${boats} returns 0`, `\`\`\`\n- [ ] ${boats} returns 0\n- [ ] Piers\n\`\`\``]) expect((await under('Verify', text)).filter((step) => step.startsWith('sql')), text).toEqual([]);
    expect(await under('Verify', `- [ ] ${boats} returns 0`, '', '  ```sql', '  SELECT count(*) FROM boats WHERE pier IS NULL;', '  ```')).toHaveLength(2);
  });

  it('is adopted with an `expect` fence below it', async () => {
    const { text } = await adopt({ path: 'boats.md', text: `# Boats\n\n## Verify\n\n- [ ] ${boats} returns 0\n- [ ] Piers\n` });
    expect(text).toContain(`- [ ] ${boats} returns 0\n\n  \`\`\`expect\n  value = 0\n  \`\`\`\n- [ ] Piers\n`);
    expect(await steps(text)).toEqual(['sql 11 value = 0', 'boxes 11 -']);
  });
});

describe('a box right below a query', () => {
  const query = '```sql\nSELECT name, made_at, moored_at, crew_count FROM boats;\n```';
  it('says what the query returns where it names it, or compares what it shows', async () => {
    expect(await under('Verify', query, '', '- [ ] Query returns 4 rows (two at each pier)', '- [ ] Somebody looked')).toEqual(['sql 5 rows = 4', 'boxes - -']);
    expect(await under('Verify', query, '', '**Expected:**', '- [ ] `moored_at` is after `made_at`', '- [ ] crew_count < 5', '- [ ] The pier is painted')).toEqual(['sql 5 column moored_at > column made_at; column crew_count < 5', 'boxes - - -']);
  });

  it('says it also behind another box', async () => {
    expect(await under('Verify', '- [ ] Look:', '  ```sql', '  SELECT name FROM boats;', '  ```', '- [ ] Query returns 4 rows')).toEqual(['sql 6 rows = 4', 'boxes 6 -']);
  });

  it('stays a box where it is of something else, or not read as a whole', async () => {
    expect(await under('Verify', query, '', 'Then open the page.', '', '- [ ] crew_count < 5')).toEqual(['sql 5 ', 'boxes -']);
    expect(await under('Verify', query, '', '- [ ] crew_count < 5, and the pier is painted', '- [ ] Query returns what it did last year')).toEqual(['sql 5 ', 'boxes - -']);
  });
});

describe('a box with a query of its own', () => {
  const own = (text: string, query: string): string[] => [`- [ ] ${text}`, '  ```sql', `  ${query};`, '  ```'];

  it('says nothing of the query above, and what it can be read to say of its own', async () => {
    const text = [...own('Count berths: Should be 30+', 'SELECT count(*) FROM berths'), ...own('Count piers: Should be 4', 'SELECT count(*) FROM piers'), ...own('**1.3 Look at the boats**', 'SELECT name FROM boats')];
    expect(await under('Verify', ...text)).toEqual(['sql 6 value >= 30', 'sql 10 value = 4', 'sql 14 ', 'boxes 6 10 14']);
  });

  it('is followed by what its query returns, with bullets below a box that says no more', async () => {
    expect(await under('Verify', ...own('Look', 'SELECT name, state FROM boats WHERE id = 1'), '- [ ] **Expected result**:', '  - `state`: "moored"', '  - `name`: the one that you gave it')).toEqual(['sql 6 column state = "moored"; operator "`name`: the one that you gave it"', 'boxes 6 -']);
  });
});

describe('lines with a sign in front, right below a query', () => {
  const query = '```sql\nSELECT name, state, crew_count FROM boats WHERE id = 1;\n```';

  it('say what it shows, and are asked where they may be of something else', async () => {
    expect(await under('Verify', query, '- ✅ `crew_count` = 4', '- ✅ No boats at sea', '- ✅ The mate can log in')).toEqual(['sql 5 column crew_count = 4; operator "✅ No boats at sea"; operator "✅ The mate can log in"']);
  });

  it('say nothing where only some have one, where words stand between, and below what returns nothing', async () => {
    expect(await under('Verify', query, '- ✅ `crew_count` = 4', '- the rest is as it was')).toEqual(['sql 5 ']);
    expect(await under('Verify', query, '', 'It is a good boat.', '', '- ✅ `crew_count` = 4')).toEqual(['sql 5 ']);
    expect(await under('Deploy', '```sql\nALTER TABLE boats ADD COLUMN crew_count int;\n```', '- ✅ `crew_count` = 4')).toEqual(['sql 5 ']);
  });
});
