import type { Assertion } from '../../assertions/assertion.js';
import { everyRow, isColumn, readerOf, rowCount, type Form } from './forms.js';
import { numberOf } from './normal.js';
import { namingColumn } from './row-of.js';
import { hasColumn, knownColumns, type StatementShape } from './shape.js';
import { isFlag, TELLS_STATE } from './states.js';

/** What is said of the columns that every row has something in, or nothing. */

/** "all rows", or "all mates" of a query for those alone. */
function ofAllRows(who: string, shape: StatementShape): boolean {
  const one = who.trim().toLowerCase().replace(/s$/, '');
  return /^(?:row|record|entrie|entry|result|line)$/.test(one) || (shape.sought ?? []).some((sought) => sought.toLowerCase() === one) || (!shape.filtered && shape.tables.length === 1 && shape.tables[0]?.replace(/s$/, '') === one);
}

const filled = (names: readonly string[], shape: StatementShape): Assertion[] | null => (names.length > 0 && names.every((name) => isColumn(shape, name)) ? names.map((name) => everyRow(name, '!=', null)) : null);

/** What is said of a state, and is none. */
const NO_STATE = /^(?:correct|right|ok|okay|good|fine|valid|invalid|set|unset|empty|filled|populated|present|missing|there|absent|unchanged|changed|updated|visible|hidden|shown|listed|returned|null|true|false|none|one|zero|same|equal|different|unique|new|old|current|appropriate|as|not|the|a|an)$/;

