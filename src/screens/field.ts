import { displayWidth } from '../text/width.js';
import { span, type Line } from './line.js';

/** A line of text being typed; `at` counts characters as people see them. */
export interface Field { text: string; at: number }

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const pieces = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A field with its cursor at the end. */
export function fieldOf(text: string): Field {
  return { text, at: pieces(text).length };
}

/** Text put in at the cursor. */
export function insert(field: Field, text: string): Field {
  const all = pieces(field.text);
  const before = all.slice(0, field.at).join('') + text;
  return { text: before + all.slice(field.at).join(''), at: pieces(before).length };
}

const MOVES: Record<string, (field: Field, all: string[]) => Field> = {
  leftArrow: (field) => ({ ...field, at: Math.max(0, field.at - 1) }),
  rightArrow: (field, all) => ({ ...field, at: Math.min(all.length, field.at + 1) }),
  home: (field) => ({ ...field, at: 0 }),
  end: (field, all) => ({ ...field, at: all.length }),
  backspace: (field, all) => (field.at === 0 ? field : { text: [...all.slice(0, field.at - 1), ...all.slice(field.at)].join(''), at: field.at - 1 }),
  'ctrl-u': () => ({ text: '', at: 0 }),
};

/** A key in the field. Null: the key is none of its own. */
export function typeKey(field: Field, key: string): Field | null {
  const move = MOVES[key];
  if (move) return move(field, pieces(field.text));
  if (key === 'space') return insert(field, ' ');
  return pieces(key).length === 1 ? insert(field, key) : null;
}

/** The field in a width: the part around the cursor, with `…` where more is. A secret shows only how long it is. */
export function fieldSpans(field: Field, width: number, secret: boolean): Line {
  const all = pieces(field.text).map((one) => (secret ? '•' : span(one).text));
  const room = Math.max(4, width - 3);
  let from = field.at;
  for (let used = 0; from > 0; from -= 1) {
    used += displayWidth(all[from - 1] ?? '');
    if (used > Math.max(1, room - 1)) break;
  }
  const before = all.slice(from, field.at).join('');
  let after = '';
  let to = field.at;
  for (let used = displayWidth(before); to < all.length; to += 1) {
    used += displayWidth(all[to] ?? '');
    if (used > room) break;
    after += all[to] ?? '';
  }
  return [span(from > 0 ? '…' : '', 'muted'), span(before), span('▏', 'accent'), span(after), span(to < all.length ? '…' : '', 'muted')];
}
