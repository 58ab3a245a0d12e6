import type { Assertion, Operand, Operator } from '../../assertions/assertion.js';
import { catalogCell, typeInCatalog } from './catalog.js';
import { isKind, literalOf } from './literal.js';
import { named, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { TELLS_STATE } from './states.js';

const PAIR = /^(?:(?:(?:a |the )?(?:full )?list of )?(?:all|each|every|both)(?: [\p{L}]+){0,3}(?: (?:under|over|above|below) \d+)? (?:should |must )?(?:have|has|show|be|with|return) )?(?:column |a |an |the )?(`[^`]+`|[\p{L}_][\p{L}\p{N}_.]*)(?:(?<=`) (?:column|field|value))?\s*(=|==|:|!=|<>|<=|>=|<|>|≤|≥|\b(?:should (?:now )?be|should equal|must be|must equal|is(?: (?:now|still))?|equals|should show|should return)\b)\s*(.+)$/iu;
const OPS: Record<string, Operator> = { '!=': '!=', '<>': '!=', '<=': '<=', '>=': '>=', '<': '<', '>': '>', '≤': '<=', '≥': '>=' };
/** `crew_columns: 40+`, "total: at least 5". */
const LEAST = /^(?:(\d[\d,]*)\s?\+|(?:at least|>=|≥) ?(\d[\d,]*))$/i;
/** "`avg_cal` is between 200 and 600", "`open`: 0-5". */
const RANGE = /^(?:between )?(\d+(?:\.\d+)?) ?(?:-|–|to|and) ?(\d+(?:\.\d+)?)(?: [\w/%]+)?$/i;
/** Subjects that mean the result as a whole. */
const WHOLE = /^(?:count|counts|result|value|total|output|it|this|query|the)$/i;

/** "All rows should show `true` for `rowsecurity`". */
const SHOWN_FOR = /^(?:all|every|each)(?: \w+){0,2} (?:should |must )?(?:show|have|return|display|read)s? `?('[^']*'|[\w.]+)`? (?:for|in|under) (?:the )?`?(\w+)`?(?: column)?$/i;

