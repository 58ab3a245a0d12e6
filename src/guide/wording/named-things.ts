import type { Assertion } from '../../assertions/assertion.js';
import { catalogType } from './catalog.js';
import { readColumn } from './columns.js';
import { readNames } from './names.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, knownColumns, type StatementShape } from './shape.js';

const KIND = '(?:tables?|columns?|fields?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|views?|enums?|types?|extensions?|constraints?|buckets?|roles?|jobs?|keys?|rows?|records?|entries|entry)';
const SORT = '(?:unique|foreign|primary|composite|check|new|partial|rls|gin|gist|btree|cron|storage|security|materialized)';
const NAME = '(?:`[^`]+`|"[^"]+")';
/** `` `tags` column with type `text` ``, `` `berth_key` unique constraint ``: names, of what kind, and what else is said. */
const THINGS = new RegExp(`^(?:the |an? )?(${NAME}(?:(?:,? and |, )${NAME})*) (?:${SORT} ){0,2}${KIND}(?:,? (.+))?$`, 'i');
/** What says no more than that they are there. */
const THERE = /^(?:should |must )?(?:both |all )?(?:exists?|(?:is|are|be) (?:there|listed|present|shown|returned)|listed|present|there|shown|returned)$/i;
/** Joins what else is said; anything else may change what the names mean. */
const JOINS = /^(?:with|of|having|showing|as|for|on|in|attributed|belonging|owned|created|whose)\b/i;
const OPEN = /\b(?:not|no|never|without|or|if|unless|when|may|might|could|except|instead|removed|dropped|gone|missing|only)\b|n't\b/i;

/** `Each table should have "Crews read" policy`: there it must be; whether each has it, a person tells. */
const EACH_HAS = new RegExp(`^(?:each|every|all) [\\p{L}_-]+ (?:(?:should|must) )?(?:have|has) (?:an? |the |its |their )?(${NAME}) ${KIND}$`, 'iu');
/** "No `old_berth` row". */
const NONE_OF_IT = new RegExp(`^no (${NAME}) ${KIND}$`, 'i');
/** "Non-zero counts for `boats`, `piers`". */
const COUNTS_FOR = new RegExp(`^(?:non-?zero|positive) (?:row )?(?:counts?|rows|figures) (?:for|in) (${NAME}(?:(?:,? and |, )${NAME})*)$`, 'i');

/** Names that must be there, in a sentence that says more of them, which is asked. */
function readWithin(text: string, shape: StatementShape): Found | null {
  const gone = NONE_OF_IT.exec(text)?.[1];
  if (gone !== undefined) return shape.oneRow ? null : readNames(gone, shape, true);
  const names = EACH_HAS.exec(text)?.[1] ?? COUNTS_FOR.exec(text)?.[1];
  const found = names === undefined || shape.oneRow ? null : readNames(names, shape, false);
  return found && { assertions: [...found.assertions, { type: 'operator', text }] };
}

/** "All columns should have values": none of those that the result is known to have is empty. */
function readAllFilled(text: string, shape: StatementShape): Found | null {
  if (!/^(?:all|every|each)(?: of the)? (?:columns?|fields?) (?:(?:should|must) )?(?:(?:have|has) (?:an? )?values?|(?:be|are|is) (?:populated|filled(?: in)?|set|non-?null|not null))$/i.test(text)) return null;
  const columns = knownColumns(shape);
  return columns && { assertions: columns.map((column) => ({ type: 'column', column, quantifier: 'every', op: '!=', value: null })) };
}

/** Names with their kind: they must be there, and what is said of them besides is asked, but for the values of a column. */
export function readNamedThings(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const [, names = '', more = ''] = THINGS.exec(text) ?? [];
  if (names === '') return readAllFilled(text.replace(/ \(no nulls?\)$/i, ''), shape) ?? readWithin(text, shape);
  const rest = THERE.test(more) ? '' : more;
  if (rest !== '' && hasColumn(shape, names.replace(/[`"]/g, '')) !== true && (!JOINS.test(rest) || OPEN.test(rest.replace(/\bnot null\b/gi, '')))) return null;
  // "`role` column showing 'mate'": of a column that there is.
  const own = /^[`"]([^`"]+)[`"]$/.exec(names)?.[1] ?? '';
  if (own !== '' && hasColumn(shape, own) === true) {
    const value = /^(?:with|showing|of|as) ('[^']*'|`[^`]+`|true|false|null|-?\d+)(?: \([^()]*\))?$/i.exec(rest)?.[1];
    return value === undefined ? null : readColumn(`${own} = ${value}`, shape);
  }
  const found = shape.oneRow ? null : readNames(names, shape, false);
  if (found === null || rest === '') return found;
  const kind = typeOf(rest, shape);
  return { assertions: [...found.assertions, ...kind, { type: 'operator', text: rest }] };
}

/** "with type `text`": one of the rows has it, where the result tells types. */
function typeOf(rest: string, shape: StatementShape): Assertion[] {
  const said = /\btype `([a-z][\w ]*(?:\([\d, ]*\))?(?:\[\])?)`/i.exec(rest)?.[1];
  const column = shape.columns.find((one) => one !== null && /^(?:data_type|udt_name|format_type|type)$/i.test(one));
  const type = said === undefined || !/^data_type$/i.test(column ?? '') ? said : catalogType(said);
  return type === undefined || column == null ? [] : [{ type: 'column', column, quantifier: 'any', op: '=', value: type }];
}
