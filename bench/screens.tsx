// Key press to painted frame, bytes of an idle screen, memory after many events: npx tsx bench/screens.tsx
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { compileGuide } from '../src/graph/compile.js';
import { nodeFiles } from '../src/guide/files.js';
import { Walk } from '../src/screens/walk.js';
import { result, Script } from '../test/log/support.js';
import { TestDesk } from '../test/screens/desk.js';
import { TestStore } from '../test/screens/test-store.js';
import { Screen } from '../test/support/screen.js';
import { bigGuide } from './compile.js';

const STEPS = 1_000;
const ROWS = 10_000;
const EVENTS = 10_000;
const PRESSES = 300;
const IDLE_MS = 3_000;

export interface ScreenFigures {
  steps: number; rows: number;
  /** Milliseconds from a key to the frame it brings, parsed by a terminal emulator; 95 of 100 are faster. */
  keyP95Ms: number; keyMedianMs: number;
  /** The same in processor time, which other programs on the machine do not lengthen. */
  keyCpuP95Ms: number;
  /** Bytes written per key press, median. */
  bytesPerKey: number;
  idleBytes: number;
  events: number;
  /** Heap after the events against the heap before them, both after a collection. */
  grownMb: number;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function heapMb(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

/** A guide of 1,000 steps whose current step has a result of 10,000 rows, in a terminal of 120×40. */
export async function benchScreens(): Promise<ScreenFigures> {
  const graph = await compileGuide({ path: 'big.md', text: bigGuide(STEPS) }, nodeFiles);
  const step = graph.steps.find((one) => one.kind === 'sql')?.id ?? '';
  const inStep = { pass: 'forward', step, attempt: 1 };
  const rows = Array.from({ length: ROWS }, (_, index) => [String(index), `name of row ${index}`, '2026-01-01 00:00:00+00']);
  const script = new Script().target().add({ type: 'step.started', ...inStep, attemptId: 'a' })
    .add({ type: 'statement.finished', ...inStep, result: result({ sql: 'SELECT * FROM t', columns: ['id', 'name', 'at'], types: ['int8', 'text', 'timestamptz'], rows, rowCount: ROWS }) })
    .add({ type: 'question.asked', question: { kind: 'verdict', step, expectation: 0, text: 'Does it hold?', actual: `${ROWS} rows` } });
  const store = new TestStore(graph, script.events);
  const desk = new TestDesk();
  const screen = new Screen(<Walk store={store} desk={desk} onLeave={() => undefined} />, { columns: 120, rows: 40 });
  await screen.settle();
  const keys = ['j', 'j', 'j', 'ctrl-d', 'k', 'ctrl-d', 'G', 'ctrl-u', 'tab', 'j', 'j', 'ctrl-d', 'k', 'tab', 'g', '?', 'j', 'ctrl-d', '?', 'l', 'l'];
  const times: number[] = [];
  const cpu: number[] = [];
  const bytes: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    const before = screen.bytes;
    const busy = process.cpuUsage();
    const start = performance.now();
    await screen.press(keys[press % keys.length] ?? 'j');
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(busy);
    cpu.push((user + system) / 1000);
    bytes.push(screen.bytes - before);
    screen.forget();
  }
  await pause(100);
  screen.forget();
  await pause(IDLE_MS);
  const idleBytes = screen.bytes;
  // The large result gives way first: what it held must not be counted as won.
  store.feed({ type: 'statement.finished', ...inStep, result: result() });
  await screen.settle();
  const before = heapMb();
  for (let event = 0; event < EVENTS; event += 1) {
    if (event % 2 === 0) store.feed({ type: 'statement.finished', ...inStep, result: result({ sql: 'SELECT 1', columns: ['count'], types: ['int8'], rows: [[String(event)]], rowCount: 1 }) });
    else store.feed({ type: 'expectation.judged', ...inStep, index: 0, verdict: 'passed', expected: 'value >= 0', actual: `value = ${event}`, note: null, by: null });
    if (event % 50 === 0) { await screen.settle(); screen.forget(); }
  }
  await screen.settle();
  const grownMb = heapMb() - before;
  screen.close();
  const sorted = [...times].sort((a, b) => a - b);
  return {
    steps: graph.steps.length, rows: ROWS, keyP95Ms: Number(at(sorted, 0.95).toFixed(1)), keyMedianMs: Number(at(sorted, 0.5).toFixed(1)),
    keyCpuP95Ms: Number(at([...cpu].sort((a, b) => a - b), 0.95).toFixed(1)),
    bytesPerKey: at([...bytes].sort((a, b) => a - b), 0.5), idleBytes, events: EVENTS, grownMb: Number(grownMb.toFixed(1)),
  };
}

if (process.argv[1]?.includes('bench/screens')) { process.stdout.write(`${JSON.stringify(await benchScreens(), null, 2)}\n`); process.exit(0); }
