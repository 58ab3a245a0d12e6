import type { Assertion, Operator } from '../../assertions/assertion.js';
import { isCatalog } from '../catalogs.js';
import { columnCalled } from './called.js';
import { catalogType } from './catalog.js';
import { BETWEEN_ROWS } from './explained-words.js';
import { literalOf } from './literal.js';
import { COMPARISONS, enumerated, named, normal, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, knownColumns, type StatementShape } from './shape.js';
import { FLAG } from './states.js';

/** What is said of a result as a whole: of all its figures, of its two columns, of the table that it reads. */

/** Columns that tell which row it is, or when, and hold no figure or truth. */
const TELLS_WHICH = /^(?:.*_)?(?:id|uuid|name|email|title|slug|key|code|label|date|at|on|by)$/i;
const CUE = /^(?:expect(?:ed|s)?(?: results?| outputs?)?: |expects? (?=\S+ = \d+$)|(?:must|should) (?:return|show|have) (?:exactly )?(?=(?:all|both)\b))/i;
const EVERYTHING = String.raw`all (?:of the )?(?:other )?(?:values|columns|counts|fields|figures|numbers|flags|checks|booleans)`;
const IS = String.raw`(?: (?:should|must) (?:all )?(?:be|equal|show|read)| are| show| as| =|:)?`;
const VALUE = String.raw`(\d+|zero|true|false|null|non-null|not null)`;
const ALL_ARE = new RegExp(`^${EVERYTHING}${IS} (?:all )?${VALUE}(?:,? ?\\(?(?:except|but|other than)(?: for)? (?:the )?\`?(\\w+)\`? ?(?:=|is|:|which is|\\() ?(-?\\d+|true|false|null)\\)?\\)?)?$`, 'i');
/** "All rate columns should be TRUE": such as have the word in their names. */
const SOME_ARE = new RegExp(`^(all|both|the) (?:(\\d+|two|three|four|five|six) )?\`?(\\w{3,})\`? (?:columns|fields|flags)${IS} ${VALUE}$`, 'i');

/** Columns that hold no truth values, whatever is said of all flags. */
const NO_TRUTH = /(?:^|_)(?:names?|phone|number|role|email|kind|type|status|state|date|at|count|total|amount|price|key|code|title|text|url|path|version|schema|table|policy)$/i;

/** "All values should be 0 (except visits = 10)", "all columns true": each column that holds such, where they are known. */
function readAll(text: string, shape: StatementShape): Found | null {
  const of = (own: readonly string[], said: string): Assertion[] => own.map((column) => ({ type: 'column', column, quantifier: 'every', op: /^no[nt]/i.test(said) ? '!=' : '=', value: /null$/i.test(said) ? null : (literalOf(said.replace(/^zero$/i, '0')) ?? null) }));
  const [figure, ...figures] = shape.counted ?? [];
  const shown = /^all rows (?:show|have|return|are|=) (?:a )?(?:count of )?(\d+|zero)$/i.exec(text)?.[1];
  if (shown !== undefined && figure !== undefined && figures.length === 0 && !shape.oneRow) return { assertions: of([figure], shown) };
  const columns = knownColumns(shape);
  if (columns === null || columns.length < 2) return null;
  const [whole, said = '', but, other = ''] = ALL_ARE.exec(text) ?? [];
  if (whole !== undefined) {
    const counting = shape.oneRow || !/\d|zero/i.test(said) || !/^all (?:\w+ ){0,3}(?:counts|numbers|figures)\b/i.test(text) ? [] : columns.filter((column) => /(?:^|_)(?:count|total|num|cnt)(?:$|_)/i.test(column) || shape.counted?.includes(column) === true);
    const flags = /^(?:true|false)$/i.test(said) ? columns.filter((column) => !NO_TRUTH.test(column)) : columns;
    if (flags.length < columns.length && !/^all (?:\w+ ){0,3}(?:flags|checks|booleans)\b/i.test(text)) return null;
    const own = (counting.length > 0 ? counting : flags).filter((column) => !TELLS_WHICH.test(column) && column.toLowerCase() !== but?.toLowerCase());
    if (own.length === 0 || (but !== undefined && hasColumn(shape, but) !== true)) return null;
    return { assertions: [...of(own, said), ...(but === undefined ? [] : of([but], other))] };
  }
  const [, , many, word = '', value = ''] = SOME_ARE.exec(text) ?? [];
  const own = word === '' ? [] : columns.filter((column) => column.toLowerCase().split('_').includes(word.toLowerCase()));
  return own.length < 2 || (many !== undefined && own.length !== numberOf(many)) || (/^both/i.test(text) && own.length !== 2) ? null : { assertions: of(own, value) };
}

