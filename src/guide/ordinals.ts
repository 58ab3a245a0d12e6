import type { Wording } from './expectation.js';
import type { StatementRead } from './statement.js';

const ORDER = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const WHICH = String.raw`(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|last|1st|2nd|3rd|[4-9]th)(?: (call|query|statement|select|command|run|execution|insert|update|delete|attempt|result|one))?|(call|query|statement|select|command|run|attempt) #?([1-9]))`;
/** "First call returns …": which of several is meant, and what it does. */
const ORDINAL = new RegExp(String.raw`^(?:the )?${WHICH}(?: \([^()]*\))?\s*(?::|[–—-]\s|(?=(?:(?:now|also|still) )?(?:returns?|shows?|gives?|prints?|should|must|fails?|succeeds?|is|are|works?|raises?|errors?|inserts?|updates?|affects?)\b))\s*`, 'i');

/** What is said of one of several statements: its place among them, and the words about it. */
interface Part {
  at: number;
  text: string;
}

/**
 * "First call returns false. Second call returns true.": each sentence with the index
 * of the statement it is said of. Null where a wording does not count them so, or
 * counts further than there are.
 */
export function eachByOrdinal({ text, extra }: Wording, statements: StatementRead[]): Part[] | null {
  if (extra !== null || statements.length < 2) return null;
  const said = text.replace(/\*\*|__/g, '').replace(/^\W*expect(?:ed|ation)?(?: (?:results?|outputs?|behaviou?r))?\s*[:：]\s*/i, '');
  if (!ORDINAL.test(said)) return null;
  const parts: Part[] = [];
  for (const sentence of said.split(/(?<=[.;])\s+|;\s*|,\s+(?:and |but )?(?=(?:the )?(?:second|third|last)\b)/)) {
    const match = ORDINAL.exec(sentence);
    const last = parts.at(-1);
    if (!match) {
      if (last) last.text = `${last.text} ${sentence}`;
      continue;
    }
    const at = placeOf(match, statements);
    if (at === null || parts.some((one) => one.at === at)) return null;
    parts.push({ at, text: `Expected: ${sentence.slice(match[0].length)}` });
  }
  return parts;
}

/** The statement that is counted: among those that return rows, unless they are too few for a noun that means any. */
function placeOf(match: RegExpExecArray, statements: StatementRead[]): number | null {
  const [, word = '', behind, before, digit] = match;
  const noun = (behind ?? before ?? '').toLowerCase();
  const all = statements.map((_, index) => index);
  const returning = all.filter((index) => statements[index]?.shape.returnsRows === true);
  const named = /^(?:select|insert|update|delete)$/.test(noun) ? all.filter((index) => statements[index]?.command.toLowerCase() === noun) : null;
  const among = named ?? (noun === 'statement' || noun === 'command' || returning.length < 2 ? all : returning);
  if (word.toLowerCase() === 'last') return among.at(-1) ?? null;
  const number = digit !== undefined ? Number(digit) : (ORDER.indexOf(word.toLowerCase()) + 1 || Number.parseInt(word, 10));
  return among[number - 1] ?? null;
}
