import type { Operator } from '../../assertions/assertion.js';
import { repairMojibake } from '../mojibake.js';
import { remember } from '../remember.js';

const EMPHASIS = /(\*\*|__)(?=\S)(.+?)\1/g;

/**
 * Wording in one form for matching: damaged signs repaired, full-width digits
 * and colons narrow, list and comment marks, bold and signs such as ✅ removed.
 * Backticks and quotes stay: they tell names from words.
 */
export const normal = remember(reduced);

function reduced(raw: string): string {
  // A sign that was lost on the way: "**Expected:** ? **1 row**".
  const text = raw.includes('? **') ? raw.replace(/(?<=[:：]\**\s*)\?{1,4} (?=\*\*)/g, '') : raw;
  // Most lines are plain ASCII, of which most of what follows has nothing to mend.
  if (/^[\x00-\x7f]*$/.test(text)) {
    const line = unwrapped(text).replace(/^\s*(?:--+|#+|\/\*|\/\/)\s*/, '').replace(/^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?/, '');
    return arrowed((line.includes('**') || line.includes('__') ? line.replace(/\r?\n/g, ' ').replace(EMPHASIS, '$2') : line).replace(/\s+/g, ' ').trim());
  }
  return arrowed(repairMojibake(unwrapped(text))
    .normalize('NFKC')
    .replace(/\r?\n/g, ' ')
    .replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'")
    .replace(/^\s*(?:--+|#+|\/\*|\/\/)\s*/, '')
    .replace(/^\s*(?:[-*+•]\s+)?(?:\[[ xX]\]\s+)?/, '')
    .replace(EMPHASIS, '$2')
    .replace(/(?<=^\s*(?:=>|→|->|expect(?:ed)?:)?\s*(?:\d[\d,]*(?: rows?)?|true|false|null|no rows))\s+←\s+([^()\d=<>]+)$/iu, ' ($1)')
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d|[✓✔✗✘☑→➜]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim());
}

/** "Expected => 0": the arrow of a label is no comparison. */
function arrowed(line: string): string {
  // "*Expected output*: 5"
  if (/^[*_][a-z]/i.test(line)) return arrowed(line.replace(/^([*_])([a-z][^*_]{2,40}?)\1(?=\s*[:=])|^([*_])([a-z][^*_]{2,40}:)\3(?=\s)/i, '$2$4').replace(/^[*_](?=[a-z])/i, (mark) => `\\${mark}`));
  return line.includes('>') ? line.replace(/^(expect(?:ed|s)?(?: (?:results?|outputs?|values?|counts?))?) ?(?:=+>|-+>) ?/i, '$1: ') : line;
}

/** A text that is italic as a whole, without the asterisks or underscores. */
function unwrapped(text: string): string {
  return text.startsWith('*') ? text.replace(/^\*([^\s*][^*]*[^\s*])\*$/, '$1') : text.startsWith('_') ? text.replace(/^_([^\s_].*[^\s_])_$/, '$1') : text;
}

/** The parts of an enumeration: "a, b and c". */
export const enumerated = (text: string): string[] => text.split(/\s*,\s*(?:and\s+)?|\s+and\s+/i).filter((part) => !GOES_ON.test(part));
/** That a list goes on: what stands before it are some of those that there are. */
const GOES_ON = /^(?:etc\.?|so on|(?:many )?(?:more|others)|\.{3}|…)$/i;

const WORDS: Record<string, number> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, twenty: 20,
  cero: 0, zéro: 0, deux: 2, trois: 3, quatre: 4, cinq: 5, dois: 2, duas: 2, três: 3, quatro: 4, tres: 3, cuatro: 4, cinco: 5, zwei: 2, drei: 3, vier: 4, fünf: 5,
};

/** English words for small numbers, as a part of a pattern. */
export const NUMBER_WORD = 'one|two|three|four|five|six|seven|eight|nine|ten';

/** A whole or decimal number, with thousands separators or as an English word; null for anything else. */
export function numberOf(text: string): number | null {
  const plain = text.trim().toLowerCase();
  const word = Object.hasOwn(WORDS, plain) ? WORDS[plain] : undefined;
  if (word !== undefined) return word;
  if (!/^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain)) return null;
  const value = Number(plain.replaceAll(',', ''));
  return Number.isSafeInteger(value) || (plain.includes('.') && plain.length < 16) ? value : null;
}

/** Signs that compare, as people write them. */
export const COMPARISONS: Readonly<Record<string, Operator>> = { '=': '=', '==': '=', '!=': '!=', '<>': '!=', '<': '<', '>': '>', '<=': '<=', '>=': '>=', '≤': '<=', '≥': '>=' };

export const NUMBER = String.raw`(-?\d{1,3}(?:,\d{3})+(?!\d)|-?\d+(?:\.\d+)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|cero|zéro|deux|trois|quatre|cinq|dois|duas|três|tres|quatro|cuatro|cinco|zwei|drei|vier|fünf)`;

/** A name in backticks or quotes, without them; else null. */
export function named(text: string): string | null {
  return /^(?:`([^`]+)`|'([^']+)'|"([^"]+)")$/.exec(text.trim())?.slice(1).find((one) => one !== undefined) ?? null;
}
