import { factOfLabel, plainLabel } from './fact-labels.js';
import { outcomeOfBox } from './template-boxes.js';
import { blanksOf, boxesOf, cleanLabel, isRule, prefixOf, type Box, type PlacedSlot, type Slot } from './template-slot.js';

/** A label with nothing behind it: `Notes:`, `**Executed by**:`. */
const openLabel = /^(\s*(?:>\s*)*(?:(?:[-*+]|\d{1,3}[.)])\s+)?)(\S.*?)\s*[:：]\s*(?:\*\*|__)?\s*$/;
/** What a bare `Label:` may ask for; others, such as `Sign-off:` or `Verification:`, are as likely the heading of what follows. */
const openFacts: ReadonlySet<string> = new Set(['date', 'start', 'end', 'duration', 'operator', 'environment', 'database', 'issues', 'notes']);
/** What is told in sentences. */
const TOLD: ReadonlySet<string> = new Set(['issues', 'notes']);
const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * Everything in a template that can be filled, in order. Lines must come
 * without their line ends. What is not a slot is never changed.
 */
export function scanTemplate(lines: readonly string[]): PlacedSlot[] {
  const slots: PlacedSlot[] = [];
  const scanner = new Sections();
  let table: string[] | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    scanner.enter(line);
    const place = (slot: Slot): void => { slots.push({ ...slot, section: scanner.section, doubtful: scanner.doubtful }); };
    if (fence.test(line)) {
      const closing = emptyFence(lines, index);
      if (closing !== null && scanner.heading !== null && factOfLabel(scanner.heading) !== null) {
        place({ kind: 'block', line: index + 1, label: scanner.heading, lines: closing - index - 1, indent: '' });
        index = closing;
      }
      continue;
    }
    if (isTableRow(line)) {
      if (/^[\s|:-]+$/.test(line)) continue;
      if (table === null) table = cellsOf(line).map((cell) => cleanLabel(cell.text));
      else for (const slot of emptyCells(line, index, table)) place(slot);
      continue;
    }
    table = null;
    if (isRule(line)) {
      const count = countRules(lines, index);
      place({ kind: 'block', line: index, label: scanner.labelAbove, lines: count, indent: prefixOf(line) });
      scanner.answered();
      index += count - 1;
      continue;
    }
    // `[Describe any issues]` under `## Issues`: what is asked for stands above it.
    if (/^\s*\[[^\][]{3,}\]\s*$/.test(line) && TOLD.has(factOfLabel(scanner.labelAbove) ?? '')) {
      place({ kind: 'block', line: index, label: scanner.labelAbove, lines: 1, indent: prefixOf(line) });
      scanner.answered();
      continue;
    }
    const boxes = boxesOf(line, index);
    if (boxes !== null) {
      const group = boxes.kind === 'item' ? groupedItems(lines, index, scanner.labelAbove) : null;
      if (group !== null) { place(group.slot); index = group.last; continue; }
      place(boxes.kind === 'boxes' && boxes.label === '' ? { ...boxes, label: scanner.labelAbove } : boxes);
      scanner.pass(line);
      continue;
    }
    const blanks = blanksOf(line, index).filter((slot) => slot.label !== '');
    for (const slot of blanks) place(slot);
    if (blanks.length === 0) {
      const open = openLabel.exec(line);
      if (open !== null && openFacts.has(factOfLabel(open[2] ?? '') ?? '') && standsAlone(lines, index)) {
        const end = line.trimEnd().length;
        place({ kind: 'blank', line: index, label: cleanLabel(open[2] ?? ''), start: end, end, blank: '', unit: null });
      }
    }
    scanner.pass(line);
  }
  return slots;
}

/** Remembers the headings and labels passed on the way down. */
class Sections {
  heading: string | null = null;
  labelAbove = '';
  /** A numbered section of unlisted lines has ended at a blank line: what follows may still belong to it. */
  doubtful = false;
  private label: { text: string; indent: number; lines: 'none' | 'listed' | 'plain' } | null = null;
  private gap = false;

  /** Before a line is read: does the section above still hold? */
  enter(line: string): void {
    if (line.trim() === '') { this.gap = true; return; }
    const { label, gap } = this;
    this.gap = false;
    if (label === null || fence.test(line)) return;
    const inside = isListed(line) || indentOf(line) > label.indent;
    const over = label.lines === 'listed' ? !inside : gap && label.lines === 'plain' && !inside;
    if (!over) { label.lines = inside ? 'listed' : 'plain'; return; }
    this.doubtful = label.lines === 'plain' && /\d/.test(label.text);
    this.label = null;
  }

