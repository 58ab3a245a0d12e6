import { isExampleLabel, showsExample } from './branches.js';
import type { Fence } from './block.js';
import type { Draft } from './draft.js';
import { isSqlLanguage } from './info-string.js';
import { readStatements } from './statement.js';
import { isForward } from './roles.js';
import type { Walk } from './walk.js';

/** A case of something gone wrong: what it says is a remedy, no step that is missed. */
const FAILING = /\b(?:fail\w*|errors?|wrong|problems?|issues?|broken|breaks?|not work\w*|roll\w*|needed|necessary)\b/i;

/** "File: `migrations/007.sql:649`": what stands below is shown from there, by the number of its line. */
const QUOTED = /^\W*(?:files?|source|location|from|in|see|defined in)\b[^\n]{0,200}\.(?:sql|[jt]sx?|py|go|rb|java|cs|php|md)(?::\d+|,? (?:#L|lines? )\d+)[^\n]{0,20}$/i;

/** Whether the words above code say that it is only shown: from a file, or as an example. */
export const isShownOnly = (above: string): boolean => QUOTED.test(above) || showsExample(above);

/** Leaves code out; what is said after it is not about the code before it. */
export function skipFence(walk: Walk): void {
  walk.code = null;
  walk.exampled = null;
  walk.hadFence = true;
  walk.ahead = [];
  walk.pending = null;
  walk.pendingLine = null;
  walk.prose = [];
  walk.deeds = null;
}

/**
 * Leaves code out that does not run here. Behind an example of the step above it, what
 * is expected is still said of that step: it is the one that runs.
 */
export function skipExample(walk: Walk, fence: Fence): void {
  const { code } = walk;
  const shown = isExampleLabel(walk.label ?? '') || showsExample(walk.prose.at(-1) ?? '');
  skipFence(walk);
  if (code === null || code.section !== walk.section || !shown) return;
  walk.code = code;
  walk.exampled = doesTheSame(code, fence) ? 'same' : 'other';
}

/** Whether an example holds the commands of a step, on the same tables, and only its values are others. */
function doesTheSame(code: Draft, fence: Fence): boolean {
  const { statements } = isSqlLanguage(fence.lang) ? readStatements(fence.body, fence.bodyLine) : { statements: [] };
  const work = (read: Draft['statements']): string => read.map(({ command, shape }) => [command, ...shape.tables].join(' ')).join('\n');
  return code.kind === 'sql' && statements.length > 0 && work(statements) === work(code.statements);
}

/** "4. If the table is there, mark it:" – a step of its own, of which only the case is not known: the author is told. */
export function tellLeftOut(walk: Walk, line: number): void {
  if (walk.label === null || !isForward(walk.facts.role) || walk.facts.optional || !/^\W*(?:if|or)\b/i.test(walk.label) || FAILING.test(walk.label)) return;
  walk.guide.remarks.warning('left-out', `what stands under "${walk.label.replace(/[:：]\s*$/, '').slice(0, 60)}" does not run on the way`, { line }, 'if it is a step, say so: <!-- step: role=deploy --> before the fence');
}
