import type { Assertion } from '../../assertions/assertion.js';
import { isCatalog } from '../catalogs.js';
import { normal } from './normal.js';
import type { Reading } from './reading.js';
import type { StatementShape } from './shape.js';
import { literalPattern } from '../../text/literal-pattern.js';

/** What was read, put as the server writes it, and said of the rows that are meant. */

type Step = (one: Assertion, text: string, shape: StatementShape | null) => Assertion;

/** The assertions of a reading in their last form, and what may hold instead of them. */
export function finished(read: Reading, text: string, shape: StatementShape | null): Pick<Reading, 'assertions' | 'alternative'> {
  const steps: readonly Step[] = [signed, asDefault, asText, shortened, asServer, ofOthers];
  const assertions = read.assertions.flatMap((one) => inFull(ofCommands(one, shape), text, shape)).map((one) => steps.reduce((last, step) => step(last, text, shape), one));
  return { assertions: ofOne(ofAsMany(assertions, text, shape), text), alternative: read.alternative ?? hiddenFrom(assertions, text, shape) };
}

/** "At least 1 row with state = 'open'": of one of them. */
function ofOne(assertions: Assertion[], text: string): Assertion[] {
  const least = assertions.some((one) => one.type === 'rows' && one.op === '>=') && /\bat least (?:one|1|\d+) (?:rows?|records?|entr(?:y|ies)) (?:with|where|having|whose|showing)\b/i.test(text);
  return least ? assertions.map((one) => (one.type === 'column' && one.quantifier === 'every' && one.where === undefined ? { ...one, quantifier: 'any' } : one)) : assertions;
}

/** As the server writes it: a name with capitals in its quotes, and of what a statement writes itself the text that begins so. */
function asServer(one: Assertion, _text: string, shape: StatementShape | null): Assertion {
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
  if (value.includes('_') && value !== column && shape.columns.includes(value) && !text.includes(`'${value}'`) && !text.includes(`"${value}"`)) return { ...one, value: { column: value } };
  const lists = op === '=' && shape.singleColumn && !shape.oneRow && shape.tables.every(isCatalog) && /name$/.test(column) && /[a-z]{2}/i.test(value) && shape.sought?.includes(value) !== true && !/\b(?:only|all|every|each)\b/i.test(text.replace(value, ''));
  return lists ? { type: 'contains', values: [value] } : one;
}

/** "'Guest_...'": how a text begins, where the rest is left out. */
function shortened(one: Assertion): Assertion {
  if ((one.type !== 'column' && one.type !== 'value') || one.op !== '=' || typeof one.value !== 'string') return one;
  const begin = /^([^.…]{3,})(?:\.{3}|…)$/.exec(one.value)?.[1];
  return begin === undefined ? one : { ...one, op: 'matches', value: `^${literalPattern(begin)}` };
}

/** Whose attempt it is, or whose rows: what row security says no to. */
const OF_OTHERS = /\b(?:as|by|from) (?:an? |the )?(?:[\w-]+ ){0,2}(?:user|anon\w*|guest|member|author|viewer|role|tenant|admin|owner|employee|student|customer|crew)s?\b|\b(?:other|another|different)\b|\b(?:someone|somebody) else\b|\brls\b|\brow[- ]level\b|\bpolic(?:y|ies)\b/i;

/** "As a guest, try to edit another's row (should fail)": without a policy for it, row security passes over the rows in silence. */
function hiddenFrom([only, ...more]: Assertion[], text: string, shape: StatementShape | null): Assertion | null {
  if (only?.type !== 'error' || more.length > 0 || only.sqlstate !== null || only.message !== null || shape === null || shape.tables.length === 0 || shape.oneRow || !OF_OTHERS.test(text)) return null;
  if (/^(?:UPDATE|DELETE)$/.test(shape.command) && !shape.returnsRows) return { type: 'affected', op: '=', value: 0 };
  return shape.command === 'SELECT' ? { type: 'rows', op: '=', value: 0 } : null;
}

/** "`rowsecurity = true` for both tables", "all 13 tables show x", of a query that looks for as many: they are all there as well. */
function ofAsMany(assertions: Assertion[], text: string, shape: StatementShape | null): Assertion[] {
  const [only, ...more] = assertions;
  const all = /\bboth\b/i.test(text) ? 2 : Number(/\ball (\d+) [a-z]+s\b/i.exec(text)?.[1] ?? NaN);
  const counted = only?.type === 'column' && more.length === 0 && only.quantifier === 'every' && only.op === '=' && typeof only.value !== 'object' && shape?.sought?.length === all && !shape.oneRow;
  return counted ? [{ type: 'rows', op: '=', value: all }, ...assertions] : assertions;
}

/** "column_default = 'open'": where that is a text, the server writes quotes around it and its type behind it. */
function asDefault(one: Assertion, text: string): Assertion {
  if (one.type !== 'column' || one.op !== '=' || !/^column_default$/i.test(one.column) || typeof one.value !== 'string' || !text.includes(`'${one.value}'`)) return one;
  // "'{a,b,...}'": what stands before the rest that is left out.
  return { ...one, op: 'contains', value: one.value.replace(/(?:\.{3}|…).*$/, '') };
}

/** "status = ✅ PASS": with its sign, where the statement writes one or it stands right behind the equals sign. */
function signed(one: Assertion, text: string, shape: StatementShape | null): Assertion {
  if (one.type !== 'column' || one.op !== '=' || typeof one.value !== 'string' || one.value === '' || /\p{Extended_Pictographic}/u.test(one.value)) return one;
  const own = shape?.texts?.[shape.columns.findIndex((name) => name?.toLowerCase() === one.column.toLowerCase())] ?? [];
  const value = one.value;
  const [written, ...more] = own.includes(value) ? [] : own.filter((each) => normal(each) === value);
  const said = new RegExp(`= ?["'\`]?(\\p{Extended_Pictographic}\\ufe0f? ?${literalPattern(value)})(?![\\p{L}\\d])`, 'u').exec(text)?.[1];
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
