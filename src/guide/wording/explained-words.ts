import type { Operator } from '../../assertions/assertion.js';
import { COMPARISONS } from './normal.js';

/** Words that say nothing of their own where everything beside them is understood. */
export const EMPTY = new Set([
  'the', 'a', 'an', 'is', 'are', 'be', 'it', 'they', 'them', 'these', 'those', 'its', 'their', 'should', 'must', 'will', 'has', 'have', 'having', 'shows', 'show', 'showing', 'shown', 'with', 'where', 'whose', 'that',
  'returned', 'listed', 'total', 'and', 'as', 'to', 'of', 'in', 'set', 'equal', 'equals', 'now', 'still', 'all', 'both', 'each', 'every', 'column', 'columns', 'field', 'fields', 'value', 'values', 'row', 'rows', 'record', 'records', 'initially',
]);
export const PLACES = /^(?:for|on|in|of|by|from|per|at|to|under|across|within|including|containing)$/;
export const LINKS = new Set(['with', 'where', 'whose', 'showing', 'shows', 'show', 'having', 'has', 'have', 'each', 'all', 'both', 'every', 'and', 'that', 'are', 'is']);
/** What joins a column to what it holds. */
export const COPULA = /^(?:is|are|be|should|must|both|all|set|to|equals?|shows?|has|have|as|now|of|columns?|fields?|values?|also|at|least|a)$/;
export const CONTAINS = /^(?:contains?|containing|includes?|including|references|mentions|mentioning)$/;
export const FILLED = new Set(['non-null', 'populated', 'filled', 'set', 'present']);
/** What a name is that of, behind it. */
export const KINDS = /^(?:tables?|columns?|polic(?:y|ies)|functions?|triggers?|index(?:es)?|constraints?|views?|buckets?|extensions?|roles?|jobs?|rows?)$/;
export const BOUNDS: readonly [readonly string[], Operator][] = [[['at', 'least'], '>='], [['at', 'most'], '<='], [['more', 'than'], '>'], [['fewer', 'than'], '<'], [['less', 'than'], '<'], [['exactly'], '='], [['only'], '=']];
/** Signs that compare; the colon of "state: 'open'" is one. */
export const SIGNS: Readonly<Record<string, Operator>> = { ...COMPARISONS, ':': '=' };
/** The words after a number of rows: what they are. */
export const NOUN = /^\p{L}[\p{L}-]*$/u;
/** Words that make of a number, or of a name, something else than they seem. */
export const SAYS_MORE = /^(?:not|no|none|never|or|if|unless|but|except|without|only|any|some|more|fewer|less|than|about|around|before|after|other|others|new|old|different|additional|extra|duplicate\w*|missing|null|ms|seconds?|minutes?|hours?|days?|times?|x|mb|gb|kb|percent|successful|failed|calls?|attempts?|errors?|warnings?|emails?|files?|expected|actual|yes|ok|in|like|between|is|as)$/i;

/** What is told of a row and the one before it: the first has none. */
export const BETWEEN_ROWS = /gap|lag|diff|delta|change|prev/i;

/** What people call columns of the catalogs. */
export const CALLED: Readonly<Record<string, string>> = { event: 'event_manipulation', events: 'event_manipulation', timing: 'action_timing', command: 'cmd', 'data type': 'data_type', type: 'data_type', default: 'column_default', nullable: 'is_nullable' };
