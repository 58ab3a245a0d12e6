import { describe, expect, it } from 'vitest';
import type { Graph, Step } from '../../src/graph/graph.js';
import { compile, codes, forward } from './compile.js';

const sql = (body: string): string => `\`\`\`sql\n${body}\n\`\`\`\n`;
const steps = async (text: string): Promise<Step[]> => forward(await compile(`# Boats\n\nAbout boats.\n\n${text}`));
const kinds = (graph: Graph): string[] => forward(graph).map((step) => step.kind);

describe('what a guide says beside its steps is shown with one of them', () => {
  it('a section without a step, with the next step', async () => {
    const [create] = await steps(`## Apply\n\n### Read this first\n\nThis locks the pier. Make sure:\n\n- nobody is on board\n\n### Create\n\n${sql('CREATE TABLE boats (id int);')}`);
    expect(create?.context).toBe('This locks the pier. Make sure:\n- nobody is on board');
  });

  it('behind its own words', async () => {
    const [create] = await steps(`## Apply\n\nThe harbour is closed by now.\n\n### Create\n\nMakes the table.\n\n${sql('CREATE TABLE boats (id int);')}`);
    expect(create?.context).toBe('Makes the table.\nThe harbour is closed by now.');
  });

  it('what stands behind the last step of a section, with that step', async () => {
    const [create, fill] = await steps(`## Apply\n\n### Create\n\n${sql('CREATE TABLE boats (id int);')}\nThe crews see it at once.\n\n### Fill\n\n${sql('INSERT INTO boats VALUES (1);')}`);
    expect([create?.context, fill?.context]).toEqual(['The crews see it at once.', '']);
  });

  it('behind all steps, with the last', async () => {
    const graph = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Deployment notes\n\nThe crews are told by the harbour office.\n`);
    expect(graph.at(-1)?.context).toBe('The crews are told by the harbour office.');
  });

  it('values to set, in a fence that nothing runs', async () => {
    const [restart] = await steps('## Apply\n\n1. Set these values:\n\n   ```\n   wal_level = logical\n   ```\n\n2. Restart it:\n\n   ```bash\n   pg_ctl restart\n   ```\n');
    expect(restart?.context).toBe('- Set these values:\n- Restart it:\nwal_level = logical');
  });

  it('but nothing of what is not on the way, nor of the rollback', async () => {
    const [create] = await steps(`## Troubleshooting\n\nCall the harbour office.\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Rollback\n\nNever on a Sunday.\n\n${sql('DROP TABLE boats;')}`);
    expect(create?.context).toBe('');
  });

  it('once: what a step done by hand tells is told there', async () => {
    const [byHand, create] = await steps(`## Apply\n\n### Step 1: Close the harbour\n\nPut up the red flag.\n\n### Step 2: Create\n\n${sql('CREATE TABLE boats (id int);')}`);
    expect([byHand?.prompt, create?.context]).toEqual(['Put up the red flag.', '']);
  });
});

describe('numbered items behind the last code of a section', () => {
  const create = `1. Create it:\n\n   ${sql('CREATE TABLE boats (id int);').replaceAll('\n', '\n   ')}`;

  it('that a person does are a step', async () => {
    const [, review] = await steps(`## Apply\n\n${create}\n2. **Review the output**:\n   - Check that no boat is lost\n   - Note the time\n\n3. Restart the harbour app\n`);
    expect([review?.kind, review?.title, review?.prompt]).toEqual(['operator', 'Review the output', '- Review the output:\n- Check that no boat is lost\n- Note the time\n- Restart the harbour app']);
  });

  it('that only press the button are none', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n1. Open the SQL editor\n2. Paste this:\n\n   ${sql('CREATE TABLE boats (id int);').replaceAll('\n', '\n   ')}\n3. Click **Run**\n4. Click "Run query"\n`);
    expect(kinds(graph)).toEqual(['sql']);
  });

  it('that only tell are none', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${create}\n2. The pier stays open.\n`);
    expect(kinds(graph)).toEqual(['sql']);
  });
});

