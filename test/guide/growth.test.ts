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
    const large = await cost(4_000);
    expect(large / small).toBeLessThan(8 * 2.5);
  });
});
