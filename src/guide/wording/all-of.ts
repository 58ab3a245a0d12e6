import type { Assertion } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { readColumns } from './columns.js';
import { literalOf } from './literal.js';
import { normal, numberOf, NUMBER_WORD } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, knownColumns, type StatementShape } from './shape.js';
import { FLAG } from './states.js';

/** "All three rows with `x = true`", "both rows show …": how many there are, besides what they hold. */
export function rowsTold(text: string, assertions: readonly Assertion[], shape: StatementShape | null): number | null {
  if (shape?.returnsRows !== true || shape.oneRow || !assertions.every((one) => one.type === 'operator' || (one.type === 'column' && one.quantifier === 'every'))) return null;
  // "All 4 timestamps": as many columns as are judged.
  const judged = assertions.flatMap((one) => (one.type === 'column' ? [one.column] : []));
  if (new Set(judged).size > 1 && new RegExp(`^all (?:${String(judged.length)}|${NUMBER_WORD.split('|')[judged.length - 1] ?? '0'})\\b`, 'i').test(text)) return null;
  // "`x` = true for all 8 tables": as many as there are.
  const [, many] = / (?:for|on|in) (?:all|all of the|all the|the|each of the) (\d+|two|three|four|five|six|seven|eight|nine|ten)(?: \p{L}+)?$/iu.exec(text.replace(/\s*[✅✓]\s*$/u, '')) ?? [];
  if (many !== undefined) return numberOf(many);
  const [, all, both] = /^(?:all (?:of the )?(\d+|two|three|four|five|six|seven|eight|nine|ten)\b|(both) (?:rows|records|tables|functions|policies|entries)\b)/i.exec(text) ?? [];
  return both !== undefined ? 2 : all === undefined ? null : numberOf(all);
}

