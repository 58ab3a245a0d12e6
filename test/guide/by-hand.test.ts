import { describe, expect, it } from 'vitest';
import { bindings, compile, forward } from './compile.js';

const told = async (text: string) => forward(await compile(text)).map((step) => [step.kind, step.title, ...step.expectations.map((one) => `${one.line} ${one.source}`)]);

/** What is expected of something done by hand is asked, though no code stands beside it. */
describe('expectations of what is done by hand', () => {
  it('a section without code whose result is told', async () => {
    expect(await told('# G\n\n## Verify\n\n### In the editor\n\n1. Open the file\n2. Run it\n\n**Expected result:**\n```\nall columns there\n```\n')).toEqual([['operator', 'In the editor', '10 operator']]);
  });

  it('is part of the question', async () => {
    const graph = await compile('# G\n\n## Verify\n\n1. Run it\n2. Read it\n\n**Expected result:**\n```\nall columns there\n```\n');
    expect(graph.steps[0]?.prompt).toBe('- Run it\n- Read it\nExpected result:\nall columns there');
  });

  it('a bullet of a numbered item between items with code', async () => {
    const text = '# G\n\n## Test\n\n1. **Query**:\n   ```sql\n   SELECT 1;\n   ```\n2. **In the browser**:\n   - Open the page\n   - Expected: Success, a badge appears\n3. **State**:\n   ```sql\n   SELECT 2;\n   ```\n';
    expect(await told(text)).toEqual([['sql', 'Query'], ['operator', 'In the browser', '11 operator'], ['sql', 'State']]);
  });

  it('each line of a list under the label', async () => {
    expect(await told('# G\n\n## Deployment\n\n### Try the page\n\n1. Open it\n2. **RÉSULTAT ATTENDU:**\n   - La page se charge sans erreur\n   - La liste montre tout\n')).toEqual([['operator', 'RÉSULTAT ATTENDU', '9 operator', '10 operator']]);
  });

  it('an option that is done by hand', async () => {
    const graph = await compile('# G\n\n## Apply\n\n### Option A: Editor\n\n1. Paste the file\n\n**Expected:** "Success"\n\n### Option B: psql\n\n```bash\npsql -f a.sql\n```\n');
    expect(graph.steps.map((step) => [step.kind, step.title])).toEqual([['choice', expect.any(String)], ['operator', 'Option A: Editor'], ['shell', expect.any(String)]]);
    expect(bindings(graph)).toEqual([[9, null]]);
  });

  it.each(['Rollback', 'Troubleshooting', 'Optional enhancements'])('but not under %s', async (title) => {
    expect(await told(`# G\n\n## ${title}\n\n1. Open it\n\nExpected: it works\n`)).toEqual([]);
  });

  it('and not what a sentence says in passing', async () => {
    expect(await told('# G\n\n## Apply\n\nEvery user should be able to sign in again.\n')).toEqual([]);
  });
});

it('asks what is to be seen before the blanks for what was seen', async () => {
  expect(await told('# G\n\n## Test\n\n### Report\n\n**Expected results:**\n- The page shows the new place\n- The total is shown as well\n\n**Actual results:**\n- Place: ______\n')).toEqual([
    ['operator', 'Report', '8 operator', '9 operator'], ['input', 'Actual results'],
  ]);
});

it('goals that are ticked in advance, a line each', async () => {
  expect(await told('# G\n\n## Apply\n\n```sql\nSELECT 1;\n```\n\n## Success Criteria\n\n✅ All applied\n✅ Nobody complains\n')).toEqual([['sql', 'Apply'], ['operator', 'Success Criteria']]);
});

it('a command fence of remarks alone is a question', async () => {
  expect(await told('# G\n\n## Apply\n\n```bash\n# Open the dashboard\n# Press Run\n# Should see: 3 users\n```\n')).toEqual([['operator', 'Apply', '8 operator']]);
});

it('code shown by the line of its file does not run', async () => {
  const at = (label: string) => `# G\n\n## Apply\n\n${label}\n\n\`\`\`sql\nGRANT SELECT ON t TO anon;\n\`\`\`\n`;
  expect(await told(at('**File:** `migrations/002.sql:640`'))).toEqual([]);
  expect(await told(at('**File:** `migrations/002.sql`'))).toEqual([['sql', 'Apply']]);
});

