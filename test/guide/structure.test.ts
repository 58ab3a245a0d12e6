import { describe, expect, it } from 'vitest';
import { bindings, codes, compile, errors, expectations, forward } from './compile.js';

const F = '```';
const sql = (body: string, by = '') => `${F}sql\n${body}\n${F}\n`.replace(/^(?=.)/gm, by);
const commands = async (text: string) => forward(await compile(`# Harbour\n\n${text}`)).flatMap((step) => step.statements.map((one) => one.sql));

describe('"or run" that is the first that can be run', () => {
  const look = '1. Open the list of piers\n2. Look at each\n';

  it.each([
    ['behind a look in a window', `${look}\nOr run in SQL Editor:\n\n`],
    ['as an item of the list', '1. Open the list of piers\n2. Or run in SQL Editor:\n\n'],
    ['behind a sentence', 'Open the list of piers. Alternatively, run this query:\n\n'],
  ])('is a step: %s', async (_, above) => {
    const graph = await compile(`# Harbour\n\n## Verify\n\n### Piers\n\n${above}${sql('SELECT name, open FROM piers;')}\nAll should show \`open = true\`\n`);
    expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(1);
    expect(bindings(graph).map(([, at]) => at)).not.toContain(null);
    expect(codes(graph)).not.toContain('left-out');
  });

  it('stays aside behind code, under another system, below a case and where it starts over', async () => {
    expect(await commands(`## Apply\n\n${sql('SELECT 1;')}\nOr run:\n\n${sql('SELECT 2;')}`)).toEqual(['SELECT 1']);
    expect(await commands(`## Apply\n\nOpen the list.\n\nOr use MySQL:\n\n${sql('SELECT 2;')}`)).toEqual([]);
    expect(await commands(`## Apply\n\n**If it fails:**\n\n- Look at the log\n\nOr run:\n\n${sql('SELECT 2;')}`)).toEqual([]);
    expect(await commands(`## Apply\n\nOpen the list.\n\nOr run this to start from scratch:\n\n${sql('DROP TABLE piers;')}`)).toEqual([]);
    expect((await compile(`# H\n\n## Apply\n\n### Step 1: Boats\n\nCopy all of this file:\n\n${F}\nboats.sql\n${F}\n\nOr use the command below to view it:\n\n${F}bash\ncat boats.sql\n${F}\n`)).steps.map((step) => step.kind)).toEqual(['operator']);
    expect(await commands(`## Rollback\n\nOpen the list.\n\nOr run:\n\n${sql('DROP TABLE piers;')}`)).toEqual([]);
  });
});

describe('a heading that is only a label', () => {
  const query = (title: string, text: string) => `### ${title}\n\n${sql(text)}\n`;

  it('is of the one step in the sections above it', async () => {
    const graph = await compile(`# Harbour\n\n## Look\n\n${query('Names', 'SELECT name FROM piers;')}### Expected Result:\n\n- \`north\`\n- \`south\`\n\n${query('Count', 'SELECT count(*) FROM boats;')}### Expected Results\n\nYou should see 3 boats.\n`);
    expect(expectations(graph).map((one) => [one.source, one.assertion.type])).toEqual([['read', 'contains'], ['read', 'value']]);
    expect(bindings(graph).map(([, at]) => at)).toEqual([8, 19]);
  });

  it('leads back to it, where what it shows is said first', async () => {
    const below = (text: string) => compile(`# Harbour\n\n## Load\n\n${query('1.2 Run it', 'SELECT name FROM piers;')}### 1.3 Verify Results\n\n${text}\n`);
    expect(expectations(await below('After running, you should see 3 piers.')).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 3 }]);
    expect(expectations(await below('Look at the dashboard.\n\n1. Open it\n2. Sign in'))).toEqual([]);
    expect(bindings(await below(`You should see 3 piers:\n\n${sql('SELECT count(*) FROM piers;')}`))).toEqual([[13, 16]]);
  });

  it('is of the step of the same way', async () => {
    const graph = await compile(`# Harbour\n\n## Option A\n\n### Names\n\n${sql('SELECT name FROM piers;')}\n### Expected Result:\n\n- \`north\`\n- \`south\`\n\n## Option B\n\n${sql('SELECT 1;')}`);
    expect(bindings(graph).map(([, at]) => at)).toEqual([8]);
  });

  it('is of the step of the section it is part of', async () => {
    const graph = await compile(`# Harbour\n\n## Look\n\n### Names\n\n${sql('SELECT name FROM piers;')}\n#### Expected output\n\n${F}\n north\n${F}\n`);
    expect(bindings(graph)).toHaveLength(1);
    expect(bindings(graph)[0]?.[1]).toBe(8);
  });

  it('is of none where there are several, and of nothing that never runs', async () => {
    const several = await compile(`# Harbour\n\n## Look\n\n${query('Names', 'SELECT name FROM piers;')}${query('Count', 'SELECT count(*) FROM boats;')}### Expected Results\n\n- \`north\`\n- \`south\`\n`);
    expect(several.steps.at(-1)?.kind).toBe('operator');
    expect(expectations(await compile(`# Harbour\n\n## Look\n\n${sql('SELECT 1;')}\n## Troubleshooting\n\n${query('Names', 'SELECT name FROM piers;')}### Expected Result:\n\n- \`north\`\n`))).toEqual([]);
  });
});

