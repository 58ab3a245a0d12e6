import type { Assertion } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { everyRow, figureOf, isColumn, onlyColumn, readerOf, rowCount, type Form } from './forms.js';
import { literalOf } from './literal.js';
import { numberOf } from './normal.js';
import { knownColumns, type StatementShape } from './shape.js';
import { pipeRow } from './tables.js';

const LETTERS: Readonly<Record<string, string>> = { Y: String.raw`\d`, M: String.raw`\d`, D: String.raw`\d`, N: String.raw`\d`, '#': String.raw`\d`, X: String.raw`\w` };

/** What single values and figures are said to be. */
const FIGURES: readonly Form[] = [
  // "Format: BOAT-YYYYMMDD-XXXX".
  [/^(?:(?:in |have |with )?(?:the |a )?)?format(?: is|:| of)? ["'`]?([A-Z]{1,8}(?:[-_](?:YYYYMMDD|YYYYMM|YYYY|MMDD|MM|DD|[XN#]{2,12}))+)["'`]?$/, ([, format = ''], shape) => {
    const [head = '', ...parts] = format.split(/(?=[-_])/);
    return shape.oneRow && shape.singleColumn ? [{ type: 'value', op: 'matches', value: `^${head}${parts.map((part) => (part[0] ?? '') + [...part.slice(1)].map((letter) => LETTERS[letter] ?? letter).join('')).join('')}$` }] : null;
  }],
  // "15 (the short one) or 60 (all of it)".
  [/^(\d+) \([^()]*\) or (\d+)(?: \([^()]*\))?$/i, ([, one = '', other = ''], shape) => (shape.oneRow && shape.singleColumn ? [{ type: 'value', op: 'in', value: [Number(one), Number(other)] }] : null)],
  // "0 or 2 (no permission error)", "0 or 2 - if it was seeded, 2 rows": why either.
  [/^(\d+) or (\d+)(?: \((?!.*\d)[^()]*\)| [-–—] if [^;:]{4,80}(?:\([^()]*\))?)$/i, ([text = '', one = '', other = ''], shape) => {
    const figures = text.match(/\d+/g)?.slice(2) ?? [];
    return shape.oneRow && shape.singleColumn && figures.every((figure) => figure === one || figure === other) ? [{ type: 'value', op: 'in', value: [Number(one), Number(other)] }] : null;
  }],
  // "your auth.users.id (not null)".
  [/^(?:your|the|an?) [\w. ]{2,40} \((?:not null|non-null)\)$/i, (_, shape) => (answersOnce(shape) ? [{ type: 'value', op: '!=', value: null }] : null)],
  // "an empty array `{}`".
  [/^(?:an? )?empty (?:array|object|list|json(?: array| object)?) [`(]{1,2}(\{\}|\[\])[`)]{1,2}$/i, ([, empty = ''], shape) => (shape.oneRow && shape.singleColumn ? [{ type: 'value', op: '=', value: empty }] : null)],
  // "1 row – "North pier"", "one row – `id | uuid`", "one row: B-12, anna@pier.example, open": what stands in it.
  [/^(?:exactly )?(?:one|1|a single) rows?\s*[:—–-]\s*(\S.*)$/i, ([, rest = ''], shape) => {
    const held = heldIn(rest, shape);
    return held && [rowCount(1), held];
  }],
  // "subtotal = 20 + 35 = 55": how a column's figure comes about.
  [/^`?([a-z]\w*)`? = [\d.,() %+*×x/-]*[+*×x/-][\d.,() %+*×x/-]* = (-?\d[\d,]*(?:\.\d+)?)$/i, ([, name, result = ''], shape) => (isColumn(shape, name) ? [everyRow(name, '=', figureOf(result))] : null)],
  // "abs(diff) < 0.01 (rounding)".
  [/^abs\(`?([a-z]\w*)`?\) (<=?|≤) ?(\d+(?:\.\d+)?)(?: \([^()]*\))?$/i, ([, name, sign = '<', bound = ''], shape) => (isColumn(shape, name) ? [everyRow(name, sign === '<' ? '<' : '<=', Number(bound)), everyRow(name, sign === '<' ? '>' : '>=', -Number(bound))] : null)],
  // "total ₹15,500", of the only column that is called so.
  [/^total(?: of)?:? ?[₹$€£¥]? ?(\d[\d,]*(?:\.\d+)?)$/i, ([, total = ''], shape) => {
    const only = knownColumns(shape) === null || shape.singleColumn ? undefined : onlyColumn(shape, /^(?:total|total_\w+|\w+_total)$/i);
    return only === undefined ? null : [everyRow(only, '=', figureOf(total))];
  }],
];

