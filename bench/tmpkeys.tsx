import { performance } from 'node:perf_hooks';
import { compileGuide } from '../src/graph/compile.js';
import { nodeFiles } from '../src/guide/files.js';
import { Walk } from '../src/screens/walk.js';
import { result, Script } from '../test/log/support.js';
import { TestDesk } from '../test/screens/desk.js';
import { TestStore } from '../test/screens/test-store.js';
import { Screen } from '../test/support/screen.js';
import { bigGuide } from './compile.js';
const graph = await compileGuide({ path: 'big.md', text: bigGuide(1000) }, nodeFiles);
const step = graph.steps.find((one) => one.kind === 'sql')?.id ?? '';
const inStep = { pass: 'forward', step, attempt: 1 };
const rows = Array.from({ length: 10000 }, (_, index) => [String(index), `name of row ${index}`, '2026-01-01 00:00:00+00']);
const script = new Script().target().add({ type: 'step.started', ...inStep, attemptId: 'a' })
  .add({ type: 'statement.finished', ...inStep, result: result({ sql: 'SELECT * FROM t', columns: ['id', 'name', 'at'], types: ['int8', 'text', 'timestamptz'], rows, rowCount: 10000 }) })
  .add({ type: 'question.asked', question: { kind: 'verdict', step, expectation: 0, text: 'Does it hold?', actual: `10000 rows` } });
const store = new TestStore(graph, script.events);
const screen = new Screen(<Walk store={store} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 120, rows: 40 });
await screen.settle();
const keys = ['j', 'j', 'j', 'ctrl-d', 'k', 'ctrl-d', 'G', 'ctrl-u', 'tab', 'j', 'j', 'ctrl-d', 'k', 'tab', 'g', '?', 'j', 'ctrl-d', '?', 'l', 'l'];
const by = new Map<string, number[]>(); const wall: number[] = []; const cpus: number[] = [];
for (let press = 0; press < 315; press += 1) {
  const busy = process.cpuUsage(); const start = performance.now();
  await screen.press(keys[press % keys.length] ?? 'j');
  wall.push(performance.now() - start);
  const { user, system } = process.cpuUsage(busy);
  const c = (user + system) / 1000; cpus.push(c);
  const k = `${String(press % keys.length).padStart(2)} ${keys[press % keys.length]}`;
  by.set(k, [...by.get(k) ?? [], c]);
  screen.forget();
}
for (const [k, v] of by) console.error(k.padEnd(10), v.map((x) => x.toFixed(0).padStart(3)).join(' '));
const p = (a: number[], q: number): string => ([...a].sort((x, y) => x - y)[Math.floor(a.length * q)] ?? 0).toFixed(1);
console.error('cpu p50', p(cpus, .5), 'p95', p(cpus, .95), 'wall p50', p(wall, .5), 'p95', p(wall, .95));
process.exit(0);
