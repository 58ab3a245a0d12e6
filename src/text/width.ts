import stringWidth from 'string-width';
import { isNarrow } from './narrow.js';

/** ASCII, kana, Han and Hangul syllables: each a character of its own, the latter of two columns. To look at each as if it could join another takes fifty times as long. */
const EVEN = /^[ -~\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]*$/;

/** Terminal columns that a text (without control characters) takes. */
export function displayWidth(text: string): number {
  if (isNarrow(text)) return text.length;
  if (EVEN.test(text)) return text.length + text.replace(/[ -~]+/g, '').length;
  if (text.length <= LONGEST) return remembered(text);
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += segment.length === 1 && EVEN.test(segment) ? (segment <= '~' ? 1 : 2) : segment.length > LONGEST ? stringWidth(segment) : remembered(segment);
  return width;
}

/** A screen is drawn again with nearly the same lines; to look for emoji in each takes most of the time. */
const widths = new Map<string, number>();
const LONGEST = 300;

function remembered(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  if (widths.size >= 4000) widths.clear();
  widths.set(text, width);
  return width;
}

/** Columns of one of the characters of a text: where all are {@link EVEN}, its first tells. */
const widthIn = (text: string): ((segment: string) => number) => (EVEN.test(text) ? (segment) => (segment <= '~' ? 1 : 2) : displayWidth);

/** Characters as people see them. */
function characters(text: string): Iterable<string> {
  return EVEN.test(text) ? text : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text cut to at most `width` columns, with `…` where something was cut. Never splits a character. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return '';
  // Far longer than wide: cut first, so that one huge value costs no more than a screen of it.
  const head = text.length > width * 16 ? text.slice(0, width * 16) : text;
  if (head === text && displayWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  const widthOf = widthIn(head);
  for (const segment of characters(head)) {
    const next = widthOf(segment);
    if (used + next > width - 1) break;
    out += segment;
    used += next;
  }
  return `${out}…`;
}

/** The text, cut or filled with spaces to exactly `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

/** Lines of at most `width` columns, broken at spaces where possible. */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(1, width);
  return text.split('\n').flatMap((paragraph) => wrapLine(paragraph, limit));
}

function wrapLine(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/(?<= )/)) {
    const wide = displayWidth(word.trimEnd());
    if (used > 0 && used + wide > width) { lines.push(line.trimEnd()); line = ''; used = 0; }
    if (wide <= width) { line += word; used += displayWidth(word); continue; }
    if (used === 0 && isNarrow(word)) {
      // A value of thousands of narrow characters needs no look at each.
      const bare = word.trimEnd();
      const cut = bare.length - (bare.length % width || width);
      for (let at = 0; at < cut; at += width) lines.push(bare.slice(at, at + width));
      line = word.slice(cut);
      used = line.length;
      continue;
    }
    const widthOf = widthIn(word);
    for (const segment of pieces(word, width, widthOf)) {
      const next = widthOf(segment);
      if (used + next > width && used > 0) { lines.push(line); line = ''; used = 0; }
      line += segment;
      used += next;
    }
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Characters as people see them; one that is wider than a whole line falls into its code points. */
function pieces(word: string, width: number, widthOf: (segment: string) => number): string[] {
  return [...characters(word)].flatMap((segment) => (widthOf(segment) > width ? [...segment] : [segment]));
}
