import { describe, expect, it } from 'vitest';
import { bindings, codes, compile, expectations, forward } from './compile.js';

const F = '```';
const fence = (lang: string, body: string, by = '') => `${F}${lang}\n${body}\n${F}\n`.replace(/^(?=.)/gm, by);
const sql = (body: string, by = '') => fence('sql', body, by);
const steps = async (text: string) => forward(await compile(`# Harbour\n\n${text}`));
const kinds = async (text: string) => (await steps(text)).map((step) => `${step.kind} ${step.role}`);
const commands = async (text: string) => (await steps(text)).flatMap((step) => step.statements.map((one) => one.command));

describe('a fence that says it is for a shell', () => {
  it('and holds nothing but SQL is SQL, with what is expected of it', async () => {
    const graph = await compile(`# Harbour\n\n## Verify\n\n${fence('bash', '# In the editor\nSELECT count(*)\nFROM boats;')}\nExpected: 3\n`);
    expect(graph.steps.map((step) => step.kind)).toEqual(['sql']);
    expect(bindings(graph)).toEqual([[11, 7]]);
    expect(codes(graph)).toContain('sql-as-shell');
  });

  it.each(['# Look\nselect name in a b; do echo $name; done;', 'psql -c "SELECT 1;"', 'SELECT 1;\n\\d boats', 'make\nSELECT 1;'])('is one otherwise: %s', async (body) => {
    expect(await kinds(`## Verify\n\n${fence('bash', body)}`)).toEqual(['shell verify']);
  });

  it('of another system is asked, and off the way stays so', async () => {
    expect(await kinds(`## Deploy\n\n${fence('powershell', 'Restart-Service harbour')}`)).toEqual(['operator deploy']);
    expect(await kinds(`## Troubleshooting\n\n${fence('powershell', 'Restart-Service harbour')}`)).toEqual([]);
  });
});

describe('a checklist behind the work', () => {
  const work = `## Anleitung\n\n### 1. Boote\n\n${sql('CREATE TABLE boats (id int);')}\n`;
  const list = '## Checkliste (zum Abhaken)\n\n- [ ] Boote angelegt\n- [ ] Neu gestartet\n\n';

  it('is the last', async () => {
    expect(await kinds(`${work}## Troubleshooting\n\nNothing.\n\n${list}`)).toEqual(['sql deploy', 'checklist signoff']);
    expect(await kinds(`${work}## Release checklist\n\n- [ ] Boats are there\n\n## Rollback\n\n${sql('DROP TABLE boats;')}`)).toEqual(['sql deploy', 'checklist signoff']);
  });

  it('stands where it stands before tests, and first before the work', async () => {
    expect(await kinds(`${work}${list}## Tests\n\n${sql('SELECT 1;')}`)).toEqual(['sql deploy', 'checklist deploy', 'sql verify']);
    expect(await kinds(`${list}${work}`)).toEqual(['checklist prepare', 'sql deploy']);
  });
});

describe('"Verify:" over a list', () => {
  const query = sql('SELECT name, state FROM boats;');

  it.each(['**Verify:**', 'Check:', '**Verificar:**', '**Prüfen:**'])('right below a query is what it shows: %s', async (label) => {
    const graph = await compile(`# Harbour\n\n## Look\n\n${query}\n${label}\n\n- 3 rows\n- The names are those of the list\n`);
    expect(bindings(graph)).toEqual([[11, 6], [12, 6]]);
    expect(expectations(graph).map((one) => one.text)).toEqual(['3 rows', 'The names are those of the list']);
  });

  it('is no expectation of a query where it tells what to do, below what writes, or in a case', async () => {
    expect(expectations(await compile(`# H\n\n## Look\n\n${query}\n**Verify:**\n\n- Open the page\n- Click on it\n`))).toEqual([]);
    expect(expectations(await compile(`# H\n\n## Look\n\n${sql('CREATE TABLE boats (id int);')}\n**Verify:**\n\n- The page loads\n`))).toEqual([]);
    expect(expectations(await compile(`# H\n\n## Look\n\n${query}\n**If it fails:**\n\nVerify:\n\n- The pier is open\n`))).toEqual([]);
    expect(expectations(await compile(`# H\n\n## Look\n\n${query}\n**If the names are wrong:**\n\n- Should show 3 rows\n- 0 rows: load them\n`))).toEqual([]);
  });
});