describe('"Expected result" below what is done by hand', () => {
  it('is asked with it', async () => {
    const [byHand] = await steps('## Apply\n\n### Steps\n\n1. Open the editor\n2. Paste `boats.sql`\n3. Click Run\n\n### ⚠️ Expected result:\n\n- Success message\n- 5 indexes created\n');
    expect(byHand?.prompt).toContain('Expected result:\n- Success message\n- 5 indexes created');
    expect(byHand?.expectations.map(({ text, source }) => [text, source])).toEqual([['Expected: Success message', 'operator'], ['Expected: 5 indexes created', 'operator']]);
  });
});

describe('names that are expected above the heading of the query', () => {
  it('are expected of that query', async () => {
    const [look] = await steps(`## Verification\n\n### A. Tables\n\n**Expected tables (2 total):**\n\n1. \`boats\`\n2. \`piers\`\n\n#### By SQL\n\n${sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public';")}`);
    expect(look?.expectations.map(({ assertion }) => assertion)).toEqual([{ type: 'rows', op: '=', value: 2 }, { type: 'contains', values: ['boats', 'piers'] }]);
  });
});

describe('what is said of two tables in one sentence', () => {
  it('is of the query of each', async () => {
    const [look] = await steps(`## Verification\n\n${sql('SELECT count(*) FROM boats;\nSELECT count(*) FROM piers;\nSELECT tgname FROM pg_trigger;')}\nExpected:\n- \`boats\` and \`piers\` tables should return \`0\` (empty but existing)\n- Should find 3 triggers\n`);
    expect(look?.expectations.map(({ statement, assertion }) => [statement, assertion])).toEqual([[0, { type: 'value', op: '=', value: 0 }], [1, { type: 'value', op: '=', value: 0 }], [2, { type: 'rows', op: '=', value: 3 }]]);
  });
});

describe('SQL that is no step', () => {
  it('shows how a text is changed: a person is asked', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql('-- BEFORE (safe):\n-- DELETE FROM boats;\n\n-- AFTER (runs):\nDELETE FROM boats;')}`);
    expect([kinds(graph), codes(graph)]).toEqual([['operator'], ['left-out']]);
  });

  it('but figures before and after are looked at', async () => {
    expect(kinds(await compile(`# Boats\n\n## Verify\n\n${sql('-- Before:\nSELECT count(*) FROM boats;\n-- After:\nSELECT count(*) FROM piers;')}`))).toEqual(['sql']);
  });

  it.each(['CREATE POLICY p ON harbour.[table_name] USING (true);', 'ALTER TABLE boats_[suffix] ENABLE ROW LEVEL SECURITY;'])('holds a gap where a name stands: %s', async (body) => {
    expect(kinds(await compile(`# Boats\n\n## Apply\n\n${sql(body)}`))).toEqual(['operator']);
  });

  it('an array keeps its brackets', async () => {
    expect(kinds(await compile(`# Boats\n\n## Apply\n\n${sql('UPDATE boats SET name = names[1];')}`))).toEqual(['sql']);
  });

  it('speaks of a table that nobody has, in a policy too', async () => {
    expect(kinds(await compile(`# Boats\n\n## Apply\n\n${sql('DROP POLICY "p" ON table_name;\nCREATE POLICY "q" ON table_name USING (id IN (SELECT id FROM boats));')}`))).toEqual([]);
  });

  it('stands among the next steps: the author is told', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Next steps after deployment\n\n1. Add a boat:\n\n   ${sql("INSERT INTO boats VALUES (1);").replaceAll('\n', '\n   ')}`);
    expect(graph.diagnostics.filter(({ code }) => code === 'left-out').map(({ message }) => message)).toEqual(['what stands under "Next steps after deployment" does not run on the way']);
  });
});

describe('options that are all done by hand', () => {
  it('are each a step, of which one is chosen', async () => {
    const graph = await compile('# Boats\n\n## Apply\n\n### Option A - By SQL\n\n1. Click **New query**\n2. Paste `boats.sql`\n3. Click **Run**\n\n### Option B - By hand\n\n1. Click **Tables**\n2. Fill the form with these values\n3. Repeat for the pier\n');
    expect(forward(graph).map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['operator', 'A'], ['operator', 'B']]);
  });
});

describe('a checklist of readiness behind the work', () => {
  it('is ticked last', async () => {
    const [, last] = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Production readiness checklist\n\n- [ ] Boats are listed\n`);
    expect([last?.kind, last?.role]).toEqual(['checklist', 'signoff']);
  });
});

