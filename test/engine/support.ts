import type { NewEvent, RunEvent } from '../../src/engine/event.js';

/** The first event of a run, for tests. */
export const started: NewEvent = {
  type: 'run.started', journal: 1, version: '0.0.0', run: 'a1b2c3d4', mode: 'run', guide: { id: 'g', title: 'G', path: 'g.md', sha256: '0'.repeat(64) },
  environment: 'staging', protected: false, operator: 'operator', host: 'host', privacy: 'full', ledger: true, salt: 'salt', window: null, steps: { one: 'h1', two: 'h2' }, rehearsal: null,
};

/** Numbers and dates events as a journal would, a second apart. */
export function numbered(events: readonly NewEvent[]): RunEvent[] {
  return events.map((event, index) => ({ ...event, seq: index + 1, at: new Date(Date.UTC(2026, 0, 1, 2, 0, index)).toISOString() }) as RunEvent);
}