/** "All zeros", "should be all 0": each figure that there is. */
const ZEROS = /^\W*(?:(?:expect(?:ed|s)?(?: results?| outputs?)?|results?)\s*:?\s*|(?:(?:it|this|these|they) )?(?:should|must) (?:return|show|be|give|have) )(?:all|only|just|(?:1|one|a single) row,? (?:with |of )?(?:all |two |three |four |five |six )?) ?(?:zero(?:e?s)?|0(?:'?s)?)(?: for (?:all|each|every)[\p{L} ]{0,30})?[.!]?$/iu;

/** Such a text, of rows that have one figure each, or of one row with nothing but figures; null where none is meant, or none can be told. */
export function readZeros(sentence: string, shape: StatementShape | null): Found | null {
  const [first = ''] = sentence.split(/(?<=[.!])\s/);
  if (shape?.returnsRows !== true || !ZEROS.test(normal(first)) || shape.columns.includes('*')) return null;
  const counting = shape.columns.filter((name) => name !== null && /(?:^|_)(?:count|total|num|cnt|n|rows?|missing|orphan\w*|null\w*|duplicate\w*|invalid\w*)(?:$|_)/i.test(name));
  const columns = shape.figure !== undefined ? [shape.figure] : shape.oneRow ? shape.columns : counting.length === 1 ? counting : [];
  if (columns.length === 0 || columns.some((name) => name === null)) return null;
  return { assertions: columns.map((one) => ({ type: 'column', column: one ?? '', quantifier: 'every', op: '=', value: 0 })) };
}

/** "All rows show (t, t)": of as many columns that hold truth values, in their order. */
export function readTruths(text: string, shape: StatementShape | null): Found | null {
  const said = /^(?:all|every|each|both)(?: (?:of (?:them|these)|rows?|records?|tables?|entries))? (?:(?:should |must )?(?:show|have|be|are|is|return)s?|=|:) \(((?:t|f|true|false)(?:, ?(?:t|f|true|false))+)\)$/i.exec(text)?.[1]?.split(/, ?/);
  const flags = shape?.returnsRows === true ? shape.columns.filter((name): name is string => name !== null && FLAG.test(name)) : [];
  return said === undefined || flags.length !== said.length ? null : { assertions: flags.map((column, index) => ({ type: 'column', column, quantifier: 'every', op: '=', value: /^t/i.test(said[index] ?? '') })) };
}

/** "It should succeed, but …": that it runs is judged of every statement. */
const SUCCEEDS_AND = /^(?:the |this )?(?:query|statement|insert|update|call|it|this) (?:should|must|will) (?:still )?(?:succeed|work|run|pass),? (?:but|and) (?=`)/i;

/** "Both should be 0", "both are equal", "all should return 0": of one row with several figures, each. */
export function readBoth(sentence: string, shape: StatementShape | null): Found | null {
  const pair = /^\W*(?:expected:? )?both\b/i.test(sentence) ? readColumns(normal(sentence).replace(/^expected:? /i, '').replace(/[.!]$/, ''), shape) : null;
  if (pair !== null) return { assertions: [pair] };
  const [, left = '', right = '', said = ''] = /^(?:expect(?:ed|s)?: )?`?(\w+)`? and `?(\w+)`? (?:should |must )?(?:both )?(?:be|equal|are|=|show) `?(-?\d+(?:\.\d+)?|true|false)`?(?: \([^()]*\))?[.!]?$/i.exec(normal(sentence).replace(SUCCEEDS_AND, '')) ?? [];
  if (left !== right && hasColumn(shape, left) === true && hasColumn(shape, right) === true) return { assertions: [left, right].map((column) => ({ type: 'column', column, quantifier: 'every', op: '=', value: literalOf(said) ?? null })) };
  const pairOf = /^expect(?:ed|s)?(?: results?)?: both(?: are| =| columns(?: are)?)? (0|\d+|true|false|null|non-null|not null)(?: \([^()]*\))?[.!]?$/i.exec(normal(sentence))?.[1];
  const two = shape?.oneRow === true && shape.columns.length === 2 ? knownColumns(shape) ?? [] : [];
  if (pairOf !== undefined && two.length === 2) return { assertions: two.map((one) => ({ type: 'column', column: one, quantifier: 'every', op: /^no[nt]/i.test(pairOf) ? '!=' : '=', value: /null$/i.test(pairOf) ? null : (literalOf(pairOf) ?? null) })) };
  const [, all = '', sign = '=', value] = /^(?:expected:? |results?: )?(both|all)(?: (?:counts?|values?|columns?|numbers?|figures?|averages?|sums?|totals?|results?))? (?:(?:(?:should|must) )?(?:be|equal|return|show|are) )?(?:(>=|<=|>|<|=) ?)?`?(\d+|true|false)`?[.!]?$/i.exec(normal(sentence).replace(/\b(?:greater|more|higher) than (?=\d)/i, '> ')) ?? [];
  const columns = shape?.oneRow === true && (/^b/i.test(all) ? shape.columns.length === 2 : shape.columns.length > 1) ? knownColumns(shape) ?? [] : [];
  if (value === undefined || columns.length === 0) return null;
  return { assertions: columns.map((one) => ({ type: 'column', column: one, quantifier: 'every', op: sign as '=' | '>' | '<' | '>=' | '<=', value: literalOf(value) ?? null })) };
}

/**
 * "All should show 384 dimensions": how many of them each row has, where there is such a column.
 * Null: no number of rows is meant, and no column is called so; undefined: nothing of the kind.
 */
export function readEach(text: string, sentence: string, shape: StatementShape | null): Assertion | null | undefined {
  const figure = readEachFigure(text, sentence, shape);
  if (figure !== undefined) return figure;
  const [, many = '', thing = ''] = /^(\d+) ([\p{L}_]+)$/u.exec(text) ?? [];
  if (thing === '' || /^(?:rows?|records?|results?|entr(?:y|ies)|lines?)$/i.test(thing)) return undefined;
  const column = shape?.returnsRows === true ? columnCalled(thing, shape, true) : null;
  return column === null ? null : { type: 'column', column, quantifier: 'every', op: '=', value: Number(many) };
}

/** "All should be 0", "each > 3" of rows that each have a figure: of that column; what they "return" is a number of rows. */
function readEachFigure(text: string, sentence: string, shape: StatementShape | null): Assertion | undefined {
  const [, sign = '=', figure = '', more] = /^(>=|<=|>|<|=)? ?(\d[\d,]*)(\+)?$/.exec(text.replace(/^at least /i, '>= ').replace(/^at most /i, '<= ').replace(/^(?:greater|more) than /i, '> ').replace(/^(?:less|fewer) than /i, '< ')) ?? [];
  if (figure === '' || shape?.returnsRows !== true || shape.oneRow || shape.singleColumn || /\b(?:returns?|gives?|quer(?:y|ies)|statements?)\b/i.test(sentence)) return undefined;
  const [column, ...others] = shape.columns.filter((name) => name !== null && /(?:^|_)(?:count|total|num|cnt|n)(?:$|_)/i.test(name));
  return column == null || others.length > 0 ? undefined : { type: 'column', column, quantifier: 'every', op: more === undefined ? (sign as '=' | '>' | '<' | '>=' | '<=') : '>=', value: numberOf(figure) ?? 0 };
}
