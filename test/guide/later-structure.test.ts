import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { roleOfTitle } from '../../src/guide/roles.js';
import { compile, expectations, forward, withSql } from './compile.js';

const sql = (body: string): string => `\`\`\`sql\n${body}\n\`\`\`\n`;
const kinds = async (text: string): Promise<string[]> => forward(await compile(`# Harbour\n\n${text}`)).map((step) => `${step.kind} ${step.role}`);
/** Statement and reading of each expectation; `?` for one that a person decides. */
const readings = async (text: string): Promise<string[]> => expectations(await compile(text)).map((one) => `${one.statement ?? '-'}: ${one.assertion.type === 'operator' ? '?' : formatExpect(one.assertion)}`);
const commented = (body: string): Promise<string[]> => readings(withSql(body));

describe('titles', () => {
  it.each([
    ['Next steps to verify', 'verify'], ['Next steps', 'reference'], ['Key components', 'reference'], ['Re-running the setup', 'reference'],
    ['2. Orphaned reversal check', 'verify'], ['Reversal', 'rollback'], ['Step 5: check that the guard fires (rolled back, writes nothing)', 'verify'], ['Rolled back changes', 'rollback'],
  ])('%s: %s', (title, role) => {
    expect(roleOfTitle(title)).toBe(role);
  });
});

describe('what only shows', () => {
  const policy = 'CREATE POLICY see ON boats FOR SELECT USING (true);';

  it('a policy that a comment calls an example, or made already', async () => {
    expect(await kinds(`## Apply\n\n${sql(`-- Example RLS policy\n${policy}`)}`)).toEqual([]);
    expect(await kinds(`## Apply\n\n${sql(`-- Who sees what (already implemented in 004)\n${policy}`)}`)).toEqual([]);
    expect(await kinds(`## Apply\n\n${sql(`-- Who sees what\n${policy}`)}`)).toEqual(['sql deploy']);
  });

  const file = '## Step 1: Apply\n\nRun `boats.sql` in the editor.\n\n';

  it('definitions behind the step that ran the file with them, where nothing says that they are run', async () => {
    expect(await kinds(`${file}## The boats\n\n### Policy 1: see\n\n${sql(policy)}`)).toEqual(['operator deploy']);
    expect(await kinds(`## The boats\n\n${sql(policy)}\n${file}`)).toEqual(['sql deploy', 'operator deploy']);
    for (const more of ['Go to the dashboard:', 'Add it:', 'Then run:']) expect(await kinds(`${file}## The boats\n\n${more}\n\n${sql(policy)}`)).toContain('sql deploy');
    expect(await kinds(`${file}## The boats\n\n${sql(`${policy}\nUPDATE boats SET open = true;`)}`)).toContain('sql deploy');
    expect(await kinds(`${file}## 2. The boats\n\n${sql(policy)}`)).toContain('sql deploy');
  });

  it('parts that are for the case of trouble, as the words above them say', async () => {
    const look = `### Boats\n\n${sql('SELECT * FROM boats;')}`;
    expect(await kinds(`## 5. Manual check\n\nIf things aren't working, look into the database:\n\n${look}`)).toEqual([]);
    expect(await kinds(`## 5. Manual check\n\nIf the script doesn't work, look into the database:\n\n${look}`)).toEqual(['sql verify']);
    expect(await kinds(`## Start over\n\nTo completely reset the database:\n\n${sql('DELETE FROM boats;')}`)).toEqual([]);
  });
});

