import { describe, expect, it } from 'vitest';
import { bigGuide } from '../../bench/compile.js';
import { compile } from './compile.js';

/** Processor time of compiling a guide, in milliseconds: other programs on the machine do not count. */
async function cost(steps: number): Promise<number> {
  const text = bigGuide(steps);
  const before = process.cpuUsage();
  const graph = await compile(text);
  const { user, system } = process.cpuUsage(before);
  expect(graph.steps.filter((step) => step.kind === 'sql')).toHaveLength(steps);
  return (user + system) / 1000;
}

describe('a large guide', () => {
  it('takes time that grows with its length and no faster', async () => {
    await cost(500);
    const small = await cost(500);
    const large = await cost(2_000);
    expect(large / small).toBeLessThan(4 * 2.5);
  });
});

/** Processor time of compiling a text, in milliseconds. */
async function costOf(text: string): Promise<number> {
  const before = process.cpuUsage();
  await compile(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('time grows with the length of', () => {
  const F = '```';
  const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const shapes: [string, (size: number) => string][] = [
    ['a way back as long as the way', (size) => `# G\n\n## Apply\n\n${lines(size / 8, (index) => `### Step ${index}\n\n${F}sql\nCREATE TABLE a${index} (id int);\n${F}\n`)}\n## Rollback\n\n${lines(size / 8, (index) => `### Rollback step ${index}\n\n${F}sql\nDROP TABLE a${index};\n${F}\n`)}`],
    ['a list of options', (size) => `# G\n\n## Apply\n\n${lines(size, (index) => `### Option ${index % 90}\n\ndone by hand\n`)}`],
    ['a paragraph', (size) => lines(size * 8, () => 'some words of it')],
    ['a quotation', (size) => lines(size * 2, () => '> some words of it')],
  ];
  it.each(shapes)('%s', async (_what, text) => {
    await costOf(text(500));
    const small = await costOf(text(1_000));
    const large = await costOf(text(8_000));
    expect(large / Math.max(small, 20)).toBeLessThan(8 * 2.5);
  });
});
