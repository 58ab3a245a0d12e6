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