describe('comments', () => {
  it('an error right above what ends the transaction is of the statement above it', async () => {
    expect(await commented('BEGIN;\nINSERT INTO logs VALUES (1);\n-- ERROR: new row violates row-level security policy for table "logs"\nROLLBACK;')).toEqual(['0: error 42501']);
  });

  it('a case goes on in the next line, and what is expected does not', async () => {
    expect(await commented("SELECT grantee, column_name FROM grants;\n-- Expect: exactly one row, column_name = 'name'\n-- If you see more of them, the grant that is in\n-- the last step did not run.")).toEqual(['0: rows = 1', '0: column column_name = "name"']);
  });

  it('a pointer ends it, and so does what it points from', async () => {
    expect(await commented("SELECT id, name FROM boats;\n-- Result: (13, 'Ada')\n--               ^\n--           name = 'Ada'")).toEqual(["0: result is\n|  |  |\n| --- | --- |\n| 13 | Ada |"]);
  });

  it('columns below a number of rows, further in, are of these rows', async () => {
    expect(await commented("SELECT state, code FROM boats WHERE id = 3;\n-- Expect: 1 row\n--   state = 'afloat'\n--   code starts with 'N'")).toEqual(['0: rows = 1', '0: column state = "afloat"', '0: column code matches /^N/']);
  });

  it('of both, where each query looks for one, are of each', async () => {
    expect(await commented("SELECT tgname, tgenabled FROM pg_trigger WHERE tgname = 'touch';\nSELECT tgname, tgenabled FROM pg_trigger WHERE tgname = 'log';\n-- Expected: Both triggers present and enabled")).toEqual(['0: rows >= 1', '0: column tgenabled = "O"', '1: rows >= 1', '1: column tgenabled = "O"']);
  });

  it('what is refused or finds no row agrees with either', async () => {
    expect(await commented("-- Test 3: Try to update another's boat (should fail)\nUPDATE boats SET name = 'x' WHERE id = 9;\n-- Should affect 0 rows")).toEqual(['0: error', '0: affected = 0']);
    expect(await commented("-- It should fail\nUPDATE boats SET name = 'x' WHERE id = 9;\n-- Should affect 1 row")).toEqual(['0: ?', '0: ?']);
  });
});

describe('boxes and lists below queries', () => {
  const buckets = `## Verify\n\n${sql('SELECT id, name, public FROM storage.buckets;')}\n`;

  it('boxes that each tell of a row are of that row', async () => {
    expect((await readings(`# G\n\n${buckets}- [ ] hulls (public = true)\n- [ ] bills (public = false)\n`)).filter((one) => one.includes('every'))).toEqual([]);
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT tablename, policyname FROM pg_policies;')}\n**Expected policies:**\n- [ ] \`boats\`: "Crews see theirs"\n- [ ] \`piers\`: "All see them"\n`)).toEqual(['0: result includes\n| tablename | policyname |\n| --- | --- |\n| boats | Crews see theirs |\n| piers | All see them |']);
  });

  it('boxes that name what the query above looks for are what it finds', async () => {
    const looks = `## Verify\n\n${sql("SELECT table_name FROM information_schema.tables WHERE table_name IN ('boats', 'piers');")}\n`;
    expect(await readings(`# G\n\n${looks}- [ ] \`boats\` ✅\n- [ ] \`piers\` ✅\n`)).toEqual(['0: rows contain "boats", "piers"']);
    expect(await readings(`# G\n\n${looks}- [ ] \`crews\` told\n- [ ] \`piers\` ✅\n`)).toEqual([]);
  });

  it('a number in words over names in quotes is how many there are', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql("SELECT policyname, cmd FROM pg_policies WHERE tablename = 'boats';")}\nYou should see two policies:\n- "Crews can see their boats"\n- "Mates can mend any boat"\n`)).toEqual(['0: rows = 2', '0: rows contain "Crews can see their boats", "Mates can mend any boat"']);
  });

  it('lines are of the query that looks for their name', async () => {
    const three = sql("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'boats' AND column_name IN ('pierId', 'at');\nSELECT EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'Log');\nSELECT proname FROM pg_proc WHERE proname = 'moor';");
    expect(await readings(`# G\n\n## Verify\n\n${three}\nExpected results:\n- \`pierId\` → text\n- \`at\` → boolean\n- \`Log\` table → true\n`)).toEqual(['0: result includes\n| column_name | data_type |\n| --- | --- |\n| pierId | text |\n| at | boolean |', '1: value = true']);
    expect(await readings(`# G\n\n## Verify\n\n${three}\nExpected results:\n- \`moor\` function should be listed\n- It is quick\n`)).toContain('2: rows >= 1');
  });

  it('what an item says of its own query is of that', async () => {
    expect(await readings(`# G\n\n## Verify\n\n- Check that no boat is there twice (the query must return no rows):\n\n  ${sql('SELECT id, count(*) FROM boats GROUP BY 1 HAVING count(*) > 1;').replace(/\n(?=.)/g, '\n  ')}`)).toEqual(['0: no rows']);
  });

  it('output below a label in another language is what the query gives', async () => {
    for (const label of ['**结果**:', '**Ergebnis:**', '**Résultat :**', '**Salida:**']) expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT moored, sunk FROM totals;')}\n${label}\n\n\`\`\`\nmoored | sunk\n-------+-----\n883    | 201\n\`\`\`\n`), label).toEqual(['0: result is\n| moored | sunk |\n| --- | --- |\n| 883 | 201 |']);
  });

  it('a check in a printed table is compared as far as the server writes it so', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT conname, pg_get_constraintdef(oid) AS says FROM pg_constraint;')}\nExpected output:\n\n\`\`\`\nconname | says\n--------+-----\nboats_size | CHECK (size > 0)\n\`\`\`\n`)).toEqual(['0: result is\n| conname | says |\n| --- | --- |\n| boats_size | CHECK (… |']);
  });
});

