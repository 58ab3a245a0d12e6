import { describe, expect, it } from 'vitest';
import { factOfLabel } from '../../src/guide/log-facts.js';
import { compile } from './compile.js';

describe('log templates', () => {
  it('tie sections to steps, and tick boxes', async () => {
    const graph = await compile('# G\n\n## Apply\n\n### Migration 001\n\n```sql\nCREATE TABLE t (id int);\n```\n\n## Migration Log Template\n\n```\nDate: ____\nDeployed by: [Your Name]\n\nMigration 001 - table:\n- Status: [ ] Success  [ ] Failed\n- Duration: _____ seconds\n- [ ] Tests passed\n- [ ] Schema up at ____:____\n\nIssues encountered:\n______\n```\n');
    const step = graph.steps[0]?.id;
    expect(graph.log?.fields.map((field) => [field.line, field.label, field.fact, field.unit, field.boxes, field.steps])).toEqual([
      [14, 'Date', 'date', null, [], []],
      [15, 'Deployed by', 'operator', null, [], []],
      [18, 'Status', 'status', null, ['Success', 'Failed'], [step]],
      [19, 'Duration', 'duration', 'seconds', [], [step]],
      [20, 'Tests passed', 'verification', null, ['Tests passed'], [step]],
      [21, 'Schema up at', null, null, [], [step]],
      [23, 'Issues encountered', 'issues', null, [], []],
    ]);
  });

  it.each([['Executed By', 'operator'], ['Start Time', 'start'], ['End time', 'end'], ['Rollback Required', 'rollbackRequired'], ['Rows Affected', 'rowsAffected'], ['Approved by', null], ['Favourite colour', null]])('%s asks for %s', (label, fact) => {
    expect(factOfLabel(label)).toBe(fact);
  });

  it('a rollback of one thing is not tied to everything', async () => {
    const make = (title: string) => `# G\n\n## Apply\n\n\`\`\`sql\nCREATE TABLE t (id int);\n\`\`\`\n\n## Rollback\n\n### ${title}\n\n\`\`\`sql\nALTER TABLE other DISABLE ROW LEVEL SECURITY;\n\`\`\`\n`;
    expect((await compile(make('Rollback policies'))).rollback[0]?.reverts).toEqual([]);
    const all = await compile(make('Rollback plan'));
    expect(all.rollback[0]?.reverts).toEqual([all.steps[0]?.id]);
  });
});
