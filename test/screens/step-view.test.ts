import { describe, expect, it } from 'vitest';
import { fold } from '../../src/engine/reduce.js';
import { compileGuide } from '../../src/graph/compile.js';
import { nodeFiles } from '../../src/guide/files.js';
import { stepLines } from '../../src/screens/step-view.js';
import { numbered, started } from '../engine/support.js';

const text = '# Guide\n\n## Deployment\n\n```sql id=apply\nUPDATE account SET role = \'admin\' WHERE email = :\'who\' AND price > :limit AND token = :\'key\';\n```\n';

describe('the page of a step', () => {
  it('shows its SQL with the values that are known, before it runs; a secret stays masked', async () => {
    const graph = await compileGuide({ path: 'guide.md', text, root: '/' }, nodeFiles);
    const [step] = graph.steps;
    const set = (name: string, value: string, secret = false) => ({ type: 'parameter.set' as const, name, value, secret, origin: 'asked' as const, by: 'operator' });
    const state = fold(numbered([started, set('who', "o'neil@example.com"), set('key', '•••', true), { type: 'capture.set', pass: 'forward', step: 'apply', attempt: 1, name: 'limit', value: '500' }]));
    if (!step || !state) throw new Error('no step');
    const shown = stepLines(graph, state, step, { width: 200, live: null, cursor: null, monitor: [], waits: null, asksFailure: false }).map((line) => line.map((span) => span.text).join('')).join('\n');
    expect(shown).toContain("WHERE email = 'o''neil@example.com' AND price > 500 AND token = '•••'");
  });

  it('shows what the guide says of it above the SQL, and the rest of it below', async () => {
    const told = Array.from({ length: 12 }, (_, index) => `- line ${index + 1}`).join('\n');
    const graph = await compileGuide({ path: 'guide.md', text: `# Guide\n\n## Deployment\n\n${told}\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`, root: '/' }, nodeFiles);
    const [step] = graph.steps;
    const state = fold(numbered([started]));
    if (!step || !state) throw new Error('no step');
    const shown = stepLines(graph, state, step, { width: 80, live: null, cursor: null, monitor: [], waits: null, asksFailure: false }).map((line) => line.map((span) => span.text).join('').trim()).filter((line) => line !== '').slice(2);
    expect(shown).toEqual([...told.split('\n').slice(0, 7), '… 5 more lines, at the end', 'SELECT 1', ...told.split('\n').slice(7)]);
  });
});
