import type { Assertion } from '../../assertions/assertion.js';
import { readBoth, readEach, readTruths, readZeros, rowsTold } from './all-of.js';
import { asWritten } from './anew.js';
import { allRows, beginsRows, denies, readAbsent, readList } from './attached.js';
import { readSentence } from './clause.js';
import { counted } from './counts.js';
import { bodyOf, type Body } from './cue.js';
import { isDoubtful } from './doubts.js';
import { readExplained } from './explained.js';
import { readAttempt, readFault, readTag } from './faults.js';
import { readHeaded } from './headed.js';
import { readTable } from './headers.js';
import { readConditions, readTruth } from './each-row.js';
import { underExpected } from './labels.js';
import { readLookedUp } from './looked-up.js';
import { listedNames, readLabelled } from './names.js';
import { readNamedThings } from './named-things.js';
import { enumerated, normal, numberOf } from './normal.js';
import { readPieceList } from './row-of.js';
import { ERROR_BELOW, readErrorBelow, readOutput } from './output.js';
import { LOOSENS, nameFirst, readParts } from './parts.js';
import type { Found, Reading } from './reading.js';
import { deniesItsName } from './remarks.js';
import type { StatementShape, WordingContext } from './shape.js';
import { readWritten, withAll } from './states.js';
import { withinRows } from './tables.js';
import { unreadOf } from './unread.js';
import { readWhole } from './whole-result.js';
import { readWordWithin } from './words.js';

