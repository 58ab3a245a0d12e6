import type { Assertion } from '../../assertions/assertion.js';
import { isCatalog } from '../catalogs.js';
import { asksFor, quotesSign, readAsWritten } from './as-written.js';
import { canonical, plainLetters } from './canonical.js';
import { remembering } from './known.js';
import { normal } from './normal.js';
import type { Reading } from './reading.js';
import type { StatementShape, WordingContext } from './shape.js';

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
  const assertions = read.assertions.flatMap((one) => inFull(ofCommands(one, context.shape), text, context.shape)).map((one) => ofOthers(asServer(shortened(asText(asDefault(signed(one, text, context.shape), text))), context.shape), text, context.shape));
  return { ...read, assertions: ofOne(ofBoth(assertions, text, context.shape), text), alternative: read.alternative ?? hiddenFrom(assertions, text, context.shape) };
}

/** "At least 1 row with state = 'open'": of one of them. */
function ofOne(assertions: Assertion[], text: string): Assertion[] {
  const least = assertions.some((one) => one.type === 'rows' && one.op === '>=') && /\bat least (?:one|1|\d+) (?:rows?|records?|entr(?:y|ies)) (?:with|where|having|whose|showing)\b/i.test(text);
  return least ? assertions.map((one) => (one.type === 'column' && one.quantifier === 'every' && one.where === undefined ? { ...one, quantifier: 'any' } : one)) : assertions;
}

/** As the server writes it: a name with capitals in its quotes, and of what a statement writes itself the text that begins so. */
function asServer(one: Assertion, shape: StatementShape | null): Assertion {
  if (one.type === 'value' && one.op === '=' && typeof one.value === 'string' && /^to_regclass$/i.test(shape?.columns[0] ?? '') && /^\w*[A-Z]\w*$/.test(one.value)) return { ...one, value: `"${one.value}"` };
  if (one.type !== 'column' || one.op !== '=' || typeof one.value !== 'string' || !/^[A-Z]{2,}$/.test(one.value)) return one;
  const { value } = one;
  const own = shape?.texts?.[shape.columns.findIndex((name) => name?.toLowerCase() === one.column.toLowerCase())] ?? [];
  const longer = own.includes(value) ? [] : own.filter((text) => text.startsWith(value) && /^[\s:–—-]/.test(text.slice(value.length)));
  return longer.length === 1 ? { ...one, op: 'matches', value: `^${value}` } : one;
}

/** Of another column where the value is its name, and among others where a catalog was not asked for it by name. */
function ofOthers(one: Assertion, text: string, shape: StatementShape | null): Assertion {
  if (one.type !== 'column' || one.quantifier !== 'every' || one.where !== undefined || typeof one.value !== 'string' || shape === null) return one;
  const { column, op, value } = one;
  if (value.includes('_') && value !== column && shape.columns.includes(value) && !new RegExp(`['"]${value}['"]`).test(text)) return { ...one, value: { column: value } };
  const lists = op === '=' && shape.singleColumn && !shape.oneRow && shape.tables.every(isCatalog) && /name$/.test(column) && /[a-z]{2}/i.test(value) && shape.sought?.includes(value) !== true && !/\b(?:only|all|every|each)\b/i.test(text.replace(value, ''));
  return lists ? { type: 'contains', values: [value] } : one;
}

/** "'Guest_...'": how a text begins, where the rest is left out. */
function shortened(one: Assertion): Assertion {
  if ((one.type !== 'column' && one.type !== 'value') || one.op !== '=' || typeof one.value !== 'string') return one;
  const begin = /^([^.…]{3,})(?:\.{3}|…)$/.exec(one.value)?.[1];
  return begin === undefined ? one : { ...one, op: 'matches', value: `^${begin.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)}` };
}

/** Whose attempt it is, or whose rows: what row security says no to. */
const OF_OTHERS = /\b(?:as|by|from) (?:an? |the )?(?:[\w-]+ ){0,2}(?:user|anon\w*|guest|member|author|viewer|role|tenant|admin|owner|employee|student|customer|crew)s?\b|\b(?:other|another|different)\b|\b(?:someone|somebody) else\b|\brls\b|\brow[- ]level\b|\bpolic(?:y|ies)\b/i;

