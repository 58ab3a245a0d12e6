import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const commands = async (text: string) => forward(await compile(text)).flatMap((step) => step.statements.map((one) => one.command));

/** Nothing under these may run on the way forward, wherever it stands. */
describe('what never runs forward', () => {
  const titles = [
    'Rollback', '🔄 Rollback Procedure', '‚Ü©Ô∏è Rollback', 'Reverting', 'Undo the change', 'Emergency Procedures', 'Recovery', 'Rollback (if needed)', 'Down migration',
    'Troubleshooting', 'Common Issues', 'Overview', 'What this migration does', 'What if it fails', 'If something goes wrong', 'Promote yourself (Optional)', 'Optional: seed data',
    'Security Considerations', 'FAQ', 'Example', 'Support', 'ロールバック', 'Откат', 'Retour arrière', 'Rückgängig machen', 'Error: "relation does not exist"',
  ];
  it.each(titles)('a section called %s', async (title) => {
    for (const text of [
      `# G\n\n## ${title}\n\n${sql('DROP TABLE t;')}`,
      `# G\n\n## Deployment\n\n### ${title}\n\n${sql('DROP TABLE t;')}`,
      `# G\n\n## Pre-deployment\n\n### ${title}\n\n#### Step 1: Apply\n\n${sql('DROP TABLE t;')}`,
    ]) expect(await commands(text)).toEqual([]);
  });

  it.each(['**Rollback:**', 'If it fails:', 'To undo:', '**If validation fails:**', 'Optional:', 'If you want admin access, run:', '**Rollback SQL**'])('code under the label %s', async (label) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\n${label}\n\n${sql('DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it('code after a comment in the fence that heads a rollback', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();\n\n-- ROLLBACK:\nDROP TABLE t;')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
    expect(graph.rollback[0]?.reverts).toEqual([forward(graph)[0]?.id]);
  });

  it('a commented-out rollback', async () => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();\n-- DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it('a numbered rollback item between forward ones', async () => {
    expect(await commands(`# G\n\n## Steps\n\n1. Create it:\n   ${sql('CREATE TABLE t ();').replace(/\n(?=.)/g, '\n   ')}\n2. To roll back:\n   ${sql('DROP TABLE t;').replace(/\n(?=.)/g, '\n   ')}\n3. Check it:\n   ${sql('SELECT 1;').replace(/\n(?=.)/g, '\n   ')}`)).toEqual(['CREATE TABLE', 'SELECT']);
  });

  it('goes on forward after the label has ended', async () => {
    expect(await commands(`# G\n\n## Apply\n\n1. One:\n${sql('SELECT 1;')}\nIf it fails:\n${sql('SELECT 2;')}\n2. Two:\n${sql('SELECT 3;')}`)).toEqual(['SELECT', 'SELECT']);
  });

  it('asks which tool is at hand without leaving the way', async () => {
    const graph = await compile('# G\n\n## Apply\n\nIf you have the CLI installed:\n\n```bash\nnpm run up\n```\n');
    expect(forward(graph).map((step) => step.kind)).toEqual(['shell']);
  });
});