describe('the way back', () => {
  it.each([
    ['a publication', 'CREATE PUBLICATION p FOR TABLE boats;', 'DROP PUBLICATION p;'],
    ['a slot', "SELECT pg_create_logical_replication_slot('s', 'pgoutput');", "SELECT pg_drop_replication_slot('s');"],
    ['a job', "SELECT cron.schedule('j', '* * * * *', 'SELECT 1');", "SELECT cron.unschedule('j');"],
    ['a grant', 'GRANT SELECT ON boats TO crew;', 'REVOKE ALL ON TABLE boats FROM crew;'],
    ['a domain', 'CREATE DOMAIN hull AS text;', 'DROP DOMAIN hull;'],
  ])('of %s is known by its name', async (_, there, back) => {
    const graph = await compile(`# Boats\n\n## Apply\n\n### Harbour\n\n${sql('CREATE TABLE piers (id int);')}\n### Crew\n\n${sql(there)}\n## Rollback\n\n### First\n\n${sql(back)}\n### Second\n\n${sql('DROP TABLE piers;')}`);
    expect(graph.rollback.map(({ reverts }) => reverts)).toEqual([['apply/crew/1'], ['apply/harbour/1']]);
  });
});

describe('a fence of commands', () => {
  it('that only names a file to open is for a person', async () => {
    expect((await steps('## Apply\n\n```bash\n# Run it in the SQL editor\nFile: boats.sql\n```\n')).map(({ kind }) => kind)).toEqual(['operator']);
  });

  it('leaves out what its comment calls optional', async () => {
    const [tool] = await steps('## Apply\n\n```bash\n# Step 1: Look\ntool look\n\n# Step 2 (optional): Without asking\ntool run --yes\n```\n');
    expect(tool?.shell).toBe('# Step 1: Look\ntool look');
  });
});

describe('a comment that is the title of its query', () => {
  const said = async (title: string, answer: string): Promise<string[]> => (await steps(`## Verification\n\n${sql(`SELECT 1;\n\n-- 2. ${title}\nSELECT 'made' AS what, count(*) AS count, proname FROM pg_proc;\n${answer}`)}`)).flatMap(({ expectations }) => expectations.map(({ text, source }) => `${source}: ${text}`));

  it('is not asked where what the query gives is said', async () => {
    expect(await said('Check function exists', '\n-- Expected: count = 1')).toEqual(['read: Expected: count = 1']);
  });

  it('is asked where nothing else is', async () => {
    expect(await said('Check function exists', '')).toEqual(['operator: 2. Check function exists']);
  });
});

