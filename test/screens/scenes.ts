import type { NewEvent } from '../../src/engine/event.js';
import type { Graph } from '../../src/graph/graph.js';
import type { Question } from '../../src/steps/question.js';
import type { StatementResult } from '../../src/steps/fact.js';
import { result, Script } from '../log/support.js';
import { TestStore } from './test-store.js';

/** One screen as a person meets it: a run's events, and the keys that lead there. */
export interface Scene { name: string; store(): TestStore; keys: string[] }

export const NOW = new Date('2026-03-01T14:07:30.000Z');

const inStep = (step: string, pass = 'forward') => ({ pass, step, attempt: 1 });
const start = (step: string, pass = 'forward'): NewEvent => ({ type: 'step.started', ...inStep(step, pass), attemptId: `attempt-${step}` });
const asks = (question: Question): NewEvent => ({ type: 'question.asked', question });
const answered = (kind: string): NewEvent => ({ type: 'question.answered', kind, by: 'dana' });

function script(given: ConstructorParameters<typeof Script>[0] = {}): Script {
  return new Script({
    guide: { id: 'order-notes', title: 'Add order notes', path: 'guides/order-notes.md', sha256: 'ab'.repeat(32) },
    rehearsal: { run: '2f1c', sha256Matches: true, at: '2026-02-27T10:00:00.000Z', durations: { column: 900, verify: 12, cache: 2000 } }, ...given,
  }).target();
}

const production = { environment: 'production', protected: true } as const;
const ready = (one: Script): Script => one.ran('pre-flight/1', { durationMs: 95_000, applied: false }).ran('pre-flight/sizes/1', { durationMs: 20_000, applied: false })
  .add({ type: 'parameter.set', name: 'tenant', value: 'acme', secret: false, origin: 'asked', by: 'dana' }).add({ type: 'choice.made', group: 'deployment/1', option: 'A', by: 'dana' });

const applied: StatementResult[] = [
  result({ sql: 'ALTER TABLE orders ADD COLUMN note text', command: 'ALTER TABLE', durationMs: 840, locks: [{ relation: 'public.orders', mode: 'AccessExclusive' }] }),
  result({ index: 1, sql: "UPDATE orders SET note = 'none' WHERE tenant = 'acme'", command: 'UPDATE', affected: 50, durationMs: 61, notices: [{ severity: 'NOTICE', message: 'trigger skipped' }] }),
];
const column = (one: Script): Script => ready(one).ran('column', { results: applied, durationMs: 910 });

const rows = (count: number, note: (index: number) => string | null): StatementResult => result({
  sql: 'SELECT id, tenant, note FROM orders ORDER BY id', columns: ['id', 'tenant', 'note'], types: ['int8', 'text', 'text'],
  rows: Array.from({ length: count }, (_, index) => [String(index + 1), 'acme', note(index)]), rowCount: count,
});

const failureMenu: Extract<Question, { kind: 'failure' }> = {
  kind: 'failure', step: 'verify', text: 'rows = 50: got rows = 40', remedies: ['Look for orders deleted meanwhile.'],
  choices: [
    { choice: 'retry', does: 'Run the step again, whole.', refused: null },
    { choice: 'recheck', does: 'After you mended the cause elsewhere: run its queries and judge them again.', refused: null },
    { choice: 'tolerate', does: 'Accept the result as it is; your reason goes into the log.', refused: null },
    { choice: 'skip', does: 'Leave the step out; your reason goes into the log.', refused: 'the guide says that this step must not be skipped' },
    { choice: 'rollback', does: 'Undo what was applied (1 rollback step), newest first.', refused: null },
    { choice: 'pause', does: 'Leave the run as it is; go on later with deploy-wizard resume.', refused: null },
    { choice: 'abort', does: 'End the run as failed; nothing is undone.', refused: null },
  ],
};
const failed = (one: Script): Script => column(one).add(start('verify')).add({ type: 'statement.finished', ...inStep('verify'), result: rows(40, (index) => (index % 3 === 0 ? null : 'none')) })
  .add({ type: 'expectation.judged', ...inStep('verify'), index: 0, verdict: 'failed', expected: 'rows = 50', actual: 'rows = 40', note: null, by: null })
  .add({ type: 'step.finished', ...inStep('verify'), verdict: 'failed', applied: false, durationMs: 30, reason: 'rows = 50: got rows = 40', problem: { code: 'expectation-failed', what: 'rows = 50: got rows = 40', where: 'step verify, line 62', remedy: 'Look for orders deleted meanwhile.' } });

