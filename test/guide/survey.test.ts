import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { bindings, compile, expectations, forward, withSql } from './compile.js';

/** `line: statement's line: reading` of every expectation. */
async function read(text: string): Promise<string[]> {
  const graph = await compile(text);
  return graph.steps.flatMap((step) => step.expectations.map((one) => `${one.line}: ${one.statement === null ? '-' : (step.statements[one.statement]?.line ?? '-')}: ${one.assertion.type === 'operator' ? '?' : formatExpect(one.assertion)}`));
}

/** Roles of the sections that hold something to do, by their titles. */
async function rolesOf(...titles: string[]): Promise<(string | undefined)[]> {
  const text = `# Guide\n\n${titles.map((title, index) => `${title}\n\n- [ ] box ${index}\n`).join('\n')}`;
  const { steps } = await compile(text);
  return titles.map((_, index) => steps.find((step) => step.items.some((item) => item.text === `box ${index}`))?.role);
}

const CODE = '```sql\nUPDATE t SET a = 1 WHERE b;\n```\n';
const runsForward = async (text: string) => forward(await compile(`# Guide\n\n${text}`)).flatMap((step) => step.statements).length;

/** What guides that nobody had compiled before were found to break, each in words of our own. */
describe('titles of guides met for the first time', () => {
  it.each(['## Test 2: Reference Field Validation', '## Create the Support System', '## Step 4: Seed reference data', '## Add foreign key references', '## Install customer support tables', '## Testing - Create a NEW goal'])(
    'a word inside a name makes no reference section: %s', async (title) => {
      expect(await runsForward(`${title}\n\n${CODE}`)).toBe(1);
    });

  it.each([
    '## Support', '## 📞 Support & Contacts', '## Getting Support', '## Help and Support', '## References', '## Quick Reference', '## Reference SQL', '## API reference',
    '## Common Post-Release Issues', '## Common Migration Scenarios', '## Issue: nothing shows up', '## 常見問題排除', '## 疑难解答', '## O que foi corrigido?', '## Next steps', '## Próximos passos',
    '## Optional enhancements', '## 回滾', '## 還原步驟',
  ])('what is told, optional or undone does not run: %s', async (title) => {
    expect(await runsForward(`${title}\n\n${CODE}`)).toBe(0);
  });

  it('two halves of a comparison do not run, in any language', async () => {
    expect(await runsForward(`## The new policy\n\n### Before (broken)\n\n${CODE}\n### After (fixed)\n\n${CODE}`)).toBe(0);
    expect(await runsForward(`## A política\n\n### Antes (problema):\n\n${CODE}\n### Depois (solução):\n\n${CODE}`)).toBe(0);
  });

  it.each(['## En cas de problème', '### Problème : rien ne se passe', '## Si algo falla', '## Se algo der errado'])('trouble in other languages does not run: %s', async (title) => {
    expect(await runsForward(`${title}\n\n${CODE}`)).toBe(0);
  });

  it('a list of changes is told where a chapter of steps follows, else it is done', async () => {
    const changes = `## Database changes\n\n### New table\n\n${CODE}\n`;
    expect(await runsForward(`${changes}## Migration steps\n\n### Step 1\n\n${CODE}`)).toBe(1);
    expect(await runsForward(`${changes}## Verification\n\n${CODE}`)).toBe(2);
  });

  it('boxes under "Before" and "After" stay boxes', async () => {
    expect(await rolesOf('### Before', '### After')).toEqual(['deploy', 'deploy']);
  });

  it('a checklist at the end is asked last, whatever it is called', async () => {
    expect(await rolesOf('## Apply', '## Verification', '## Checklist')).toEqual(['deploy', 'verify', 'signoff']);
    expect(await rolesOf('## Apply', '## Verification', '## Production checklist')).toEqual(['deploy', 'verify', 'signoff']);
    expect(await rolesOf('## Deployment Complete Checklist', '## Final Deployment Checklist')).toEqual(['signoff', 'signoff']);
    expect((await rolesOf('## Checklist', '## Apply'))[0]).toBe('prepare');
  });

  it('boxes of the next steps are ticked last', async () => {
    expect(await rolesOf('## Apply', '## Next steps')).toEqual(['deploy', 'signoff']);
  });

  it('a title that only mentions an approval asks for none', async () => {
    const kinds = async (title: string) => (await compile(`# ${title}\n\n## Apply\n\n${CODE}`)).steps.map((step) => step.kind);
    expect(await kinds('Approval bug: how to mend it')).toEqual(['sql']);
    const { steps } = await compile(`# Guide\n\n## Add approval column\n\n${CODE}\n## Final approval\n\nBoth teams agree.\n`);
    expect(steps.map((step) => [step.kind, step.role])).toEqual([['sql', 'deploy'], ['approval', 'signoff']]);
  });

  it.each([
    'Keep this at hand. If the deployment must be rolled back, run:', 'This drops the table. To roll back, run:', '**Keep this at hand. In case of a failure, run:**',
  ])('a condition in the last sentence of a label: %s', async (label) => {
    expect(await runsForward(`## Know your tools\n\n${label}\n\n${CODE}`)).toBe(0);
  });

  it('a sentence that only mentions a rollback leaves the code on the way', async () => {
    expect(await runsForward(`## Apply\n\nThe test is rolled back at its end. Run this:\n\n${CODE}`)).toBe(1);
  });

  it('a recovery point is a backup, no rollback', async () => {
    const text = '## Step 1: Take a snapshot\n\n**Objective:** have a recovery point\n\n```bash\npg_dump -f before.sql\n```\n';
    expect(forward(await compile(`# Guide\n\n${text}`)).map((step) => step.kind)).toEqual(['shell']);
  });
});