/** Texts that a call gives back, as they stand. */
const TEXTS: readonly Form[] = [
  // "false or an error", of a call.
  [/^(?:returns? )?(true|false),? or (?:an? )?error(?: \((?![^()]*\b(?:if|unless)\b)[^()]*\))?$/i, ([, value = ''], shape) => (shape.oneRow && shape.singleColumn && !shape.counts ? { assertions: [{ type: 'value', op: '=', value: /^t/i.test(value) }], alternative: { type: 'error', sqlstate: null, message: null } } : null)],
  // "false (or true) without error": either of them.
  [/^(?:returns? )?(?:(?:true|false) \(or (?:true|false)\)|(?:true|false)(?: or |\/)(?:true|false))(?:,? (?:without|and no) (?:an? |any )?errors?)?$/i, (_, shape) => (shape.oneRow && shape.singleColumn && !shape.counts ? [{ type: 'shape', shape: 'boolean' }] : null)],
  // "+49301234567".
  [/^\+\d{6,}$/, ([text = ''], shape) => (answersOnce(shape) ? [{ type: 'value', op: '=', value: text }] : null)],
  // "ANNA DA SILVA": in capitals that are no words of a result.
  [/^\p{Lu}{2,}(?: \p{Lu}{2,})+$/u, ([text = ''], shape) => (isCall(shape) && !/\b(?:NO|NOT|ERROR|NULL|DENIED|FAIL\w*|PASS\w*|TRUE|FALSE|ROWS?|EMPTY|OK|ALL|NONE|INDEX|SCAN|RETURNS?|SHOULD|MUST|SELECT|INSERT|UPDATE|DELETE|CREATE|TABLE|SUCCESS\w*)\b/.test(text) ? [{ type: 'value', op: '=', value: text }] : null)],
  // "'mate' for the north pier", of a call that asks for it.
  [/^(["'`])([^"'`]+)\1 (?:for|with|given|at) (?!all\b|each\b|every\b|both\b)[\p{L}\d ._-]{2,40}$/u, ([, , text = ''], shape) => (isCall(shape) ? [{ type: 'value', op: '=', value: text }] : null)],
  // "(allowed: true, left: 1)", of a call that gives such a row.
  [/^\(?(\w+ ?[:=] ?[^,()]+(?:, ?\w+ ?[:=] ?[^,()]+)+)\)?$/, ([text = '', list = ''], shape) => {
    const pairs = list.split(/, ?/).map((pair) => pair.split(/ ?[:=] ?/));
    const told = shape.columns.length === 1 && shape.columns[0] === '*' && (shape.tables.length === 0 || text.startsWith('(')) ? pairs.flatMap(([name = '', said = '']) => {
      const value = literalOf(said);
      return value === undefined ? [] : [everyRow(name, '=', value)];
    }) : [];
    return told.length > 0 && told.length === pairs.length ? told : null;
  }],
];

/** Cells of the one row between points: "s · 0 · 1". */
const CELLS: readonly Form[] = [
  // "day (0, 1), week (97, 3)", of a query for three columns.
  [/^[\w-]+ \([^()]+\)(?:, (?:and )?[\w-]+ \([^()]+\))+$/, ([text = ''], shape) => {
    const rows = [...text.matchAll(/([\w-]+) \(([^()]+)\)/g)].map(([, name = '', cells = '']) => [name, ...cells.split(/, ?/)]);
    const columns = knownColumns(shape);
    return columns === null || shape.oneRow || columns.length < 3 || !rows.every((row) => row.length === columns.length && row.slice(1).every((cell) => /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(cell))) ? null : [rowCount(rows.length), { type: 'includes', columns, rows }];
  }],
  // "N1 - North pier, S2 - South pier, etc.", of a query for codes and names.
  [/^[A-Z][\w-]* - [^,]+(?:, [A-Z][\w-]* - [^,]+)+(?:,? etc\.?)?$/, ([text = ''], shape) => {
    const pairs = text.replace(/,? etc\.?$/, '').split(', ').map((pair) => pair.split(' - '));
    const [one, other] = shape.columns;
    return one == null || other == null || one === '*' || shape.oneRow || !pairs.every((pair) => pair.length === 2) ? null : [{ type: 'includes', columns: [one, other], rows: pairs }];
  }],
  [/^[^·]+(?: · [^·]+)+$/, ([text = ''], shape) => {
    const cells = text.split(' · ').map((cell) => literalOf(cell) ?? (/^[\w-]+$/.test(cell.trim()) ? cell.trim() : undefined));
    const columns = knownColumns(shape);
    return shape.oneRow && columns?.length === cells.length && cells.every((cell) => cell !== undefined) ? columns.map((column, at) => everyRow(column, '=', cells[at] ?? null)) : null;
  }],
];

/** Of which kind a value is, and how many things there are with how many others. */
const KINDS: readonly Form[] = [
  // "a number (0 or more)".
  [/^(?:an? )?(?:number|integer|count|figure),? \(?(?:(?:0|zero) or (?:more|higher|greater)|(?:>=|≥) ?0)\)?$/i, (_, shape) => (answersOnce(shape) ? [{ type: 'value', op: '>=', value: 0 }] : null)],
  // "true/false".
  [/^[`'"]?true[`'"]? ?(?:\/|or) ?[`'"]?false[`'"]?$/i, (_, shape) => (answersOnce(shape) ? [{ type: 'shape', shape: 'boolean' }] : null)],
  // "checklist UUID", "integer (e.g. 0, 5, 10)", "a number without errors".
  [/^(?:an? |the |your )?(?:((?:[a-z][\w-]* ){0,2})uuid|(integer|bigint|whole number|number|boolean)(?: values?)?)(?: \((?:e\.g\.?|for example|such as|like|id of)[^()]*\))?(?: with(?:out| no) (?:any )?errors?)?$/i, ([text = '', before = '', kind], shape) => {
    if (!answersOnce(shape) || /\b(?:no|not|any|valid|same|each)\b/i.test(before)) return null;
    return [{ type: 'shape', shape: kind === undefined ? 'uuid' : /^bool/i.test(kind) ? 'boolean' : /^(?:int|bigint|whole)/i.test(kind) || (shape.counts && /integer/i.test(text)) ? 'integer' : 'number' }];
  }],
  // "1 event with 5 competitions", of a query that counts them.
  [/^(?:exactly )?(\d+|one|two|three|four|five|an?) [a-z]+? (?:with|having) (?:exactly )?(\d+|two|three|four|five|six|seven|eight|nine|ten) ([a-z]+(?: [a-z]+)?)( each)?$/i, ([, many = '', figure = '', things = '', each], shape) => {
    const [rows, value] = [/^an?$/i.test(many) ? 1 : numberOf(many), numberOf(figure)];
    const column = shape.oneRow || /^(?:rows?|records?|columns?)$/i.test(things) ? null : columnCalled(things, shape, true);
    return rows === null || value === null || column === null || shape.counted?.includes(column) !== true || (rows > 1 && each === undefined) ? null : [rowCount(rows), everyRow(column, '=', value)];
  }],
];

const isCall = (shape: StatementShape): boolean => shape.singleColumn && shape.tables.length === 0;

/** Whether the statement answers with one value of its own. */
const answersOnce = (shape: StatementShape): boolean => shape.singleColumn && (shape.oneRow || shape.tables.length === 0) && !shape.columns.some((name) => name !== null && /(?:^|_)types?$|^udt_name$|^typname$|^format_type$|^pg_typeof$/i.test(name));

function heldIn(rest: string, shape: StatementShape): Assertion | null {
  const [, , quoted = ''] = /^(["'`])([^"'`]{2,60})\1$/.exec(rest) ?? [];
  if (quoted.includes(' | ')) return pipeRow(quoted, shape);
  if (quoted !== '' && !quoted.includes('|')) return shape.oneRow ? null : { type: 'contains', values: [quoted] };
  // "See own boats, {crew}, SELECT".
  const listed = rest.replace(/[.]$/, '').split(', ');
  if (listed.length > 1 && listed.length <= shape.columns.length && listed.filter((cell) => /^\{[a-z_,]+\}$|^[A-Z]{3,}$/.test(cell)).length > 0 && listed.every((cell) => /^[\p{L}\d][\p{L}\d _.-]{1,60}$|^\{[a-z_,]+\}$/u.test(cell))) return { type: 'contains', values: listed };
  const cells = /^(?:[\w@.+-]+, )+[\w@.+-]+$/.test(rest) ? rest.split(', ') : [];
  return cells.length > 1 && cells.length <= shape.columns.length && cells.some((cell) => /[\d@_]/.test(cell)) ? { type: 'contains', values: cells } : null;
}

/** What single values are said to be, and what the one row holds. */
export const readValueForms = readerOf([...FIGURES, ...TEXTS, ...CELLS, ...KINDS]);