const target = (protectedOne: boolean): Question => ({
  kind: 'target', environment: protectedOne ? 'production' : 'staging', protected: protectedOne, database: 'shop',
  summary: ['server db.example.com:5432', 'database shop', 'role deployer', 'PostgreSQL 17.4', 'primary', 'TLS TLSv1.3'],
});
const rollback: Extract<Question, { kind: 'rollback' }> = { kind: 'rollback', plan: [{ step: 'undo', reverts: ['column'] }], uncovered: ['cache'], triggers: ['Roll back if more than 5 orders lose their note.'], text: 'verify failed' };
const undoing = (one: Script): Script => failed(one).add({ type: 'stage.entered', stage: 'rollback', pass: 'rollback', text: 'Rollback' })
  .add({ type: 'rollback.started', reason: 'verify failed', by: 'dana', plan: ['undo'], uncovered: ['cache'] });

/** Every screen of the walk. */
export function scenesOf(graph: Graph): Scene[] {
  const scene = (name: string, one: Script, keys: string[] = [], change: (store: TestStore) => void = () => undefined, readOnly = false): Scene => ({
    name, keys, store: () => { const store = new TestStore(graph, one.events, readOnly); change(store); return store; },
  });
  const checking = script().add(start('pre-flight/1')).add({ type: 'item.ticked', ...inStep('pre-flight/1'), item: 0, ticked: true, note: 'pg_dump, 3 GB', by: 'dana' }).add(asks({ kind: 'checklist', step: 'pre-flight/1' }));
  return [
    scene('target', script().add(asks(target(false)))),
    scene('target-protected', script(production).add(asks(target(true)))),
    scene('target-mismatch', script(production).add(asks(target(true))), ['s', 'h', 'o', 'P', 'return']),
    scene('checklist', checking),
    scene('input', script().add(start('pre-flight/sizes/1')).add(asks({ kind: 'input', step: 'pre-flight/sizes/1', field: 1, label: 'Longest query', unit: 'ms', suggestion: '840' }))),
    scene('parameter', script().add(asks({ kind: 'parameter', name: 'tenant', type: 'text', text: 'Which tenant?', suggestion: 'acme', secret: false, problem: null }))),
    scene('choice', ready(script()).add(asks({ kind: 'choice', group: 'deployment/1', text: 'Which of these applies?', options: [{ option: 'A', title: 'Option A: in place' }, { option: 'B', title: 'Option B: a table of its own' }] })), ['j']),
    scene('step', ready(script({ window: { start: '2026-03-01T14:00:00.000Z', end: '2026-03-01T15:00:00.000Z' } })).add(start('column')).add(asks({ kind: 'go', step: 'column', what: 'sql', text: 'Option A' })), [], (store) => {
      store.window = { start: '2026-03-01T14:00:00.000Z', end: '2026-03-01T15:00:00.000Z', abortBy: '2026-03-01T14:55:00.000Z', expectedEnd: '2026-03-01T14:12:00.000Z' };
    }),
    scene('overview', failed(script()).add(asks(failureMenu)), ['tab']),
    scene('running', ready(script()).add(start('column')).add(answered('go')).add({ type: 'statement.finished', ...inStep('column'), result: applied[0] ?? result() })),
    scene('waiting', ready(script()).add(start('column')).add(answered('go')).add({ type: 'waiting.seen', ...inStep('column'), blockers: [
      { pid: 411, user: 'app', application: 'shop', state: 'idle in transaction', since: '2026-03-01T14:05:10Z', query: 'SELECT * FROM orders FOR UPDATE', holds: ['RowExclusiveLock on orders'] },
    ] })),
    scene('shell', column(script()).add(start('cache')).add(asks({ kind: 'go', step: 'cache', what: 'shell', text: './clear-cache --all' }))),
    scene('shell-output', column(script()).add(start('cache')).add(answered('go')), [], (store) => { store.output = { step: 'cache', text: Array.from({ length: 60 }, (_, index) => `cleared shelf ${index + 1}\n`).join('') }; }),
    scene('results', column(script()).add(start('verify')).add({ type: 'statement.finished', ...inStep('verify'), result: rows(50, (index) => (index % 3 === 0 ? null : index === 1 ? '支払い 👩‍👩‍👧 cafe\u0301\tend' : index === 4 ? '\u001b[31mred\u001b[0m' : 'n'.repeat(index * 3))) })
      .add({ type: 'expectation.judged', ...inStep('verify'), index: 0, verdict: 'passed', expected: 'rows = 50', actual: 'rows = 50', note: null, by: null })
      .add({ type: 'expectation.judged', ...inStep('verify'), index: 1, verdict: 'asked', expected: 'operator', actual: '50 rows', note: null, by: null })
      .add(asks({ kind: 'verdict', step: 'verify', expectation: 1, text: 'The list in the shop shows notes', actual: '50 rows' }))),
    scene('failure', failed(script()).add(asks(failureMenu))),
    scene('rollback-plan', failed(script()).add(asks(rollback))),
    scene('rollback-asked', failed(script({ mode: 'rehearsal', rehearsal: null })).add(asks({ ...rollback, back: true, typed: false }))),
    scene('rollback-walk', undoing(script()).add(start('undo', 'rollback')).add(asks({ kind: 'go', step: 'undo', what: 'sql', text: 'undo' }))),
    scene('monitor', monitored(column(script()))),
    scene('approval', column(script()).ran('verify').add(start('sign-off/1')).add(asks({ kind: 'approval', step: 'sign-off/1', text: 'Sign-off' }))),
    scene('log-field-boxes', column(script()).ran('verify').add(asks({ kind: 'log-field', label: 'Environment', unit: null, line: 91, boxes: ['Staging', 'Production'] }))),
    scene('log-field', column(script()).ran('verify').add(asks({ kind: 'log-field', label: 'Remarks', unit: null, line: 90 }))),
    scene('summary', undoing(script()).ran('undo', { pass: 'rollback', durationMs: 40 }).add({ type: 'rollback.finished', complete: true, undone: ['column'], notUndone: [] })
      .add({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof: { clean: true, residue: [], rowsChanged: [], notCompared: [] } }).finished('rolled back', 5)),
    scene('help', failed(script()).add(asks(failureMenu)), ['?']),
    scene('leaving', checking, ['q']),
    scene('watching', checking, [], () => undefined, true),
  ];
}

function monitored(one: Script): Script {
  one.ran('verify').add(start('watch')).add(answered('go'));
  for (const [index, waiting] of [12, 14, 20, 31, 28, 22, 18, 15].entries()) {
    one.add({ type: 'statement.finished', ...inStep('watch'), result: result({ sql: 'SELECT count(*) AS waiting, 12.5 AS p95_ms FROM pg_stat_activity', columns: ['waiting', 'p95_ms'], types: ['int8', 'numeric'], rows: [[String(waiting), (12.5 + index).toFixed(1)]], rowCount: 1 }) }, index === 0 ? 1000 : 30_000)
      .add({ type: 'expectation.judged', ...inStep('watch'), index: 0, verdict: 'passed', expected: 'column waiting <= 40', actual: `waiting = ${waiting}`, note: null, by: null }, 0);
  }
  return one;
}