it.each([['Vor der Migration', 'prepare'], ['Avant la migration', 'prepare'], ['Antes de la migración', 'prepare'], ['预部署验证', 'prepare'], ['部署前检查', 'prepare'], ['完成标志', 'signoff'], ['Erfolgskriterien', 'signoff']])('the chapter "%s" is %s', async (title, role) => {
  expect((await compile(`# G\n\n## ${title}\n\n- [ ] One\n\n## Migration\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`)).steps.find((step) => step.kind === 'checklist')?.role).toBe(role);
});

describe('boxes of what may be left out', () => {
  it('are there to be ticked, while its code is not run', async () => {
    const graph = await compile('# G\n\n## Verify\n\n### Isolation (if applicable)\n\n- [ ] One\n- [ ] Two\n\n```sql\nSELECT 1;\n```\n');
    expect(graph.steps.map((step) => [step.kind, step.role, step.optional, step.items.length])).toEqual([['checklist', 'verify', true, 2]]);
  });

  it('of a maintenance plan come last', async () => {
    const graph = await compile('# G\n\n## Apply\n\n```sql\nSELECT 1;\n```\n\n## Maintenance plan\n\n### Weekly\n\n- [ ] Look at the sizes\n');
    expect(graph.steps.map((step) => [step.kind, step.role, step.optional])).toEqual([['sql', 'deploy', false], ['checklist', 'signoff', true]]);
  });

  it.each(['File structure', 'Security considerations'])('of a section called %s are kept', async (title) => {
    expect((await compile(`# G\n\n## Verify\n\n### ${title}\n\n- [ ] One\n`)).steps.map((step) => [step.kind, step.optional])).toEqual([['checklist', true]]);
  });

  it('are none in a rollback or a remedy', async () => {
    expect(forward(await compile('# G\n\n## Troubleshooting\n\n### Cache (optional)\n\n- [ ] One\n'))).toEqual([]);
  });
});

it('a denied attempt that is announced and the rows that are counted do not dispute', async () => {
  const graph = await compile('# G\n\n## Verify\n\n```sql\n-- Try to read the rows of others (should fail)\nSELECT id FROM orders WHERE owner_id = 2;\n-- Should return 0 rows\n```\n');
  expect(graph.steps[0]?.expectations.map((one) => [one.line, one.source])).toEqual([[6, 'operator'], [8, 'read']]);
});

it('names below each other, the first behind the label, are one list', async () => {
  const graph = await compile(`# G\n\n## Verify\n\n\`\`\`sql\nSELECT policyname, cmd FROM pg_policies;\n-- expected: orders_read (SELECT)\n--           orders_add  (INSERT)\n--           orders_drop (DELETE)\n\`\`\`\n`);
  expect(graph.steps[0]?.expectations.map((one) => one.assertion)).toEqual([{ type: 'includes', columns: ['policyname', 'cmd'], rows: [['orders_read', 'SELECT'], ['orders_add', 'INSERT'], ['orders_drop', 'DELETE']] }]);
});

it('"Error handling" is no error a hint is shown for', async () => {
  expect((await compile('# G\n\n## Overview\n\n### Error Handling\n\nAll errors are told.\n')).hints).toEqual([]);
});

it('what an option done by hand expects is not said of the commands of the next one', async () => {
  const graph = await compile('# G\n\n## Apply\n\n**Option A – by hand:**\n\n1. Press Run\n\nExpected result:\n\n```\nSuccess. No rows returned\n```\n\n**Option B – by tool:**\n\n```bash\ntool push\n```\n');
  expect(graph.steps.map((step) => [step.kind, step.expectations.length])).toEqual([['choice', 0], ['operator', 1], ['shell', 0]]);
});

it('lines of an environment file are told, not run', async () => {
  const graph = await compile('# G\n\n## Apply\n\n```bash\n# in .env\nSITE_URL=https://example.com\nSITE_KEY=abc\n```\n\n```bash\nexport SITE_KEY=abc\ntool push\n```\n');
  expect(graph.steps.map((step) => step.kind)).toEqual(['operator', 'shell']);
});

it('what is expected by hand is asked, whatever case is told below it', async () => {
  const graph = await compile('# G\n\n## Apply\n\n1. Press Run\n2. Expected output: `Success` below\n3. If there is an error: stop. Causes:\n   - none\n');
  expect(graph.steps.map((step) => [step.kind, step.role, step.title])).toEqual([['operator', 'deploy', 'Apply']]);
});

