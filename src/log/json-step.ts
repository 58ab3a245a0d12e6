import type { Step } from '../graph/graph.js';
import { isLater } from '../engine/plan.js';
import type { StepState } from '../engine/state.js';
import type { StatementResult } from '../steps/fact.js';
import type { LogStep } from './schema.js';

type Items = LogStep['items'];
type Expectations = LogStep['expectations'];

/** One step of the log's JSON: what the guide says joined with what happened. `rehearsedMs` is null where it was not rehearsed. */
export function logStep(step: Step, name: string, known: StepState, rehearsedMs: number | null, end: 'open' | 'passed' | 'ended' = 'open'): LogStep {
  const { fields, units } = filledFields(known);
  return {
    id: step.id, title: step.title, name, phase: step.phase, role: step.role, kind: step.kind, path: step.path, line: step.line,
    // Once the run is over, what is still pending was never reached; a follow-up has its day yet.
    verdict: known.verdict === 'pending' && (end === 'ended' || (end === 'passed' && !isLater(step))) ? 'not reached' : known.verdict, reason: known.reason, problem: known.problem, applied: known.applied,
    startedAt: known.startedAt, finishedAt: known.finishedAt, durationMs: known.durationMs, rehearsedMs,
    attempts: known.attempts, attemptId: known.attemptId, earlier: known.earlier,
    statements: known.statements.map((result) => statement(step, result)),
    locks: known.locks,
    expectations: expectations(step, known),
    items: items(step, known),
    fields, units,
    approvals: known.approvals.map(({ name, by, at }) => ({ name, by, at })),
    notes: known.notes.map((note) => note.text),
    noted: known.notes.map(({ text, by, at }) => ({ text, by, at })),
  };
}

function statement(step: Step, result: StatementResult): LogStep['statements'][number] {
  return {
    file: step.statements[result.index]?.file ?? null, line: step.statements[result.index]?.line ?? null, sql: result.sql, command: result.command, executed: result.executed !== false,
    rows: result.rowCount, affected: result.affected, durationMs: result.durationMs, error: result.error && { sqlstate: result.error.sqlstate, message: result.error.message, line: result.error.line }, tolerated: result.tolerated,
    result: result.columns.length === 0 ? null : { columns: result.columns, rows: result.rows, truncated: result.truncated },
    notices: result.notices, output: result.output, exitCode: result.exitCode, locks: result.locks, rewrites: result.rewrites,
  };
}

function expectations(step: Step, known: StepState): Expectations {
  return step.expectations.map((expectation, index) => {
    const judged = known.expectations[index];
    return {
      text: expectation.text, line: expectation.line, statement: expectation.statement, assertion: expectation.assertion, source: expectation.source,
      expected: judged?.expected ?? null, actual: judged?.actual ?? null, verdict: judged?.verdict ?? 'not evaluated', note: judged?.note ?? null, by: judged?.by ?? null,
    };
  });
}

function items(step: Step, known: StepState): Items {
  return step.items.map((item, index) => {
    const mark = known.items[index];
    return { text: item.text, line: item.line, depth: item.depth, ticked: mark?.ticked ?? false, by: mark?.by ?? null, at: mark?.at ?? null, note: mark?.note ?? null };
  });
}

/** Two fields of one label are both kept: the second is `label (2)`. */
function filledFields(known: StepState): { fields: Record<string, string>; units: Record<string, string> } {
  const fields: [string, string][] = [];
  const units: [string, string][] = [];
  const taken = new Set<string>();
  for (const field of Object.values(known.fields)) {
    let label = field.label;
    for (let again = 2; taken.has(label); again += 1) label = `${field.label} (${again})`;
    taken.add(label);
    fields.push([label, field.value]);
    if (field.unit !== null) units.push([label, field.unit]);
  }
  return { fields: Object.fromEntries(fields), units: Object.fromEntries(units) };
}
