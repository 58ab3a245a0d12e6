import type { Assertion, Operand } from '../../assertions/assertion.js';
import { isMasked, literalOf } from './literal.js';
import { readColumn } from './columns.js';
import { enumerated, numberOf } from './normal.js';
import { typeInCatalog } from './catalog.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

/** What stands before the name of a column and is no part of it. */
const ARTICLE = /^(?:the|an?|all|each|every|its|their|new) /i;

/** "Crew names" as a column would be called: `crew_names`, and `crew_name`. */
function keysOf(words: string): string[] {
  const key = words.replaceAll('`', '').replace(ARTICLE, '').trim().toLowerCase().replace(/[\s-]+/g, '_');
  return [...new Set([key, key.replace(/ies$/, 'y'), key.replace(/(?<=x|ch|sh|ss)es$/, ''), key.replace(/(?<!s)s$/, '')])];
}

/** The one column that words name: "Crew name" is `crew_name`, and where a figure is said of it "Berths" is `berth_count`. */
export function columnCalled(words: string, shape: StatementShape, figure: boolean): string | null {
  // "0 rows" is of the result, whatever its columns are called.
  if (/^(?:rows?|records?|results?|entr(?:y|ies))$/i.test(words.trim())) return null;
  const keys = keysOf(words.replace(/^in (?=[a-z]+$)/i, ''));
  const counting = keys.flatMap((key) => [key.replace(/_(?:count|total)$/, ''), `${key}_count`, `total_${key}`, `${key}_total`, `num_${key}`, `count_${key}`, `${key}_rows`]);
  for (const names of figure ? [keys, counting] : [keys]) {
    const own = shape.columns.filter((column) => column !== null && names.includes(column.toLowerCase()));
    if (own.length > 0) return own.length === 1 ? (own[0] ?? null) : null;
  }
  // "New: 7" of `new_boats`, beside other counts of which none begins so.
  const word = /^[a-z]{3,}$/i.exec(words)?.[0].toLowerCase();
  if (!figure || word === undefined || !shape.oneRow || /^(?:count|rows?|all|max|min|avg|sum|num|last|first|any|other|the|exactly)$/.test(word)) return null;
  const [only, ...more] = shape.columns.filter((column) => column?.toLowerCase().startsWith(`${word}_`) === true);
  return only != null && more.length === 0 && shape.counted?.includes(only) === true ? only : null;
}

const WORDS = String.raw`((?:[\p{L}\x60][\p{L}\d_\x60-]*)(?: [\p{L}\d_\x60-]+){0,3}?)`;
const BETWEEN = new RegExp(String.raw`^${WORDS}(?::| (?:(?:should|must) be|is|are))? (?:between )?(-?\d+(?:\.\d+)?) ?(?:-|–|~|to|and) ?(\d+(?:\.\d+)?)$`, 'iu');
const PAIR = new RegExp(String.raw`^${WORDS}(\s*[:=]\s*| (?:should|must) (?:be|equal|show) )(\S.*)$`, 'iu');
const FIGURE = new RegExp(String.raw`^(at least |exactly |>=? ?)?(\d[\d,]*)(\+)? ${WORDS}$`, 'iu');
const WITHOUT = new RegExp(String.raw`^${WORDS} (?:(?:should|must|does|do) )?(?:not|no longer|never) (?:contain|include|mention|reference)s? ([\x60"'])(.+)\2$`, 'iu');
const HOLDING = new RegExp(String.raw`^(?:each|every|all) ${WORDS} (?:should |must )?(?:contains?|includes?|mentions?) ([\x60"'])(.+)\2$`, 'iu');
const INCLUDING = new RegExp(String.raw`^${WORDS} (?:should |must )?(?:includes?|contains?|cover)s?:? (.+)$`, 'iu');
/** "No `failure_reason`": the column is empty. */
const NONE_OF = /^no `([a-z_]\w*)`$/i;
const NULLS = /^(?:null|nulls|null values?|empty values?) (?:for|in) (?:the )?(?:columns? )?(.+)$/i;
/** Names as people and places bear them: every word with a capital. */
const PROPER = /^\p{Lu}[\p{L}\d'&.-]*(?: (?:\p{Lu}[\p{L}\d'&.-]*|of|and|the|de|&)){0,6}$/u;
/** Words that tell of a value rather than being one. */
export const TELLS = /\b(?:recent|current|today|now|any|some|valid|correct|your|not|no|none|varies|same|unchanged|timestamp|uuid|date|yes|ok|present|set|exists?|enabled|disabled|should|must|expected)\b/i;