const FORMS: readonly Form[] = [
  // "status should be active", of the column that is called so.
  [/^(?:the )?`?(\w+)`? (?:should|must) (?:now )?be ([a-z]+(?:_[a-z]+)*)$/, ([, name = '', word = ''], shape) => (isColumn(shape, name) && TELLS_STATE.test(name) && !NO_STATE.test(word) ? [everyRow(name, '=', word)] : null)],
  // "All mates should have pier_id, berth_id should be NULL", "All rows should have both pier_id and berth_id".
  [/^(?:all|every|each) (?:of )?(?:the )?([\w-]+) (?:should |must )?ha(?:ve|s) (?:both )?(?:an? |the )?`?(\w+)`?(?:(?:,| and) (?:an? |the )?`?(\w+)`?)??(?: (?:populated|set|filled|assigned))?(?:,(?: and| but)? `?(\w+)`? (?:should|must) be null)?$/i, ([, who = '', one = '', other, none], shape) => {
    const held = ofAllRows(who, shape) ? filled([one, ...(other === undefined ? [] : [other])], shape) : null;
    return held === null || (none !== undefined && !isColumn(shape, none)) ? null : [...held, ...(none === undefined ? [] : [everyRow(none, '=', null)])];
  }],
  // "boat_touch must come back with security = true": the row of that name.
  [/^`?([a-z]\w*)`? (?:should |must )?(?:come back|be (?:listed|there|shown|returned)|appears?|ha(?:ve|s)) (?:with )?`?(\w+)`? ?= ?(true|false)$/i, ([, name = '', flag = '', value = ''], shape) => {
    const naming = namingColumn(shape);
    const column = hasColumn(shape, flag) === true ? flag : Object.entries(shape.sources ?? {}).find(([, source]) => source.toLowerCase() === flag.toLowerCase())?.[0];
    return naming === null || column === undefined || isColumn(shape, name) ? null : [{ type: 'includes', columns: [naming, column], rows: [[name, value.toLowerCase() === 'true']] }];
  }],
  // "berth 87545772920 present", of a query with such a column.
  [/^(?:(?:the )?`?(\w+)`? )?([\w.+-]+@[\w.-]+\.\w+|\d{5,}) (?:is |should be |must be )?(?:present|there|listed|presente)$/i, ([, column, value = ''], shape) => {
    if (column === undefined) return [{ type: 'contains', values: [value] }];
    const known = shape.columns.find((name) => name?.toLowerCase() === column.toLowerCase());
    return known == null ? null : [{ type: 'column', column: known, quantifier: 'any', op: '=', value }];
  }],
  // "all three false", of as many columns.
  [/^all (\w+) (?:(?:are|should be|must be) )?(true|false)$/i, ([, many = '', value = ''], shape) => {
    const columns = knownColumns(shape);
    return !shape.oneRow || columns === null || columns.length < 2 || numberOf(many) !== columns.length ? null : columns.map((name) => everyRow(name, '=', /^t/i.test(value)));
  }],
  // "all `f`" of a row with several flags.
  [/^all (?:flags |of them )?(?:are )?`?(t|f|true|false)`?$/i, ([, value = ''], shape) => {
    const flags = (knownColumns(shape) ?? []).filter(isFlag);
    return flags.length < 2 ? null : flags.map((name) => everyRow(name, '=', /^t/i.test(value)));
  }],
  // "every module appears with COUNT >= 3".
  [/^(?:every|each|all) (?:\w+ )?\w+ (?:appears?|is listed|are listed|shows?|has|have) (?:with )?(?:an? |the )?counts? (?:of )?(>=|>|=|≥) ?(\d+)$/i, ([, sign = '=', figure = ''], shape) => {
    const [column, ...others] = shape.counted ?? [];
    return column === undefined || others.length > 0 || shape.oneRow ? null : [everyRow(column, sign === '≥' ? '>=' : sign === '>' ? '>' : sign === '>=' ? '>=' : '=', Number(figure))];
  }],
  // "All tests should pass (passed = true)".
  [/^all (?:of the )?(?:\d+ )?(?:tests?|checks?|rows?) (?:should |must )?pass(?:ed)? \(`?(\w+)`? ?= ?(true|'[^']+')\)$/i, ([, name = '', value = ''], shape) => (isColumn(shape, name) || shape.columns.includes('*') ? [everyRow(name, '=', value === 'true' ? true : value.slice(1, -1))] : null)],
  // "at least 1 row for 'afloat' status".
  [/^(at least |exactly )?(\d+) rows? (?:for|with|in) (?:the |an? )?(["'`])([^"'`]+)\3 `?(\w+)`?$/i, ([, least = '', many = '', , value = '', name = ''], shape) => (shape.oneRow || !isColumn(shape, name) ? null : [rowCount(Number(many), /least/i.test(least) ? '>=' : '='), { type: 'column', column: name, quantifier: /least/i.test(least) ? 'any' : 'every', op: '=', value }])],
  // "1 row with ALL data filled".
  [/^(?:exactly )?(1|one) rows? with all (?:the |its )?(?:data|fields|columns|values) (?:filled(?: in)?|populated|set)$/i, (_, shape) => {
    const columns = knownColumns(shape);
    return columns === null || shape.oneRow ? null : [rowCount(1), ...columns.map((name) => everyRow(name, '!=', null))];
  }],
  // "level 1 = 9, level 2 = 23", of a query that counts by level.
  [/^([a-z_]\w*) ([\w-]+) ?[=:] ?(\d+)(?:, (?:and )?\1 [\w-]+ ?[=:] ?\d+)+$/i, ([text = '', name = ''], shape) => {
    const [figure, ...others] = shape.counted ?? [];
    const column = shape.columns.find((one) => one?.toLowerCase() === name.toLowerCase());
    const rows = text.split(/, (?:and )?/).map((part) => /^\w+ ([\w-]+) ?[=:] ?(\d+)$/.exec(part)?.slice(1).map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)) ?? []);
    return column == null || figure === undefined || others.length > 0 || shape.oneRow ? null : [{ type: 'includes', columns: [column, figure], rows }];
  }],
  // "No `sunk` status boats", "no 'critical' severity events".
  [/^no (["'`])([^"'`]+)\1 `?(\w+)`?(?: (?:rows?|events?|entries|records?|\w+s))?$/i, ([, , value = '', name = ''], shape) => (isColumn(shape, name) && !shape.oneRow ? [everyRow(name, '!=', value)] : null)],
  // "`kinds` is a valid JSONB array".
  [/^(?:the )?(?:column )?`?(\w+)`? (?:is|holds|contains) (?:a |an )?(?:valid )?jsonb? (array|object)s?$/i, ([, name = '', kind = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'matches', kind.toLowerCase() === 'array' ? String.raw`^\[` : String.raw`^\{`)] : null)],
  // "SLOOP, KETCH, YAWL", of a list with a code or a name: what the table is filled with, and no words of SQL.
  [/^[A-Z][A-Z_\d]{2,}(?:, (?:and )?[A-Z][A-Z_\d]{2,}){2,}$/, ([text = ''], shape) => {
    const names = text.split(/, (?:and )?/);
    return shape.oneRow || !shape.columns.some((name) => /^(?:code|name|key|slug|type|kind|label|value|enumlabel)$/i.test(name ?? '')) || names.some((name) => /^(?:SELECT|INSERT|UPDATE|DELETE|ALL|TRUE|FALSE|NULL|YES|AND|NOT|PASS|FAIL|TRUNCATE|EXECUTE|USAGE)$/.test(name)) ? null : [{ type: 'contains', values: names }];
  }],
  // "Returns the new record with UUID", of an INSERT that returns it.
  [/^(?:returns? )?(?:the |an? |your )?(?:new(?:ly)? |just |inserted |created ){1,2}(?:\w+ ){0,2}(?:record|row|entry)(?:,? with (?:an? |its |the )?(?:new |generated )?(?:uuid|id))?$/i, (_, shape) => (shape.command === 'INSERT' && shape.returnsRows ? [rowCount(1)] : null)],
  // "1 row (TEST-001 only)": its code.
  [/^(?:exactly )?(1|one) rows? \((?:only )?`?([A-Z][A-Z\d]*-\d+)`?(?: only)?\)$/i, ([, , code = '']) => [rowCount(1), { type: 'contains', values: [code] }]],
];

export const readFilledForms = readerOf(FORMS);