describe('boxes and their code', () => {
  const code = (body: string): string => `  ${sql(body).trimEnd().replaceAll('\n', '\n  ')}\n`;

  it('are asked before the code of a box below them runs', async () => {
    const found = await steps(`## Apply\n\n- [ ] Close the harbour\n- [ ] Move them\n${code('UPDATE boats SET pier = 2;')}- [ ] Look at the piers\n- [ ] Sink one\n${code('DELETE FROM boats WHERE id = 1;')}- [ ] Open the harbour\n`);
    expect(found.map((step) => [step.kind, step.items.map(({ text }) => text)])).toEqual([
      ['checklist', ['Close the harbour']], ['sql', []], ['checklist', ['Move them', 'Look at the piers']], ['sql', []], ['checklist', ['Sink one', 'Open the harbour']],
    ]);
    expect(found.map(({ needs }) => needs.length)).toEqual([0, 0, 1, 0, 1]);
  });

  it('wait for no rollback', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n- [ ] Look\n- [ ] Test rollback:\n${code('DROP TABLE boats;')}`);
    expect(graph.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('of a part that does not run show it', async () => {
    const found = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Considerations for production\n\n- [ ] Review the sizes\n${code('SELECT pg_table_size(1);')}`);
    expect(found.flatMap(({ items, context }) => items.map(({ text }) => [text, context]))).toEqual([['Review the sizes', 'SELECT pg_table_size(1);']]);
  });

  it('take the list below their label', async () => {
    const [look] = await steps(`## Verification\n\n- [ ] **Look**\n${code('SELECT tablename, indexname FROM pg_indexes;')}  Expected indexes:\n  - \`idx_boats_a\`\n  - \`idx_boats_b\`\n`);
    expect(look?.expectations.map(({ assertion }) => assertion)).toEqual([{ type: 'contains', values: ['idx_boats_a', 'idx_boats_b'] }]);
  });

  it('have blanks in the lines below them filled', async () => {
    const found = await steps('## Apply\n\n- [ ] **Moving all**\n  - Before: ~10 seconds\n  - Achieved: _____ seconds\n');
    expect(found.flatMap(({ fields }) => fields.map(({ label, unit }) => [label, unit]))).toEqual([['Moving all – Achieved', 'seconds']]);
  });

  it('two blanks of one line are two', async () => {
    const found = await steps('## Sign-off\n\n**Signed by**: ______ Date: ______\n');
    expect(found.flatMap(({ fields }) => fields.map(({ label, unit }) => [label, unit]))).toEqual([['Signed by', null], ['Date', null]]);
  });
});

describe('labels above code', () => {
  it('that say what is to be seen are judged where they can be read', async () => {
    const [look] = await steps(`## Verification\n\nRun and verify all 2 tables exist:\n\n${sql("SELECT table_name FROM information_schema.tables WHERE table_name IN ('boats', 'piers') ORDER BY 1;")}`);
    expect(look?.expectations.map(({ text, assertion }) => [text, assertion])).toEqual([['Run and verify all 2 tables exist:', { type: 'rows', op: '=', value: 2 }]]);
  });

  it('are titles where not', async () => {
    expect((await steps(`## Verification\n\nVerify no crew is missing at sea:\n\n${sql('SELECT name FROM crews;')}`)).flatMap(({ expectations }) => expectations)).toEqual([]);
  });

  it('of monitoring leave what was expected above to a person', async () => {
    expect((await steps(`## Verification\n\n**Expected:**\n- Query time: < 10ms (with indexes)\n\n**Monitoring:**\n\n${sql('SELECT * FROM pg_stat_user_indexes;')}`)).flatMap(({ expectations }) => expectations.map(({ statement, source }) => [statement, source]))).toEqual([[null, 'operator']]);
  });

  it('name the role that is to run what stands below', async () => {
    const [look] = await steps(`## Verification\n\nThen as the role (\`psql -U boat_reader -d harbour\`):\n\n${sql('SELECT count(*) FROM boats;')}`);
    expect(look?.as).toBe('boat_reader');
  });
});

