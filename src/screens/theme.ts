import type { Verdict } from '../steps/fact.js';
import type { Style } from '../terminal/style.js';

/** Meaning of a piece of text; colours are chosen here and nowhere else, from the terminal's own sixteen. */
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'muted' | 'accent' | 'key' | 'danger' | 'string' | 'comment';

export const colours: Record<Tone, Style> = {
  plain: {},
  good: { color: 'green' },
  bad: { color: 'red' },
  warn: { color: 'yellow' },
  muted: { color: 'gray' },
  accent: { color: 'cyan' },
  key: { bold: true },
  danger: { color: 'red', bold: true, inverse: true },
  string: { color: 'green' },
  comment: { color: 'gray' },
};

/** Every verdict has a glyph and a word beside its tone, so that nothing hangs on colour. Single-width only. */
export const verdicts: Record<Verdict, { glyph: string; tone: Tone }> = {
  pending: { glyph: '○', tone: 'muted' },
  running: { glyph: '●', tone: 'accent' },
  passed: { glyph: '✓', tone: 'good' },
  warned: { glyph: '!', tone: 'warn' },
  failed: { glyph: '✗', tone: 'bad' },
  skipped: { glyph: '-', tone: 'warn' },
  waived: { glyph: '~', tone: 'warn' },
  blocked: { glyph: '#', tone: 'bad' },
  unknown: { glyph: '?', tone: 'bad' },
  'not evaluated': { glyph: '-', tone: 'muted' },
  'not reached': { glyph: '-', tone: 'muted' },
  'not chosen': { glyph: '-', tone: 'muted' },
};

/** Colour word of an environment. */
export function environmentTone(protectedOne: boolean, mode: string): Tone {
  return mode === 'rehearsal' ? 'good' : protectedOne ? 'danger' : 'warn';
}
