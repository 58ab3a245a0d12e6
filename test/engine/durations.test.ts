import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Journal } from '../../src/engine/journal.js';
import { measuredBy } from '../../src/commands/known-target.js';
import type { Ports } from '../../src/engine/ports.js';
import { Recorder } from '../../src/engine/recorder.js';
import { stepState } from '../../src/engine/state.js';
import { Values } from '../../src/engine/values.js';
import { Walker } from '../../src/engine/walker.js';
import { folder } from '../cli/support.js';
import { graph, step } from '../log/support.js';
import { started } from './support.js';

/** A walker whose operator thinks for `thinksMs` before each answer, and whose commands run for `runsMs`. */
async function walking(thinksMs: number, runsMs: number): Promise<Walker> {
  let now = Date.UTC(2026, 0, 1, 2);
  const clock = { now: () => new Date(now), wait: () => Promise.resolve() };
  const ports = {
    clock, random: { uuid: () => '00000000-0000-4000-8000-000000000000' },
    operator: { ask: ({ kind }: { kind: string }) => { now += thinksMs; return Promise.resolve(kind === 'checklist' ? { kind: 'tick', item: 0, ticked: true, note: null } : { kind: 'go' }); } },
    shell: { perform: () => { now += runsMs; return Promise.resolve({ exitCode: 0, output: '', durationMs: runsMs, cancelled: false }); }, cancel: () => Promise.resolve() },
  } as unknown as Ports;
  const recorder = new Recorder(Journal.create(join(folder(), 'run.journal.jsonl')), clock, (event) => event);
  await recorder.record(started);
  const guide = graph([step('look', { kind: 'checklist', items: [{ line: 5, text: 'Told the team', depth: 0, waitsFor: [] }] }), step('build', { kind: 'shell', shell: 'make' })]);
  return new Walker({ graph: guide, recorder, ports, values: new Values({}), mode: 'run', ledger: false, approvals: 0, cwd: '.', journalQuestions: true, shown: { text: (text) => text, said: (text) => text }, live: () => undefined });
}

it('counts what people do from the question to their answer, a command without the thinking, and foretells by machines alone', async () => {
  const walker = await walking(40_000, 7000);
  const { graph: guide, recorder } = walker.options;
  for (const one of guide.steps) await walker.perform('forward', one);
  const durations = Object.fromEntries(guide.steps.map(({ id }) => [id, stepState(recorder.state, 'forward', id).durationMs ?? 0]));
  expect(durations).toEqual({ look: 40_000, build: 7000 });
  expect(measuredBy({ run: 'r', durations, tables: {}, evidence: null }, guide).durations).toEqual({ build: 7000 });
});
