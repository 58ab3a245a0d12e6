import type { List, ListItem } from './block.js';
import { followUpOf } from './follow-up.js';
import { allLines, firstLine } from './list-lines.js';
import { makeDraft, titleNow, type Walk } from './walk.js';
import { groundOf, type Ground } from './walk-label.js';

/** Lists of what monitoring watches. */

const THRESHOLD = /[<>≤≥]\s*[\d=]|\bshould\b|\bno\b .*\berrors?\b|\bwithin\b|\bbelow\b|\babove\b/i;

export function isThresholds(list: List): boolean {
  const lines = list.items.flatMap((item) => allLines(item));
  return lines.filter((line) => THRESHOLD.test(line.text)).length * 2 >= lines.length && lines.length > 0;
}

/** Thresholds in a monitoring section: one monitor step per item that has lines of its own, else one for the list. */
export function readThresholds(walk: Walk, list: List, readItem: (item: ListItem, ground: Ground) => void): void {
  const nested = list.items.some((item) => item.children.some((child) => child.kind === 'list'));
  const groups = nested ? list.items.map((item) => [item]) : [list.items];
  for (const items of groups) {
    const [first] = items;
    if (!first) continue;
    if (nested && !items.flatMap(allLines).some((line) => THRESHOLD.test(line.text))) {
      readItem(first, groundOf(walk, list.ordered));
      continue;
    }
    const title = nested ? firstLine(first).replace(/[:：]\s*$/, '') : titleNow(walk);
    const draft = makeDraft(walk, 'monitor', { line: first.line, endLine: items.at(-1)?.endLine ?? first.endLine }, title);
    const lines = items.flatMap((item) => allLines(item)).slice(nested && items.length === 1 ? 1 : 0);
    draft.around = (lines.length > 0 ? lines : allLines(first)).map((line) => ({ ...line, extra: null, remedy: null }));
    draft.followUp = followUpOf(title) ?? draft.followUp;
    walk.guide.drafts.push(draft);
  }
}
