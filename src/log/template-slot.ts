/** A place in a template that can be filled. Line indexes are 0-based in the template, columns count UTF-16 units. */
export type Slot =
  /** `Label: _____ unit`, `Label: [YYYY-MM-DD]`, `Label:` with nothing behind it. `blank` is the text replaced. */
  | { kind: 'blank'; line: number; label: string; start: number; end: number; blank: string; unit: string | null }
  /** Whole lines of underscores, or an empty fence: replaced by any number of lines. */
  | { kind: 'block'; line: number; label: string; lines: number; indent: string }
  /** Alternatives to tick, on one line or one per line; `mark` replaces the `length` characters at column `at`. */
  | { kind: 'boxes'; line: number; label: string; boxes: Box[] }
  /** A single task-list item. */
  | { kind: 'item'; line: number; label: string; box: Box }
  /** An empty table cell. */
  | { kind: 'cell'; line: number; label: string; column: string; start: number; end: number };

/** A box to tick: `[ ]` becomes `[x]`, `☐` becomes `☑`. */
export interface Box { line: number; at: number; length: number; mark: string; label: string }

/** A slot with the label or heading it stands under; `doubtful` when it may belong to the section before. */
export type PlacedSlot = Slot & { section: string | null; doubtful: boolean };

const underscores = String.raw`_{2,}(?:[/:.]_{2,})+|(?:\\?[_*]){0,80}\\_(?:\\?[_*]){0,80}|_{3,}|\.{5,}`;
const bracket = String.raw`\[(?![ xX]?\])[^\][\n]*[^\][\n\s][^\][\n]*\](?![(\[:])`;
const blankPattern = new RegExp(`(?:${underscores})|(?:${bracket})`, 'g');
const boxPattern = /(\[[ xX]?\]|[☐☑☒□⬜])\s*([^[\]|☐☑☒□⬜]*?)(?=\s{2,}|\s*(?:\[[ xX]?\]|[☐☑☒□⬜])|\s*[|,;/]\s*[[☐☑☒□⬜]|\s*$)/g;

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
    const label = cleanLabel((from === prefixOf(text).length ? before.replace(/^\[[ xX]?\]\s*/, '') : before).split(/\s{2,}|[|;]|,(?!\s*(?:why|reason)\b)/i).filter((part) => cleanLabel(part) !== '').at(-1) ?? '');
    const end = match.index + match[0].length;
    slots.push({ kind: 'blank', line, label: ofSame(label, slots.at(-1)?.label), start: match.index, end, blank: match[0], unit: unitAfter(text.slice(end)) });
    from = end;
  }
  return slots;
}

/** `Code start: ___ end: ___`: the second blank is about what the first names. */
function ofSame(label: string, before: string | undefined): string {
  const subject = /^(.*\S)\s+(?:start(?:ed)?|began|begin)$/i.exec(before ?? '')?.[1];
  return subject !== undefined && /^(?:end(?:ed)?|finish(?:ed)?|stop(?:ped)?)$/i.test(label) ? `${subject} ${label}` : label;
}

/** The word behind a blank, unless it begins the next label. */
function unitAfter(rest: string): string | null {
  const chunk = rest.split(/\s{2,}|[|;]|,(?!\s*(?:why|reason)\b)/i)[0] ?? '';
  if (/[:：]\s*$/.test(chunk) || chunk.includes(': ')) return null;
  const word = /^\s?\(?\s*(%|[\p{L}/µ]+)\)?/u.exec(chunk)?.[1];
  return word ?? null;
}

/** Boxes of one line with the text before them, or null when it has none behind a label or only one at its start. */
export function boxesOf(text: string, line: number): Slot | null {
  const boxes = [...text.matchAll(boxPattern)].map((match): Box => {
    const bracket = match[1]?.startsWith('[') === true;
    const label = cleanLabel(match[2] ?? '');
    return bracket ? { line, at: match.index + 1, length: (match[1]?.length ?? 3) - 2, mark: 'x', label } : { line, at: match.index, length: 1, mark: '☑', label };
  });
  const first = boxes[0];
  if (first === undefined) return null;
  const begin = first.mark === 'x' ? first.at - 1 : first.at;
  const label = cleanLabel(text.slice(0, begin));
  const prefix = prefixOf(text);
  if (boxes.length === 1 && prefix.length === begin) {
    const item = text.slice(first.at + first.length + (first.mark === 'x' ? 1 : 0));
    return /[-*+]\s+$/.test(prefix) && !/_{3,}/.test(text) ? { kind: 'item', line, label: cleanLabel(item), box: first } : null;
  }
  if (boxes.some((box) => box.label === '')) return null;
  return { kind: 'boxes', line, label, boxes };
}