  /** After a line is read: does it open a section? */
  pass(line: string): void {
    const heading = /^\s*#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (heading !== null) {
      this.heading = cleanLabel(heading[1] ?? '');
      this.label = null;
      this.labelAbove = this.heading;
      this.doubtful = false;
      return;
    }
    const text = openLabel.exec(line)?.[2] ?? (/^\s*(?:\*\*[^*_]+\*\*|__[^*_]+__)\s*$/.test(line) ? line : null);
    if (text === null) return;
    this.labelAbove = cleanLabel(text);
    // A label inside a list is one of the section's own lines: `- Notes:` does not end `Migration 001:`.
    if (this.label !== null && isListed(line)) return;
    this.label = { text: this.labelAbove, indent: indentOf(line), lines: 'none' };
    this.doubtful = false;
  }

  /** A label with a blank of its own below it is a field: what follows does not stand under it. */
  answered(): void {
    if (this.label?.text === this.labelAbove) this.label = null;
  }

  /** The label a line stands under, else the heading. */
  get section(): string | null {
    return this.label?.text ?? this.heading;
  }
}

function isListed(line: string): boolean {
  return /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s/.test(line);
}

/** Columns that a line is set in. */
export function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

function isTableRow(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line);
}

interface CellSpan { text: string; start: number; end: number }

function cellsOf(line: string): CellSpan[] {
  const cells: CellSpan[] = [];
  let start = line.indexOf('|') + 1;
  for (let at = start; at < line.length; at += 1) {
    if (line[at] !== '|' || line[at - 1] === '\\') continue;
    cells.push({ text: line.slice(start, at), start, end: at });
    start = at + 1;
  }
  return cells;
}

function emptyCells(line: string, index: number, columns: readonly string[]): Slot[] {
  const cells = cellsOf(line);
  const label = cleanLabel(cells[0]?.text ?? '');
  if (label === '') return [];
  return cells.flatMap((cell, column): Slot[] => {
    if (column === 0) return [];
    const boxes = boxesOf(cell.text, index);
    if (boxes?.kind === 'boxes') return [{ kind: 'boxes', line: index, label: columns[column] ?? label, boxes: boxes.boxes.map((box) => ({ ...box, at: box.at + cell.start })) }];
    return /^\s*(?:_{2,}|\[[^\]]+\])?\s*$/.test(cell.text) ? [{ kind: 'cell', line: index, label, column: columns[column] ?? '', start: cell.start, end: cell.end }] : [];
  });
}

/** Index of the closing fence when nothing but blank lines stands between, else null. */
function emptyFence(lines: readonly string[], open: number): number | null {
  for (let index = open + 1; index < lines.length; index += 1) {
    if (fence.test(lines[index] ?? '')) return index;
    if ((lines[index] ?? '').trim() !== '') return null;
  }
  return null;
}

function countRules(lines: readonly string[], from: number): number {
  let count = 0;
  while (from + count < lines.length && isRule(lines[from + count] ?? '')) count += 1;
  return count;
}

/** `Status:` followed by `- [ ] Success` and `- [ ] Failed`: one choice, not a list of tasks. */
function groupedItems(lines: readonly string[], from: number, label: string): { slot: Slot; last: number } | null {
  const boxes: Box[] = [];
  let last = from;
  for (let index = from; index < lines.length; index += 1) {
    if (boxes.length > 0 && (lines[index] ?? '').trim() === '') continue;
    const item = boxesOf(lines[index] ?? '', index);
    if (item?.kind !== 'item') break;
    boxes.push({ ...item.box, label: item.label });
    last = index;
  }
  const known = boxes.map((box) => outcomeOfBox(box.label));
  const contrary = known.includes('positive') && known.includes('negative');
  const environments = plainLabel(label).includes('environment');
  return boxes.length > 1 && label !== '' && (environments || (contrary && known.every((one) => one !== null))) ? { slot: { kind: 'boxes', line: from, label, boxes }, last } : null;
}

/** Nothing belongs to the label yet: the next written line is no list, rule, fence or deeper text. */
function standsAlone(lines: readonly string[], index: number): boolean {
  const next = lines.slice(index + 1).find((line) => line.trim() !== '');
  if (next === undefined) return true;
  if (isRule(next) || fence.test(next)) return false;
  const here = indentOf(lines[index] ?? '');
  if (isListed(next) && !isListed(lines[index] ?? '')) return false;
  return indentOf(next) <= here;
}