/** "Both counts should be zero", "expect both non-null", "all should be >= 0.95", "both should be 'done'": of each column that tells no name. */
const EACH_IS = /^(both|all)(?: (?:of them|counts|values|columns|numbers|figures|fields|scores))?(?: (?:(?:should|must) (?:both |all )?(?:be|equal|read|show)|are|=))? ?(>=|<=|>|<|≥|≤)? ?(zero|-?\d[\d,]*(?:\.\d+)?|non-null|not null|'[^']+')(?: \((?!.*\b(?:or|if|except)\b)[^()]*\))?$/i;

function readEachColumn(text: string, shape: StatementShape): Found | null {
  const [, who = '', sign, said = ''] = EACH_IS.exec(text) ?? [];
  const columns = who === '' ? undefined : knownColumns(shape)?.filter((column) => !TELLS_WHICH.test(column));
  if (columns === undefined || !(shape.oneRow || /^both/i.test(who)) || (/^both/i.test(who) ? columns.length !== 2 : columns.length < 2) || shape.singleColumn) return null;
  const none = /^no[nt]/i.test(said);
  return { assertions: columns.map((column) => ({ type: 'column', column, quantifier: 'every', op: none ? '!=' : sign === undefined ? '=' : (COMPARISONS[sign] ?? '='), value: none ? null : (literalOf(said.replace(/^zero$/i, '0')) ?? Number(said)) })) };
}

/** "All depths >= 0", of a column of that name. */
function readColumnOfAll(text: string, shape: StatementShape): Found | null {
  const [, words = '', sign = '', said = ''] = /^all (?:the )?([\p{L}_]+(?: [\p{L}_]+)?) (?:(?:should|must) be |are )?(>=|<=|>|<|≥|≤) ?(-?\d+(?:\.\d+)?)(?: \((?!.*\b(?:or|if|except)\b)[^()]*\))?$/iu.exec(text) ?? [];
  const column = words === '' ? null : columnCalled(words, shape, false);
  // The first of all has nothing before it: its gap is NULL.
  return column === null || BETWEEN_ROWS.test(column) ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: COMPARISONS[sign] ?? '=', value: Number(said) }] };
}

/** "Verify they match", of one row with two figures. */
const MATCH = /^(?:(?:verify|check|confirm)(?: that)? )?(?:they|both(?: (?:counts?|numbers?|totals?|values?))?|these(?: two)?(?: (?:counts?|numbers?|totals?|values?))?|the (?:two )?(?:counts|numbers|totals|values)) (?:(?:should|must) )?(?:match|agree|(?:are|be|have) (?:equal|the same|identical|(?:the )?same (?:number|count|value|total)s?))$|^(?:(?:should|must) )?(?:show|return|give|be|have)s? (?:the )?same (?:number|count|value|total|figure)s?$/i;
export const isMatch = (line: string): boolean => MATCH.test(line);

function readMatch(text: string, shape: StatementShape): Found | null {
  // "All counts should match (missing should be 0)": all but that one.
  const [, apart = '', figure = ''] = /^all .*\(`?([a-z]\w*)`? (?:should be|must be|is|=) (\d+)\)$/i.exec(text) ?? [];
  const held: Assertion[] = hasColumn(shape, apart) === true ? [{ type: 'column', column: apart, quantifier: 'every', op: '=', value: Number(figure) }] : [];
  const [one, other, ...more] = held.length === 0 ? shape.columns : shape.columns.filter((column) => column?.toLowerCase() !== apart.toLowerCase());
  const all = /^all (?:of (?:the|these) )?(?:(?:(\w+) )?(?:counts|numbers|totals|values|figures|columns) |of them |(?=should|must|are))(?:(?:should|must) )?(?:match|agree|(?:are|be) (?:equal|the same|identical))(?: \((?!.*\b(?:or|if|except|unless|but)\b)[^()]*\))?$/i.exec(text);
  const alike = /^(?:(?:should|must) )?(?:show|return|have|be|give)s? (?:matching|equal|identical) (?:counts|numbers|totals|values)$/i.test(text);
  if ((alike || all) && shape.oneRow && one != null && shape.columns.length > 1 && knownColumns(shape)?.every((column) => !TELLS_WHICH.test(column)) === true && (all?.[1] === undefined || numberOf(all[1]) === shape.columns.length)) return { assertions: [...[other, ...more].flatMap((column): Assertion[] => (column == null ? [] : [{ type: 'column', column: one, quantifier: 'every', op: '=', value: { column } }])), ...held] };
  return shape.oneRow && MATCH.test(text) && one != null && other != null && more.length === 0 && one !== other ? { assertions: [{ type: 'column', column: one, quantifier: 'every', op: '=', value: { column: other } }] } : null;
}

