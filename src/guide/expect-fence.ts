import type { Fence } from './block.js';
import type { ExpectationRead } from './expectation.js';
import { parseExpect } from './reading.js';
import type { Walk } from './walk.js';

/**
 * Reads an `expect` fence: exact expectations of the step right before it, one per
 * line; a table may follow `result is` or `result includes`. A bad line is an error.
 */
export function readExpectFence(walk: Walk, fence: Fence): void {
  const { remarks } = walk.guide;
  walk.open = null;
  const step = walk.code;
  if (!step) {
    remarks.error('expect-without-step', 'this `expect` fence follows no step', { line: fence.line, length: 9 }, 'put it right after the fence it is about');
    return;
  }
  step.explicit ??= [];
  const lines = fence.body.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const text = (lines[index] ?? '').trim();
    if (text === '' || text.startsWith('#')) continue;
    const line = fence.bodyLine + index;
    const table = /\bresult (?:is(?: in any order)?|includes?)\s*$/.test(text) ? readTable(lines, index + 1) : null;
    const parsed = parseExpect(text, table?.table);
    if (table) index = table.last;
    if ('problem' in parsed) {
      const shift = (lines[index] ?? '').length - (lines[index] ?? '').trimStart().length + fence.indent;
      remarks.error('bad-expect', parsed.problem, { line, column: parsed.column + shift, length: Math.max(1, text.length - parsed.column + 1) }, 'see the list of expectations in docs/guide-language.md');
      continue;
    }
    step.explicit.push(read(step.statements, parsed.statement, parsed.assertion, line, text, walk));
  }
}

/** Rows that may come as they like, although the query sorts them. */
const ANY_ORDER = /\bresult is in any order\s*$/;

function read(statements: Walk['guide']['drafts'][number]['statements'], given: number | null, assertion: ExpectationRead['assertion'], line: number, text: string, walk: Walk): ExpectationRead {
  const returning = statements.flatMap((one, index) => (one.shape.returnsRows ? [index] : []));
  // Without a number: the last statement that can answer.
  const wantsRows = ['rows', 'value', 'shape', 'column', 'contains', 'excludes', 'table', 'includes', 'plan'].includes(assertion.type);
  let statement = given ?? (statements.length === 0 ? null : wantsRows ? (returning.at(-1) ?? statements.length - 1) : statements.length === 1 ? 0 : statements.length - 1);
  if (assertion.type === 'operator' || assertion.type === 'output' || assertion.type === 'exit') statement = given;
  // A file that could not be read has its own error.
  const unread = statements.length === 0 && walk.code?.attributes.file !== undefined;
  if (given !== null && given >= statements.length && unread) statement = null;
  else if (given !== null && given >= statements.length) {
    walk.guide.remarks.error('bad-expect', `the step has ${statements.length} statement${statements.length === 1 ? '' : 's'}, not ${given + 1}`, { line }, 'statements count from 1');
    statement = null;
  }
  return {
    line, text, statement, source: 'explicit', alternative: null, remedy: null,
    assertion: assertion.type === 'table' && statement !== null ? { ...assertion, ordered: statements[statement]?.shape.ordered === true && !ANY_ORDER.test(text) } : assertion,
  };
}

/** A GFM table in the fence, from a line on. */
function readTable(lines: string[], from: number): { table: { columns: string[]; rows: string[][] }; last: number } | null {
  const cells = (line: string) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
  let first = from;
  while (first < lines.length && (lines[first] ?? '').trim() === '') first += 1;
  if (!(lines[first] ?? '').trim().startsWith('|')) return null;
  const rows: string[][] = [];
  let last = first;
  for (let index = first; index < lines.length && (lines[index] ?? '').trim().startsWith('|'); index += 1) {
    last = index;
    // The first line is the header even when it is blank ("by position"); the second is the rule under it.
    if (index === first || !/^[\s|:-]*-[\s|:-]*$/.test(lines[index] ?? '')) rows.push(cells(lines[index] ?? ''));
  }
  const [columns = [], ...body] = rows;
  return { table: { columns, rows: body }, last };
}
