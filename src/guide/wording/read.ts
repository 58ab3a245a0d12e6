import { asksFor, quotesSign, readAsWritten } from './as-written.js';
import { canonical, plainLetters } from './canonical.js';
import { finished } from './finished.js';
import { remembering } from './known.js';
import type { Reading } from './reading.js';
import type { WordingContext } from './shape.js';

export type { Reading } from './reading.js';
export type { Extra, WordingContext } from './shape.js';

/** Characters beyond which a text is no sentence that a family of wording could understand whole. */
const LONGEST = 1000;

/**
 * Reads what a guide expects of a statement. Typed assertions come only from
 * wording that is understood whole; everything else is one question to the
 * operator. Never throws.
 * @param text the line with its cue, as written
 * @param context the statement's shape, null when unknown, and the lines that belong to the wording
 */
export const readWording = remembering(readAnew);

/** The same without what is remembered. */
export function readAnew(text: string, context: WordingContext): Reading {
  const read = readInAnyWords(text, context);
  return { ...read, ...finished(read, text, context.shape) };
}

function readInAnyWords(text: string, context: WordingContext): Reading {
  if (text.length > LONGEST || UNDER_CONDITION.test(text)) return asksFor(text, null);
  const said = plainLetters(text).replace(CUED_TWICE, '');
  const read = readAsWritten(said, context);
  // In the letters of a title nobody can tell how a value is written.
  if (said !== text && textsOf(read).some((value) => !text.includes(value) && text.toLowerCase().includes(value.toLowerCase()))) return asksFor(text, read.remedy, read.quantifier);
  const own = said === text ? read : { ...read, assertions: read.assertions.map((one) => (one.type === 'operator' ? { ...one, text: one.text === said.trim() ? text.trim() : asGiven(one.text, text) } : one)) };
  // That there are no others is more than that these are there.
  const lacksOnly = ONLY.test(said) && !said.includes(' | ') && own.assertions.every((one) => one.type === 'contains' || (one.type === 'table' && one.rows.length === 1));
  if ((!lacksOnly && own.assertions.every(({ type }) => type !== 'operator')) || quotesSign(text, context)) return own;
  // Each reader knows some of the words for the same.
  const forms = canonical(said, context.shape).map((form) => readAsWritten(form, context));
  if (lacksOnly) return forms.find((read) => read.source === 'read' && read.assertions.some(({ type }) => type === 'column')) ?? asksFor(text, own.remedy, own.quantifier);
  const fuller = forms.find((read) => saysAll(read, own));
  return fuller === undefined ? (firstAlone(text, own, context) ?? own) : { ...fuller, remedy: own.remedy ?? fuller.remedy };
}

/** What may take back what the sentence before says. */
const TAKES_BACK = /\b(?:or|if|unless|except|may|might|could|can|before|until|otherwise|but|however|instead|depend\w*|var(?:y|ies)|about|approx\w*|roughly|some|not|no|never|more|fewer|less|fine|ok|okay|acceptable|allowed|normal|ignore|also|only|any|all|each|every|both|should|must|expect\w*)\b/i;

/** "Both counts should be zero. They were 3 before the fix.": the first of several sentences, where it is read as a whole; the rest is asked. */
function firstAlone(text: string, own: Reading, context: WordingContext): Reading | null {
  const [, first = '', rest = ''] = context.extra === null && own.assertions.every(({ type }) => type === 'operator') ? (/^(.*?[^.\s\d][.!])\s+(\p{Lu}[^]+)$/u.exec(text) ?? []) : [];
  if (first === '' || TAKES_BACK.test(rest)) return null;
  const read = readAsWritten(first, context);
  return read.source === 'read' && read.alternative === null && read.assertions.every(({ type }) => type !== 'operator') ? { ...read, remedy: own.remedy, assertions: [...read.assertions, { type: 'operator', text: rest.trim() }] } : null;
}

/** "Expected (if there is no pier): …": whether there is, the result does not show. */
export const UNDER_CONDITION = /^\W*expect(?:ed|s)?(?: (?:results?|outputs?|values?))? \((?:if|when|unless|assuming|provided)\b(?! (?:everything|all|it|successful|correct|working|applied|ok|done|run|this|(?:the )?(?:migration|fix|script|query))\b)[^()]*\)\W*:/i;

/** "Expected: should include 'boats'": what is said counts from its own cue on. */
const CUED_TWICE = /^\W*expect(?:ed|s)?(?: results?| outputs?)?:\W*(?=(?:you |it |this )?(?:should|must) (?:(?:not|only|also) )?(?:include|contain)s?\b)/i;
/** "Should only show …": these, and no others. */
const ONLY = /^\W*(?:you )?(?:should|must) (?:only (?:show|return|contain|list|see)|(?:show|return|contain|list|see) only)\b/i;

/** A part of a wording in the letters that the document has. */
function asGiven(part: string, text: string): string {
  const at = text.toLowerCase().indexOf(part.toLowerCase());
  return at === -1 ? part : text.slice(at, at + part.length);
}

/** The texts that a reading compares with. */
const textsOf = ({ assertions }: Reading): string[] => assertions.flatMap((one) => ('values' in one ? one.values : 'value' in one ? [one.value].flat() : [])).filter((value) => typeof value === 'string');

/** Whether nothing is left to ask of one reading, and all that the other tells is told. */
function saysAll(one: Reading, other: Reading): boolean {
  const told = one.assertions.map((assertion) => JSON.stringify(assertion));
  return one.source === 'read' && one.assertions.every(({ type }) => type !== 'operator') && other.assertions.every((assertion) => assertion.type === 'operator' || told.includes(JSON.stringify(assertion)));
}