/** "As a guest, try to edit another's row (should fail)": without a policy for it, row security passes over the rows in silence. */
function hiddenFrom([only, ...more]: Assertion[], text: string, shape: StatementShape | null): Assertion | null {
  if (only?.type !== 'error' || more.length > 0 || only.sqlstate !== null || only.message !== null || shape === null || shape.tables.length === 0 || shape.oneRow || !OF_OTHERS.test(text)) return null;
  if (/^(?:UPDATE|DELETE)$/.test(shape.command) && !shape.returnsRows) return { type: 'affected', op: '=', value: 0 };
  return shape.command === 'SELECT' ? { type: 'rows', op: '=', value: 0 } : null;
}

/** "`rowsecurity = true` for both tables", of a query that looks for two: both are there as well. */
function ofBoth(assertions: Assertion[], text: string, shape: StatementShape | null): Assertion[] {
  const [only, ...more] = assertions;
  const both = only?.type === 'column' && more.length === 0 && only.quantifier === 'every' && only.op === '=' && typeof only.value !== 'object' && /\bboth\b/i.test(text) && shape?.sought?.length === 2 && !shape.oneRow;
  return both ? [{ type: 'rows', op: '=', value: 2 }, ...assertions] : assertions;
}

/** "column_default = 'open'": where that is a text, the server writes quotes around it and its type behind it. */
function asDefault(one: Assertion, text: string): Assertion {
  return one.type === 'column' && one.op === '=' && /^column_default$/i.test(one.column) && typeof one.value === 'string' && text.includes(`'${one.value}'`) ? { ...one, op: 'contains' } : one;
}

/** "status = ✅ PASS": with its sign, where the statement writes one or it stands right behind the equals sign. */
function signed(one: Assertion, text: string, shape: StatementShape | null): Assertion {
  if (one.type !== 'column' || one.op !== '=' || typeof one.value !== 'string' || one.value === '' || /\p{Extended_Pictographic}/u.test(one.value)) return one;
  const own = shape?.texts?.[shape.columns.findIndex((name) => name?.toLowerCase() === one.column.toLowerCase())] ?? [];
  const value = one.value;
  const [written, ...more] = own.includes(value) ? [] : own.filter((each) => normal(each) === value);
  const said = new RegExp(`= ?["'\`]?(\\p{Extended_Pictographic}\\ufe0f? ?${value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')})(?![\\p{L}\\d])`, 'u').exec(text)?.[1];
  const meant = more.length === 0 ? (written ?? (own.length === 0 ? said : undefined)) : undefined;
  return meant === undefined ? one : { ...one, value: meant };
}

/** "2 rows (select_owner, insert_owner)": policies, which are often called in short; in full they hold these words. */
function inFull(one: Assertion, text: string, shape: StatementShape | null): Assertion[] {
  const naming = shape?.columns.find((name) => name !== null && /^pol(?:icy)?_?name$/i.test(name));
  if (one.type !== 'contains' || naming == null || !one.values.every((value) => typeof value === 'string' && /^(?:select|insert|update|delete|all)_[a-z_]+$/.test(value) && new RegExp(`\\([^()\x60"']*\\b${value}\\b[^()\x60"']*\\)`).test(text))) return [one];
  return one.values.map((value) => ({ type: 'column', column: naming, quantifier: 'any', op: 'contains', value }));
}

/** Commands stand in the column that tells them: a policy that is called after one is none of them. */
function ofCommands(one: Assertion, shape: StatementShape | null): Assertion {
  const [column, ...more] = shape?.columns.filter((name) => name !== null && /^(?:cmd|polcmd|event_manipulation|privilege_type)$/i.test(name)) ?? [];
  if (one.type !== 'contains' || column == null || more.length > 0 || !one.values.every((value) => /^(?:SELECT|INSERT|UPDATE|DELETE|ALL|TRUNCATE|REFERENCES|TRIGGER)$/.test(String(value)))) return one;
  return { type: 'includes', columns: [column], rows: one.values.map((value) => [value]) };
}

/** Cells of rows are texts, as an `expect` fence has them. */
const asText = (one: Assertion): Assertion => (one.type === 'includes' ? { ...one, rows: one.rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))) } : one);

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
