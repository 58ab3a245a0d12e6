import type { Graph } from '../../src/graph/graph.js';
import { graph, result, Script, statement, step } from './support.js';

const expectation = (text: string, value: number, statementIndex = 0) => ({ line: 20, text, statement: statementIndex, source: 'explicit' as const, assertion: { type: 'rows' as const, op: '=' as const, value }, alternative: null, remedy: null });

/** A guide with a step of most kinds and a rollback. */
export const fullGraph: Graph = {
  ...graph([
    step('ready', { kind: 'checklist', role: 'prepare', phase: 'prepare', title: 'Before you start', items: [{ line: 5, text: 'Backup taken', depth: 0, waitsFor: [] }, { line: 6, text: 'Team told', depth: 1, waitsFor: [] }] }),
    step('before', { title: 'Count orders before', role: 'prepare', phase: 'prepare', statements: [statement('SELECT count(*) FROM orders', 'SELECT')], capture: ['orders_before'] }),
    step('column', { title: 'Migration 001: add the note column', statements: [statement('ALTER TABLE orders ADD COLUMN note text', 'ALTER TABLE'), statement('UPDATE orders SET note = 1', 'UPDATE')], expectations: [expectation('affected = 50', 50, 1)] }),
    step('index', { title: 'Migration 002: index the note', statements: [statement('CREATE INDEX CONCURRENTLY orders_note ON orders (note)', 'CREATE INDEX')] }),
    step('verify', { title: 'Verify <b>orders</b> | `note`', role: 'verify', phase: 'verify', statements: [statement('SELECT * FROM orders', 'SELECT')], expectations: [expectation('Expected: 50 rows', 50)] }),
    step('watch', { kind: 'monitor', role: 'monitor', phase: 'verify', title: 'First day', followUp: { fromMs: 0, toMs: 86_400_000, label: 'First 24 hours' }, items: [{ line: 30, text: 'Look at the error rate', depth: 0, waitsFor: [] }] }),
    step('undo', { title: 'Drop the note column', role: 'rollback', phase: 'deploy', reverts: ['column'], statements: [statement('ALTER TABLE orders DROP COLUMN note', 'ALTER TABLE')] }),
  ]),
  phases: [{ id: 'prepare', title: 'Prepare', role: 'prepare', line: 3 }, { id: 'deploy', title: 'Deploy', role: 'deploy', line: 8 }, { id: 'verify', title: 'Verify', role: 'verify', line: 18 }],
  notification: { line: 40, template: 'Subject: Database Rollback - [Phase X]\n\nWe rolled back [Phase X] because of [issue description].\nReason: [explain why]\nStatus: [current state]\nTimeline: [estimated]' },
};