/** Reads a sentence in its own words; what is not understood whole is asked. Never throws. */
export function readAsWritten(text: string, context: WordingContext): Reading {
  const { sentence: raw, remedy } = splitRemedy(text);
  const plain = normal(raw);
  const labelled = underExpected(plain);
  const sentence = labelled === plain ? raw : labelled;
  const written = context.extra === null ? readWritten(raw, context.shape) : null;
  if (written) return { source: 'read', assertions: withAll(raw, written.assertions, context.shape), alternative: null, quantifier: 'last', remedy };
  if (quotesSign(text, context)) return asksFor(text, remedy);
  const zeros = context.extra === null ? (readTag(plain, context.shape) ?? readZeros(sentence, context.shape) ?? readWhole(sentence, context.shape) ?? readLookedUp(plain, context.shape)) : null;
  if (zeros) return { source: 'read', assertions: zeros.assertions, alternative: null, quantifier: 'last', remedy };
  if (ELSEWHERE.test(sentence) || (ANSWERS_WRONG.test(sentence) && context.shape?.command === 'SELECT' && context.shape.tables.length === 0)) return asksFor(text, remedy);
  const body = bodyOf(sentence);
  // "Expected output (example):" shows what it may look like.
  // "Expected error (if any):" leaves open whether there is one.
  if (body.label !== null && (SHOWN.test(body.label) || /^(?:before|staging|prod(?:uction)?|dev(?:elopment)?|local|old)$/i.test(body.label) || /^(?:if (?:any|present|there|it)|only if|optional)\b/i.test(body.label))) return asksFor(text, remedy);
  const both = readBoth(sentence, context.shape) ?? (context.extra === null ? readTruths(normal(sentence).replace(/^expect(?:ed|s)?(?: results?| outputs?)?: /i, '').replace(/[.!]$/, ''), context.shape) : null);
  const quantifier = body.every && (both === null || /^\W*(?:expected:? )?all\b/i.test(sentence)) ? 'every-statement' : 'last';
  // "Should contain `x`" of one value: it holds it, and more.
  const contains = WITHIN.test(sentence);
  const spelled = pairsApart(body.text);
  const some = context.extra === null && SOME.test(normal(sentence)) && context.shape?.counts === true ? counted('>=', 1, context.shape, true) : null;
  const data = body.every && context.extra === null && DATA.test(body.text) && context.shape?.returnsRows === true && !context.shape.oneRow ? { assertions: [{ type: 'rows' as const, op: '>=' as const, value: 1 }] } : null;
  const read = some ?? data ?? both ?? (body.text === '' ? null : fuller(readSentence(spelled, context.shape, body.negated), body.negated || context.extra !== null ? null : readParts(spelled, context.shape)));
  const own = read ?? (context.extra === null ? (faultTold(sentence, body.text, context.shape) ?? readAttempt(sentence, context.shape) ?? (/\b(?:contain|include)s?\b\W*\w+\W*$/i.test(sentence) ? readWordWithin(body.text, context.shape, body.negated) : null)) : null);
  if (contains && own?.assertions.some((one) => one.type === 'value' && typeof one.value === 'string')) {
    own.assertions = own.assertions.map((one) => (one.type === 'value' && one.op === '=' && typeof one.value === 'string' ? { ...one, op: 'contains' as const } : one));
  }
  // Of several rows "should include `x`" says it of one.
  if (own !== null && /^\W*(?:\w+ ){0,3}(?:should|must) (?:also |now |still )?(?:contain|include)s? /i.test(sentence) && context.shape?.oneRow === false && context.shape.singleColumn) {
    own.assertions = own.assertions.map((one) => (one.type === 'column' && one.quantifier === 'every' && one.op === '=' && typeof one.value === 'string' && one.column === context.shape?.columns[0] ? { type: 'contains' as const, values: [one.value] } : one));
  }
  const label = body.label === null ? null : readSentence(body.label.replace(/^(?:at (?:a )?minimum|minimum|at least|min\.?)(?: of)? (\d+)(?: total)?$|^(\d+) ?\+(?: total)?$/i, (_, least: string | undefined, plus: string | undefined) => `at least ${least ?? plus ?? ''} rows`).replace(/^(\d+) (?:in )?(?:total|altogether|all)$/i, '$1 rows'), context.shape, false);
  if (context.extra?.kind === 'output' && ERROR_BELOW.test(plain)) {
    const fails = readErrorBelow(context.extra.text, context.shape);
    return fails === null ? asksFor(text, remedy, quantifier) : { source: 'read', assertions: fails.assertions, alternative: null, quantifier, remedy };
  }
  if (context.extra !== null && denies(body, sentence)) {
    const absent = readAbsent(body.text, context.extra, context.shape);
    return absent === null ? asksFor(text, remedy, quantifier) : { source: 'read', assertions: absent, alternative: null, quantifier, remedy };
  }
  const found = attach(explainedOr(own, body, context) ?? denied(readLabelled(sentence, enumerated(body.text.replace(NAMED_KIND, '')), context.shape), body.negated) ?? (body.negated || context.extra !== null ? null : (nameFirst(body.text, context.shape) ?? readNamedThings(body.text, context.shape) ?? headed(body.text, context.shape))), label, body.text, sentence, context);
  const truth = context.extra === null ? readTruth(body, context.shape) : null;
  if (truth !== null) return { source: 'read', assertions: [truth], alternative: null, quantifier, remedy };
  if (found === null) return asksFor(text, remedy, quantifier);
  const total = totalOf(text, context);
  if (total !== null) found.assertions = found.assertions.map((one) => (one.type === 'rows' ? { type: 'operator', text: total } : one));
  const each = body.every ? readEach(body.text, sentence, context.shape) : undefined;
  if (each !== undefined) return each === null ? asksFor(text, remedy, quantifier) : { source: 'read', assertions: [each], alternative: null, quantifier, remedy };
  // "All should return 'x'": every row, which a list of names does not say; nor is "each should have count = 1" a number of rows.
  if (body.every && found.assertions.some(({ type }) => type === 'contains' || (type === 'rows' && /^counts?\b/i.test(body.text)))) return asksFor(text, remedy, quantifier);
  if (context.extra === null) found.assertions = asWritten(found.assertions, context.shape);
  const typed = found.assertions.some((one) => one.type !== 'operator');
  // "Should include both new ones", of all that there are: others may be there too.
  if (/^\W*(?:(?:it|this) )?(?:should|must) (?:also |now )?include (?:the )?\d+ /i.test(sentence)) found.assertions = found.assertions.map((one) => ((one.type === 'rows' || one.type === 'value') && one.op === '=' && typeof one.value === 'number' ? { ...one, op: '>=' as const } : one));
  if (context.shape?.filtered === false && SOME_BESIDE.test(sentence) && !namesEach(sentence, found.assertions)) found.assertions = found.assertions.map((one) => (one.type === 'rows' && one.op === '=' ? { ...one, op: '>=' as const } : one));
  const rows = typed && context.extra === null ? rowsTold(body.text, found.assertions, context.shape) : null;
  if (rows !== null) found.assertions = [{ type: 'rows', op: '=', value: rows }, ...found.assertions];
  if (typed && context.extra === null && isDoubtful(plain, found.assertions, context.shape)) return asksFor(text, remedy, quantifier);
  // "3 indexes:" over four names: no result has both.
  const listed = context.extra === null && context.shape?.singleColumn !== true ? 0 : Math.max(0, ...found.assertions.map((one) => (one.type === 'contains' ? one.values.length : 0)));
  found.assertions = found.assertions.map((one) => (one.type === 'rows' && one.op === '=' && typeof one.value === 'number' && one.value < listed ? { type: 'operator', text: sentence.trim() } : one));
  // Nothing unread passes: what is said of the rows beside their number is asked.
  const beside = typed && context.extra === null ? unreadOf(body.text, found.assertions, context.shape) : null;
  if (beside !== null) found.assertions = [...found.assertions, { type: 'operator', text: body.text }];
  return { source: typed ? 'read' : 'operator', assertions: found.assertions, alternative: found.alternative ?? null, quantifier, remedy };
}

