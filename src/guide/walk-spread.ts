import type { Draft } from './draft.js';
import type { Wording } from './expectation.js';
import { BOLD, plainText } from './plain.js';
import { isExpectation } from './reading.js';
import type { Walk } from './walk.js';

/** What is expected of each fence below: of how many more, and whether one was met. */
export interface Spread {
  wording: Wording;
  left: number;
  met: boolean;
}

/** Whom it is said of: queries and the like, never the things of the schema ("All tables should …"). */
const SUBJECT = /^(?:all|each|every|both|none|one|of|the|these|those|them|following|below|next|same|other|listed|sql|verification|validation|final|quer(?:y|ies)|checks?|statements?|tests?|selects?|commands?|two|three|four|five|six|seven|eight|nine|\d|are|is)$/i;
const MANY = /\b(?:all|each|every|both|none|(?:these|those|following) (?:\w+ )?(?:queries|checks|statements|selects|tests|commands))\b/i;
const MUST = /should|must|expected/i;
const SAYS = /^([\p{L}\d ]{2,80}?) ?\b(?:should|must|expected to) (?:(?:all|each|both|now|also) )?((?:(?:not )?(?:return|show|give|list|yield|print|produce|find)|be (?:empty|zero|0|true|false|t|f)\b|come back|have no|contain no|fail|error|be (?:denied|rejected|refused))\b.*)$/isu;
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "All three should return no rows:", said above several fences: what is expected of each, and of how many; null for other texts. */
export function spreadOf(text: string, line: number): Spread | null {
  if (!MUST.test(text)) return null;
  const flat = plainText(text.replace(/\n/g, ' '), true);
  const starts = [0, ...[...flat.matchAll(/[,;:–—.!?]\s+(?:and )?/g)].map((match) => match.index + match[0].length)];
  for (const start of starts) {
    const [, subject = '', says = ''] = SAYS.exec(flat.slice(start)) ?? [];
    const words = subject.trim().split(/\s+/);
    if (says === '' || !words.every((word) => SUBJECT.test(word)) || !MANY.test(`${subject} ${flat.slice(start, -says.length)}`)) continue;
    const none = /\bnone\b/i.test(subject);
    // Of none it is said the other way round, and only of rows that is plain.
    if (none && !/^(?:return|show|list|find) (?:any )?(?:rows?|results?|records?|anything)\W*$/i.test(says)) return null;
    const number = words.map((word) => (/^both$/i.test(word) ? 2 : NUMBERS.indexOf(word.toLowerCase()) + 2)).find((count) => count > 1);
    return { wording: { line, text: none ? 'Should return no rows' : `Should ${says.replace(/[:：]\W*$/, '')}`, shown: flat, extra: null, remedy: null }, left: number ?? Infinity, met: false };
  }
  return null;
}

/** Takes what is said of each fence below; behind other code it has to say that it points down. */
export function takeSpread(walk: Walk, text: string, line: number): boolean {
  if (walk.spread?.met === true && !namesNext(text)) walk.spread = null;
  if (walk.hadFence ? !walk.beforeCode || !/[:：]\W*$|\b(?:below|following|next)\b/i.test(text) : walk.code !== null) return false;
  const spread = spreadOf(text, line);
  if (spread === null) return false;
  walk.spread = spread;
  return true;
}

/** "**Crews:**", "And the crews:": the name of the next of them; other words, and "Then …", lead to something else. */
function namesNext(text: string): boolean {
  const plain = plainText(text.replace(/\n/g, ' '));
  return !/^\W*(?:then|finally|lastly|now|next|after|also|to|if|when|once|for)\b/i.test(plain) && (BOLD.test(text) || (/[:：]\W*$/.test(plain) && plain.split(/\s+/).length <= 8) || isExpectation(plain) !== null);
}

/** Gives a step what is expected of each: of rows only where it returns some. */
export function giveSpread(walk: Walk, draft: Draft): void {
  const { spread } = walk;
  if (spread === null || spread.left <= 0 || draft.kind !== 'sql') return;
  const fails = /^Should (?:fail|error|be (?:denied|rejected|refused))\b/i.test(spread.wording.text);
  if (!fails && !draft.statements.some(({ shape }) => shape.returnsRows)) return;
  const several = draft.statements.length > 1;
  draft.around.push({ ...spread.wording, ...(several ? { text: spread.wording.text.replace(/^Should\b/, 'All should') } : {}) });
  spread.left -= 1;
  spread.met = true;
}