it('a final schema that is listed, part by part, is asked', async () => {
  const graph = await compile(`# Harbour\n\n## Apply\n\n${sql('SELECT 1;')}\n## Expected Final Schema\n\n### boats\n\n- ✅ \`id\`\n- ❌ \`pier\` (removed)\n\n### piers\n\n- ✅ \`id\`\n\n## Rollback\n\n${sql('SELECT 2;')}`);
  expect(graph.steps.map((step) => [step.kind, step.role, step.title])).toEqual([['sql', 'deploy', 'Apply'], ['operator', 'signoff', 'boats'], ['operator', 'signoff', 'piers'], ['sql', 'rollback', 'Rollback']]);
});

describe('a sentence that fails with what a fence shows', () => {
  const twice = `# Harbour\n\n## Try\n\n${sql('INSERT INTO boats VALUES (1);\nINSERT INTO boats VALUES (1);')}\n`;

  it('is the error of the statement it counts', async () => {
    const graph = await compile(`${twice}Second insert should fail with error:\n\n${F}\nduplicate key value violates unique constraint "boats_pkey"\n${F}\n`);
    expect(bindings(graph)).toEqual([[10, 7]]);
    expect(expectations(graph)[0]?.assertion).toMatchObject({ type: 'error' });
  });

  it('is asked where both are meant', async () => {
    const graph = await compile(`${twice}Both inserts should fail with:\n\n${F}\nERROR: duplicate key value\n${F}\n`);
    expect(expectations(graph).map((one) => one.source)).toEqual(['operator']);
  });
});

describe('when a step is due', () => {
  const due = async (text: string) => forward(await compile(`# Harbour\n\n${text}`)).map((step) => (step.followUp === null ? null : step.followUp.fromMs / 86_400_000));

  it.each(['Week 1: Boats', 'Day 1 – Boats', 'Step 3: Keep the log for 90 days'])('a chapter of the work is done in the run: %s', async (title) => {
    expect(await due(`## ${title}\n\n${sql('CREATE TABLE boats (id int);')}`)).toEqual([null]);
  });

  it('a function that purges after 30 days is made at once', async () => {
    expect(await due(`## Delete old logs after 30 days\n\n${sql("CREATE FUNCTION purge() RETURNS void LANGUAGE sql AS 'DELETE FROM logs';")}`)).toEqual([null]);
  });

  it.each([['## Drop the copy (after one week)\n\n', 7], ['## Drop the copy (2 weeks later)\n\n', 14], ['## Clean up\n\nAfter 7 days without trouble, drop the copy:\n\n', 7], ['## Clean up\n\nWait at least 3 days. Then run:\n\n', 3]])('what takes something away waits for the time above it: %s', async (above, days) => {
    expect(await due(`${above}${sql('DROP TABLE boats_copy;')}`)).toEqual([days]);
  });

  it('a sentence that only speaks of days says nothing of it', async () => {
    expect(await due(`## Clean up\n\nIn one day the copy grew to a gigabyte. Drop it:\n\n${sql('DROP TABLE boats_copy;')}`)).toEqual([null]);
  });

  it('what is looked at is looked at when its title says', async () => {
    expect(await due(`## Monitoring\n\n### Week 2\n\n${sql('SELECT 1;')}`)).toEqual([7]);
  });
});

it('a box over several ways waits for none of them', async () => {
  const graph = await compile(`# Harbour\n\n## Apply\n\n- [ ] Apply it\n\n  **Option A:**\n\n${sql('SELECT 1;', '  ')}\n  **Option B:**\n\n${sql('SELECT 2;', '  ')}`);
  expect(graph.steps.find((step) => step.kind === 'checklist')?.needs).toEqual([]);
  expect(graph.steps.find((step) => step.kind === 'choice')).toBeDefined();
});

it('rows without spaces in a comment are rows', async () => {
  const graph = await compile(`# Harbour\n\n## Look\n\n${sql('SELECT role, n FROM crew;\n-- Expected:\n-- captain|1\n-- mate|12')}`);
  expect(expectations(graph).map((one) => one.assertion)).toMatchObject([{ type: 'table', rows: [['captain', '1'], ['mate', '12']] }]);
  expect(expectations(await compile(`# Harbour\n\n## Look\n\n${sql('SELECT state FROM piers;\n-- Expected:\n-- open|shut')}`)).map((one) => one.source)).toEqual(['operator']);
});

it('a file that a label tells to run is a step before the query that looks whether it took', async () => {
  const kinds = async (told: string) => forward(await compile(`# Harbour\n\n## Step 1\n\n${told}\n\n**Verify:**\n\n${sql('SELECT count(*) FROM boats;')}`)).map((step) => step.kind);
  expect(await kinds('**Run:** `boats.sql`')).toEqual(['operator', 'sql']);
  expect(await kinds('Run `boats.sql` in the SQL editor.')).toEqual(['operator', 'sql']);
  expect(await kinds('Run `verify_boats.sql` in the SQL editor.')).toEqual(['sql']);
});

it('a comment that is never closed is told', async () => {
  const graph = await compile(`# Harbour\n\n${sql('SELECT 1;')}\n<!-- more\n\n${sql('SELECT 2;')}`);
  expect(codes(graph)).toContain('open-comment');
  expect(errors(graph)).toEqual([]);
});