/** "TOTAL: 47 boats" below the figures of groups: their sum, and no number of rows. */
function totalOf(text: string, { shape, extra }: WordingContext): string | null {
  // "(+ the one of the constraint)": one more than are counted.
  const more = extra?.kind === 'list' ? extra.lines.find((line) => /^\W*\(\+ /.test(line)) : extra === null ? /\(\+ [^()]*\)\W*$/.exec(text)?.[0] : undefined;
  if (more !== undefined) return more.trim();
  if (extra?.kind !== 'list' || shape?.oneRow !== false || (shape.counted?.length ?? 0) === 0) return null;
  return extra.lines.find((line) => /^\W*(?:grand )?totals?\b/i.test(line))?.trim() ?? null;
}

/** "These columns: id, email": a list in the same sentence. */
const NAMED_KIND = /^(?:(?:these|the following|all(?: of)?(?: the| these)?|the) )?(?:new )?(?:tables|columns|fields|views|policies|index(?:es)|functions|triggers|constraints|extensions|types|enums|values)(?::| are:?| including| named) /i;

/** What is read of a sentence; where some of it is only asked, or nothing is read, what accounts for every word of it. */
function explainedOr(own: Found | null, body: Body, { shape, extra }: WordingContext): Found | null {
  const explained = body.negated || extra !== null || own?.alternative || own?.assertions.some((one) => one.type === 'column' && one.where !== undefined) ? null : readExplained(body.text, shape);
  const typed = own?.assertions.filter((one) => one.type !== 'operator').length ?? 0;
  if (explained !== null && (explained.assertions.length > typed || typed < (own?.assertions.length ?? 0))) return explained;
  if (own === null || extra !== null) return own;
  return { ...own, assertions: own.assertions.flatMap((one) => (one.type === 'operator' ? (readWhole(one.text, shape)?.assertions ?? [one]) : [one])) };
}

/** "Should NOT have a and b": the names that a label tells of must not be there. */
const denied = (found: Found | null, negated: boolean): Found | null => (found === null || !negated ? found : { assertions: found.assertions.map((one) => (one.type === 'contains' ? { ...one, type: 'excludes' as const } : one)) });

/** "Expected error: `P0001: no such boat`": the label says that it fails, the rest with what. */
function faultTold(sentence: string, text: string, shape: StatementShape | null): Found | null {
  if (!/^\W*expected (?:error|exception)\b(?: message)?\W*[:：]/i.test(normal(sentence))) return null;
  const said = text.replace(/^(?:error|exception)(?: message)?\s*[:：]\s*/i, '').replace(/\s*\([^()]*\)$/, '').replace(/^`([^`]+)`$/, '$1');
  // "Contains "denied"": a part of it.
  if (/^(?:contain|includ|mention|say|like|with|about|match)/i.test(said)) {
    const part = /^\w+(?: that)?:? (["'`])([^"'`]{4,})\1$/.exec(said)?.[2];
    return part === undefined ? null : { assertions: [{ type: 'error', sqlstate: null, message: part }] };
  }
  return /^(?:no|none|nothing|any)\b|\b(?:or|if|unless)\b/i.test(said) ? null : readFault(`error: ${said}`, shape);
}