/** `All rows show "Valid" status`. */
const SHOWN_AS = /^(?:all|every|each)(?: `?\w+`?){0,3} (?:should |must )?(?:show|have|return|display)s? (["'])([^"']+)\1 (?:for |in |as )?(?:the )?`?(\w+)`?(?: column)?$/i;

/** Of a column that the result has, whoever the rows are: "All your crews should have 'mate' role". */
export function readShownAs(text: string, shape: StatementShape | null): Found | null {
  const [, , value, column = ''] = SHOWN_AS.exec(text) ?? [];
  return value !== undefined && hasColumn(shape, column) === true ? { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] } : null;
}

/** `public = true`, `` `role = 'user'` ``, `total_users should be 0`: one column, in every row. */
export function readColumn(text: string, shape: StatementShape | null): Found | null {
  if (shape && (!shape.returnsRows || isExplain(shape))) return null;
  const shown = SHOWN_FOR.exec(text);
  if (shown && hasColumn(shape, shown[2] ?? '') === true) return readColumn(`${shown[2] ?? ''} = ${shown[1] ?? ''}`, shape);
  const as = readShownAs(text, shape);
  if (as) return as;
  const nick = nicknamed(text, shape);
  if (nick !== undefined) return nick;
  const inner = text.replace(/`([\w.]+\s*(?:=|!=|<>|<=|>=|≤|≥|<|>)\s*[^`]+)`/, '$1').replace(/^`([a-z_]\w*):\s*([^`]+)`$/, '$1 = $2');
  const match = PAIR.exec(inner);
  if (!match) return null;
  const name = (match[1] ?? '').replaceAll('`', '');
  const sign = (match[2] ?? '').toLowerCase();
  const said = (match[3] ?? '').trim();
  const known = hasColumn(shape, name);
  // "`lag`: > 0": the sign of the comparison stands behind the name's own.
  const signed = OPS[sign] === undefined && known === true ? /^(>=|<=|<>|!=|[<>≥≤])\s*(\S.*)$/.exec(said) : null;
  if (signed) return readColumn(`${name} ${signed[1] ?? ''} ${signed[2] ?? ''}`, shape);
  const range = OPS[sign] === undefined && known === true ? RANGE.exec(said) : null;
  if (range) return { assertions: [{ type: 'column', column: (shape ? knownColumn(shape, name) : null) ?? name, quantifier: 'every', op: 'between', value: [Number(range[1]), Number(range[2])] }] };
  const least = OPS[sign] === undefined && known === true ? LEAST.exec(said) : null;
  const told = least ? numberOf(least[1] ?? least[2] ?? '') ?? undefined : valueFor(said, name, sign, shape);
  // "total_credits: `500`" of every column there is: a name of two words, or of a state, and what it holds.
  const listed = known === null && shape?.columns.includes('*') === true && sign === ':' && (/^[a-z]+(?:_[a-z\d]+)+$/.test(name) ? /^(?:[`'"][^`'"]+[`'"]|-?\d[\d,.]*|true|false)$/ : /^[`'"][^`'"]+[`'"]$/).test(said) && (name.includes('_') || (TELLS_STATE.test(name) && /^[a-z]/.test(name)));
  const value = known === true ? typeInCatalog(name, told) : listed ? (told ?? named(said) ?? undefined) : told;
  if (value === undefined) return null;
  const op = least ? '>=' : OPS[sign] ?? '=';
  if (WHOLE.test(name) && (known !== true || (shape?.oneRow && shape.singleColumn && !/^[=!<>≤≥]/.test(sign)))) return shape?.oneRow && shape.singleColumn ? { assertions: [{ type: 'value', op, value }] } : null;
  // Words such as "status is 3" name a column only where the result has it.
  // Of every column there is (`SELECT *`), "status should be 'failed'" names one by the text in quotes, or the truth, behind it.
  const starred = shape?.columns.includes('*') === true && /^(?:should|must) /.test(sign) && /^[a-z_]\w*$/.test(name) && (typeof value === 'boolean' || (typeof value === 'string' && /^[`'"]/.test(said)));
  if (known === false || (known === null && !starred && !listed && !/^[=!<>≤≥]/.test(sign) && !(match[1] ?? '').startsWith('`'))) return null;
  if (value === null && op !== '=' && op !== '!=') return null;
  return { assertions: [{ type: 'column', column: (shape && known ? knownColumn(shape, name) : null) ?? name, quantifier: 'every', op, value }] };
}

/** "Default value should be `0`", "all types are `uuid`": columns of the catalog by their everyday names; undefined: none of them. */
function nicknamed(text: string, shape: StatementShape | null): Found | null | undefined {
  const [, what = '', said = ''] = /^(?:(?:all|both|each|every)(?: \w+)? (?:should |must )?(?:have|has) )?(?:an? |the )?(default(?: value)?|(?:data )?type|nullability)s? (?:should be|must be|is|are|=|of|:)? ?(`[^`]+`|'[^']*'(?:::[\w ]+)?|-?\d+(?:\.\d+)?|true|false|[a-z]\w*(?:\([\d, ]*\))?)$/i.exec(text) ?? [];
  if (what === '' || shape?.returnsRows !== true) return undefined;
  const wanted = /^d(?:efault)/i.test(what) ? 'column_default' : /type$/i.test(what) ? 'data_type' : 'is_nullable';
  const column = knownColumn(shape, wanted);
  if (column === null || hasColumn(shape, what) === true) return undefined;
  const value = catalogCell(wanted, said.replace(/^`([^`]*)`$/, '$1'));
  if (value === undefined || value === null) return null;
  // What the server shows of a literal goes on with its cast.
  const shown = typeof value === 'string' && value.endsWith('…') ? { op: 'contains' as const, value: value.slice(0, -1) } : { op: '=' as const, value };
  return { assertions: [{ type: 'column', column, quantifier: 'every', ...shown }] };
}

/** What stands behind a column's name and its sign. Where definitions are shown, the server writes the cast as well. */
function valueFor(said: string, name: string, sign: string, shape: StatementShape | null): Operand | undefined {
  if (/::\w+/.test(said) && /default|definition|indexdef|qual|with_check|src$/i.test(name)) return said.replaceAll('`', '');
  // The server writes an array's default with its cast.
  if (/default$/i.test(name) && /^`?\{/.test(said)) return undefined;
  // What the query itself looks for in that column.
  const sought = name.toLowerCase() === shape?.soughtIn?.toLowerCase() && (sign === '=' || sign === ':') ? shape.sought?.find((one) => said.replace(/^`(.*)`$/, '$1') === one) : undefined;
  if (sought !== undefined) return sought;
  // `now()`, of a default.
  const call = /default$/i.test(name) ? /^`?([a-z_][\w.]*\(\))`?$/.exec(said)?.[1] : undefined;
  // `>= NOW()`: the server's own time.
  const now = /^(?:>=?|<=?|≥|≤)$/.test(sign) ? /^`?(now\(\)|current_(?:date|timestamp))`?$/i.exec(said)?.[1] : undefined;
  const value = call ?? (now === undefined ? valueOf(said, shape) : { sql: `SELECT ${now.toLowerCase()}` });
  if (value !== undefined) return value;
  return valueInWords(said.replace(/ (?:for|on|in) (?:all|every|each|both)(?: of)?(?: the)?(?: [\w-]+){0,3}$/i, ''), name, sign, shape);
}

function valueInWords(said: string, name: string, sign: string, shape: StatementShape | null): Operand | undefined {
  return (sign === '=' || (sign === ':' && /(?:^|_)(?:status|role|state|kind|mode|tier|plan|phase)$/i.test(name)) ? wordOf(said, name, shape) : undefined) ?? tickedWord(said, name, sign, shape) ?? phraseOf(said, name, shape);
}

/** `SECURITY DEFINER`, `timestamp with time zone`: words of a column that there is; where the statement writes that column's texts, only one of them. */
function phraseOf(said: string, name: string, shape: StatementShape | null): string | undefined {
  const index = shape?.columns.findIndex((column) => column?.toLowerCase() === name.toLowerCase()) ?? -1;
  if (index === -1) return undefined;
  const plain = /^`([^`]+)`$/.exec(said)?.[1] ?? said;
  // What a foreign key does.
  if (/^(?:SET NULL|SET DEFAULT|NO ACTION)$/.test(plain)) return plain;
  const own = shape?.texts?.[index] ?? [];
  if (own.length > 0) return own.includes(plain) ? plain : undefined;
  const form = plain === said ? /^[A-Z][A-Z_]+(?: [A-Z][A-Z_]+){1,3}$/ : /^[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){1,3}$/;
  return form.test(plain) && !/\b(?:null|true|false|or|and|not|no|any|all|empty|than|least|most|same)\b/i.test(plain) ? plain : undefined;
}

/** A word in back-ticks, of a column that there is. */
function tickedWord(text: string, name: string, sign: string, shape: StatementShape | null): string | undefined {
  const word = /^`([A-Za-z][A-Za-z-]*)`(?: \([^()]*\))?$/.exec(text)?.[1];
  return word !== undefined && /^(?:=|:|is|should be|should show)$/.test(sign) && hasColumn(shape, name) === true && hasColumn(shape, word) === false ? word : undefined;
}

function valueOf(text: string, shape: StatementShape | null): Operand | undefined {
  const plain = text.replace(/ (?:for|on|in) (?:all|every|each|both)(?: of)?(?: the)?(?: [\w-]+){0,3}$/i, '').replace(/^(?:=|is|be)\s+/i, '').replace(/[.;]$/, '').replace(/(?<=['"`]) (?:rows?|records?|entries)$/, '').trim();
  const literal = literalOf(plain);
  if (literal !== undefined) return literal;
  if (/^[tf]$/.test(plain)) return plain === 't';
  // A bare word is a value only when it stands alone, in capitals, and is no column.
  return /^[A-Z][A-Z_]{1,30}$/.test(plain) && !isKind(plain) && hasColumn(shape, plain) === false ? plain : undefined;
}

/** Words that tell of a value rather than being one. */
const TELLS = /^(?:expected|unchanged|same|previous|empty|present|set|not|some|any|valid|correct|filled|updated|populated|missing|none|now|today|current\w*|old|new|yes|no|on|off|above|below|success\w*|ok|error|fail\w*|outputs?|results?|responses?|values?|whatever|varies|varied|default)$/i;

/** `state = running`: a word that a column of the result holds, where no figure or time is in it. */
function wordOf(text: string, name: string, shape: StatementShape | null): string | undefined {
  if (hasColumn(shape, name) !== true || hasColumn(shape, text) === true || (/^`?(?:uuid|text)`?$/.test(text) && !/type|udt/i.test(name)) || /count|total|sum|num|(?:^|_)id$|_at$|date|time|size|amount/i.test(name)) return undefined;
  return /^`?[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*`?$/.test(text) && !TELLS.test(text.replaceAll('`', '')) ? text.replaceAll('`', '') : undefined;
}

/** "Expect: running" of a query for one column that names a state. */
export function readState(text: string, shape: StatementShape | null): Found | null {
  const [column] = shape?.columns ?? [];
  if (shape?.returnsRows !== true || !shape.singleColumn || isExplain(shape) || column == null || !/(?:^|_)(?:status|state|role|kind|mode|tier|plan|phase|setting)$/i.test(column)) return null;
  const value = wordOf(text, column, shape);
  return value === undefined ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] };
}

const LITERAL = String.raw`(?:\x60?'[^']*'\x60?|\x60?"[^"]*"\x60?)`;
const ONE_OF = new RegExp(`^(?:the |(?:every|each|all) )?(\x60?[\\w.]+\x60?)(?: values?)? (?:is|are|=|should be|must be|should show|in)(?: either| one of)?:? ?\\(?(${LITERAL}(?:(?:,| or|, or) ?${LITERAL})+)\\)?$`, 'i');

const EITHER = new RegExp(`^(?:either )?${LITERAL}(?:(?:,| or|, or) ${LITERAL})*,? or ${LITERAL}$`, 'i');

/** `` Status is `'done'` or `'failed'` ``: one of several texts in quotes, in every row. */
export function readOneOf(text: string, shape: StatementShape | null): Assertion | null {
  const alone = shape?.singleColumn === true && shape.returnsRows && !isExplain(shape) ? (shape.columns[0] ?? null) : null;
  const either = alone !== null && alone !== '*' && EITHER.test(text) ? [...text.matchAll(new RegExp(LITERAL, 'g'))].map((one) => literalOf(one[0])) : [];
  if (alone !== null && either.length > 0 && either.every((value) => typeof value === 'string')) return { type: 'column', column: alone, quantifier: 'every', op: 'in', value: either };
  const match = ONE_OF.exec(text.replace(/^`([^`]* in \([^`]*\))`$/i, '$1'));
  const name = (match?.[1] ?? '').replaceAll('\x60', '');
  // Of every column there is, one that is written as a name.
  const column = shape && match ? (knownColumn(shape, name) ?? (shape.returnsRows && hasColumn(shape, name) === null && match[1] !== name ? name : null)) : null;
  if (!match || column === null) return null;
  const values = [...(match[2] ?? '').matchAll(new RegExp(LITERAL, 'g'))].map((one) => literalOf(one[0]));
  return values.every((value) => typeof value === 'string') ? { type: 'column', column, quantifier: 'every', op: 'in', value: values } : null;
}

function knownColumn(shape: StatementShape, name: string): string | null {
  return shape.columns.find((column) => column?.toLowerCase() === name.toLowerCase()) ?? null;
}

const TWO = /^(?:the |all )?`?([\w.]+)`?(?: columns?| values?)? (?:should |must )?(?:(?:be )?equal(?:s)?(?: to)?|match(?:es)?|be the same as|=|==) (?:the )?`?([\w.]+)`?(?: columns?| values?)?(?: (?:in|for|on) (?:each|every) row)?$/i;

/** "Both counts should match". */
const SAME = /^(?:both (?:columns?|counts?|values?)? ?(?:(?:should|must) be |are )?(?:equal|identical|the same)|(?:both |the |these |all )?(?:two )?(?:counts?|numbers?|totals?|values?|columns?) (?:should |must )?(?:match|agree|equal|be (?:equal|identical|the same)(?: to each other)?))$/i;

/** `done should equal total`: two columns of the same row, both of which the result has. */
export function readColumns(text: string, shape: StatementShape | null): Assertion | null {
  const counting = shape?.returnsRows === true && shape.columns.every((name) => /count|total|sum|num|rows/i.test(name ?? ''));
  // "Both counts should match" beside a third figure: the two that are called so.
  const [one, two, ...others] = shape?.oneRow === true && shape.columns.length > 2 && /^both counts\b/i.test(text) && SAME.test(text) ? shape.columns.filter((name) => name !== null && /(?:^|_)count$/i.test(name)) : [];
  if (one != null && two != null && others.length === 0) return { type: 'column', column: one, quantifier: 'every', op: '=', value: { column: two } };
  const paired = shape?.returnsRows === true && !isExplain(shape) && (shape.oneRow || counting || /^(?:both|the two) columns\b/i.test(text));
  if (paired && shape.columns.length === 2 && SAME.test(text.replace(/ exactly$| (?:in|for|on) (?:each|every|all) rows?$/i, ''))) {
    const [one, other] = shape.columns;
    if (one != null && other != null && one !== '*' && other !== '*' && one !== other) return { type: 'column', column: one, quantifier: 'every', op: '=', value: { column: other } };
  }
  const [, lesser = '', than = '', greater = ''] = /^`?([a-z_]\w*)`? ?(<=|>=|<>|!=|<|>) ?`?([a-z_]\w*)`?$/i.exec(text) ?? [];
  const [less, more] = shape?.returnsRows === true && !isExplain(shape) ? [knownColumn(shape, lesser), knownColumn(shape, greater)] : [null, null];
  if (less !== null && more !== null && less !== more) return { type: 'column', column: less, quantifier: 'every', op: OPS[than] ?? '=', value: { column: more } };
  const match = shape?.returnsRows === true && !isExplain(shape) ? TWO.exec(text) : null;
  if (!shape || !match) return null;
  const [left, right] = [knownColumn(shape, match[1] ?? ''), knownColumn(shape, match[2] ?? '')];
  if (left === null || right === null || left === right) return null;
  return { type: 'column', column: left, quantifier: 'every', op: '=', value: { column: right } };
}