/** A run that fails its verification, is rolled back and leaves an index behind. */
export function fullRun(): Script {
  const inStep = (id: string, pass = 'forward') => ({ pass, step: id, attempt: 1 });
  const script = new Script({
    rehearsal: { run: '2f1c', sha256Matches: false, at: '2026-02-27T10:00:00.000Z', durations: { column: 900, index: 4000, verify: 12 } },
    window: { start: '2026-03-01T14:00:00.000Z', end: '2026-03-01T15:00:00.000Z' },
  }).target();
  script.add({ type: 'parameter.set', name: 'tenant', value: 'acme', secret: false, origin: 'flag', by: 'dana' }).add({ type: 'parameter.set', name: 'key', value: null, secret: true, origin: 'asked', by: 'dana' });
  script.add({ type: 'step.started', ...inStep('ready'), attemptId: 'a0' }).add({ type: 'item.ticked', ...inStep('ready'), item: 0, ticked: true, note: 'pg_dump, 3 GB', by: 'dana' });
  script.add({ type: 'step.finished', ...inStep('ready'), verdict: 'passed', applied: false, durationMs: 30_000, reason: null, problem: null });
  script.ran('before', { durationMs: 4, results: [result({ sql: 'SELECT count(*) FROM orders', columns: ['count'], types: ['int8'], rows: [['50']], rowCount: 1 })] });
  script.add({ type: 'capture.set', ...inStep('before'), name: 'orders_before', value: '50' }).add({ type: 'capture.set', ...inStep('before'), name: 'orders_after', value: '40' });
  script.add({ type: 'step.started', ...inStep('column'), attemptId: 'a1' });
  script.add({ type: 'waiting.seen', ...inStep('column'), blockers: [{ pid: 411, user: 'app', application: 'shop', state: 'idle in transaction', since: '2026-03-01T14:05:10Z', query: 'SELECT 1 -- `x`', holds: ['RowExclusiveLock on orders'] }] });
  script.add({ type: 'statement.finished', ...inStep('column'), result: result({ sql: 'ALTER TABLE orders ADD COLUMN note text', command: 'ALTER TABLE', durationMs: 1200, locks: [{ relation: 'public.orders', mode: 'AccessExclusive' }], rewrites: ['public.orders'] }) });
  script.add({ type: 'statement.finished', ...inStep('column'), result: result({ index: 1, sql: 'UPDATE orders SET note = 1', command: 'UPDATE', affected: 50, durationMs: 80, notices: [{ severity: 'NOTICE', message: 'fifty | rows' }] }) });
  script.add({ type: 'expectation.judged', ...inStep('column'), index: 0, verdict: 'passed', expected: 'affected = 50', actual: 'affected = 50', note: null, by: null });
  script.add({ type: 'step.finished', ...inStep('column'), verdict: 'passed', applied: true, durationMs: 1300, reason: null, problem: null });
  script.ran('index', { verdict: 'skipped', applied: false, durationMs: 0, reason: 'quiet hour only' });
  script.add({ type: 'deviation', ...inStep('index'), what: 'skipped', reason: 'quiet hour only', by: 'dana' });
  script.add({ type: 'step.started', ...inStep('verify'), attemptId: 'a2' });
  script.add({ type: 'statement.finished', ...inStep('verify'), result: result({ sql: 'SELECT * FROM orders', columns: ['id', 'note'], types: ['int8', 'text'], rows: Array.from({ length: 40 }, (_, index) => [String(index + 1), index % 3 === 0 ? null : `<img src=x onerror=alert(1)> | \`\`\`` ]), rowCount: 40 }) });
  script.add({ type: 'expectation.judged', ...inStep('verify'), index: 0, verdict: 'failed', expected: 'rows = 50', actual: 'rows = 40', note: null, by: null });
  script.add({ type: 'step.finished', ...inStep('verify'), verdict: 'failed', applied: false, durationMs: 30, reason: 'Expected: 50 rows: got rows = 40', problem: { code: 'expectation-failed', what: 'Expected: 50 rows: got rows = 40', where: 'guides/orders.md:20', remedy: 'Look for deleted orders.' } });
  script.add({ type: 'rollback.started', reason: 'verification failed', by: 'dana', plan: ['undo'], uncovered: ['index'] });
  script.ran('undo', { pass: 'rollback', durationMs: 40, results: [result({ sql: 'ALTER TABLE orders DROP COLUMN note', command: 'ALTER TABLE' })] });
  script.add({ type: 'rollback.finished', complete: true, undone: ['column'], notUndone: [] });
  script.add({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof: { clean: false, residue: [{ object: 'index public.orders_note', difference: 'left', was: null, is: 'CREATE INDEX orders_note', step: 'index' }], rowsChanged: [{ table: 'public.orders', rowsBefore: 50, rowsAfter: 40, columns: ['note'] }], notCompared: ['public.audit: larger than 1 GB'] } });
  script.add({ type: 'note.added', step: null, text: 'told the team # at once', by: 'dana' });
  script.add({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: 'connection lost for 2 s' });
  return script.finished('rolled back', 5);
}