it('a sentence that leads to the code below takes nothing of what is said of the code above', async () => {
  const text = (lead: string) => `# G\n\n## Verify\n\n\`\`\`sql\nSELECT a FROM t;\n\`\`\`\n\nExpected: 1 row returned with the boat. ${lead}\n\n\`\`\`sql\nDELETE FROM t;\n\`\`\`\n`;
  const graph = await compile(text('Then clean up:'));
  expect(bindings(graph)).toEqual([[9, 6]]);
  expect(graph.steps.map((step) => step.role)).toEqual(['verify', 'verify']);
  expect((await compile(text('To roll back, run:'))).steps.map((step) => step.role)).toEqual(['verify', 'rollback']);
});

it('expected results behind the steps are asked as goals are; those that show code or stand before it are told', async () => {
  const apply = '## Apply\n\n```sql\nSELECT 1;\n```\n';
  const goals = '## Expected Results\n\n- ✅ No boat adrift\n';
  expect(await told(`# G\n\n${apply}\n${goals}`)).toEqual([['sql', 'Apply'], ['operator', 'Expected Results']]);
  expect(await told(`# G\n\n${apply}\n## Expected Output\n✅ No boat adrift\n✅ All moored\n`)).toEqual([['sql', 'Apply'], ['operator', 'Expected Output']]);
  expect(await told(`# G\n\n${goals}\n${apply}`)).toEqual([['sql', 'Apply']]);
  expect(await told(`# G\n\n${apply}\n${goals}\n\`\`\`sql\nSELECT 2;\n\`\`\`\n`)).toEqual([['sql', 'Apply']]);
});

it('what a test by hand should show', async () => {
  expect(await told('# G\n\n## Testing\n\n### Edge cases\n\n**Test 1: no boat**\n- Open the page\n- Should show "Nobody"\n- Should you be lost, ask\n')).toEqual([['operator', 'Test 1: no boat', '9 operator']]);
});

describe('a step without code', () => {
  const verify = '## Verify\n\n```sql\nSELECT 1;\n```\n';

  it('is asked, with all that it tells', async () => {
    const graph = await compile(`# G\n\n## Deploy\n\n### Step 1: Load the boats\n\nIn the editor:\n\n1. Copy \`boats.sql\`\n2. Press Run\n   - and wait\n\n\`\`\`\nDone.\n\`\`\`\n\n### Step 2: Tell the crew\n\n#### By mail\n\nAll of them.\n\n${verify}`);
    expect(graph.steps.map((step) => [step.kind, step.title, step.role, step.prompt])).toEqual([
      ['operator', 'Step 1: Load the boats', 'deploy', 'In the editor:\n- Copy boats.sql\n- Press Run\n- and wait\nDone.'],
      ['operator', 'Step 2: Tell the crew', 'deploy', 'By mail\nAll of them.'], ['sql', 'Verify', 'verify', null],
    ]);
  });

  it.each(['Paso 1: Cargar', 'Étape 1 : Charger', '步骤1：加载'])('in other languages: %s', async (title) => {
    expect((await told(`# G\n\n## Migration\n\n### ${title}\n\nboats.sql\n\n${verify}`))[0]?.[0]).toBe('operator');
  });

  it('is also a numbered list of what to do in a window', async () => {
    expect(await told(`# G\n\n## Apply\n\n1. Open the editor\n2. Paste \`boats.sql\`\n3. Run it\n\n${verify}`)).toEqual([['operator', 'Apply'], ['sql', 'Verify']]);
    expect(await told(`# G\n\n## Apply\n\n1. Creates the boats\n2. Adds the masts\n\n${verify}`)).toEqual([['sql', 'Verify']]);
    expect(await told(`# G\n\n${verify}\n### In the harbour\n\n1. Sailing a boat → succeeds\n2. Sinking one → is refused\n`)).toEqual([['sql', 'Verify'], ['operator', 'In the harbour']]);
  });

  it('is none where it begins with a case of something gone wrong', async () => {
    expect(await told(`# G\n\n## Solución\n\n### Paso 2: Mirar\n\nSi el problema persiste, haz esto:\n\n1. Abre la consola\n\n${verify}`)).toEqual([['sql', 'Verify']]);
  });

  it.each(['## Rollback', '## Troubleshooting', '## Deploy (if needed)'])('is none under %s, and a phase is a chapter', async (chapter) => {
    expect(await told(`# G\n\n${chapter}\n\n### Step 1: Load\n\n1. Open the editor\n2. Press Run\n\n${verify}`)).toEqual([['sql', 'Verify']]);
    expect(await told(`# G\n\n## Deploy\n\n### Phase 1: Structure\n\n1. Tables\n2. Columns\n\n${verify}`)).toEqual([['sql', 'Verify']]);
  });
});