describe('of a later round', () => {
  it('comments that stand above their statements are of these, also without a line between', async () => {
    expect(await commented("-- must be false\nSELECT may('ida');\n-- must be true\nSELECT may('ole');")).toEqual(['0: value = false', '1: value = true']);
    expect(await commented("SELECT may('ida');\n-- must be false\nSELECT may('ole');\n-- must be true")).toEqual(['0: value = false', '1: value = true']);
  });

  it('an arrow behind a column of the one row shows what it holds', async () => {
    expect(await commented("SELECT hours('day') AS day, -- → 24\n  hours('week') AS week; -- → 168")).toEqual(['0: column day = 24', '0: column week = 168']);
  });

  it('rows below a number of rows in another language are these', async () => {
    expect(await commented('SELECT name, state FROM boats;\n-- Résultat attendu : 2 lignes\n-- ada  | afloat\n-- bo   | ashore')).toEqual(['0: rows = 2', '0: result is\n|  |  |\n| --- | --- |\n| ada | afloat |\n| bo | ashore |']);
  });

  it('an expected figure behind an arrow is of what is changed', async () => {
    expect(await commented("UPDATE boats SET name = 'x';\n-- -> expected: 0 rows affected.")).toEqual(['0: affected = 0']);
  });

  it('a table below "Output:" is what the query gives', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT crew, count(crew) FROM visits GROUP BY crew;')}\n**Output:**\n\n| crew | count |\n|---|---|\n| ada | 3 |\n`)).toEqual(['0: result is\n| crew | count |\n| --- | --- |\n| ada | 3 |']);
  });

  it('policies by what they are called in plain words', async () => {
    const listed = (...lines: string[]): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql("SELECT policyname, cmd FROM pg_policies WHERE tablename = 'boats';")}\nExpected policies:\n${lines.map((line) => `- ${line}\n`).join('')}`);
    expect(await listed('Crews can see their boats', 'Mates can mend any boat')).toEqual(['0: rows contain "Crews can see their boats", "Mates can mend any boat"']);
    expect(await listed('Crews can see their boats (SELECT)', 'Mates can mend any boat (UPDATE)')).toEqual(['0: result includes\n| policyname | cmd |\n| --- | --- |\n| Crews can see their boats | SELECT |\n| Mates can mend any boat | UPDATE |']);
    expect(await listed('A SELECT policy for crews', 'An UPDATE policy for mates')).toEqual(['0: ?', '0: ?']);
  });

  it('names of which most are such for certain', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT name FROM parts;')}\nShould return 3 rows:\n- main_mast\n- keel\n- fore_sail\n`)).toEqual(['0: rows = 3', '0: rows contain "main_mast", "keel", "fore_sail"']);
  });

  it('boxes that confirm a figure of the query above', async () => {
    const box = (said: string): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'public';")}\n- [ ] ${said}\n`);
    expect(await box('Confirmed: 10 triggers active')).toEqual(['0: rows = 10']);
    expect(await box('Confirmed: 2 triggers (touch, log_boat)')).toEqual(['0: rows = 2', '0: rows contain "touch", "log_boat"']);
    expect(await box('Confirmed: 10 backups made')).toEqual([]);
  });

  it('what was made is told, where the document has a file run', async () => {
    const made = `## Database tables created/updated\n\n${sql('CREATE TABLE boats (id int);')}`;
    expect(await kinds(`${made}\n## Apply\n\nRun \`boats.sql\` in the editor.\n`)).toEqual(['operator deploy']);
    expect(await kinds(made)).toEqual(['sql deploy']);
    expect(roleOfTitle('How the matching works')).toBe('reference');
    expect(roleOfTitle('How to verify that it works')).toBe('verify');
    expect(roleOfTitle('Verify that a boat appears (example: Ada)')).toBe('verify');
  });

  it('of the last few rows, in a list as in a sentence', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT id, kind, made_at FROM notices ORDER BY made_at DESC LIMIT 5;')}\n**Verify:**\n- ✅ \`kind\` is \`'berth_free'\`\n- ✅ all rows have \`kind\` \`'berth_free'\`\n`)).toEqual(['0: ?', '0: column kind = "berth_free"']);
    expect(roleOfTitle('Prevention for the next migration')).toBe('reference');
    expect(roleOfTitle('Benefits After Migration')).toBe('reference');
  });

  it('a numbered list below the number of its things', async () => {
    const counted = (said: string, ...lines: string[]): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'boats';")}\n${said}\n${lines.map((line, index) => `${index + 1}. ${line}\n`).join('')}`);
    expect(await counted('Expected: At least 3 indexes', 'The primary key on `id`', '`idx_boats_pier_id` on `pier_id`', '`idx_boats_berth` on `(pier_id, berth_no)`')).toEqual(['0: rows >= 3', '0: column indexdef contains "(pier_id" where indexname = "idx_boats_pier_id"', '0: column indexdef contains "(pier_id, berth_no)" where indexname = "idx_boats_berth"', '0: ?']);
    expect(await counted('Expected: 4 indexes', 'Go to the pier', 'Come back')).toEqual(['0: rows = 4']);
  });

  it('policies with what they are for, and whom', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql("SELECT policyname, cmd FROM pg_policies WHERE tablename = 'boats';")}\nExpected:\n- "All see boats" - SELECT for all crews\n- "Mates mend boats" - ALL for mates\n`)).toEqual(['0: result includes\n| policyname | cmd |\n| --- | --- |\n| All see boats | SELECT |\n| Mates mend boats | ALL |']);
  });

  it('a result in short below several queries, each line by its column, its text or what it counts', async () => {
    const counts = "SELECT 'All aboard!' AS status;\nSELECT count(*) AS harbour_boats FROM harbour_boats;\nSELECT count(*) AS trips FROM pier_days;\n";
    expect(await readings(`# G\n\n## Verify\n\n${sql(counts)}\n**Expected Output:**\n\n\`\`\`\nAll aboard!\nharbour_boats: 13\ntrips: 12\n\`\`\`\n`)).toEqual(['0: value = "All aboard!"', '1: column harbour_boats = 13', '2: column trips = 12']);
    expect(await readings(`# G\n\n## Verify\n\n${sql(`${counts}SELECT name FROM boats LIMIT 5;`)}\n**Expected Results:**\n- ✅ 13 harbour boats in database\n- ✅ 12 summer trips\n- ✅ Boats at 9 piers\n`)).toEqual(['1: value = 13', '2: value = 12', '3: ?']);
  });

  it('the test that a line below names by its number', async () => {
    const tests = "-- Test 1: set the crew\nSELECT set_config('app.crew', '1', false);\n\n-- Test 2: their boats\nSELECT name FROM boats;\n\n-- Test 3: none of the others\nSELECT count(*) AS seen FROM boats WHERE crew <> '1';\n";
    const below = (...lines: string[]): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql(tests)}\n**Success criteria:**\n${lines.map((line) => `- ${line}\n`).join('')}`);
    expect(await below('Test 2 returns exactly 1 row with `tern`', 'Test 3 returns `seen = 0`')).toEqual(['1: rows = 1', '1: rows contain "tern"', '2: column seen = 0']);
    expect(await below('Test 4 returns 1 row')).toEqual(['2: ?']);
  });

  it('rows affected, between a write and a query, of the write', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql("BEGIN;\nUPDATE boats SET name = 'x' WHERE id = 2;\n\n-- Expected: 0 rows affected (RLS prevents it)\nSELECT name FROM boats;\nROLLBACK;")}`)).toEqual(['0: affected = 0']);
    expect(await readings(`# G\n\n## Verify\n\n${sql("-- Test B2: Deletion of another pier's boat. Expected: 0 rows affected (denied by policy)\nDELETE FROM boats WHERE id = 2;")}`)).toEqual(['0: affected = 0']);
  });

  it('policies with their conditions as the server writes them', async () => {
    const below = (...lines: string[]): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql("SELECT polname, with_check FROM pg_policies WHERE tablename = 'boats';")}\n**Expected Result:** ${lines.length} polic${lines.length > 1 ? 'ies' : 'y'}:\n${lines.map((line) => `- ${line}\n`).join('')}`);
    const rows = ['| Crews add boats | true |', '| Mates add boats | (mate() = id) |'];
    expect(await below('`Crews add boats` with check: `true`', '`Mates add boats` with check: `(mate() = id)`')).toEqual(['0: rows = 2', `0: result includes\n| polname | with_check |\n| --- | --- |\n${rows.join('\n')}`]);
    expect(await below('`Crews add boats` with check: `true`')).toEqual(['0: rows = 1', `0: result includes\n| polname | with_check |\n| --- | --- |\n${rows[0]}`]);
  });

  it('why a row is refused, behind the value that is', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql("INSERT INTO boats (name, kind) VALUES (\n  'tern', -- the name\n  'submarine' -- Should fail CHECK constraint\n);")}`)).toEqual(['0: error 23514']);
  });

  it('the table of a trigger without its schema, as its column has it', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${sql('SELECT trigger_name, event_object_table FROM information_schema.triggers;')}\nExpected: 2 triggers:\n- \`touch_boat\` (on boats)\n- \`add_crew\` (on auth.users)\n`)).toEqual(['0: rows = 2', '0: result includes\n| trigger_name | event_object_table |\n| --- | --- |\n| touch_boat | boats |\n| add_crew | users |']);
  });

  it('what a command of psql shows is of no statement', async () => {
    const below = (rest: string): Promise<string[]> => readings(`# G\n\n## Verify\n\n${sql(`SELECT name FROM boats;\n-- Expected: 3 rows\n\n${rest}`)}`);
    expect(await below('\\dt boat*;\n-- Should show: boat_log, boat_crew\n')).toEqual(['0: rows = 3']);
    expect(await below('\\d boats\nSELECT count(*) FROM boats; -- Should be 0\n')).toEqual(['0: rows = 3', '1: value = 0']);
  });

  it('a verification that only looks and may be left out is an optional step', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Detailed Verification (Optional)\n\n${sql('-- Should return 15\nSELECT count(*) FROM boats;')}`);
    expect(graph.steps.map(({ kind, role, optional }) => `${kind} ${role} ${String(optional)}`)).toEqual(['sql deploy false', 'sql verify true']);
    expect(roleOfTitle('Cleanup Test Data (Optional)')).toBe('reference');
  });

  it('boxes of results, with a comment that names their step as without', async () => {
    const boxes = (comment: string): Promise<string[]> => kinds(`## Test 3\n\n### Setup\n\n${sql('SELECT 1;')}\n### Expected Results\n${comment}\n- [ ] The log names the crew\n- [ ] The mate was told\n`);
    expect(await boxes('<!-- step: id=results -->\n')).toEqual(['sql verify', 'checklist signoff']);
    expect(await boxes('')).toEqual(['sql verify', 'checklist signoff']);
  });
});
