import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/screens/frame.js';
import { headerLines } from '../../src/screens/header.js';
import { freshUi } from '../../src/screens/ui.js';
import { displayWidth } from '../../src/text/width.js';
import { Script } from '../log/support.js';
import { ordersGraph } from './orders-guide.js';
import { NOW, scenesOf } from './scenes.js';
import { TestStore } from './test-store.js';

const graph = await ordersGraph();
const textOf = (lines: { text: string }[][]): string[] => lines.map((one) => one.map(({ text }) => text).join(''));
const window = { start: '2026-03-01T14:00:00.000Z', end: '2026-03-01T15:00:00.000Z', abortBy: '2026-03-01T14:55:00.000Z', expectedEnd: '2026-03-01T14:12:00.000Z' };

function stored(target: { server?: string; database?: string; role?: string }, environment: { environment: string; protected: boolean }): TestStore {
  const store = new TestStore(graph, new Script(environment).target(target).events);
  store.window = window;
  return store;
}

describe('the header', () => {
  it.each([60, 72, 80, 100, 120, 200])('at %i columns names environment, server, database, role, transaction, run state, and both times of the window', (columns) => {
    for (const target of [{}, { server: 'db-7.internal.example.com:6432', database: 'customers_production_eu_west', role: 'migration_deployer' }, { server: '/var/run/postgresql', database: 'a', role: 'b' }]) {
      const lines = textOf(headerLines(stored(target, { environment: 'production', protected: true }), columns, NOW));
      expect(lines).toHaveLength(2);
      for (const one of lines) expect(displayWidth(one)).toBeLessThanOrEqual(columns);
      expect(lines[0]).toMatch(/^ PRODUCTION PROTECTED .*\d [ms] left( in window)? · (roll )?back by \d\d:55/);
      const parts = lines[1]?.split(' · ') ?? [];
      expect(parts.slice(1, 4).every((one) => displayWidth(one.replace('…', '')) >= 1)).toBe(true);
      expect(parts.slice(0, 5).map((one) => one.replace(/….*/, ''))).toEqual([
        expect.stringMatching(/between steps|running|waits/), expect.stringMatching(/^(db|local)/), expect.stringMatching(/^(shop|cus|a$)/), expect.stringMatching(/^(dep|mig|b$)/), expect.stringMatching(/^no (tx|transaction)$/),
      ]);
    }
  });

  it('keeps both times of the window at 40 columns', () => {
    const [first = ''] = textOf(headerLines(stored({}, { environment: 'production', protected: true }), 40, NOW));
    expect(first).toMatch(/^ PRODUCTION PROTECTED .*\d+ [hms] · back \d\d:55$/);
  });
});

describe('a failure in a low window', () => {
  it('keeps what failed and what to try beside the page that is being read', () => {
    const [scene] = scenesOf(graph).filter((one) => one.name === 'failure');
    for (const scroll of [0, 1]) {
      const shown = textOf(frameOf(scene!.store(), { ...freshUi, scroll }, { columns: 60, rows: 15 }, NOW).lines).join('\n');
      expect(shown).toMatch(/got rows = 40: 10 fewer[\s\S]*t retry {2}r recheck {2}o tolerate/);
      expect(shown).toContain('✗ FAILED: rows = 50: got rows = 40');
      expect(shown).toContain('try: Look for orders deleted meanwhile.');
    }
  });
});
