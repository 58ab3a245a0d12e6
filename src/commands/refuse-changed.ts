import type { ChangedStep } from '../engine/changed.js';
import type { RunState } from '../engine/state.js';
import { fillParameters } from '../graph/fill.js';
import type { Graph } from '../graph/graph.js';
import { lineDifference } from '../text/difference.js';
import { EXIT, never, ProblemError } from '../text/problem.js';
import { restorable } from './conduct.js';

const SHOWN = 60;
const text = (statements: readonly string[]): string => statements.map((sql) => `${sql};`).join('\n');

/** A changed step is refused (exit 3, with a difference) once it was applied, or may have been; later steps may change. */
export function refuseChanged(graph: Graph, state: RunState, changed: readonly ChangedStep[]): void {
  if (changed.length === 0) return;
  const values = restorable(state);
  const doubt = changed.some(({ why }) => why === 'in doubt');
  throw new ProblemError({
    code: 'applied-step-changed', where: state.guide.path,
    what: `The guide changed ${changed.length === 1 ? 'a step that was' : 'steps that were'} already applied${doubt ? ', or whose outcome is in doubt' : ''}:\n${changed.map((one) => difference(graph, one, values)).join('\n')}`,
    remedy: `Restore the step as it was${doubt ? ' (what it did then has to be known to decide whether it took), resume' : ' applied'}, and put the change into a new step.`,
  }, EXIT.refused);
}

function difference(graph: Graph, { why, state: { id, statements, applied } }: ChangedStep, values: Readonly<Record<string, string | null>>): string {
  const now = graph.steps.find((one) => one.id === id);
  if (!now) return `${id}: ${why}, and gone from the guide`;
  const [first] = now.statements;
  const where = first?.file ? `${first.file}:${first.line}` : `${graph.guide.path}:${now.line}`;
  // Of an attempt whose end nobody heard, what was answered is all that is known of its text.
  const known = applied || statements.length > 0;
  const lines = known ? lineDifference(ran(statements.map(({ sql }) => sql), now.kind), now.kind === 'shell' ? now.shell ?? '' : text(now.statements.map(({ sql }) => fillParameters(sql, values).sql))) : [];
  const shown = !known ? ['  (what it was is not known here: nothing of it was answered)'] : lines.length === 0 ? ['  (the same statements; otherwise in role, claims, transaction or the rows of a COPY)'] : lines.slice(0, SHOWN);
  return [`${id} (${where}): "-" ${saidOf(why)}, "+" stands there now`, ...shown, ...(lines.length > SHOWN ? [`  … and ${lines.length - SHOWN} lines more`] : [])].join('\n');
}

/** What ran, as the guide writes it. */
function ran(statements: readonly string[], kind: string): string {
  return kind === 'shell' ? statements.join('\n') : text(statements);
}

function saidOf(why: ChangedStep['why']): string {
  switch (why) {
    case 'applied': return 'was applied';
    case 'carried out': return 'was carried out';
    case 'in doubt': return 'may have been applied';
    default: return never(why);
  }
}