describe('which statement is meant, in guides met for the first time', () => {
  it('"both" of a column means the rows of the one statement that has it', async () => {
    const sql = 'SELECT name, armed FROM guards;\n-- Both should show armed = true\n\nSELECT name, count(*) AS n FROM guards GROUP BY name;';
    expect(await read(withSql(sql))).toEqual(['7: 6: column armed = true']);
  });

  it('"all" below a block of statements means that block, not the ones far above', async () => {
    const sql = 'SELECT a FROM t;\n\nUPDATE t SET a = 1 WHERE b;\n\nSELECT x FROM u;\nSELECT y FROM v;\n-- All should return 3 rows';
    expect(await read(withSql(sql))).toEqual(['12: 10: rows = 3', '12: 11: rows = 3']);
  });

  it('"all" above a statement never reaches one that stands before it', async () => {
    const sql = 'SELECT a FROM t;\n-- Expected: 1 row\n\n-- All should return 2 rows\nSELECT x FROM u;\nSELECT y FROM v;';
    expect(await read(withSql(sql))).toEqual(['7: 6: rows = 1', '9: 10: rows = 2', '9: 11: rows = 2']);
  });

  it('a notice belongs to the statement that raises it', async () => {
    const block = (text: string) => `DO $$ BEGIN RAISE NOTICE '${text}'; END $$;`;
    const text = `${withSql(`${block('one is fine')}\n${block('two is fine')}`)}\n**Expected output:**\n\`\`\`\nNOTICE:  one is fine\nNOTICE:  two is fine\n\`\`\`\n`;
    expect(await read(text)).toEqual(['10: 6: notice "one is fine"', '10: 7: notice "two is fine"']);
    const hidden = `${withSql('SELECT check_a();\nSELECT check_b();')}\n**Expected output:**\n\`\`\`\nNOTICE:  all is fine\n\`\`\`\n`;
    expect(await read(hidden)).toEqual(['10: 7: ?']);
  });

  it('what is seen by hand in a numbered item is asked, and not of the query below', async () => {
    expect(await read('# G\n\n## Test\n\n1. Open the page\n2. **Expected:** 3 entries\n\n```sql\nSELECT id FROM t;\n```\n')).toEqual(['6: -: ?']);
  });

  it('an expectation above a label of its own belongs to what was done before that label', async () => {
    expect(await read('# G\n\n## Load the file\n\n**Expected output:**\n```\n5 files loaded\n```\n\n**Verification:**\n```sql\nSELECT id FROM t;\n```\n\nShould return 9 rows.\n')).toEqual(['5: -: ?', '15: 12: rows = 9']);
  });

  it('a verification below the last of several options is for all of them', async () => {
    const text = '# G\n\n## Apply\n\n**Option A: tool**\n\n```bash\nmake\n```\n\n**Option B: by hand**\n\n```sql\nCREATE TABLE t (id int);\n```\n\n**Verification queries:**\n\n```sql\nSELECT id FROM t;\n```\n';
    expect((await compile(text)).steps.map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['shell', 'A'], ['sql', 'B'], ['sql', null]]);
    const between = text.replace('**Option B', '**Verify:**\n\n```bash\nmake check\n```\n\n**Option B');
    expect((await compile(between)).steps.map((step) => step.choice?.option ?? null)).toEqual([null, 'A', 'A', 'B', null]);
  });

  it('a numbered item after a fence that goes on about it', async () => {
    const text = '# G\n\n## Test\n\n1. Pay the order\n2. Check:\n```sql\nSELECT state FROM orders;\n```\n3. Click **Run**\n4. Should show: `state = \'paid\'`\n5. Go home\n\nExpected: 4 rows\n';
    expect(await read(text)).toEqual(['11: 8: column state = "paid"', '14: -: ?']);
  });

  it('cases alone are asked, with their words', async () => {
    const graph = await compile(`${withSql('SELECT id FROM t;')}\n**Expected:**\n- If nobody signed up: \`0 rows\`\n- If somebody did: a list\n`);
    expect(expectations(graph).map((one) => one.assertion.type)).toEqual(['operator', 'operator']);
    expect(JSON.stringify(expectations(graph))).toContain('nobody signed up');
  });

  it('comment lines below a label of a command belong to it', async () => {
    const graph = await compile('# G\n\n## Apply\n\n```bash\nmake\n# Expected output:\n# - wheel\n# - door\n\n# then\nmake more\n```\n');
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'operator', text: 'Expected output:\n- wheel\n- door' }]);
  });

  it('part of a name tells whose rows are meant', async () => {
    expect(bindings(await compile(`${withSql('SELECT run_job();\nSELECT * FROM job_logs;')}\n**Expected:**\n- A log entry for today exists\n- No errors are in the log\n`))).toEqual([[11, 7], [12, 7]]);
  });

  it('a filled report is read up to what was measured', async () => {
    expect(await read(`${withSql('SELECT id FROM t;')}\n**Expected result:** 0 rows\n**Actual result:** 2 rows\n**Status:** done\n`)).toEqual(['9: 6: no rows']);
  });

  it('what stands under a warning is no expectation of the statement above', async () => {
    expect(await read(`${withSql("ALTER DATABASE d SET a.b = 'c';")}\n**Security warning:**\n- The key should start with \`ey\`\n`)).toEqual([]);
  });

  it('a label before boxes asks nothing of its own', async () => {
    const graph = await compile(`${withSql('SELECT id FROM t;')}\n**Expected:**\n- [ ] the row is there\n`);
    expect(expectations(graph)).toEqual([]);
    expect(graph.steps.flatMap((step) => step.items.map((item) => item.text))).toEqual(['the row is there']);
  });

  it('lines that name a column each go to the statement that has it', async () => {
    const queries = "SELECT count(*) AS open_orders FROM orders;\nSELECT kind, total_sum FROM sums;\nSELECT id FROM orders WHERE note IS NULL;";
    expect(await read(`# G\n\n## Verify\n\n\`\`\`sql\n${queries}\n\`\`\`\n\nExpected results:\n- ✅ open_orders: 40+\n- ✅ tea total_sum: 12\n- ✅ 0 rows without a note\n`))
      .toEqual(['12: 6: column open_orders >= 40', '13: 7: ?', '14: 8: no rows']);
  });

  it('lines below "Verify output shows" are each said of one of several results', async () => {
    const queries = "SELECT 'Key there: ' || conname AS line FROM pg_constraint;\nSELECT policyname FROM pg_policies;";
    expect(await read(`# G\n\n## Verify\n\n1. Run:\n   \`\`\`sql\n${queries.replace(/^/gm, '   ')}\n   \`\`\`\n2. Click Run\n3. Verify output shows:\n   - \`Key there: boats_key\`\n   - 4 policies listed\n`))
      .toEqual(['12: 7: rows contain "Key there: boats_key"', '13: 8: rows = 4']);
  });

  it('a label that says what to verify in the result above', async () => {
    const text = (said: string) => `# G\n\n## Check\n\n\`\`\`sql\nSELECT column_name, data_type FROM information_schema.columns;\n\`\`\`\n\n${said}\n`;
    expect(await read(text('**Verify:** `mast` column exists with INTEGER type'))).toEqual(['9: 6: ?']);
    expect(await read(text('**Verify:** run the next query'))).toEqual([]);
  });

  it('names a command should show are looked for in its output', async () => {
    expect(await read('# G\n\n## Apply\n\n```bash\nls keys\n```\n\nYou should see:\n- `KEY_A`\n- `KEY_B`\n')).toEqual(['9: -: output contains "KEY_A"', '9: -: output contains "KEY_B"']);
    expect(await read('# G\n\n## Apply\n\n```bash\nls keys\n```\n\nYou should see:\n- `KEY_A`\n- a green light\n')).toEqual(['9: -: ?']);
    const prints = (said: string) => read(`# G\n\n## Apply\n\n\`\`\`bash\nls keys\n# ${said}\n\`\`\`\n`);
    expect(await prints('Should return "ready"')).toEqual(['7: -: output contains "ready"']);
    for (const said of ['Should return `200 OK`', 'Should return `{"ok":true}`', 'Should return "ready" within a minute']) expect(await prints(said)).toEqual(['7: -: ?']);
  });
});

