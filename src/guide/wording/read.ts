import type { Assertion } from '../../assertions/assertion.js';
import { readList, readOutput } from './attached.js';
import { readSentence } from './clause.js';
import { bodyOf } from './cue.js';
import { listedNames, readLabelled } from './names.js';
import type { Found, Reading } from './reading.js';
import type { StatementShape, WordingContext } from './shape.js';
import { readWritten } from './states.js';
import { tableOf } from './tables.js';

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
export function readWording(text: string, context: WordingContext): Reading {
  if (text.length > LONGEST) return { source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier: 'last', remedy: null };
  const { sentence, remedy } = splitRemedy(text);
  const written = context.extra === null ? readWritten(sentence, context.shape) : null;
  if (written) return { source: 'read', assertions: written.assertions, alternative: null, quantifier: 'last', remedy };
  if (quotesSign(text, context)) return { source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier: 'last', remedy };
  const body = bodyOf(sentence);
  // "Expected output (example):" shows what it may look like.
  if (body.label !== null && SHOWN.test(body.label)) return { source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier: 'last', remedy };
  const quantifier = body.every ? 'every-statement' : 'last';
  const own = body.text === '' ? null : (readSentence(body.text, context.shape, body.negated) ?? readFirstSentence(body.text, context));
  const label = body.label === null ? null : readSentence(body.label, context.shape, false);
  const found = attach(own ?? readLabelled(sentence, body.text.split(/\s*,\s*(?:and\s+)?|\s+and\s+/i), context.shape), label, body.text, sentence, context);
  if (found === null) return { source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier, remedy };
  // "All should return 'x'": every row, which a list of names does not say.
  if (body.every && found.assertions.some((one) => one.type === 'contains')) return { source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier, remedy };
  const typed = found.assertions.some((one) => one.type !== 'operator');
  return { source: typed ? 'read' : 'operator', assertions: found.assertions, alternative: found.alternative ?? null, quantifier, remedy };
}

/** Said of a result that is another one than the sentence before it names: what it means, and what is to be done. */
const OTHERWISE = /^(?:any(?:thing)?|more|fewer|less|others?|otherwise|else|drift|a (?:row|result|non-?zero)|non-?zero|rows? here|this (?:means|is|tells)|means)\b/i;

/** "0 rows. Any row is an orphan." – the figure is judged; a sentence that goes on about it is asked, unless it only tells what another result would mean. */
function readFirstSentence(text: string, { shape, extra }: WordingContext): Found | null {
  const [, first = '', rest = ''] = /^((?:exactly |at least )?(?:\d+\+?|zero|no|none|empty)(?: [\w-]+){0,3}|should fail(?: with "[^"]+")?)[.;] +(?=\p{Lu})(.+)$/iu.exec(text) ?? [];
  if (/^\p{Ll}/u.test(rest)) return null;
  const found = extra !== null || first === '' ? null : readSentence(first, shape, false);
  if (found === null || found.alternative || !found.assertions.every((one) => one.type === 'rows' || one.type === 'value' || one.type === 'error')) return null;
  return OTHERWISE.test(rest) ? found : { assertions: [...found.assertions, { type: 'operator', text: rest }] };
}

const SHOWN = /\b(?:examples?|samples?|similar|e\.?g|illustrative|may|might|var(?:y|ies)|differ|approx\w*|roughly|truncated|excerpt|partial|abbreviated|beispiel|exemple|ejemplo|exemplo)\b|例/i;

const QUOTED_SIGN = /(["'`])(?:(?!\1).)*\p{Extended_Pictographic}(?:(?!\1).)*\1/u;

/** A sign such as ✅ inside quotes is part of the text that is expected; everywhere else it is decoration and removed. */
function quotesSign(text: string, { extra }: WordingContext): boolean {
  return QUOTED_SIGN.test(text) || (extra?.kind === 'list' && extra.lines.some((line) => QUOTED_SIGN.test(line)));
}

/** `If …` after the expectation says what to do when it does not hold. */
function splitRemedy(text: string): { sentence: string; remedy: string | null } {
  const match = /^(.*?[^\s.;,])\s*[.;,]\s+((?:if (?:not|missing|it|this|any|you|the|less|more|fewer|empty|rows?|an?|there|one|some|none|zero|\d)|otherwise|andernfalls|sonst|sinon|de lo contrario|caso contrário|否则|否則).*)$/is.exec(text);
  return match ? { sentence: match[1] ?? text, remedy: (match[2] ?? '').trim() } : { sentence: text, remedy: null };
}

const INTRODUCES = /^(?:(?:an? |the |one )?(?:new |single )?(?:row|record|entry) (?:with|showing|containing|that has)$|(?:the )?(?:following|these)\b.*|(?:the )?(?:tables?|columns?|names?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|constraints?|rows?)(?: (?:for|on|of) (?:the )?[`"']?[\w.]+[`"']?(?: table)?)?)$/i;

/** Words with which a label is more than the name of a list. */
const QUALIFIES = /\b(?:not|no|never|cannot|missing|removed|dropped|gone|absent|none|without|either|any|some|one of|most|não|sin|sans|kein\w*|pas)\b|n't\b|\d|[不没無沒]/iu;

/** Whether a text only names the list under it: a known word, or a label over nothing but names in back-ticks. */
function introduces(text: string, sentence: string, { extra }: WordingContext): boolean {
  if (INTRODUCES.test(text)) return true;
  return extra?.kind === 'list' && /[:：]\W*$/.test(sentence) && !QUALIFIES.test(text) && extra.lines.every((line) => /^`[\w.$-]+`/.test(line.trim())) && listedNames(extra.lines) !== null;
}

function attach(own: Found | null, label: Found | null, text: string, sentence: string, context: WordingContext): Found | null {
  const { shape, extra } = context;
  const names = introduces(text, sentence, context);
  const said = own ?? (text === '' || names ? label : null);
  if (text !== '' && own === null && !names) return null;
  switch (extra?.kind) {
    case undefined:
      return said;
    case 'list': {
      const listed = readList(extra.lines, shape, sentence, said !== null);
      // "A new row with:" is one among those that were there.
      const any = /\bnew (?:row|record|entry) (?:with|showing|containing)$/i.test(text);
      return join(said, any ? (listed?.map((one) => (one.type === 'column' ? { ...one, quantifier: 'any' as const } : one)) ?? null) : listed);
    }
    case 'table': {
      const table = tableOf(extra.columns, extra.rows, shape);
      return agree(said, table ? [table] : null, extra.rows.length);
    }
    case 'output': {
      // Names, one a line, below "8 tables in this order:".
      const read = readOutput(extra.text, shape) ?? readLabelled(sentence, extra.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''), shape)?.assertions ?? null;
      const rows = read?.[0]?.type === 'table' ? read[0].rows.length : null;
      return rows === null ? join(said, read) : agree(said, read, rows);
    }
  }
}

function join(said: Found | null, more: Assertion[] | null): Found | null {
  if (more === null) return said;
  if (said === null) return { assertions: more };
  // An alternative is another reading of one assertion alone.
  return { assertions: [...said.assertions, ...more], alternative: null };
}

/** A table says how many rows there are; a count beside it that says otherwise makes it an excerpt. */
function agree(said: Found | null, table: Assertion[] | null, rows: number): Found | null {
  if (table === null) return said;
  const count = said?.assertions.find((one) => one.type === 'rows');
  if (count?.type === 'rows' && count.value !== rows) return said;
  const others = said?.assertions.filter((one) => one.type !== 'rows' && one.type !== 'value') ?? [];
  return { assertions: [...table, ...others] };
}

export type { StatementShape };