/** What is to be looked at by hand is shown, where no code says it. */
describe('a chapter of verification without code', () => {
  const under = (text: string, chapter = 'Verify') => told(`# G\n\n## ${chapter}\n\n### Berths\n\n${text}\n`);

  it.each([
    ['a list below a sentence', 'Boats come in by night. Verify that the gate lets in:\n- boats of the harbour\n- boats of guests'],
    ['a sentence', 'Look at the chart and the log.'],
    ['a list of nothing else', '- Check that the chart loads\n- Confirm the gate is open'],
  ])('%s', async (_name, text) => {
    expect(await under(text)).toEqual([['operator', 'Berths']]);
  });

  it('a line of what to look for', async () => {
    expect(await under('The panel, then the log\n\n**Look for:** No errors about the gate')).toEqual([['operator', 'Berths', '9 operator']]);
  });

  it('what a role should be able to do, item by item', async () => {
    expect(await under('1. **Guests**\n   - ✅ Should have access to the chart\n   - ❌ Should NOT be able to move boats\n2. **Crew**\n   - ✅ Should bypass the gate')).toEqual([
      ['operator', 'Guests', '8 operator', '9 operator'], ['operator', 'Crew', '11 operator'],
    ]);
  });

  it.each([['a list of other things too', '- Test each gate\n- Verify the log', 'Verify'], ['words that only name it', 'Check scripts', 'Verify'], ['what is told', 'Verify that the gate lets in boats.', 'Overview']])('but not %s', async (_name, text, chapter) => {
    expect(await under(text, chapter)).toEqual([]);
  });
});

describe('a file that is applied by hand above a query that looks whether it took', () => {
  const F = '```';
  const query = `${F}sql\nSELECT count(*) FROM boats;\n${F}\n`;
  const apply = 'File: `boats.sql`\n\n1. Copy its contents\n2. Paste them into the editor\n3. Press Run\n';

  it('is a step of its own, before the query, with what is to be seen then', async () => {
    expect(await told(`# G\n\n## Step 1: Boats\n\n${apply}4. **Expected output:**\n   ${F}\n   NOTICE: boats are there\n   ${F}\n\n**Verification:**\n\n${query}`)).toEqual([['operator', 'Step 1: Boats', '10 operator'], ['sql', 'Verification']]);
    expect(await told(`# G\n\n## Migrate\n\n### Boats\n\n**Copy and paste** this file:\n\n${F}\nmigrations/boats.sql\n${F}\n\nLook at them:\n\n${query}`)).toEqual([['operator', 'Boats'], ['sql', 'Look at them']]);
  });

  it('tells all that is to be done, and the query what leads to it', async () => {
    const [deed, look] = forward(await compile(`# G\n\n## Step 1: Boats\n\n${apply}\nLook at them:\n\n${query}`));
    expect([deed?.prompt, deed?.line, look?.title]).toEqual(['File: boats.sql\n- Copy its contents\n- Paste them into the editor\n- Press Run', 3, 'Look at them']);
  });

  it.each([
    ['what is pasted stands below', '1. Copy this\n2. Paste it into boats.sql\n', `${F}sql\nCREATE TABLE boats (id int);\n${F}\n`],
    ['no file is named', '1. Copy the query\n2. Paste it\n', query],
    ['the file is only told', 'File: `boats.sql`\n', query],
  ])('but not where %s', async (_, text, code) => {
    expect((await told(`# G\n\n## Step 1: Boats\n\n${text}\n${code}`)).map(([kind]) => kind)).toEqual(['sql']);
  });

  it.each(['Rollback', 'Troubleshooting', 'Optional improvements'])('and not under %s', async (title) => {
    expect(await told(`# G\n\n## ${title}\n\n${apply}\n${query}`)).toEqual([]);
  });
});

it.each([
  ['one file beside the guide', 'Copy `sql/boats.sql` into the editor and run it.', ['file-by-hand']],
  ['one that is not there', 'Copy `sql/crews.sql` into the editor and run it.', []],
  ['several', 'Copy `sql/boats.sql` and then `sql/piers.sql` into the editor.', []],
  ['one outside', 'Copy `../boats.sql` into the editor.', []],
])('tells of a file that a step only asks to apply: %s', async (_, said, found) => {
  const files = { '/guides/sql/boats.sql': 'SELECT 1;', '/guides/sql/piers.sql': 'SELECT 1;', '/boats.sql': 'SELECT 1;' };
  const graph = await compile(`# G\n\n## Step 1: Boats\n\n${said}\n`, files);
  expect(graph.steps.map((step) => step.kind)).toEqual(['operator']);
  expect(graph.diagnostics.map((one) => one.code)).toEqual(found);
});