const list = (rows: string[][]) => `result is\n| ${rows[0]?.map(() => '').join(' | ')} |\n| ${rows[0]?.map(() => '---').join(' | ')} |${rows.map((row) => `\n| ${row.join(' | ')} |`).join('')}`;

describe('wordings of guides met for the first time', () => {
  const GROUPED = 'SELECT kind, count(*) AS n FROM t GROUP BY kind ORDER BY kind;';

  it('a count per name, as bullets or as indented comments, in any order', async () => {
    expect(await read(`${withSql(GROUPED)}\nExpected:\n- wheels: 4 parts\n- doors: 2 parts\n`)).toEqual([`9: 6: ${list([['wheels', '4'], ['doors', '2']])}`]);
    const graph = await compile(withSql(`${GROUPED}\n-- Expected:\n--   wheels: 4\n--   doors: 2`));
    expect(expectations(graph)).toMatchObject([{ line: 7, assertion: { type: 'table', rows: [['wheels', '4'], ['doors', '2']], ordered: false } }]);
  });

  it('a group of none is asked: it may be no row at all', async () => {
    expect(new Set(await read(withSql(`${GROUPED}\n-- Expected:\n--   wheels: 4\n--   doors: 0`)))).toEqual(new Set(['7: 6: ?']));
  });

  it('rows with pipes in comments, in any order, with what should not appear', async () => {
    const sql = "SELECT column_name, is_nullable FROM information_schema.columns ORDER BY column_name;\n-- Expected results:\n-- wheel | NO\n-- axle  | YES\n-- (horse, saddle should NOT appear)";
    const [only, ...more] = expectations(await compile(withSql(sql)));
    expect(only?.assertion).toEqual({ type: 'table', columns: null, rows: [['wheel', 'NO'], ['axle', 'YES']], ordered: false });
    expect(more).toEqual([]);
  });

  it('a result as psql prints it, in comments', async () => {
    const sql = "SELECT name, armed FROM guards ORDER BY name;\n-- Expected:\n--  name | armed\n-- ------+-------\n--  a    | t\n--  b    | f";
    expect(expectations(await compile(withSql(sql))).map((one) => one.assertion)).toEqual([{ type: 'table', columns: ['name', 'armed'], rows: [['a', 't'], ['b', 'f']], ordered: false }]);
  });

  it('names alone on comment lines under a label', async () => {
    expect(await read(withSql("SELECT indexname, indexdef FROM pg_indexes;\n-- Expected results:\n-- idx_wheel_id\n-- idx_door_id"))).toEqual(['7: 6: rows contain "idx_wheel_id", "idx_door_id"']);
  });

  it('single words are names where the label and the column say so', async () => {
    const tables = withSql("SELECT schemaname, tablename FROM pg_tables;");
    expect(await read(`${tables}\nYou should see **3 tables**:\n1. doors\n2. wheel_nuts\n3. wheels\n`)).toEqual(['9: 6: rows = 3', '9: 6: rows contain "doors", "wheel_nuts", "wheels"']);
    expect(await read(`${withSql('SELECT id FROM t;')}\nYou should see **3 tables**:\n1. doors\n2. wheels\n3. bolts\n`)).toEqual(['9: 6: rows = 3', '9: 6: ?']);
  });

  it('names in back-ticks under a label of any language', async () => {
    expect(await read(`${withSql('SELECT indexname FROM pg_indexes;')}\n**Resultado esperado:** você deve ver os índices:\n- \`idx_a\`\n- \`idx_b\`\n`)).toEqual(['9: 6: rows contain "idx_a", "idx_b"']);
    expect(await read(`${withSql('SELECT indexname FROM pg_indexes;')}\nExpected, without any of these:\n- \`idx_a\`\n- \`idx_b\`\n`)).toEqual(['9: 6: ?']);
  });

  it('a record printed one column a line', async () => {
    const sql = withSql('SELECT id, armed, rank FROM guards;');
    expect(await read(`${sql}\n**Expected:**\n\`\`\`\narmed: true\nrank: 3\n\`\`\`\n`)).toEqual(['9: 6: column armed = true', '9: 6: column rank = 3']);
    expect(await read(`${sql}\n**Expected:**\n\`\`\`\narmed: true\nnotes: {\n\`\`\`\n`)).toEqual(['9: 6: ?']);
  });

  it('"what to check" opens a list of expectations', async () => {
    expect(await read(`${withSql('SELECT id, total FROM t;')}\n**What to check:**\n- ✅ Returns exactly 1 row (the own one)\n- ❌ Does NOT return rows of others\n- No rows with \`total = NULL\`\n`)).toEqual(['10: 6: rows = 1', '11: 6: ?', '12: 6: ?']);
  });

  it('a sign inside quotes is part of the text: what looks without it would never match', async () => {
    expect(await read(`${withSql("SELECT '✅ done' AS state;")}\nExpected: '✅ done'\n`)).toEqual(['9: 6: ?']);
  });

  it('lines with a label of their own, in another script, each to its statement', async () => {
    const sql = "SELECT column_name FROM information_schema.columns;\n\nSELECT indexname FROM pg_indexes;\n\nSELECT count(*) AS total, count(b) AS moved FROM t;";
    expect(await read(`${withSql(sql)}\n預期結果：\n- 欄位檢查：應該返回 2 行（a, b）\n- 索引檢查：應該返回 3 個索引\n- 資料檢查：total = moved\n`)).toEqual(['14: 6: rows = 2', '15: 8: rows = 3', '16: 10: column total = column moved']);
  });

  it('what a thing has, by the text the statement writes or the column called after it', async () => {
    const sql = withSql("SELECT CASE WHEN sails THEN 'UNDER SAIL' ELSE 'UNDER POWER' END AS drive, keel IS NOT NULL AS has_keel_bolt FROM boats WHERE id = 1;");
    expect(await read(`${sql}\n**Expected:**\n- Row exists\n- Is \`UNDER SAIL\`\n- Has \`keel_bolt\` set\n- Has \`rudder\`\n`)).toEqual(['9: 6: rows >= 1', '9: 6: column drive = "UNDER SAIL"', '9: 6: column has_keel_bolt = true', '9: 6: ?']);
  });

  it('quoted names behind the kind of their policy, or before it', async () => {
    const sql = withSql("SELECT policyname, cmd FROM pg_policies WHERE tablename = 'boats';");
    expect(await read(`${sql}\n**Expected policies for \`boats\`:**\n- SELECT: "Crew sees boats"\n- INSERT: "Owner adds boats"\n`)).toEqual(['10: 6: rows contain "Crew sees boats"', '11: 6: rows contain "Owner adds boats"']);
    expect(await read(`${sql}\n**Expected policies for \`boats\`:**\n- "Crew sees boats" (SELECT)\n`)).toEqual(['9: 6: result includes\n| policyname | cmd |\n| --- | --- |\n| Crew sees boats | SELECT |']);
  });

  it('a heading right above code, where nothing else is said of it', async () => {
    const query = '```sql\nSELECT id FROM boats WHERE dock IS NULL;\n```\n';
    const under = (title: string, more = '') => read(`# G\n\n## Test\n\n### ${title}\n\n${query}${more}`);
    expect(await under('Adrift (should return 0 rows)')).toEqual(['5: 8: no rows']);
    expect(await under('Adrift (Expected: 3 rows)')).toEqual(['5: 8: rows = 3']);
    expect(await under('Adrift (should exclude wrecks)')).toEqual(['5: 8: ?']);
    expect(await under('Adrift (expected duration: 5 minutes)')).toEqual([]);
    expect(await under('Adrift (must be run by the owner)')).toEqual([]);
    expect(await under('Adrift (should return 0 rows)', '\nExpected: 2 rows\n')).toEqual(['11: 8: rows = 2']);
    const told = (between: string) => read(`# G\n\n## Test\n\n### Adrift (doit retourner 0 lignes)\n\n${between}\n\n${query}`);
    expect(await told('Before the storm, see that no boat\nis adrift:')).toEqual(['5: 11: no rows']);
    expect(await told('**Expected:** 2 rows')).toEqual(['7: 10: rows = 2']);
    expect(await read('# G\n\n## Test\n\n### Moor (should fail)\n\n```sql\nSET ROLE guest;\nINSERT INTO boats VALUES (1);\nRESET ROLE;\n```\n')).toEqual(['5: -: ?']);
  });

  it('what a call returns is not a look-up\'s above it, though a word of it is a column there', async () => {
    const sql = withSql('SELECT id FROM boats LIMIT 1;\nSELECT moor_boat(5);');
    expect(await read(`${sql}\n**Expected:** Returns a UUID (mooring ID)\n`)).toEqual(['10: 7: value is uuid']);
    expect(await read(`${sql}\n**Expected:** Returns the new id\n`)).toEqual(['10: 7: ?']);
    expect(await read(`${sql}\n**Expected:** \`id\` = 3\n`)).toEqual(['10: 6: column id = 3']);
  });

  it('the form of a new row\'s key', async () => {
    expect(await read(withSql('INSERT INTO t (a) VALUES (1) RETURNING id;\n-- Expected: Returns UUID of inserted row'))).toEqual(['7: 6: value is uuid']);
  });

  it('a gate before what destroys', async () => {
    expect(await read(withSql('SELECT count(*) AS left_over FROM old;\n-- ⚠️ ONLY PROCEED IF COUNT = 0\n\n-- now drop it\nDROP TABLE old;'))).toEqual(['7: 6: value = 0']);
  });

  it('what a definition should contain is asked: the server writes it its own way', async () => {
    expect(await read(`${withSql('SELECT indexname, indexdef FROM pg_indexes;')}\nThe \`indexdef\` should contain:\n- \`WHERE a IS NOT NULL\`\n- \`AND b\`\n`)).toEqual(['9: 6: ?']);
  });
});
