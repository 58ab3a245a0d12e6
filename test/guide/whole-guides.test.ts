import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { codes, compile, forward } from './compile.js';

/** `line: statement's line: reading` of every expectation. */
async function read(text: string): Promise<string[]> {
  const graph = await compile(text);
  return graph.steps.flatMap((step) => step.expectations.map((one) => `${one.line}: ${one.statement === null ? '-' : (step.statements[one.statement]?.line ?? '-')}: ${one.assertion.type === 'operator' ? '?' : formatExpect(one.assertion)}`));
}

const sql = (...lines: string[]): string => ['```sql', ...lines, '```', ''].join('\n');
const commands = async (text: string) => forward(await compile(`# Guide\n\n${text}`)).flatMap((step) => step.statements.map((one) => one.sql));

/** What guides read from the first line to the last were found to break, each in words of our own. */
describe('what does not run on the way', () => {
  it.each(['## Solution: a ledger of versions', '## Helper functions', '## New tables', '## The solution'])('what is described before the chapter of steps: %s', async (title) => {
    const described = `${title}\n\n### The ledger\n\n${sql('CREATE TABLE ledger (id int);')}\n`;
    expect(await commands(`${described}## Migration steps\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT 1']);
    expect(await commands(`${described}## Verification\n\n${sql('SELECT 1;')}`)).toEqual(['CREATE TABLE ledger (id int)', 'SELECT 1']);
  });

  it('a statement below a comment that is nothing but a condition is left out, with a warning', async () => {
    const body = sql('-- If version 7 is already recorded', "SELECT note_version('7');", '', '-- If version 8 has not been recorded:', "SELECT note_version('8');");
    expect(await commands(`## Apply\n\n${body}`)).toEqual([]);
    expect(codes(await compile(`# Guide\n\n## Apply\n\n${body}`)).filter((code) => code === 'left-out')).toHaveLength(2);
  });

  it('a comment with a condition and what to do is a comment', async () => {
    expect(await commands(`## Apply\n\n${sql('-- If the column is missing, it is added here', 'ALTER TABLE t ADD COLUMN IF NOT EXISTS a int;')}`)).toHaveLength(1);
  });

  it('says that a numbered step which begins with a case is left out; a remedy is not missed', async () => {
    const numbered = (label: string) => compile(`# Guide\n\n## Apply\n\n1. **Look**:\n   \`\`\`sql\n   SELECT 1;\n   \`\`\`\n\n2. **${label}**:\n   \`\`\`sql\n   SELECT 2;\n   \`\`\`\n`);
    const graph = await numbered('If a schema is there, mark it');
    expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(1);
    expect(graph.diagnostics.filter((one) => one.code === 'left-out').map((one) => one.line)).toEqual([11]);
    expect(codes(await numbered('If it fails, look again'))).not.toContain('left-out');
  });
});

describe('labels above code', () => {
  const under = async (...lines: string[]) => forward(await compile(`# Guide\n\n## Apply\n\n${sql('CREATE TABLE a (id int);')}\n${lines.join('\n\n')}\n\n${sql('DROP TABLE a;')}`)).flatMap((step) => step.statements).length;

  it.each([
    ['**Rollback:**', 'Run this in the SQL editor:'], ['**Rollback:**', 'If it is needed, run:'], ['**If it fails:**', 'Copy and paste the following:'],
    ['To undo it, do this:', 'Run the following:'], ['1. **Rollback:**', 'Run:'], ['**Rollback:**', 'Stop the ferries.', 'Then:'],
  ])('a line that leads to the code does not lift the label above it: %s %s', async (...lines) => {
    expect(await under(...lines)).toBe(1);
  });

  const DROP = '```sql\nDROP TABLE a;\n```';
  const indented = (by: string) => DROP.replace(/^/gm, by);
  it.each([
    ['numbers, code below the last', `**Rollback:**\n\n1. Stop the ferries\n2. Take the table away:\n\n${DROP}`],
    ['numbers that hold it', `**Rollback:**\n\n1. Stop the ferries\n2. Take the table away:\n${indented('   ')}`],
    ['bullets that hold it', `**Rollback:**\n\n- Stop the ferries\n- Take the table away:\n${indented('  ')}`],
    ['a bullet and its own bullets', `- **Rollback**\n  - Run:\n${indented('    ')}`],
    ['a bullet and its own numbers', `- Way back:\n  1. Stop\n  2. Run:\n${indented('     ')}`],
    ['a number and its own bullets', `1. Build\n2. If it fails, roll back:\n   - Run:\n\n${indented('     ')}`],
    ['a case and numbers', `If the build fails:\n\n1. Stop\n2. Run:\n${indented('   ')}`],
    ['another way and numbers', `**Alternative:**\n\n1. Connect\n2. Run:\n\n${DROP}`],
    ['what is optional and numbers', `**Optional cleaning:**\n\n1. Run:\n${indented('   ')}`],
    ['a box', `- [ ] Rollback tried out:\n${indented('  ')}`],
    ['two lines of a paragraph', `The quay is built. **To undo it**, connect and run\nthe following statement:\n\n${DROP}`],
    ['a note', `**Note:** if something goes wrong you can begin again:\n\n${DROP}`],
    ['bullets in between', `**If it fails:**\n\n- it takes a minute\n\nRun:\n\n${DROP}`],
    ['a bold line right below', `**Rollback:**\n\n**Database:**\n\n${DROP}`],
    ['numbered bold lines', `**Rollback steps:**\n\n**1. The index**\n\n${sql('DROP INDEX i;')}\n**2. The table**\n\n${DROP}`],
    ['options of a case', `**If it fails:**\n\n**Option A:**\n\n${sql('DROP INDEX i;')}\n**Option B:**\n\n${DROP}`],
    ['boxes below a box', `- [ ] In an emergency:\n  - [ ] take it away\n${indented('    ')}`],
    ['"Or" after it', `**Troubleshooting:**\n\nIf the table is stuck:\n\n${sql('DELETE FROM a;')}\nOr take it away:\n\n${DROP}`],
  ])('what leads back stays so across lists: %s', async (_form, text) => {
    const graph = await compile(`# Guide\n\n## Apply\n\n${sql('CREATE TABLE a (id int);')}\n${text}\n`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
  });

  it('what comes after such a list, under a label or number of its own, is on the way', async () => {
    expect(await commands(`## Apply\n\n1. If it fails, look at the log:\n   \`\`\`sql\n   SELECT 1;\n   \`\`\`\n2. Build:\n   \`\`\`sql\n   SELECT 2;\n   \`\`\`\n\n**Go on:**\n\n${sql('SELECT 3;')}`)).toEqual(['SELECT 2', 'SELECT 3']);
    expect(await commands(`## Apply\n\nWhen the backup is done, go on with these:\n\n1. Build:\n   \`\`\`sql\n   SELECT 2;\n   \`\`\`\n`)).toEqual(['SELECT 2']);
  });

  it('all that is not bold stays below a bold line that leads back', async () => {
    expect(await under('**Rollback:**', sql('DROP INDEX i;').trim(), 'Then the table:')).toBe(1);
    expect(await under('**Rollback:**', sql('DROP INDEX i;').trim(), '**Take the old one away:**')).toBe(2);
  });

  it('keeps the bold line as the title above "Run this:"', async () => {
    const { steps } = await compile(`# Guide\n\n## Apply\n\n**3.1 Build the quay:**\n\nRun in the SQL editor:\n\n${sql('CREATE TABLE quay (id int);')}`);
    expect(steps[0]?.title).toBe('3.1 Build the quay');
  });

  it('a case in words above code that is left out is told', async () => {
    const graph = await compile(`# Guide\n\n## Apply\n\n${sql('SELECT 1;')}\nIf boats were counted before the new rule:\n\n${sql('UPDATE boats SET n = 2 WHERE n = 1;')}`);
    expect(graph.diagnostics.filter((one) => one.code === 'left-out').map((one) => one.line)).toEqual([11]);
  });

  it('a fence that says it is never run in production does not run, whatever stands below', async () => {
    const graph = await compile(`# Guide\n\n## Seed\n\n${sql('-- Sample boats', '-- WARNING: DO NOT run this in production!', '', '-- Boats', 'INSERT INTO boats VALUES (1);')}\n${sql("-- Don't run this twice, it counts", 'INSERT INTO boats VALUES (2);')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.line))).toEqual([15]);
    expect(codes(graph)).toContain('left-out');
  });

  it('tips do not run', async () => {
    expect(await commands(`## Query performance tips\n\n${sql('SELECT * FROM boats;')}`)).toEqual([]);
  });
});

describe('boxes below an item without one', () => {
  const TEXT = `# Guide\n\n## Test\n\n1. **Open the page:**\n   - [ ] It loads\n   - [ ] No errors\n\n2. **Look at the table:**\n\n   \`\`\`sql\n   SELECT 1;\n   \`\`\`\n\n   - [ ] One is there\n\n3. **Clean up:**\n   \`\`\`sql\n   DELETE FROM t WHERE a = 1;\n   \`\`\`\n`;

  it('the item names their list and is no box; each is asked where it stands', async () => {
    const { steps } = await compile(TEXT);
    expect(steps.map((step) => [step.kind, step.line])).toEqual([['checklist', 6], ['sql', 11], ['checklist', 15], ['sql', 18]]);
    expect(steps.flatMap((step) => step.items.map((item) => item.text))).toEqual(['It loads', 'No errors', 'One is there']);
    expect(steps[0]?.title).toBe('Open the page');
  });
});

describe('what is no expectation', () => {
  it('a comment that says when something must be run', async () => {
    expect(await read(`# Guide\n\n## Apply\n\n${sql('-- This MUST be run before the other steps', '', 'DELETE FROM boats WHERE twice;')}`)).toEqual([]);
  });
});

describe('options and optional parts', () => {
  it('an option done by hand stays one although a line of it speaks of a rollback', async () => {
    const { steps } = await compile(`# Guide\n\n## Ways\n\n### Option A: the panel\n\n1. Use the panel\n2. Built-in rollback and progress\n\n### Option B: psql\n\n${sql('SELECT 1;')}`);
    expect(steps.filter((step) => step.choice !== null).map((step) => [step.kind, step.role])).toEqual([['operator', 'deploy'], ['sql', 'deploy']]);
  });

  it('boxes that are nice to have may be left out', async () => {
    const { steps } = await compile('# Guide\n\n## Success criteria\n\n### Must have\n\n- [ ] a\n\n### Nice to have\n\n- [ ] b\n');
    expect(steps.map((step) => [step.items[0]?.text, step.optional])).toEqual([['a', false], ['b', true]]);
  });

  it('a rollback that is called optional has no optional step', async () => {
    const { steps } = await compile(`# Guide\n\n## Apply\n\n${sql('CREATE TABLE a (id int);')}\n## Rollback (if needed)\n\n- [ ] told\n\n${sql('DROP TABLE a;')}`);
    expect(steps.map((step) => [step.role, step.optional])).toEqual([['deploy', false], ['rollback', false], ['rollback', false]]);
  });

  it('a box of the log is answered by no name', async () => {
    const { log } = await compile('# Guide\n\n## Apply\n\n- [ ] a\n\n## Deployment log template\n\n```\nDate: ____\nTime Completed: HH:MM\n[ ] Database backed up\n[ ] Tests passed\n```\n');
    expect(log?.fields.map((field) => [field.label, field.fact])).toEqual([['Date', 'date'], ['Time Completed', 'end'], ['Database backed up', null], ['Tests passed', 'verification']]);
  });
});

describe('what an author is told', () => {
  it('once of a wording that is said of several statements', async () => {
    const graph = await compile(`# Guide\n\n## Verify\n\n${sql('SELECT count(*) FROM a;', 'SELECT count(*) FROM b;', '-- All should return valid counts with no errors')}`);
    expect(graph.steps[0]?.expectations).toHaveLength(2);
    expect(codes(graph).filter((code) => code === 'left-to-operator')).toHaveLength(1);
  });

  it.each([['\\d boats', "column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = 'boats'"], ['\\d boats;', "WHERE table_name = 'boats'"], ['\\dt', 'tablename FROM pg_tables'], ['\\di boat*', "indexname LIKE 'boat%'"]])(
    'which query takes the place of %s', async (command, query) => {
      const graph = await compile(`# Guide\n\n## Verify\n\n${sql(command, 'SELECT 1;')}`);
      expect(graph.diagnostics.find((one) => one.code === 'psql-command')?.hint).toContain(query);
    });

  it('a label that begins with "Or" leaves the other way out, and says so', async () => {
    const graph = await compile(`# Guide\n\n## Apply\n\n${sql("INSERT INTO keepers VALUES (1);")}\n**Or name them by mail**:\n${sql("INSERT INTO keepers VALUES (2);")}`);
    expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(1);
    expect(codes(graph)).toContain('left-out');
  });
});

describe('two lines of one paragraph', () => {
  it('a bold label and a line that leads on', async () => {
    const { steps } = await compile(`# Guide\n\n## Apply\n\n**What is built:**\n\n- a quay\n\n**Validation:**\nRun this query to verify:\n\n${sql('SELECT 1;')}`);
    expect(steps[0]?.title).toBe('Validation');
  });
});

describe('what else a whole guide holds', () => {
  it('hints come from messages behind a bold "Error:"', async () => {
    const { hints } = await compile('# Guide\n\n## Apply\n\n- [ ] a\n\n## Troubleshooting\n\n**Error:** `relation "boats" does not exist`\n- **Fix:** build them\n\n### Issue: not allowed\n\n**Error**: `ERROR: must be owner of table boats`\n\n**Solution**: ask the owner\n');
    expect(hints.map((hint) => [hint.pattern, hint.remedy.includes('build') || hint.remedy.includes('owner')])).toEqual([
      ['relation "boats" does not exist', true], ['not allowed', true], ['must be owner of table boats', true],
    ]);
  });

  it('a comment that asks for another value makes a parameter of the literal before it', async () => {
    const { parameters } = await compile(`# Guide\n\n## Apply\n\n${sql('INSERT INTO keepers (id, mail, note)', "VALUES ('11111111-1111-4111-8111-111111111111', -- YOUR USER ID", "  'a@b.example', -- replace with your e-mail", "  'x' -- your choice decides whether it is kept", ');')}`);
    expect(parameters.map((one) => one.name)).toEqual(['your_user_id', 'your_e_mail']);
  });

  it('a result that is written already is no field of the log', async () => {
    const { log } = await compile('# Guide\n\n## Apply\n\n- [ ] a\n\n## Done\n\n```\nDate: ____\nDeployed By: ____\nDuration: ____\nStart Time: ____\n✅ Application: Deployed\n```\n');
    expect(log?.fields.map((field) => field.label)).toEqual(['Date', 'Deployed By', 'Duration', 'Start Time']);
  });

  it('of items with lists of their own, those with thresholds are watched', async () => {
    const { steps } = await compile('# Guide\n\n## Monitoring\n\n1. Open the reports\n2. Set alerts for:\n   - CPU > 80%\n   - Errors > 1%\n');
    expect(steps.map((step) => [step.kind, step.line])).toEqual([['monitor', 6]]);
  });

  it('a dropped table takes the rows along that a step put there', async () => {
    const graph = await compile(`# Guide\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n${sql('INSERT INTO boats VALUES (1);')}\n${sql('CREATE TABLE quays (id int);')}\n## Rollback\n\n### Boats\n\n${sql('DROP TABLE boats;')}`);
    expect(graph.rollback[0]?.reverts).toEqual(graph.steps.slice(0, 2).map((step) => step.id));
  });
});

describe('a handbook of rollbacks', () => {
  it('keeps an error that speaks of a rollback as an entry of the troubleshooting', async () => {
    const graph = await compile(`# Guide\n\n## Apply\n\n${sql('SELECT 1;')}\n## Troubleshooting\n\n### Error: "cannot roll back: others stand on it"\n\nRoll back the others first:\n\n${sql('DELETE FROM stones;')}`);
    expect(graph.hints.map((hint) => hint.pattern)).toEqual(['cannot roll back: others stand on it']);
    expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(1);
  });
});

describe('what is expected', () => {
  it('a record of a query whose columns nobody knows is read column by column; a value explained away is asked', async () => {
    expect(await read(`# Guide\n\n## Verify\n\n${sql('SELECT * FROM town_facts;', '-- Expected output:', '-- house_count: 12', '-- town_name: lower_end', '-- bridge_count: 3 (or as many as there are)')}`)).toEqual([
      '7: 6: column house_count = 12', '7: 6: column town_name = "lower_end"', '7: 6: ?',
    ]);
  });

  it('"Result needed" expects', async () => {
    expect(await read(`# Guide\n\n## Check\n\n${sql('SELECT name FROM boats WHERE gone;')}\n**Result needed:** 0 rows\n`)).toEqual(['9: 6: no rows']);
  });

  it('an index scan rather than the other, in Chinese', async () => {
    expect(await read(`# Guide\n\n## Check\n\n${sql('EXPLAIN SELECT 1 FROM t WHERE a = 1;', '', '-- 應該看到 Index Scan 而非 Seq Scan')}`)).toEqual(['8: 6: plan has Index Scan, has no Seq Scan']);
  });

  it('a document in another language below its label is shown to the operator', async () => {
    const { steps } = await compile('# Guide\n\n## Verify\n\n```bash\ncurl localhost/health\n```\n\nExpected response:\n```json\n{ "status": "well" }\n```\n');
    expect(steps[0]?.expectations.map((one) => one.assertion)).toEqual([{ type: 'operator', text: 'Expected response:\n{ "status": "well" }' }]);
  });
});

describe('titles and ties', () => {
  it('a warning in bold is no title', async () => {
    const { steps } = await compile(`# Guide\n\n## Step 3: drop the masts\n\n**CRITICAL: only after the harbour is empty!**\n\n${sql('DROP TABLE masts;')}`);
    expect(steps[0]?.title).toBe('Step 3: drop the masts');
  });

  it('a rollback that adds back what a step dropped undoes that step', async () => {
    const graph = await compile(`# Guide\n\n## Apply\n\n### Masts\n\n${sql('ALTER TABLE boats DROP COLUMN masts;')}\n### Sails\n\n${sql('ALTER TABLE boats ADD COLUMN sails int;')}\n## Rollback\n\n### By hand\n\n${sql('ALTER TABLE boats ADD COLUMN masts int;')}`);
    expect(graph.rollback.map((part) => part.reverts)).toEqual([[graph.steps[0]?.id]]);
  });
});