describe('comments of a fence', () => {
  it('that warn, or stand behind the last statement, are shown with the step', async () => {
    const [drop] = await steps(`## Apply\n\n${sql('-- CAREFUL: this deletes data!\n-- old boats\nDELETE FROM boats WHERE id = 1;\n\n-- Then set the password in the vault.\n-- DROP TABLE boats;')}`);
    expect(drop?.context).toBe('CAREFUL: this deletes data!\nThen set the password in the vault.');
  });

  it('in front that say what should be seen are asked where they cannot be read', async () => {
    const found = await steps(`## Verification\n\n${sql('-- As a mate, you should only see your own boats\nSELECT * FROM boats;\n\n-- This should be run weekly\nSELECT 1;')}`);
    expect(found.flatMap(({ expectations }) => expectations.map(({ text, source }) => [text, source]))).toEqual([['As a mate, you should only see your own boats', 'operator']]);
  });

  it('lines that are no SQL are told one by one', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql("shared_preload_libraries = 'boats'\n\nCREATE EXTENSION boats;")}`);
    expect(graph.diagnostics.filter(({ code }) => code === 'left-out').map(({ line, message }) => [line, message])).toEqual([[6, "this line is no SQL and does not run: shared_preload_libraries = 'boats'"]]);
  });
});

describe('several statements in one sentence', () => {
  const said = async (body: string, words: string): Promise<unknown[]> => (await steps(`## Verification\n\n${sql(body)}\n**Expected:** ${words}\n`)).flatMap(({ expectations }) => expectations.map(({ statement, source, assertion }) => [statement, source === 'operator' ? '?' : 'value' in assertion ? assertion.value : assertion.type]));

  it('are told by letters', async () => {
    expect(await said('-- a) boats\nSELECT id FROM boats;\n-- b) others\nSELECT count(*) FROM piers;\nSELECT count(*) FROM crews;', '(a) two rows; (b) `0` and `7`.')).toEqual([[0, 2], [1, 0], [2, 7]]);
  });

  it('and by the column that only one has; what is about so many is asked', async () => {
    expect(await said('SELECT count(*) AS all_boats FROM boats;\nSELECT count(*) FROM piers;\nSELECT EXISTS (SELECT 1) AS is_there;', '~377 boats, 6 piers, is_there = FALSE')).toEqual([[0, '?'], [1, 6], [2, false]]);
  });
});

describe('the output of a command', () => {
  const asserted = async (command: string, words: string): Promise<unknown[]> => (await steps(`## Verification\n\n\`\`\`bash\n${command}\n\`\`\`\n\n${words}\n`)).flatMap(({ expectations }) => expectations.map(({ assertion }) => assertion));

  it('holds a field of the document that it prints, or a text', async () => {
    expect(await asserted('curl x | jq .', 'Expected:\n- `ok: true`')).toEqual([{ type: 'output', op: 'matches', value: '"ok"\\s*:\\s*true(?![\\w.])' }]);
    expect(await asserted('boats version', 'Expected: `003`')).toEqual([{ type: 'output', op: 'contains', value: '003' }]);
    expect(await asserted('boats url', '**Expected output**: Should show `https://boats.example`')).toEqual([{ type: 'output', op: 'contains', value: 'https://boats.example' }]);
  });
});

describe('chapters', () => {
  it('of checks before the work stand before it, and a proof to be kept is ticked', async () => {
    const found = await steps(`## Restore procedure\n\n${sql('CREATE TABLE boats (id int);')}\n## Immediate checks (before restore)\n\n${sql('SELECT 1;')}\n## Proof checklist (what you must keep)\n\n- [ ] Output kept\n`);
    expect(found.map(({ kind, role }) => [kind, role])).toEqual([['sql', 'prepare'], ['sql', 'deploy'], ['checklist', 'signoff']]);
  });
});

describe('commands of which another way is told', () => {
  const shell = async (...lines: string[]): Promise<Step | undefined> => (await steps(`## Apply\n\n\`\`\`bash\n${lines.join('\n')}\n\`\`\`\n`))[0];

  it('that only wipe, or are typed into psql, give way to it', async () => {
    expect((await shell('supabase db reset  # with caution', '', '# Or make a migration', 'supabase db push'))?.shell?.trim()).toBe('# Or make a migration\nsupabase db push');
    expect((await shell('psql -h localhost', '', '# Run it', '\\i boats.sql', '', '# Or pipe it', 'psql -h localhost < boats.sql'))?.shell?.trim()).toBe('# Or pipe it\npsql -h localhost < boats.sql');
    expect((await shell('tool run', '', '# Or by hand', 'tool hand'))?.shell).toBe('tool run');
  });

  it.each([['tail -f boats.log', 1], ['tail -n 50 boats.log', 0], ['kubectl logs boats -f', 1], ['echo watch', 0]])('%s is told where it never ends', async (command, many) => {
    const graph = await compile(`# Boats\n\n## Apply\n\n\`\`\`bash\n# look\n${command}\n\`\`\`\n`);
    expect(graph.diagnostics.filter(({ code, line }) => code === 'endless-command' && line === 7)).toHaveLength(many);
  });
});

