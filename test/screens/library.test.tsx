import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, it } from 'vitest';
import xterm from '@xterm/headless';
import { Chooser } from '../../src/screens/chooser.js';
import type { Chosen, GuideChoice } from '../../src/screens/chooser-press.js';

afterEach(cleanup);

const guides: GuideChoice[] = ['orders', 'prices', 'teams'].map((id) => ({ path: `guides/${id}.md`, id, title: `Guide of ${id}`, facts: null }));

/** What a terminal of 100 columns shows after all that was written so far. */
async function shown(frames: readonly string[]): Promise<string> {
  const terminal = new xterm.Terminal({ cols: 100, rows: 24, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(frames.join(''), done));
  return Array.from({ length: 24 }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '').join('\n');
}

it('is driven by keys through Ink alone: a filter, a guide, a way', async () => {
  const ends: (Chosen | null)[] = [];
  const { stdin, frames } = render(<Chooser first={guides} places={{ environments: [], closed: null }} readings={() => () => undefined} stop={async () => undefined} onEnd={(end) => { ends.push(end); }} />);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      stdin.write(key);
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    }
  };
  expect(await shown(frames)).toContain('Guide of teams');
  await press('/', 'p', 'r', 'i', '\r');
  expect(await shown(frames)).not.toContain('Guide of teams');
  expect(await shown(frames)).toContain('Guide of prices');
  await press('\r', '\r');
  expect(ends).toEqual([{ path: 'guides/prices.md', mode: 'rehearse', environment: null }]);
});
