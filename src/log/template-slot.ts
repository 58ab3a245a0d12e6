/** A place in a template that can be filled. Line indexes are 0-based in the template, columns count UTF-16 units. */
export type Slot =
  /** `Label: _____ unit`, `Label: [YYYY-MM-DD]`, `Label:` with nothing behind it. `blank` is the text replaced. */
  | { kind: 'blank'; line: number; label: string; start: number; end: number; blank: string; unit: string | null }
  /** Whole lines of underscores, or an empty fence: replaced by any number of lines. */
  | { kind: 'block'; line: number; label: string; lines: number; indent: string }
  /** Alternatives to tick, on one line or one per line; `at` is the column of the character inside the brackets. */
  | { kind: 'boxes'; line: number; label: string; boxes: { line: number; at: number; label: string }[] }
  /** A single task-list item. */
  | { kind: 'item'; line: number; label: string; at: number }
  /** An empty table cell. */
  | { kind: 'cell'; line: number; label: string; column: string; start: number; end: number };

/** A slot with the label or heading it stands under; `doubtful` when it may belong to the section before. */
export type PlacedSlot = Slot & { section: string | null; doubtful: boolean };

const underscores = String.raw`_{2,}(?:[/:.]_{2,})+|(?:\\?[_*])*\\_(?:\\?[_*])*|_{3,}|\.{5,}`;
const bracket = String.raw`\[(?![ xX]?\])[^\][\n]*[^\][\n\s][^\][\n]*\](?![(\[:])`;
const blankPattern = new RegExp(`(?:${underscores})|(?:${bracket})`, 'g');
const boxPattern = /\[([ xX]?)\]\s*([^[\]|]*?)(?=\s{2,}|\s*\[[ xX]?\]|\s*[|,;/]\s*\[|\s*$)/g;

/** List marker, quote marks and indentation before the text of a line. */
export function prefixOf(line: string): string {
  return /^\s*(?:>\s*)*(?:(?:[-*+]|\d{1,3}[.)])\s+)?/.exec(line)?.[0] ?? '';
}

/** A label without emphasis, code marks, bullets and its colon. */
export function cleanLabel(text: string): string {
  return text.replace(/[*`]+/g, '').replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '').replace(/^[\s>|,;–—-]+/, '').replace(/[\s:：=–—-]+$/, '').trim();
}

/** Whether a line is nothing but a blank to write on. */
export function isRule(line: string): boolean {
  return /^\s*(?:>\s*)*(?:[-*+]\s+)?(?:_{3,}|\.{5,})\s*$/.test(line);
}

/** Blanks of one line, each with its own label and unit. */
export function blanksOf(text: string, line: number): Slot[] {
  const slots: Slot[] = [];
  let from = prefixOf(text).length;
  for (const match of text.matchAll(blankPattern)) {
    if (match.index < from || match[0].replace(/[^_.[]/g, '').length === 0) continue;
    const before = text.slice(from, match.index);
    const label = cleanLabel(before.split(/\s{2,}|[|;,]/).filter((part) => cleanLabel(part) !== '').at(-1) ?? '');
    const end = match.index + match[0].length;
    slots.push({ kind: 'blank', line, label, start: match.index, end, blank: match[0], unit: unitAfter(text.slice(end)) });
    from = end;
  }
  return slots;
}

/** The word behind a blank, unless it begins the next label. */
function unitAfter(rest: string): string | null {
  const chunk = rest.split(/\s{2,}|[|;,]/)[0] ?? '';
  if (/[:：]\s*$/.test(chunk) || chunk.includes(': ')) return null;
  const word = /^\s?\(?\s*(%|[\p{L}/µ]+)\)?/u.exec(chunk)?.[1];
  return word ?? null;
}

/** Boxes of one line with the text before them, or null when it has none behind a label or only one at its start. */
export function boxesOf(text: string, line: number): Slot | null {
  const boxes = [...text.matchAll(boxPattern)].map((match) => ({ line, at: match.index + 1, label: cleanLabel(match[2] ?? '') }));
  const first = boxes[0];
  if (first === undefined) return null;
  const label = cleanLabel(text.slice(0, first.at - 1));
  const prefix = prefixOf(text);
  if (boxes.length === 1 && prefix.length === first.at - 1) {
    return /[-*+]\s+$/.test(prefix) && !/_{3,}/.test(text) ? { kind: 'item', line, label: cleanLabel(text.slice(first.at + 2)), at: first.at } : null;
  }
  if (boxes.some((box) => box.label === '')) return null;
  return { kind: 'boxes', line, label, boxes };
}