/** What is said of a column that is named in words: "Agency name: Blue Pier", "Berths: 12", "scores between 0.7-0.9". */
export function readCalled(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  // "Row security: `rowsecurity = true`": a title, and what it is.
  const titled = /^[\p{L}][\p{L} ]{1,24}: `(\w+ ?(?:!=|<=|>=|=|<|>) ?[^`]+)`$/u.exec(text)?.[1];
  if (titled !== undefined) return readColumn(titled, shape);
  const nulls = NULLS.exec(text)?.[1];
  const empty = nulls === undefined ? [] : enumerated(nulls).map((name) => columnCalled(name, shape, false));
  if (empty.length > 0 && empty.every((name) => name !== null)) return { assertions: empty.map((name) => every(name, '=', null)) };
  const none = NONE_OF.exec(text)?.[1];
  const unset = none === undefined ? null : columnCalled(none, shape, false);
  if (unset !== null) return { assertions: [every(unset, '=', null)] };
  const [, among = '', low = '', high = ''] = BETWEEN.exec(text) ?? [];
  const ranged = among === '' ? null : columnCalled(among, shape, true);
  if (ranged !== null && Number(low) < Number(high)) return { assertions: [every(ranged, 'between', [Number(low), Number(high)])] };
  const [, bare = '', , absent = ''] = WITHOUT.exec(text) ?? [];
  if (bare !== '' && nameOfColumn(bare, shape) !== null) return { assertions: [{ type: 'excludes', values: [absent] }] };
  // "Each definition should contain "x"": a text within, in every row.
  const [, holding = '', , within = ''] = HOLDING.exec(text) ?? [];
  const holder = holding === '' ? null : nameOfColumn(holding, shape);
  if (holder !== null) return { assertions: [every(holder, 'contains', within)] };
  const [, listing = '', listed = ''] = INCLUDING.exec(text) ?? [];
  if (listing !== '' && nameOfColumn(listing, shape) !== null) {
    const names = enumerated(listed).map((name) => /^(["'`])([^"'`]+)\1$/.exec(name.trim())?.[2]);
    return names.every((name) => name !== undefined) ? { assertions: [{ type: 'contains', values: names }] } : null;
  }
  return readFigures(text, shape) ?? readPair(text, shape);
}

/** The column that words name, whole ("Crew kinds" as `crew_kind`) or by the last of them ("Event kinds" as `kind`). */
function nameOfColumn(words: string, shape: StatementShape): string | null {
  const last = words.trim().split(' ').at(-1) ?? '';
  return columnCalled(words, shape, false) ?? columnCalled(last, shape, false) ?? endingIn(last, shape);
}

/** "Definition" of a result whose only such column is `routine_definition`. */
function endingIn(word: string, shape: StatementShape): string | null {
  const [only, ...more] = /^(?:definition|expression|clause|body|source)$/i.test(word) ? shape.columns.filter((column) => column?.toLowerCase().endsWith(`_${word.toLowerCase()}`) === true) : [];
  return more.length > 0 ? null : (only ?? null);
}

/** "14 staff, 1+ admin" of one row that counts each of them. */
function readFigures(text: string, shape: StatementShape): Found | null {
  if (!shape.oneRow || shape.singleColumn) return null;
  const parts = enumerated(text).map((part) => FIGURE.exec(part.trim()));
  const found = parts.map((part): Assertion | null => {
    const column = part === null ? null : columnCalled(part[4] ?? '', shape, true);
    const value = part === null ? null : numberOf(part[2] ?? '');
    if (part === null || column === null || value === null) return null;
    const bound = (part[1] ?? '').trim().toLowerCase();
    return every(column, bound === '>' ? '>' : part[3] !== undefined || bound === 'at least' || bound.startsWith('>') ? '>=' : '=', value);
  });
  return found.every((one) => one !== null) ? { assertions: found } : null;
}

function readPair(text: string, shape: StatementShape): Found | null {
  const [, words = '', sign = '', said = ''] = PAIR.exec(text) ?? [];
  // The server writes the cast of a default as well.
  if (words === '' || said.includes('::') || isMasked(said)) return null;
  const literal = literalOf(said);
  const column = columnCalled(words, shape, typeof literal === 'number');
  if (column === null || (/default$/i.test(column) && /^`?\{/.test(said))) return null;
  if (literal !== undefined) return { assertions: [every(column, '=', literal)] };
  const least = /^(\d[\d,]*) ?\+$/.exec(said)?.[1];
  if (least !== undefined) return { assertions: [every(column, '>=', numberOf(least) ?? 0)] };
  // The server writes definitions and defaults in its own way.
  const ticked = /default|definition|indexdef|qual|with_check|src$/i.test(column) || /[a-z]/.test(sign) ? undefined : /^`([^`]+)`$/.exec(said)?.[1];
  if (ticked !== undefined && !TELLS.test(ticked) && !/^[<[{]|…|\.{3}|[=<>]/.test(ticked)) return { assertions: [every(column, '=', ticked)] };
  const own = shape.texts?.[shape.columns.indexOf(column)] ?? [];
  if (own.length > 0 && !own.includes(said)) return null;
  return /\s/.test(said) && PROPER.test(said) && !TELLS.test(said) ? { assertions: [every(column, '=', said)] } : null;
}

const every = (column: string, op: Extract<Assertion, { type: 'column' }>['op'], value: Operand): Assertion => ({ type: 'column', column, quantifier: 'every', op, value: typeInCatalog(column, value) });
