import type { Wording } from './expectation.js';
import type { StatementRead } from './statement.js';

const ORDER = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const WHICH = String.raw`(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|last|1st|2nd|3rd|[4-9]th)(?: (call|query|statement|select|command|run|execution|insert|update|delete|attempt|result|one))?|(call|query|statement|select|command|run|attempt) #?([1-9]))`;
/** "First call returns …": which of several is meant, and what it does. */
const ORDINAL = new RegExp(String.raw`^(?:the )?${WHICH}(?: \([^()]*\))?\s*(?::|[–—-]\s|(?=(?:(?:now|also|still) )?(?:returns?|shows?|gives?|prints?|should|must|fails?|succeeds?|is|are|works?|raises?|errors?|inserts?|updates?|affects?)\b|(?:-?\d[\d,]*|zero|none|no rows|true|false|t|f)\W*$))\s*`, 'i');

/** What is said of one of several statements: its place among them, and the words about it. */
interface Part {
  at: number;
  text: string;
}

/** "Should fail with:" right above what the server says. */
const FAILS_WITH = /^(?!.*\b(?:both|all|each|every|either|not)\b)(.*?)\b(?:should|must|will|is expected to|are expected to) (?:now |also |then )?(?:fail|error|be (?:rejected|refused|denied|blocked)) with(?: (?:an?|the|this|following|error|message|exception|duplicate|key|constraint|violation|unique|check|foreign))*\s*[:：]\W*$/i;

/** "Second insert should fail with error:" above an error: whose it is, and that the error is what is expected. */
export function failsWith(wording: Wording, statements: StatementRead[]): { wording: Wording; at: number | null } | null {
  const { text, extra } = wording;
  const subject = extra?.kind === 'output' ? FAILS_WITH.exec(text.replace(/\*\*|__/g, ''))?.[1] : undefined;
  if (subject === undefined) return null;
  const match = ORDINAL.exec(`${subject.replace(LEAD, '').trim()} should`);
  // What the server says, where the document leaves its "ERROR:" out.
  const told = extra?.kind === 'output' && MESSAGE.test(extra.text) ? { kind: 'output' as const, text: `ERROR: ${extra.text.trim()}` } : extra;
  return { wording: { ...wording, text: 'Expected error:', shown: wording.shown ?? text, extra: told }, at: match && placeOf(match, statements) };
}

const MESSAGE = /^\s*(?!error\b)[\p{Ll}"][^\n|:]*(?: [^\n|:]+){2,}\s*$/iu;

const LEAD = /^\W*expect(?:ed|ation)?(?: (?:results?|outputs?|behaviou?r))?\s*[:：]\s*/i;

/**
 * "First call returns false. Second call returns true.": each sentence with the index
 * of the statement it is said of. Null where a wording does not count them so, or
 * counts further than there are.
 */
export function eachByOrdinal({ text, extra }: Wording, statements: StatementRead[]): Part[] | null {
  if (extra !== null || statements.length < 2) return null;
  const said = text.replace(/\*\*|__/g, '').replace(LEAD, '');
  if (!ORDINAL.test(said)) return null;
  const parts: Part[] = [];
  for (const sentence of said.split(/(?<=[.;])\s+|;\s*|,?\s+(?:and |but )(?=(?:the )?(?:second|third|last)\b)|,\s+(?=(?:the )?(?:second|third|last)\b)/)) {
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

/** "(a) one row; (b) two rows; (c) `0` and `0`" below a fence with "-- a) …" in it: of the queries that stand under each letter, in their turn. Null where one of them is not found so. */
export function eachLettered({ text, extra }: Wording, statements: readonly StatementRead[], { text: body, bodyLine }: { text: string; bodyLine: number }): Part[] | null {
  const [lead = '', ...told] = extra === null && statements.length > 1 && /\ba\)/.test(text) ? text.replace(/\*\*|__/g, '').replace(LEAD, '').split(/(?:^|[;,.]\s+)\(?([a-h])\)\s+/) : [];
  if (lead.trim() !== '' || told.length < 4) return null;
  const heads = body.split('\n').flatMap((line, index) => {
    const letter = /^\s*--\W*([a-h])[).]\s/.exec(line)?.[1];
    return letter === undefined ? [] : [{ letter, line: bodyLine + index }];
  });
  const parts = told.flatMap((said, index): (Part | null)[] => {
    if (index % 2 === 0) return [];
    const found = heads.findIndex(({ letter }) => letter === told[index - 1]);
    const [from, to] = [heads[found]?.line ?? Infinity, heads[found + 1]?.line ?? Infinity];
    const below = statements.flatMap((one, at) => (one.file === null && one.line > from && one.line < to && one.shape.returnsRows ? [at] : []));
    const each = below.length > 1 ? said.replace(/[.;]\s*$/, '').split(/\s+and\s+|,\s+/) : [said];
    return below.length !== each.length ? [null] : each.map((one, place) => ({ at: below[place] ?? 0, text: `Expected: ${one.replace(/[.;]\s*$/, '')}` }));
  });
  return parts.every((one) => one !== null) ? parts : null;
}

const TITLED = /^\W*(?:the )?(test|step|check|case|scenario|query|verification) #?(\d+)(?: \([^()]*\))?\s*(?::|[–—-]\s|(?=(?:should|must|returns?|shows?|gives?|is|has|fails?|succeeds?)\b))\s*(?=\S)/i;
const LABELLED = /^\W*(?:(?:expect(?:ed|ation)?|success)(?: (?:results?|outputs?|criteria|behaviou?r))?|results?)\W*[:：]\W*$/i;

/**
 * "Test 3 returns 1 row" below a fence with "-- Test 3: …" in it, a sentence or a line for each: the query that
 * stands under that comment. Null where one of them is not found so.
 * @param body what the fence holds, whose first line is `bodyLine`
 */
export function eachByTitle({ text, extra }: Wording, statements: readonly StatementRead[], { text: body, bodyLine }: { text: string; bodyLine: number }): Part[] | null {
  const told = extra === null ? [text.replace(LEAD, '')] : extra.kind === 'list' && LABELLED.test(text.replace(/\*\*|__/g, '')) ? extra.lines : [];
  if (statements.length < 2 || !told.some((line) => TITLED.test(line))) return null;
  const titles = body.split('\n').flatMap((line, index) => {
    const [, noun = '', number = ''] = /^\s*--\W*([a-z]+) #?(\d+)\b/i.exec(line) ?? [];
    return noun === '' ? [] : [{ title: `${noun} ${number}`.toLowerCase(), line: bodyLine + index }];
  });
  const parts = told.map((line): Part | null => {
    const [lead = '', noun = '', number = ''] = TITLED.exec(line) ?? [];
    const [found, ...others] = titles.flatMap(({ title }, index) => (title === `${noun} ${number}`.toLowerCase() ? [index] : []));
    if (found === undefined || others.length > 0) return null;
    const [from = 0, to = Infinity] = [titles[found]?.line, titles[found + 1]?.line];
    const below = statements.flatMap((one, at) => (one.file === null && one.line > from && one.line < to ? [at] : []));
    const [at, ...more] = below.length > 1 ? below.filter((one) => statements[one]?.shape.returnsRows === true) : below;
    return at === undefined || more.length > 0 ? null : { at, text: `Expected: ${line.slice(lead.length)}` };
  });
  return parts.every((one) => one !== null) ? parts : null;
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