/** "The table exists (may be empty)", of a query of all of it: that it runs. */
const THERE = /^(?:(?:verify|check|confirm|ensure)(?: that)? )?(?:the |your )?(?:`?(\w+)`? )?(?:new )?(?:table|view|materialized view)(?: `?(\w+)`?)? (?:(?:should|must) )?(?:now )?exists?(?: \((?:it )?(?:may|might|can|could) be empty\))?$/i;

function readThere(text: string, shape: StatementShape): Found | null {
  const [whole, before, behind] = THERE.exec(text) ?? [];
  const [table, ...others] = shape.tables;
  const name = behind ?? (before !== undefined && !/^(?:new|the|that|your|this|each|every|no|any|all|old)$/i.test(before) ? before : undefined);
  if (whole === undefined || table === undefined || others.length > 0 || isCatalog(table) || (shape.filtered && !shape.counts)) return null;
  return name === undefined || name.toLowerCase() === table ? { assertions: [{ type: 'success' }] } : null;
}

/** "No DELETE policies", "only SELECT, INSERT policies exist", of a list that tells the command of each. */
const COMMANDS = '(?:SELECT|INSERT|UPDATE|DELETE|ALL)';
const NO_COMMAND = new RegExp(`^no (?:for )?(${COMMANDS}) (?:polic(?:y|ies)|grants?|privileges?|triggers?|rules?)(?: (?:exist|listed|left|shown|remain))?$`, 'i');
const ONLY_COMMANDS = new RegExp(`^only (${COMMANDS}(?:(?:, | and |, and )${COMMANDS})*) (?:polic(?:y|ies)|grants?|privileges?|triggers?|rules?)(?: (?:exist|are listed|are shown|listed|remain))?$`, 'i');

function readCommands(text: string, shape: StatementShape): Found | null {
  const [command, ...more] = shape.columns.filter((column) => /^(?:cmd|privilege_type|event_manipulation)$/i.test(column ?? ''));
  const no = NO_COMMAND.exec(text)?.[1]?.toUpperCase();
  const only = ONLY_COMMANDS.exec(text)?.[1]?.split(/,? and |, /).map((one) => one.toUpperCase());
  if ((no ?? only) === undefined || command == null || more.length > 0 || shape.oneRow || (no !== undefined && shape.sought?.includes(no) === true)) return null;
  return { assertions: [no === undefined ? { type: 'column', column: command, quantifier: 'every', op: 'in', value: only ?? [] } : { type: 'column', column: command, quantifier: 'every', op: '!=', value: no }] };
}

/** "12 boats per harbour", of a query that counts by harbour. */
function readPerGroup(text: string, shape: StatementShape): Found | null {
  const [, least, many = '', place = ''] = /^(?:should (?:show|be|have|return) )?(?:exactly |(at least ))?(\d+)(?: [\p{L}_-]+)? (?:per|for each|for every|in each|in every) `?([\p{L}_]+)`?$/iu.exec(text) ?? [];
  const [figure, ...others] = shape.counted ?? [];
  const grouped = shape.columns.some((column) => column !== null && column !== figure && column.toLowerCase().split('_').some((part) => part === place.toLowerCase() || `${part}s` === place.toLowerCase() || part === `${place.toLowerCase()}s`));
  return many === '' || figure === undefined || others.length > 0 || shape.oneRow || !grouped ? null : { assertions: [{ type: 'column', column: figure, quantifier: 'every', op: least === undefined ? '=' : '>=', value: Number(many) }] };
}