describe('SQL that stands twice', () => {
  const create = 'CREATE TABLE boats (id int);';
  const twice = (first: string, second: string, body = create) => `## ${first}\n\n${sql(body)}\n## ${second}\n\n${sql(`-- all in one\n${body}`)}`;

  it('and cannot run twice runs once, with a warning', async () => {
    expect(await commands(twice('The fix', 'Steps'))).toEqual(['CREATE TABLE']);
    expect(codes(await compile(`# H\n\n${twice('The fix', 'Steps')}`))).toContain('left-out');
  });

  it('runs twice in two places, where it can, and behind what takes it away', async () => {
    expect(await commands(twice('Staging', 'Production'))).toHaveLength(2);
    expect(await commands(twice('The fix', 'Steps', 'CREATE TABLE IF NOT EXISTS boats (id int);'))).toHaveLength(2);
    expect(await commands(`## One\n\n${sql(create)}\n## Two\n\n${sql('DROP TABLE boats;\nCREATE TABLE piers (id int);')}\n## Three\n\n${sql(create)}`)).toHaveLength(4);
  });
});

describe('what is not part of the way', () => {
  it.each(['Test Data Generation', 'Synthetic Data Sets', 'Soluções', 'Solución 2: crear la tabla', 'Problem Summary'])('%s', async (title) => {
    expect(await commands(`## Apply\n\n${sql('SELECT 1;')}\n## ${title}\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual(['SELECT']);
  });
});

describe('a chapter that tells why, and holds the only work', () => {
  const context = (lead: string) => `## Contexte\n\n${lead}\n\n${sql('ALTER TABLE boats ADD COLUMN pier int;')}\n`;

  it.each(['These columns must exist:', 'Ces colonnes doivent exister :', 'Run this:'])('is the work where it says so: %s', async (lead) => {
    expect(await commands(`${context(lead)}## Verify\n\n${sql('SELECT 1;')}`)).toEqual(['ALTER TABLE', 'SELECT']);
  });

  it('is told where it does not, and beside other work', async () => {
    expect(await commands(`${context('It was made like this:')}## Verify\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT']);
    expect(await commands(`${context('Run this:')}## Apply\n\n${sql('CREATE TABLE boats (id int);')}`)).toEqual(['CREATE TABLE']);
  });
});

describe('numbered bold lines', () => {
  it('that tell what to do by hand, between others that run something, are steps', async () => {
    const text = `### Étapes\n\n**1. Empty the table:**\n${sql('TRUNCATE boats;')}\n**2. Open the import:**\n- Press **Import**\n\n**3. Tab "General":**\n- Format: csv\n\n**4. Click "OK"** → it runs.\n\n`;
    const found = await steps(text);
    expect(found.map((step) => [step.kind, step.title])).toEqual([['sql', '1. Empty the table'], ['operator', '2. Open the import'], ['operator', expect.stringContaining('4. Click "OK"')]]);
    expect(found[2]?.context).toContain('Tab "General"');
  });

  it('are told where nothing runs beside them, and below what leads back', async () => {
    expect(await kinds('### Features\n\n**1. Open the list:**\n- It opens\n\n**2. Press it:**\n- It closes\n')).toEqual([]);
    expect(await kinds(`### One\n\n${sql('SELECT 1;')}\n**Rollback:**\n\n**1. Open the list**\n\n- Press it\n\n`)).toEqual(['sql deploy']);
  });
});

it('what is done last in a German list of deeds is asked, and expected data behind the steps', async () => {
  expect(await kinds('## Einrichten\n\n### Bucket\n\n1. **Storage öffnen**\n2. **Neuen Bucket erstellen**\n')).toEqual(['operator deploy']);
  expect(await kinds(`## Anleitung\n\n${sql('SELECT 1;')}\n## Erwartete Daten nach Migration\n\n### Boote\n\n- drei\n`)).toEqual(['sql deploy', 'operator signoff']);
});

describe('titles of what is told, over the numbered steps of the work', () => {
  const numbered = (lead: string, second: string) => `## ${lead}\n\n### 1. Preflight\n\n${sql('SELECT 1;')}\n### 2. ${second}\n\n${sql('CREATE TABLE boats (id int);')}`;

  it.each(['Next steps for deployment', 'How it works', 'Overview'])('%s', async (lead) => {
    expect(await commands(numbered(lead, 'Run the migration'))).toEqual(['SELECT', 'CREATE TABLE']);
    expect(await commands(`## Apply\n\n${sql('GRANT SELECT ON piers TO crew;')}\n${numbered(lead, 'Tell the crew')}`)).toEqual(['GRANT']);
  });

  it('are the work of a document about one issue, and not beside other chapters', async () => {
    const issue = `## Issue: no boat is shown\n\n### Step 1: Look\n\n${sql('SELECT 1;')}\n### Step 2: Make it\n\n${sql('CREATE TABLE boats (id int);')}`;
    expect(await commands(issue)).toEqual(['SELECT', 'CREATE TABLE']);
    expect(await commands(`${issue}\n## Apply\n\n${sql('GRANT SELECT ON piers TO crew;')}`)).toEqual(['GRANT']);
  });
});

describe('what was learnt, what may be the cause, and what a file holds by now', () => {
  it.each(['Learning notes', 'Key lessons', 'Takeaways', 'Changes made', 'Changes to `007_boats.sql`', 'Possible root causes', 'Cause 2: the trigger is missing', 'Technical deep dive', 'How to query the boats'])('%s', async (title) => {
    expect(await commands(`## Apply\n\n${sql('SELECT 1;')}\n## ${title}\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual(['SELECT']);
  });
});

describe('the reason of an expectation, on a line of its own', () => {
  it('is shown with it, and leaves its reading as it is', async () => {
    const [only, ...more] = expectations(await compile(`# H\n\n## Look\n\n${sql('SELECT * FROM boats WHERE id = 1;')}\n**Expected result:** \`0 rows returned\`  \n**Reason:** an id is no way around the policy.\n`));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ assertion: { type: 'rows', op: '=', value: 0 } });
    expect(only?.text).toContain('no way around the policy');
  });

  it('and an error below its label is what the server says', async () => {
    const said = async (fence: string) => expectations(await compile(`# H\n\n## Look\n\n${sql('INSERT INTO boats VALUES (1);')}\n**Expected error**:\n\n\`\`\`\n${fence}\n\`\`\`\n`)).map(({ assertion }) => assertion);
    expect(await said('duplicate key value violates unique constraint "boats_pkey"')).toEqual([{ type: 'error', sqlstate: null, message: 'duplicate key value violates unique constraint "boats_pkey"' }]);
    expect(await said('ERROR:  permission denied for table boats\nDETAIL: none')).toEqual([{ type: 'error', sqlstate: '42501', message: null }]);
    expect(await said('duplicate key …')).toMatchObject([{ type: 'operator' }]);
  });
});

describe('SQL that became no step', () => {
  const case_ = (label: string) => compile(`# H\n\n## Apply\n\n${sql('SELECT 1;')}\n${label}\n\n${sql('SELECT wipe_boats(1);')}`);

  it('is told of, but for what is done where something went wrong', async () => {
    const found = await case_('To reset everything:');
    expect(forward(found)).toHaveLength(1);
    expect(found.diagnostics.filter(({ code }) => code === 'left-out').map(({ line }) => line)).toEqual([11]);
    expect(codes(await case_('**If it fails:**'))).not.toContain('left-out');
  });

  it('and "Fail:" below "Pass:" is such a case, whose SQL does not run', async () => {
    const graph = await compile(`# H\n\n## Verify\n\n${sql('SELECT id FROM boats WHERE pier IS NULL;')}\n**Pass:** 0 rows returned.  \n**Fail:** Run the move again:\n${sql('UPDATE boats SET pier = 1 WHERE pier IS NULL;')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
    expect(expectations(graph).map(({ assertion }) => assertion)).toEqual([{ type: 'rows', op: '=', value: 0 }]);
  });

  it('of one option is a step of it, where "if option A has issues" leads to it', async () => {
    const graph = await compile(`# H\n\n## Fix\n\n### Option A: Run the script\n\n${sql('SELECT 1;')}\n### Option B: By hand\n\nIf option A has issues, insert it:\n\n${sql('INSERT INTO boats VALUES (1);')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT', 'INSERT']);
  });
});

describe('what is printed below a label', () => {
  const reading = async (query: string, said: string) => expectations(await compile(`# H\n\n## Look\n\n${sql(query)}\n${said}\n`)).map(({ statement, assertion }) => [statement, assertion.type]);

  it('is among the rows where there may be more', async () => {
    expect(await reading('SELECT tablename, indexname FROM pg_indexes;', `**Expected output:** 2+ indexes\n${fence('', 'boats | boats_pkey\nboats | boats_pier\npiers | piers_pkey')}`)).toEqual([[0, 'rows'], [0, 'includes']]);
    expect(await reading('SELECT tablename, indexname FROM pg_indexes;', `**Expected output:** 5+ indexes\n${fence('', 'boats | boats_pkey\nboats | boats_pier\npiers | piers_pkey')}`)).toEqual([[0, 'rows'], [0, 'operator']]);
  });

  it('may say a truth twice', async () => {
    expect(await reading("SELECT tablename, rowsecurity FROM pg_tables WHERE tablename = 'boats';", `**Expected output:**\n${fence('', 'tablename | rowsecurity\nboats     | t (true)')}`)).toEqual([[0, 'table']]);
  });

  it('are tables, of a query for all that a catalog tells of them', async () => {
    expect(await reading("SELECT * FROM information_schema.tables WHERE table_name LIKE 'crew%';", 'You should see:\n\n- crew_lists\n- crew_members')).toEqual([[0, 'contains']]);
    expect(await reading('SELECT * FROM information_schema.tables;', 'You should see:\n\n- table_name\n- table_type')).toEqual([[0, 'operator']]);
  });
});

it('"all three" is of three statements, and asked where there are more', async () => {
  const all = async (count: number) => expectations(await compile(`# H\n\n## Look\n\n${sql(Array.from({ length: count }, (_, index) => `SELECT id FROM boats WHERE pier = ${index};`).join('\n'))}\nAll three must return no rows.\n`)).map(({ assertion }) => assertion.type);
  expect(await all(3)).toEqual(['rows', 'rows', 'rows']);
  expect(await all(5)).toEqual(['operator']);
});

describe('an answer that stands apart from its label', () => {
  const reading = async (said: string, query = 'SELECT count(*) FROM boats;') => expectations(await compile(`# H\n\n## Look\n\n${sql(query)}\n${said}\n`)).map(({ text, assertion }) => [text, assertion]);

  it('in the next paragraph', async () => {
    expect(await reading('**Expected:**\n\n0')).toEqual([['Expected: 0', { type: 'value', op: '=', value: 0 }]]);
    expect(await reading('**Expected result:**\n\n0 rows', 'SELECT id FROM boats;')).toEqual([['Expected result: 0 rows', { type: 'rows', op: '=', value: 0 }]]);
    expect(await reading('**Expected:**\n\nRun it again later.')).toMatchObject([['Expected:', { type: 'operator' }]]);
  });

  it('as a bound in a list, which is no quotation', async () => {
    expect(await reading('**Expected:**\n- >= 10')).toMatchObject([[expect.any(String), { type: 'value', op: '>=', value: 10 }]]);
    expect(await reading('**Expected:**\n- > 10')).toMatchObject([[expect.any(String), { type: 'value', op: '>', value: 10 }]]);
  });

  it('behind a sign that may quote it or bound it, is asked', async () => {
    expect(await reading('**Expected:**\n\n> 5')).toEqual([['**Expected:** > 5', { type: 'operator', text: '**Expected:** > 5' }]]);
    expect(await reading('Expected:\n> 5 rows')).toMatchObject([[expect.any(String), { type: 'operator' }]]);
  });
});

it('"the second query" in a comment above several is of the second alone', async () => {
  const graph = await compile(`# H\n\n## Look\n\n${sql('-- The second query should return 0.\nSELECT count(*) FROM boats;\nSELECT count(*) FROM piers;')}`);
  expect(expectations(graph).map(({ statement }) => statement)).toEqual([1]);
});

it('criteria below several fences are of the query that speaks of the same things', async () => {
  const graph = await compile(`# H\n\n## Look\n\nOnce:\n\n${sql('SELECT berth_no, count(*) FROM boats GROUP BY berth_no HAVING count(*) > 1;')}\nAnd:\n\n${sql('SELECT count(*) FROM crews WHERE seen_at > made_at;')}\n**✅ Pass criteria:**\n- No duplicate berth_no\n- No crew was seen_at a later day\n- Everything looks as it should\n`);
  const found = forward(graph).map((step) => step.expectations.map(({ text }) => text.replace(/^Expected: /, '')));
  expect(found).toEqual([['No duplicate berth_no'], ['No crew was seen_at a later day', 'Everything looks as it should']]);
});

describe('what is set for one transaction', () => {
  const body = 'BEGIN;\nSET LOCAL ROLE crew;\nSELECT count(*) FROM boats;\nROLLBACK;';

  it('may not hold for what stands below its end', async () => {
    expect(codes(await compile(`# H\n\n## Look\n\n${sql(`${body}\nSELECT count(*) FROM piers;`)}`))).toContain('transaction-mixed');
    expect(codes(await compile(`# H\n\n## Look\n\n${sql(body)}\n${sql('SELECT count(*) FROM piers;')}`))).not.toContain('transaction-mixed');
    expect(codes(await compile(`# H\n\n## Look\n\n${sql(`${body}\n${body}`)}`))).not.toContain('transaction-mixed');
  });
});

it('utility functions are made on the way, and calls of them only shown', async () => {
  expect(await commands(`## Utility functions\n\n${sql("SELECT count_up('boat-id-here');")}\n## Apply\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT']);
  expect(await commands(`## Helper functions\n\n${sql('CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;')}`)).toEqual(['CREATE FUNCTION']);
});

it('the problems of a chapter of required fixes are its steps, and scripts that reset are none', async () => {
  expect(await commands(`## Required fixes\n\n### ❌ Problem 1: No pier\n\n${sql('CREATE TABLE piers (id int);')}`)).toEqual(['CREATE TABLE']);
  expect(await commands(`## Apply\n\n${sql('SELECT 1;')}\n## Problem 1: No pier\n\n${sql('CREATE TABLE piers (id int);')}`)).toEqual(['SELECT']);
  expect(await commands(`## Verify\n\n${sql('SELECT 1;')}\n### Reset scripts (to test again)\n\n${sql('DELETE FROM boats;')}`)).toEqual(['SELECT']);
});

it('a total below the figures of groups is their sum, and no number of rows', async () => {
  const graph = await compile(`# H\n\n## Look\n\n${sql('SELECT kind, count(*) AS boats FROM boats GROUP BY kind ORDER BY kind;')}\nExpected:\n\n- ketch: 4\n- yawl: 3\n- TOTAL: 7 boats\n`);
  expect(expectations(graph).map(({ assertion }) => assertion.type)).not.toContain('rows');
});

describe('chapters of tests', () => {
  it('of errors are walked as any other, and so are those of helper functions that say what these return', async () => {
    const graph = await compile('# G\n\n## Deployment\n\n```sql\nCREATE TABLE boats (id int);\n```\n\n## Error Handling Tests\n\n### Invalid data\n\n```sql\nSELECT 1;\n```\n- [ ] Refused\n\n## Function Tests\n\n### Helper functions\n\n```sql\nSELECT berth_of(1); -- Should return 5\n```\n');
    expect(graph.steps.map((step) => [step.role, step.line])).toEqual([['deploy', 5], ['verify', 13], ['verify', 16], ['verify', 22]]);
  });

  it('end with a list of signs in brackets, which are boxes to their reader', async () => {
    const graph = await compile('# G\n\n## Deployment\n\n```sql\nCREATE TABLE boats (id int);\n```\n\n## Success checklist\n\n- [✓] The table exists\n- [✓] A second run fails\n');
    expect(graph.steps.at(-1)).toMatchObject({ kind: 'checklist', role: 'signoff' });
  });

  it('a statement of its own in a line is no expectation of the fence above', async () => {
    const graph = await compile('# G\n\n## Verify\n\n```sql\nSELECT name FROM piers;\n```\n\n1. Run `SELECT * FROM boats;` → should show 6 rows\n');
    expect(graph.steps.flatMap((step) => step.expectations.map((one) => [one.statement, one.assertion.type]))).toEqual([[null, 'operator']]);
  });

  it('of issues that a guide resolves are its work, and those of a chapter on trouble are not', async () => {
    const issue = '## 🔴 Error 1: Boats are open to all\n\n**Fix**: run it.\n\n```sql\nALTER TABLE boats ENABLE ROW LEVEL SECURITY;\n```\n';
    expect((await compile(`# Security Issue Resolution Guide\n\n${issue}`)).steps.map((step) => step.role)).toEqual(['deploy']);
    expect((await compile(`# Boats\n\n## Deployment\n\n\`\`\`sql\nCREATE TABLE boats (id int);\n\`\`\`\n\n## Troubleshooting\n\n#${issue}`)).steps).toHaveLength(1);
  });

  it('boxes behind another way to do it are of either', async () => {
    const graph = await compile('# G\n\n## Deployment\n\n```bash\nboat up\n```\n\n**Or use the other one**:\n```bash\nboat link\n```\n\n- [ ] Afloat\n');
    expect(graph.steps.map((step) => step.kind)).toEqual(['shell', 'checklist']);
    const fallen = await compile('# G\n\n## Deployment\n\n```bash\nboat up\n```\n\n**If it fails, roll back**:\n```bash\nboat down\n```\n\n- [ ] Ashore\n');
    expect(forward(fallen).map((step) => step.kind)).toEqual(['shell']);
  });

  it('lines below a conditional label keep its condition, and one row beside other lines is one of those there are', async () => {
    const read = async (text: string) => expectations(await compile(`# G\n\n## Verify\n\n\`\`\`sql\nSELECT grantee, privilege_type FROM information_schema.routine_privileges;\n\`\`\`\n\n${text}`)).map((one) => one.assertion.type);
    expect(await read('**Expected (if there is no berth):**\n- `grantee` = authenticated\n- `privilege_type` = EXECUTE\n')).toEqual(['operator', 'operator']);
    expect(await read('**Expected**:\n- `authenticated | EXECUTE`\n- Should NOT show `public` or `anon`\n')).toEqual(['operator', 'excludes']);
  });
});
