import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const told = async (text: string) => forward(await compile(text)).map((step) => [step.kind, step.choice?.option ?? null, step.statements[0]?.sql ?? null]);

/** Ways to do one thing, of which one is taken. */
describe('ways that are named by their manner', () => {
  it.each([
    ['Quick Method: the whole file', 'Line-by-Line Method (If You Need to Debug)', 'QUICK', 'LINE-BY-LINE'],
    ['CLI method', 'Manual method', 'CLI', 'MANUAL'],
    ['🚀 Recommended approach – psql', 'Dashboard approach (if you prefer)', 'RECOMMENDED', 'DASHBOARD'],
    ['Método rápido', 'Método manual', 'RÁPIDO', 'MANUAL'],
    ['Method A: whole', 'Method B: in parts (if needed)', 'A', 'B'],
    ['Approach 1', 'Approach 2', '1', '2'],
  ])('%s / %s', async (one, other, first, second) => {
    const text = `# Harbour\n\n## ${one}\n\n${sql('SELECT 1;')}\n## ${other}\n\n### Step 1: Boats\n\n${sql('CREATE TABLE boats (id int);')}\n### Step 2: Berths\n\n${sql('CREATE TABLE berths (id int);')}\n## Verify\n\n${sql('SELECT 2;')}`;
    expect(await told(text)).toEqual([
      ['choice', null, null], ['sql', first, 'SELECT 1'], ['sql', second, 'CREATE TABLE boats (id int)'], ['sql', second, 'CREATE TABLE berths (id int)'], ['sql', null, 'SELECT 2'],
    ]);
  });

  it('in bold lines', async () => {
    const text = (one: string, other: string) => `# G\n\n## Apply\n\n**${one}:**\n\n${sql('SELECT 1;')}\n**${other}:**\n\n${sql('SELECT 2;')}`;
    expect(await told(text('Fast way', 'Safe way'))).toEqual([['choice', null, null], ['sql', 'FAST', 'SELECT 1'], ['sql', 'SAFE', 'SELECT 2']]);
    expect(await told(text('Fast way', 'What it returns'))).not.toContainEqual(['choice', null, null]);
  });

  it.each([['Backup method', 'Verification method'], ['Manual method', 'Manual approach'], ['Old method', 'New method'], ['Quick method', 'Quick method (again)']])('but not what is done by a method, or is called otherwise: %s / %s', async (one, other) => {
    expect((await told(`# G\n\n## ${one}\n\n${sql('SELECT 1;')}\n## ${other}\n\n${sql('SELECT 2;')}`)).filter(([kind]) => kind === 'choice')).toEqual([]);
  });
});