/** "4 approved, 2 pending", "processed = 5", of a query that counts under names. */
function readGroups(text: string, shape: StatementShape): Found | null {
  const [figure, ...others] = shape.counted ?? [];
  const [key, ...keys] = shape.columns.filter((one) => one !== null && one !== '*' && one !== figure && !/avg|sum|min|max|last|first|latest|oldest|newest/i.test(one));
  if (shape.groups !== 1 || figure === undefined || others.length > 0 || key == null || (keys.length > 0 && shape.columns[0] !== key)) return null;
  const parts = text.split(/,? and |, /).map((part) => /^(\d+) ([a-z][\w-]*)$/i.exec(part) ?? /^`?([a-z][\w-]*)`? ?= ?(\d+)$/i.exec(part));
  const rows = parts.map((part): [string, number] => (/^\d/.test(part?.[1] ?? '') ? [part?.[2] ?? '', Number(part?.[1])] : [part?.[1] ?? '', Number(part?.[2])]));
  const none = rows.filter(([, many]) => many === 0).map(([name]) => name);
  if (!parts.every((part) => part !== null) || (rows.length === 1 && !text.includes('=')) || none.length === rows.length || rows.some(([name]) => hasColumn(shape, name) === true || /^(?:rows?|records?|entries|results?|tables|total)$/i.test(name))) return null;
  // A group of none has no row.
  const told = rows.filter(([, many]) => many > 0);
  return { assertions: [...(rows.length > 1 && none.length === 0 ? [{ type: 'rows' as const, op: '=' as const, value: rows.length }] : []), { type: 'includes', columns: [key, figure], rows: told }, ...(none.length > 0 ? [{ type: 'excludes' as const, values: none }] : [])] };
}

/** "your UUID, e.g. '…'": of what kind the one value is. */
function readKind(text: string, shape: StatementShape): Found | null {
  if (!shape.singleColumn || !shape.oneRow) return null;
  return /^(?:your|an?|the) (?:own |user |user's )?uuid(?:,? (?:e\.?g\.?,?|such as|like|for example) .+)?$/i.test(text) ? { assertions: [{ type: 'shape', shape: 'uuid' }] } : null;
}

/** "Function definition", "the view's definition": that there is one. */
function readDefinition(text: string, shape: StatementShape): Found | null {
  return /^(?:the |an? )?(?:function|view|trigger|policy|index|constraint)(?:'s)? definition$/i.test(text) && !shape.oneRow && shape.filtered ? { assertions: [{ type: 'rows', op: '>=', value: 1 }] } : null;
}

const STANDS_FOR = String.raw`\((?![^()]*\b(?:if|when|unless|or|before|after)\b)[^()]{2,40}\)`;
const EITHER_OF = new RegExp(String.raw`^(\d+) ${STANDS_FOR},? or (?=\d+ ${STANDS_FOR}$)(\d+)`, 'i');

/** "4 or 5", "4 (or 5 if it ran before)", "1 (boats) or 2 (with berths)", of one figure. */
function readEither(text: string, shape: StatementShape): Found | null {
  const rows = /^(\d+)(?:, (\d+))?,? or (\d+) rows?$/i.exec(text)?.slice(1).filter((one) => one !== undefined);
  if (rows !== undefined && shape.returnsRows && !shape.oneRow) return { assertions: [{ type: 'rows', op: 'in', value: rows.map(Number) }] };
  const [, one = '', other = ''] = EITHER_OF.exec(text) ?? /^(\d+)(?: or (?=\d+$)|(?: \p{L}+)? \(or (?=\d+[^()\d]*\)$))(\d+)(?:[^()\d]*\))?$/iu.exec(text) ?? [];
  return other === '' || !shape.oneRow || !shape.singleColumn ? null : { assertions: [{ type: 'value', op: 'in', value: [Number(one), Number(other)] }] };
}

/** "true, true", of a query for two by their names that tells one truth of each: a row each, and no row of two. */
function readTruthEach(text: string, shape: StatementShape): Found | null {
  const [said = '', ...more] = text.toLowerCase().split(/, /);
  const flags = shape.columns.filter((column): column is string => column !== null && FLAG.test(column));
  const [flag] = flags;
  if (!/^(?:true|false|t|f)$/.test(said) || more.length === 0 || more.some((one) => one !== said) || flag === undefined || flags.length > 1 || shape.columns.length < 2 || shape.sought?.length !== more.length + 1) return null;
  return { assertions: [{ type: 'rows', op: '=', value: more.length + 1 }, { type: 'column', column: flag, quantifier: 'every', op: '=', value: said.startsWith('t') }] };
}

/** "products has_owner: true", of a result that has such a name in one column and such a flag in another. */
function readNamedFlag(text: string, shape: StatementShape): Found | null {
  const [, name = '', flag = '', said = ''] = /^`?([a-z]\w*)`? `?([a-z]+_\w+)`? ?[:=] ?`?(true|false)`?$/.exec(text) ?? [];
  const column = shape.columns.find((one) => one?.toLowerCase() === flag.toLowerCase());
  const [naming, ...more] = shape.columns.filter((one) => one !== null && one !== column && /name$|^(?:table|what|check|kind|type|status|label|key)$/i.test(one));
  if (column == null || naming == null || more.length > 0 || shape.oneRow || hasColumn(shape, name) === true) return null;
  return { assertions: [{ type: 'includes', columns: [naming, column], rows: [[name, literalOf(said) ?? null]] }] };
}

/** "Function exists, returns TEXT": of the column that tells it. */
function readReturns(text: string, shape: StatementShape): Found | null {
  const said = /^(?:(?:should|must) )?returns?(?: type)?:? `?([a-z]\w*(?: \w+){0,3}(?:\[\])?)`?$/i.exec(text)?.[1];
  const [column, ...more] = shape.columns.filter((one) => /^(?:return_?type|returns|result_?type)$/i.test(one ?? ''));
  const type = said === undefined ? undefined : (catalogType(said) ?? (/^(?:record|void|trigger)$/i.test(said) ? said.toLowerCase() : undefined));
  return type === undefined || column == null || more.length > 0 ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value: type }] };
}

