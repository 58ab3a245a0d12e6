import { fencesIn, type Block, type Fence, type Table } from './block.js';
import { isCells, readCells, type CellTable } from './cell-table.js';
import { bindWording, type Wording } from './expectation.js';
import { isLabel } from './reading.js';
import { plainText } from './plain.js';
import { isForward } from './roles.js';
import { walkSections } from './section.js';
import type { StatementRead } from './statement.js';
import { closeGroup, isLeftOut, roleNow, type Walk } from './walk.js';
import { placeOf } from './walk-manual.js';
import { answersAbove } from './walk-wording.js';

/** The statements of a table that are steps where it stands; null where it is read as any other table. */
export function cellsOnWay(walk: Walk, table: Table): CellTable | null {
  const cells = readCells(table);
  const role = walk.pending?.role ?? roleNow(walk);
  if (cells === null || !isForward(role) || walk.pending?.file !== undefined || isLeftOut(walk) || isQuoted(walk, table)) return null;
  // Below "Expected:" and a query, or right below a query, it is what that query returns.
  if (!cells.expects && walk.code !== null && (walk.open !== null || answersAbove(walk))) return null;
  // What is looked at, without a word on what it must show, is told of the work rather than done in it; what is watched has its own step.
  if (!cells.writes) return !cells.expects && (role === 'deploy' ? !cells.runs : role === 'monitor') ? null : cells;
  if (cells.runs) return isToldOnly(walk, cells) ? null : cells;
  walk.guide.remarks.warning('left-out', 'this table holds a statement that writes, and no header says that it is run; nothing of it runs on the way', { line: table.line }, 'call the column "Command", or write the statements in a ```sql fence');
  return null;
}

/** Whether a table of statements comes next, also behind a comment with its attributes. */
export function holdsCells(next: Block | undefined, second: Block | undefined): boolean {
  return isCells(next?.kind === 'html' && /^\s*<!--\s*step:/.test(next.text) ? second : next);
}

/** Whether a table stands behind marks that its lines would need as well. */
const isQuoted = (walk: Walk, { line }: Table): boolean => /^\s*(?:>|[-*+]\s|\d+[.)]\s)/.test(walk.guide.source.lines[line - 1] ?? '');

/** A command that applies a file, or a line of psql that reads one. */
const APPLIES = /\bpsql\b[^\n]*(?:\s-f\b|\s--file\b|<)|\b(?:db push|migration up|migrate deploy|migrate up)\b|^\s*\\ir? /m;

/** Whether a table only tells of statements that write: some fence holds one of them, or applies a file that does. */
function isToldOnly(walk: Walk, { fence }: CellTable): boolean {
  const flat = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase();
  const bodies = [...walkSections(walk.guide.root)].flatMap(({ blocks }) => fencesIn(blocks)).map((one) => one.fence.body);
  const flats = bodies.map(flat);
  return bodies.some((body) => APPLIES.test(body)) || fence.body.split('\n').some((line) => line !== '' && flats.some((body) => body.includes(flat(line).replace(/;$/, ''))));
}

/** Reads a table's statements as if they stood in a fence, each with what its own row says of it. */
export function readCellTable(walk: Walk, { fence, said, expects }: CellTable, readBlock: (walk: Walk, fence: Fence) => void): void {
  if (expects) dropLabel(walk);
  closeGroup(walk);
  const before = walk.code;
  readBlock(walk, fence);
  const draft = walk.code;
  if (draft === null || draft === before || draft.kind === 'operator') return;
  if (draft.fence) draft.fence.table = true;
  draft.around = draft.around.flatMap((one) => (one.text === walk.spread?.wording.text ? ofEach(one, draft.statements) : [one]));
  for (const wording of said) {
    const at = draft.statements.findIndex(({ line }) => line === wording.line);
    if (at !== -1) draft.inside.push(...bindWording(wording, draft.statements, at, 'own'));
  }
}

/** "All of these should return no rows:" over a table: of each of its queries. */
function ofEach(wording: Wording, statements: readonly StatementRead[]): Wording[] {
  return statements.flatMap(({ shape }, at) => (shape.returnsRows ? [{ ...wording, at }] : []));
}

/** "Expected results:" over the table: its rows say it, and the label alone asks nothing. */
function dropLabel(walk: Walk): void {
  const label = walk.open ?? walk.ahead.at(-1);
  if (!label || label.extra !== null || !isLabel(plainText(label.text))) return;
  const place = placeOf(walk, label);
  if (place.at(-1) === label) place.pop();
}
