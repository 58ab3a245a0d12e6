import { readWording } from './reading.js';
import type { Walk } from './walk.js';
import { placeOf } from './walk-manual.js';
import { namesIn } from './wording/names.js';
import { nameIn } from './wording/remarks.js';

/** Whether boxes are names of what the query above returns: as such, or because the label over them is read with them. */
function areItsNames(walk: Walk, label: string, lines: readonly string[]): boolean {
  if (!walk.code || !lines.every((line) => /^[`"']?[\w.$-]+(?:\([^()]*\))?[`"']?$/.test(nameIn(line)))) return false;
  if (namesIn(lines) !== null) return true;
  const [only, ...more] = walk.code.statements.filter(({ shape }) => shape.returnsRows);
  return only !== undefined && more.length === 0 && readWording(label, { shape: only.shape, extra: { kind: 'list', lines: [...lines] } }).assertions.every((one) => one.type !== 'operator');
}

/** "Expected:" before boxes: those that are names are what is expected; else the boxes say it, and the label alone asks nothing. */
export function takeLabel(walk: Walk, lines: string[]): void {
  const open = walk.open;
  if (!open || open.extra !== null || !/[:：]\W*$/.test(open.text)) return;
  if (areItsNames(walk, open.text, lines)) {
    open.extra = { kind: 'list', lines };
    return;
  }
  if (/\d/.test(open.text)) return;
  const place = placeOf(walk, open);
  if (place.at(-1) === open) place.pop();
}
