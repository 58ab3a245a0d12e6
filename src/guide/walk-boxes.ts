import { readWording } from './reading.js';
import type { StatementRead } from './statement.js';
import type { Walk } from './walk.js';
import { placeOf } from './walk-manual.js';
import { addWording } from './walk-wording.js';
import { namesIn } from './wording/names.js';
import { nameIn } from './wording/remarks.js';

/** The only query of the code above. */
function queryAbove({ code }: Walk): StatementRead | null {
  const [only, ...more] = code?.kind === 'sql' ? code.statements.filter(({ shape }) => shape.returnsRows) : [];
  return only !== undefined && more.length === 0 ? only : null;
}

/** Whether boxes are rows or names of what the query above returns: as such, or because the label over them is read with them. */
function areItsNames(walk: Walk, label: string, lines: readonly string[]): boolean {
  if (!walk.code) return false;
  const named = lines.every((line) => /^[`"']?[\w.$-]+(?:\([^()]*\))?[`"']?$/.test(nameIn(line)));
  if (named && namesIn(lines) !== null) return true;
  const only = queryAbove(walk);
  const { assertions } = only === null ? { assertions: [] } : readWording(label, { shape: only.shape, extra: { kind: 'list', lines: [...lines] } });
  return assertions.length > 0 && assertions.every(({ type }) => type !== 'operator') && (named || assertions.some(({ type }) => type === 'includes'));
}

/** "`hulls` ✅", "`piers` ✅", boxes right below a query that looks for these by their names: they are there. */
function takeSought(walk: Walk, lines: readonly string[], line: number): void {
  const only = queryAbove(walk);
  const names = lines.map((one) => /^`([\w.]+)`\s*[✅✓✔☑]?\ufe0f?$/u.exec(one.trim())?.[1]?.toLowerCase());
  const sought = only?.shape.sought?.map((one) => one.toLowerCase()) ?? [];
  if (walk.open === null && sought.length > 1 && names.every((name) => name !== undefined && sought.includes(name))) addWording(walk, { line, text: 'Expected:', shown: lines.join(', '), extra: { kind: 'list', lines: names.map((name) => `\`${name ?? ''}\``) }, remedy: null });
}

/** "Expected:" before boxes: those that are names are what is expected; else the boxes say it, and the label alone asks nothing. `line`: where they begin, if they stand right below code. */
export function takeLabel(walk: Walk, lines: string[], line: number | null): void {
  const open = walk.open;
  if (line !== null) takeSought(walk, lines, line);
  if (!open || open.extra !== null || !/[:：]\W*$/.test(open.text)) return;
  if (areItsNames(walk, open.text, lines)) {
    open.extra = { kind: 'list', lines };
    return;
  }
  if (/\d/.test(open.text)) return;
  const place = placeOf(walk, open);
  if (place.at(-1) === open) place.pop();
}
