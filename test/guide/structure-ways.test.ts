import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const F = '```';
const fence = (lang: string, body: string) => `${F}${lang}\n${body}\n${F}\n`;
const sql = (body: string) => fence('sql', body);
const steps = async (text: string) => forward(await compile(`# Harbour\n\n${text}`));
const kinds = async (text: string) => (await steps(text)).map((step) => `${step.kind} ${step.role}`);

describe('a heading that begins with "or"', () => {
  const ways = (second: string) => `## Apply\n\n### Look first\n\n${fence('bash', 'cat boats.sql')}\n### Apply in the dashboard\n\n1. Open the editor\n2. Paste and run\n\n### ${second}\n\n${fence('bash', 'supabase db push')}\n### Verify\n\n${sql('SELECT 1;')}`;

  it.each(['OR via CLI (needs Docker)', 'Or run the file', 'Or, using psql'])('names another way than the one above it: %s', async (second) => {
    expect((await steps(ways(second))).map((step) => [step.kind, step.choice?.option ?? null])).toEqual(expect.arrayContaining([['shell', null], ['choice', null], ['operator', 'THIS'], ['shell', 'OR 1'], ['sql', null]]));
  });

  it('is no way where it leads back, or stands first', async () => {
    expect((await steps(ways('Or roll it back'))).map((step) => step.kind)).toEqual(['shell', 'operator', 'sql']);
    expect(await kinds(`## Or via the CLI\n\n${fence('bash', 'supabase db push')}`)).toEqual(['shell deploy']);
  });
});

describe('"If you have …:" first said in one of several ways', () => {
  const ways = (said: string) => `## Apply\n\n### Option A: Editor\n\n1. Open the editor\n2. Press Run\n\n### Option B: Terminal\n\n${said}\n\n${fence('bash', 'psql -f boats.sql')}`;

  it('tells for whom the way is', async () => {
    expect((await steps(ways('If you have access to the database:'))).map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['operator', 'A'], ['shell', 'B']]);
  });

  it.each(['If it fails:', 'If you need to roll back:', 'If you have errors:', 'If you need to keep the boats:'])('and leaves it where something went wrong: %s', async (said) => {
    expect((await steps(ways(said))).some((step) => step.kind === 'shell')).toBe(false);
  });

  it('of a part that may be left out, a wish is no case of its own', async () => {
    expect((await steps(`## Step 1: Look (Optional)\n\nIf you want to look first, run this:\n\n${sql('SELECT 1;')}`)).map((step) => [step.kind, step.optional])).toEqual([['sql', true]]);
    expect(await steps(`## Step 1: Look\n\nIf you want to look first, run this:\n\n${sql('SELECT 1;')}`)).toEqual([]);
  });
});

it('a section that only says which file to run is asked', async () => {
  expect(await kinds(`## Steps\n\n### 2. Run the boats\n\nCopy the contents of \`boats.sql\` and execute it.\n\nIt adds a table.\n\n### 3. Verify\n\n${sql('SELECT 1;')}`)).toEqual(['operator deploy', 'sql verify']);
  expect(await kinds(`## Troubleshooting\n\n### The boats are gone\n\nRun \`boats.sql\` again.\n`)).toEqual([]);
});

it('what the whole is to bring, said above its chapters, is asked when all is done', async () => {
  const found = forward(await compile(`# Harbour\n\n**Expected Result:** half the queue\n\n## Step 1\n\n${sql('SELECT 1;')}`));
  expect(found.map((step) => [step.kind, step.role])).toEqual(expect.arrayContaining([['sql', 'deploy'], ['operator', 'signoff']]));
});

it('a step done by hand is asked whole, with the part of it that may be left out', async () => {
  const found = await steps(`## Step 6: Sign-in\n\n### 6.1 Enable it\n\n- Go to the list\n- Turn it on\n\n### 6.2 Templates (Optional)\n\n1. Open the templates\n2. Click Save\n\n## Step 7\n\n${sql('SELECT 1;')}`);
  expect(found.map((step) => [step.kind, step.title, step.optional])).toEqual([['operator', 'Step 6: Sign-in', false], ['sql', 'Step 7', false]]);
  expect(found[0]?.prompt).toContain('Turn it on');
});

it('an optional test by hand keeps what is expected of it', async () => {
  const graph = await compile('# H\n\n## Verify\n\n### Test 3: Add a boat (Optional)\n\n1. Open the list\n2. Press Add\n3. Should see the boat in the list\n');
  expect(graph.steps.map((step) => [step.kind, step.optional, step.expectations.length])).toEqual([['operator', true, 1]]);
});

it('a backup that is told to be made stands before the work, whatever stands above it', async () => {
  expect((await steps(`## What there is\n\n${sql('SELECT 1;')}\n## Step 1: Backup the current database\n\n${sql('SELECT 2;')}\n## Step 2: Boats\n\n${sql('CREATE TABLE boats (id int);')}`)).find((step) => step.title.includes('Backup'))?.role).toBe('prepare');
});