/** "id, berth_no, pier_id" in one pair of back-ticks: three names at least, one of them of two words. */
const LISTED = /^(?=.*_)[a-z]\w*(?:, ?[a-z]\w*){2,}$/;
/** `kind='mate', paid=NULL` in one pair of back-ticks: pairs of a column and its value, each on its own. */
const pairsApart = (text: string): string => text.replace(/`([^`,]+(?:, ?[^`,]+)+)`/g, (whole, inner: string) => (LISTED.test(inner) ? inner.split(/, ?/).map((name) => `\`${name}\``).join(', ') : inner.split(/, ?/).every((pair) => /^[a-z_]\w*(?: ?(?:=|!=|<>|<=|>=|<|>) ?|: )[^=<>:]+$/i.test(pair.trim())) ? inner.split(/, ?/).map((pair) => pair.trim()).join(', ') : whole));

/** "`boats`: 4+ policies": the one row that a sentence tells of. */
function headed(text: string, shape: StatementShape | null): Found | null {
  const assertions = readHeaded([text], shape);
  return assertions === null ? null : { assertions };
}

/** One question to the operator: the text as it is. */
export const asksFor = (text: string, remedy: string | null, quantifier: Reading['quantifier'] = 'last'): Reading => ({ source: 'operator', assertions: [{ type: 'operator', text: text.trim() }], alternative: null, quantifier, remedy });

/** A wording understood whole; where something of it is asked, or nothing is understood, sentence by sentence. */
function fuller(whole: Found | null, parts: Found | null): Found | null {
  const typed = (found: Found | null): number => found?.assertions.filter((one) => one.type !== 'operator').length ?? 0;
  return whole === null || (typed(whole) < whole.assertions.length && typed(parts) > typed(whole)) ? parts : whole;
}

/** "All queries return data (the crew sees its own)". */
const DATA = /^(?:some )?(?:data|rows|results|records)(?: \((?!.*\b(?:or|if|unless|may|might)\b)[^()]*\))?$/i;

/** "Must have prompt records": of a count, one at least. */
const SOME = /^(?:it |[\p{L} ]{2,40} )?(?:must|should) have (?:(?!no\b|only\b|exactly\b|at\b)[a-z]+ ){0,2}(?:records|rows|entries|data)(?: (?:before|in|for|first)\b.*)?[.!]?$/iu;

/** What is seen in a browser is no result of a statement. */
const ELSEWHERE = /\b(?:browser|devtools|developer tools|network tab|console (?:logs?|output|errors?)|(?:check|in|open) (?:the )?(?:browser |js |app )?console)\b/i;

const SOME_BESIDE = /\b(?:includ(?:e|es|ing)|contains?|containing) (?:the )?(?:both|all|two|three|four|five|\d+)\b|\b(?:both|all (?:of the )?(?:two|three|four|five|six|\d+)) new\b/i;

/** "Should return an error", of a call: whether it fails, or what it returns tells of an error, a person sees. */
const ANSWERS_WRONG = /\b(?:returns?|gives?|shows?|contains?|responds? with)(?: back)? (?:an? |the )?(?:json )?error\b/i;

/** "Should contain 4 boats (A-1, A-2, B-1, B-2)": as many as are named, and all of them. */
const namesEach = (sentence: string, assertions: readonly Assertion[]): boolean => /\bcontains? (?:exactly )?\d+ [\p{L}]+ \([^()]+\)\W*$/iu.test(sentence) && assertions.some((one) => one.type === 'contains' && assertions.some((count) => count.type === 'rows' && count.op === '=' && count.value === one.values.length));

const WITHIN = /\b(?:contains?|includes?|mentions?|references?)\b/i;

/** A label over some of the rows that there are. */
const SOME_OF = /\b(?:includ(?:e|es|ing)|contains?|containing|at least)\W*$|\b(?:at least|among (?:them|others)) (?:these|the following)\b|^\W*(?:key|main|important|critical|core) [a-z ]{3,30} to (?:verify|check|spot-?check|confirm|look for|find)\W*$/i;

const SHOWN = /\b(?:formats?|examples?|samples?|similar|e\.?g|illustrative|may|might|var(?:y|ies)|differ|approx\w*|roughly|truncated|excerpt|partial|abbreviated|beispiel|exemple|ejemplo|exemplo)\b|例/i;

const QUOTED_SIGN = /(["'`])(?:(?!\1).)*\p{Extended_Pictographic}(?:(?!\1).)*\1/u;

/** A sign such as ✅ inside quotes is part of the text that is expected, where the statement itself does not write it; everywhere else it is decoration and removed. */
export function quotesSign(text: string, { extra, shape }: WordingContext): boolean {
  const quoted = QUOTED_SIGN.exec(text)?.[0].slice(1, -1);
  return (quoted !== undefined && shape?.texts?.flat().includes(quoted) !== true) || (extra?.kind === 'list' && extra.lines.some((line) => QUOTED_SIGN.test(line)));
}

/** `If …` after the expectation says what to do when it does not hold. */
function splitRemedy(text: string): { sentence: string; remedy: string | null } {
  const told = INSTRUCTS.exec(text)?.[1];
  if (told !== undefined) return splitRemedy(told);
  const match = /^(.*?[^\s.;,])\s*[.;,]\s+((?:if (?:not|missing|it|this|any|you|the|less|more|fewer|empty|rows?|an?|there|one|some|none|zero|\d)|(?:fewer|less|more|any other) (?:rows?|results?|names?|entries)? ?(?:means?|indicates?|signals?)\b|otherwise|andernfalls|sonst|sinon|de lo contrario|caso contrário|否则|否則).*)$/is.exec(text);
  return match ? { sentence: match[1] ?? text, remedy: (match[2] ?? '').trim() } : { sentence: text, remedy: null };
}

/** "… Record `id`.": what is to be noted, behind what is expected. */
const INSTRUCTS = /^(.*?[^.\s][.!])\s+(?:record|save|note(?: down)?|write down|copy|keep|remember|capture) (?:the |its |their |this |these |it\b|`)[^]*$/i;
const INTRODUCES = /^(?:(?:returns? )?(?:multiple|several|many|various|a number of) (?:[a-z]+ ){1,2}including$|(?:an? |the |one )?(?:new |single )?(?:row|record|entry) (?:with|showing|containing|that has)$|(?:at least |all (?:of )?)?(?:the )?(?:following|these)\b.*|at least$|(?:the )?(?:tables?|columns?|names?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|constraints?|rows?)(?: (?:for|on|of) (?:the )?[`"']?[\w.]+[`"']?(?: table)?)?)$/i;

/** Words that say of what is listed that it is not there. */
const DENIED = /\b(?:not|no longer|never|gone|removed|dropped|deleted|absent|missing)\b|n't\b/i;

/** Words with which a label is more than the name of a list. */
const QUALIFIES = /\b(?:not|no|never|cannot|missing|removed|dropped|gone|absent|none|without|either|any|some|one of|most|não|sin|sans|kein\w*|pas)\b|n't\b|\d|[不没無沒]/iu;

/** Whether a text only names the list under it: a known word, or a label over nothing but names in back-ticks. */
function introduces(text: string, sentence: string, { extra }: WordingContext): boolean {
  if (INTRODUCES.test(text)) return !DENIED.test(text);
  return extra?.kind === 'list' && /[:：]\W*$/.test(sentence) && !QUALIFIES.test(text) && extra.lines.every((line) => /^`[\w.$-]+`/.test(line.trim())) && listedNames(extra.lines) !== null;
}

/** "6 rows, byte-exact match:", "Per function:": a table's heading, which says nothing that its rows do not. */
function heads(text: string, rows: number): boolean {
  const [, said, rest = ''] = /^(?:(?:exactly )?(\d+|[a-z]+) (?:rows?|records?|entr(?:y|ies))(?:,| –|:)? ?)?(.*)$/i.exec(text) ?? [];
  const count = said === undefined ? null : numberOf(said);
  if (said !== undefined && count !== rows) return false;
  return /^(?:[\p{L}\d`_-]+ ?){0,5}$/u.test(rest) && !QUALIFIES.test(rest) && !LOOSENS.test(rest) && !SHOWN.test(rest);
}

function attach(own: Found | null, label: Found | null, text: string, sentence: string, context: WordingContext): Found | null {
  const { shape, extra } = context;
  // "~40 columns including:" over names: how many there are is asked.
  const about = extra?.kind === 'list' && own === null ? /^(?:returns? )?((?:~|about |around )\d[\d,]*\+? (?:[a-z]+ )?[a-z]+),? including$/i.exec(text)?.[1] : undefined;
  const names = about !== undefined || introduces(text, sentence, context) || (own === null && extra?.kind === 'table' && heads(text, extra.rows.length));
  const said = own === null ? (text === '' || names ? label : null) : withCount(label, own);
  const pieces = extra?.kind === 'list' && own === null ? readConditions(text, extra.lines, shape) ?? readPieceList(sentence, extra.lines.map(normal), shape) : null;
  if (pieces) return { assertions: pieces };
  if (text !== '' && own === null && !names) return null;
  switch (extra?.kind) {
    case undefined: return said;
    case 'list': {
      if (beginsRows(said, extra.lines)) return allRows([text, ...extra.lines], shape);
      const below = partOf(said, readList(extra.lines, shape, sentence, said !== null), sentence);
      // Figures below a figure are parts of it, and count no rows of their own.
      const listed = said?.assertions.some(counts) === true && below?.some(counts) === true ? [{ type: 'operator' as const, text: extra.lines.join('\n') }] : below;
      // "A new row with:" is one among those that were there.
      const any = /\bnew (?:row|record|entry) (?:with|showing|containing)$/i.test(text);
      if (about !== undefined) return listed === null ? null : { assertions: [...listed, { type: 'operator', text: about }] };
      return join(said, any ? (listed?.map((one) => (one.type === 'column' ? { ...one, quantifier: 'any' as const } : one)) ?? null) : listed);
    }
    case 'table': {
      const read = readTable(extra.columns, extra.rows, shape);
      return beside(said, read, sentence, [extra.columns, ...extra.rows].map((row) => row.join(' | ')).join('\n'));
    }
    case 'output': {
      // Names, one a line, below "8 tables in this order:".
      const lines = extra.text.split(/\r?\n/);
      const read = readOutput(extra.text, shape) ?? (lines.some(deniesItsName) ? null : readLabelled(sentence, lines.map(normal).filter((line) => line !== ''), shape))?.assertions ?? null;
      return beside(said, read, sentence, extra.text.trim());
    }
  }
}

/** "Expected columns (13 total): …": how many there are, beside their names. */
function withCount(label: Found | null, own: Found): Found {
  const [count, ...more] = label?.assertions ?? [];
  return count?.type === 'rows' && count.op === '=' && more.length === 0 && own.assertions.every(({ type }) => type === 'contains' || type === 'includes') ? { assertions: [count, ...own.assertions] } : own;
}

const counts = ({ type }: Assertion): boolean => type === 'rows' || type === 'value' || type === 'affected';

/** What a label says, and a table or output under it. Where that is not understood beside something that is, it is one question. */
function beside(said: Found | null, read: Assertion[] | null, sentence: string, shown: string): Found | null {
  if (read === null) return said === null ? null : join(said, [{ type: 'operator', text: shown }]);
  const [table] = read;
  if (table?.type !== 'table') return join(said, read);
  return SOME_OF.test(sentence) ? join(said, withinRows(table, sentence)) : agree(said, read, table.rows.length, shown);
}

/** "9 rows total:" over seven of them, "31 permissions including:": rows that are among those there are. */
function partOf(said: Found | null, below: Assertion[] | null, sentence: string): Assertion[] | null {
  const [table, ...more] = below ?? [];
  const count = said?.assertions.find((one) => one.type === 'rows' && one.op === '=');
  if (table?.type !== 'table' || more.length > 0) return below;
  const fewer = count?.type === 'rows' && typeof count.value === 'number' && table.rows.length < count.value;
  return fewer || SOME_OF.test(sentence) ? withinRows(table, sentence) : below;
}

function join(said: Found | null, more: Assertion[] | null): Found | null {
  if (more === null) return said;
  // "RLS enabled for:" over names: of these, and not of every row.
  const own = new Set(more.flatMap((one) => (one.type === 'includes' ? (one.columns ?? []) : [])));
  if (said?.assertions.every((one) => one.type === 'column' && own.has(one.column)) === true) return { assertions: more };
  if (said === null) return { assertions: more };
  // An alternative is another reading of one assertion alone.
  return { assertions: [...said.assertions, ...more], alternative: null };
}

/** A table says how many rows there are; a count beside it that says otherwise makes it an excerpt. */
function agree(said: Found | null, table: Assertion[], rows: number, shown: string): Found | null {
  const count = said?.assertions.find((one) => one.type === 'rows');
  // "5+ indexes" over six: these are among them.
  const [first] = table;
  if (count?.type === 'rows' && count.op === '>=' && typeof count.value === 'number' && rows >= count.value && first?.type === 'table') return join(said, withinRows(first, shown));
  if (count?.type === 'rows' && count.value !== rows) return join(said, [{ type: 'operator', text: shown }]);
  const others = said?.assertions.filter((one) => one.type !== 'rows' && one.type !== 'value') ?? [];
  return { assertions: [...table, ...others] };
}