/** "Should include a pier_no column", of a query that selects it: that it runs. */
const SELECTED = /^(?:(?:it |this )?(?:should|must) )?(?:include|have|show|contain|return)s? (?:the |an? )?(?:new )?`?(\w+)`? column(?: \((?!.*\b(?:or|if|not|no)\b)[^()]*\))?$/i;
/** "Returns a count (reading works)", "all should return counts". */
const COUNTED = /^(?:all |each |both )?(?:(?:it |this )?(?:should|must) )?(?:all |each )?returns? (?:an? |the )?(?:row )?(?:counts?|numbers?)(?: \((?!.*\b(?:or|if|not|no|same|as)\b)[^()\d]*\))?$/i;

function readRuns(text: string, shape: StatementShape): Found | null {
  const column = SELECTED.exec(text)?.[1];
  if (column !== undefined) return shape.columns.some((name) => name?.toLowerCase() === column.toLowerCase()) ? { assertions: [{ type: 'success' }] } : null;
  return COUNTED.test(text) && shape.oneRow && shape.counts ? { assertions: [{ type: 'success' }] } : null;
}

/** "Should show the unique constraint on (boat, pier)", of a result with definitions. */
function readConstraint(text: string, shape: StatementShape): Found | null {
  // "Indexes on boats(pier), crews(boat, kind)".
  const listed = /^ind(?:ex|exes|ices) on (`?\w+ ?\([\w, ]+\)`?(?:(?:, | and |, and )`?\w+ ?\([\w, ]+\)`?)*)$/i.exec(text)?.[1];
  const indexes = shape.columns.filter((one) => /^indexdef$/i.test(one ?? ''));
  if (listed !== undefined && indexes[0] != null) return { assertions: [...listed.matchAll(/\(([\w, ]+)\)/g)].map(([, names = '']) => ({ type: 'column', column: indexes[0] ?? '', quantifier: 'any', op: 'contains', value: `(${names.split(/,\s*/).join(', ')})` })) };
  const columns = /^(?:(?:should|must) )?(?:show|have|include|see|list|return)s? (?:the |an? )?(?:new )?(?:unique|primary key|composite|foreign key|check)(?: constraint| key| index)? (?:on|over|for|covering) `?\(([\w, ]+)\)`?$/i.exec(text)?.[1];
  const [definition, ...more] = shape.columns.filter((column) => column !== null && /(?:def|definition)$/i.test(column));
  return columns === undefined || definition == null || more.length > 0 ? null : { assertions: [{ type: 'column', column: definition, quantifier: 'any', op: 'contains', value: `(${columns.split(/,\s*/).join(', ')})` }] };
}