describe('another way of a fence of commands', () => {
  it('is shown with the step, and the words above two ways with the choice', async () => {
    const [tool] = await steps('## Apply\n\n```bash\ntool run\n\n# Or by hand\ntool hand\n```\n');
    expect(tool?.context).toBe('not run: Or by hand\ntool hand');
    const [choice] = await steps(`## Apply\n\nThere are two ways:\n\n**Option A: now**\n\n${sql('SELECT 1;')}\n**Option B: later**\n\n${sql('SELECT 2;')}`);
    expect([choice?.kind, (await steps(`## Apply\n\nThere are two ways:\n\n**Option A: now**\n\n${sql('SELECT 1;')}\n**Option B: later**\n\n${sql('SELECT 2;')}`)).map(({ context }) => context).filter((context) => context.includes('two ways'))]).toEqual(['choice', ['There are two ways:', 'There are two ways:']]);
  });
});

describe('SQL that is told to be copied, and then to be pasted', () => {
  it('is applied once', async () => {
    const found = await steps(`## Apply\n\n### Step 1: Copy\n\nCopy the entire contents of \`boats.sql\`:\n\n${sql('CREATE TABLE boats (id int);')}\n### Step 2: Run\n\n1. Paste the SQL into the editor\n2. Click **Run**\n`);
    expect(found.map(({ kind }) => kind)).toEqual(['sql']);
  });
});

describe('what is said of the rollback', () => {
  it('behind its last step is shown with that', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Rollback\n\n1. Drop it:\n\n   ${sql('DROP TABLE boats;').replaceAll('\n', '\n   ')}\n2. Tell the crews that it is gone\n`);
    expect(graph.steps.filter(({ role }) => role === 'rollback').map(({ context }) => context)).toEqual(['- Drop it:\n- Tell the crews that it is gone']);
  });
});

describe('tests that are counted', () => {
  it('run where one of them is about errors', async () => {
    const test = (number: number, title: string): string => `### ${number}. Test ${title}\n\n${sql(`SELECT ${number};`)}\n`;
    expect((await steps(`## Testing checklist\n\n${test(1, 'reading')}${test(2, 'limits')}${test(3, 'error handling')}`)).flatMap(({ statements }) => statements.map((one) => one.sql))).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 3']);
  });

  it('of an optional step that is set aside the author is told', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n### 1.1 Create\n\n${sql('CREATE TABLE boats (id int);')}\n### 1.2 Clean old boats (optional)\n\n${sql('DELETE FROM boats;')}`);
    expect(graph.diagnostics.filter(({ code }) => code === 'left-out').map(({ line }) => line)).toEqual([13]);
  });
});

describe('boxes that are the names a query looks for', () => {
  it('are expected of it, and ticked', async () => {
    const [look, boxes] = await steps(`## Verification\n\n${sql("SELECT table_name FROM information_schema.tables WHERE table_name IN ('boats', 'piers');")}\n- [ ] boats\n- [ ] piers\n`);
    expect([look?.expectations.map(({ assertion }) => assertion), boxes?.items.length]).toEqual([[{ type: 'contains', values: ['boats', 'piers'] }], 2]);
  });
});

describe('a step that is only a table', () => {
  it('is told with its rows', async () => {
    const [, byHand] = await steps(`## Apply\n\n### Step 1: Create\n\n${sql('CREATE TABLE boats (id int);')}\n### Step 2: Indexes\n\n| index | on |\n|---|---|\n| a | boats |\n`);
    expect([byHand?.kind, byHand?.prompt]).toEqual(['operator', 'index | on\na | boats']);
  });
});

describe('cases of what went wrong', () => {
  it('end where the next begins', async () => {
    const graph = await compile('# Boats\n\n## Troubleshooting\n\n**Issue**: It fails with "table boats already exists"\n**Solution**: Run the rollback.\n\n**Issue**: It is slow\n**Solution**: Wait.\n');
    expect(graph.hints).toEqual([{ line: 5, pattern: 'table boats already exists', remedy: 'Run the rollback.' }]);
  });
});
