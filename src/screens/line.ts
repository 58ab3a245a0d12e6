import { visible } from '../text/sanitise.js';
import { displayWidth, truncate, wrap } from '../text/width.js';
import type { Piece } from '../terminal/style.js';
import { colours, type Tone } from './theme.js';

/** A piece of one terminal line. */
export interface Span { text: string; tone: Tone; bold?: boolean }
/** One terminal line: what the screens are made of, so that a frame's height is known before it is drawn. */
export type Line = Span[];

/** A piece of text that may come from anywhere: made visible, never obeyed. */
export function span(text: string, tone: Tone = 'plain', bold = false): Span {
  return { text: visible(text), tone, bold };
}

export function line(...spans: (Span | string)[]): Line {
  return spans.map((one) => (typeof one === 'string' ? span(one) : one));
}

/** Text over as many lines as it needs, each with an indent. */
export function paragraph(text: string, width: number, tone: Tone = 'plain', indent = ''): Line[] {
  return visible(text, { keepNewlines: true }).split('\n').flatMap((part) => wrap(part, Math.max(8, width - displayWidth(indent)))).map((part) => [{ text: indent + part, tone }]);
}

/** The first of many lines, and how many more there are; `where` they stand, if anywhere. */
export function shortened(lines: readonly Line[], most: number, where = ''): Line[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most - 1), [{ text: `… ${lines.length - most + 1} more lines${where}`, tone: 'muted' }]];
}

/** The line in the colours of the theme. */
export function piecesOf(content: Line): Piece[] {
  return content.map(({ text, tone, bold }) => ({ text, style: colours[tone], ...(bold ? { bold } : {}) }));
}

/** The line cut to a width. */
export function fit(content: Line, width: number): Line {
  const out: Line = [];
  let used = 0;
  for (const [index, one] of content.entries()) {
    const wide = displayWidth(one.text);
    const last = index === content.length - 1;
    if (used + wide > width || (used + wide === width && !last && content.slice(index + 1).some((rest) => rest.text !== ''))) {
      out.push({ ...one, text: truncate(one.text, Math.max(0, width - used)) });
      return out;
    }
    out.push(one);
    used += wide;
  }
  return out;
}

/** The line cut or filled with spaces to exactly a width. */
export function fill(content: Line, width: number): Line {
  const cut = fit(content, width);
  const used = cut.reduce((sum, one) => sum + displayWidth(one.text), 0);
  return used < width ? [...cut, { text: ' '.repeat(width - used), tone: 'plain' }] : cut;
}

/** Pieces side by side over as few lines as they need, none of them broken. */
export function packed(pieces: readonly Line[], width: number): Line[] {
  const lines: Line[] = [];
  let used = width;
  for (const piece of pieces) {
    const wide = piece.reduce((sum, one) => sum + displayWidth(one.text), 0);
    if (used + wide > width) { lines.push([]); used = 0; }
    lines.at(-1)?.push(...piece);
    used += wide;
  }
  return lines;
}

/** A coloured line over as many lines as it needs, each of at most `width` columns. */
export function fold(content: Line, width: number): Line[] {
  if (content.reduce((sum, one) => sum + displayWidth(one.text), 0) <= width) return [content];
  const lines: Line[] = [];
  let now: Line = [];
  let used = 0;
  for (const one of content) {
    for (const [index, piece] of wrap(one.text, Math.max(1, used > 0 && displayWidth(one.text) > width - used ? width : width - used)).entries()) {
      const wide = displayWidth(piece);
      if (index > 0 || used + wide > width) { lines.push(now); now = []; used = 0; }
      now.push({ ...one, text: piece });
      used += wide;
    }
  }
  return [...lines, now];
}