/** "Kinds: `red`, `green` only": what a column holds, and nothing else. */
function readOnly(text: string, shape: StatementShape): Found | null {
  const [, words = '', list = ''] = /^(?:expected )?(?:the )?([\p{L}_]+(?: [\p{L}_]+)?)(?: (?:are|is|should be))?: ?(.+?),? only$/iu.exec(text) ?? /^only (?:the )?([\p{L}_]+(?: [\p{L}_]+)?)(?: (?:are|is|should be|in|from))?:? (?=["'`])(.+?)(?: \((?!.*\b(?:may|might|except|unless)\b)[^()]*\))?$/iu.exec(text) ?? [];
  // "Only values in `a`, `b`": of the one column that is no figure.
  const [key, ...keys] = shape.columns.filter((one) => one !== null && shape.counted?.includes(one) !== true);
  const column = words === '' ? null : /^values?(?: in| from)?$/i.test(words) ? (keys.length === 0 && key !== '*' ? (key ?? null) : null) : columnCalled(words, shape, false);
  const values = enumerated(list).map((one) => named(one));
  return column === null || values.length === 0 || !values.every((one) => one !== null) ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: 'in' as Operator, value: values }] };
}

/** "Contains NONE of 'a' / 'b'". */
function readNoneOf(text: string, shape: StatementShape): Found | null {
  const list = /^(?:(?:should|must) )?(?:contains?|includes?|shows?|holds?) none of:? (["'`].+)$/i.exec(text)?.[1];
  const values = list === undefined ? [] : list.split(/ \/ |,? (?:and|or) |, /).map((one) => named(one));
  return shape.columns.length === 0 || values.length === 0 || !values.every((one) => one !== null) ? null : { assertions: [{ type: 'excludes', values }] };
}

/** "Only 'a', 'b'", of a query that counts by them: no other group, of which not all need be there. */
function readOnlyGroups(text: string, shape: StatementShape): Found | null {
  const words = /^(?:(?:should|must) )?only (?:show|contain|return|have|include|list)s?:? (\w+(?:,? (?:and|or) \w+|, \w+)+)$/i.exec(text)?.[1]?.split(/,? (?:and|or) |, /);
  const [alone] = shape.columns;
  if (words !== undefined && shape.singleColumn && shape.distinct === true && alone != null && words.every((word) => /^[a-z][a-z\d_]*$/i.test(word))) return { assertions: [{ type: 'column', column: alone, quantifier: 'every', op: 'in', value: words }] };
  const list = /^(?:(?:should|must) )?(?:only|just)(?: be)?:? (["'`].+)$/i.exec(text)?.[1];
  const [key, ...keys] = shape.columns.filter((one) => one !== null && one !== '*' && shape.counted?.includes(one) !== true);
  const values = list === undefined ? [] : list.split(/,? (?:and|or) |, /).map((one) => named(one));
  return shape.groups !== 1 || key == null || keys.length > 0 || values.length === 0 || !values.every((one) => one !== null) ? null : { assertions: [{ type: 'column', column: key, quantifier: 'every', op: 'in', value: values }] };
}

/** Reads such a sentence; null for any other. */
export function readWhole(sentence: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const line = normal(sentence).replace(/[.!]\s*$/, '');
  const text = line.replace(CUE, '');
  const bare = text.replace(/^(?:(?:should|must) )?(?:return|show|be|give|expect)s?:? /i, '');
  return readColumnOfAll(bare, shape) ?? readKind(bare, shape) ?? readDefinition(bare, shape) ?? readEachColumn(bare, shape) ?? readOnlyGroups(text, shape) ?? readNoneOf(text, shape) ?? readEither(bare, shape) ?? readTruthEach(bare, shape) ?? readAll(text, shape) ?? readMatch(text, shape) ?? readThere(text, shape) ?? readRuns(text, shape) ?? readCommands(text, shape) ?? readGroups(bare, shape) ?? readPerGroup(text, shape) ?? readNamedFlag(text, shape) ?? readReturns(text, shape) ?? readConstraint(text, shape) ?? readOnly(text, shape);
}
