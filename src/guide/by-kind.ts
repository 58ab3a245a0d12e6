import { catalogsOf, isCatalog } from './catalogs.js';
import type { Wording } from './expectation.js';
import type { StatementRead } from './statement.js';

const COUNTED = /^\W*(?:exactly |at least )?\d+\+? ([\p{L}_-]+)(?: ([\p{L}_-]+))?/iu;
const LABEL = /^\W*(?:expect(?:ed)?(?: (?:results?|outputs?|counts?))?\W*[:：]\s*|you should (?:now )?(?:see|get|have) |should (?:see|show|return) )/i;

/** A wording without its label and its full stop. */
const saidOf = (text: string): string => text.replace(/\*\*|__/g, '').replace(LABEL, '').replace(/[.!]\s*$/, '').trim();

/** "3 triggers on boats, 2 indexes created", or a line for each, below queries of which each looks for another kind of thing; null where that is not so. */
export function eachKind({ text, extra }: Wording, statements: readonly StatementRead[]): { at: number; text: string }[] | null {
  const said = saidOf(text);
  const parts = extra === null ? said.split(/,\s+(?:and\s+)?(?=[~≈]?\d|exactly|at least|`?[a-z]\w*_\w+`? ?(?:=|is) )|\s+and\s+(?=\d)/i) : extra.kind === 'list' && said === '' ? extra.lines : [];
  if (parts.length < 2 || statements.length < 2) return null;
  const own = parts.map((part) => {
    const words = COUNTED.exec(part)?.slice(1).map((word) => word?.toLowerCase() ?? '') ?? [];
    const catalog = words.map(catalogsOf).find((one) => one !== undefined);
    const reading = statements.flatMap(({ shape }, index) => (shape.returnsRows && shape.tables.length === 1 && words.includes(shape.tables[0] ?? '') ? [index] : []));
    const column = /^\W*`?([a-z]\w*_\w+)`? ?(?:=|is) /i.exec(part)?.[1]?.toLowerCase();
    if (column !== undefined) reading.push(...statements.flatMap(({ shape }, index) => (shape.returnsRows && shape.columns.some((name) => name?.toLowerCase() === column) ? [index] : [])));
    const at = reading.length > 0 || catalog === undefined ? reading : statements.flatMap(({ shape }, index) => (shape.returnsRows && shape.tables.some((name) => catalog.test(name)) ? [index] : []));
    return at.length === 1 && at[0] !== undefined ? { at: at[0], text: `Expected: ${part.replace(/^[^\p{L}\d`~≈]+/u, '').replace(/ (?:are |were )?(?:created|added|there)$/i, '')}` } : null;
  });
  return own.every((one) => one !== null) && new Set(own.map(({ at }) => at)).size === parts.length ? own : null;
}

const BOTH_EXIST = /^both (?:of )?(?:the )?(?:new )?[\p{L}]+ (?:(?:should|must) )?(?:now )?(?:exist|(?:(?:are|be) )?(?:there|present|listed))(?: and (?:enabled|active))?\W*$/iu;

/** "Both columns exist" below two queries, of which each looks for one: each finds it; null where that is not so. */
export function bothExist({ text, extra }: Wording, statements: readonly StatementRead[]): { at: number; text: string }[] | null {
  const looks = statements.every(({ shape }) => shape.returnsRows && shape.filtered && (shape.soughtIn === undefined || (shape.sought?.length ?? 0) < 2) && shape.tables.some(isCatalog));
  return extra === null && statements.length === 2 && looks && BOTH_EXIST.test(saidOf(text)) ? statements.flatMap(({ shape }, at) => ['Expected: at least 1 row', ...(/\b(?:enabled|active)\W*$/i.test(text) && shape.columns.some((name) => name?.toLowerCase() === 'tgenabled') ? ["Expected: tgenabled = 'O'"] : [])].map((said) => ({ at, text: said }))) : null;
}

/** "You should get 4 names, 3 boats, the red one, 9, and the last" below as many queries: of each in its turn; null where that is not so. */
export function eachInTurn({ text, extra }: Wording, statements: readonly StatementRead[]): { at: number; text: string }[] | null {
  if (extra !== null) return null;
  const said = saidOf(text);
  const queries = statements.flatMap(({ shape }, at) => (shape.returnsRows ? [at] : []));
  const parts = said.split(/,\s+(?:and\s+)?(?![^()]*\))/i);
  if (said === text || queries.length < 3 || queries.length !== statements.length || parts.length !== queries.length || parts.filter((part) => /^\d/.test(part)).length < 2) return null;
  return parts.map((part, index) => ({ at: queries[index] ?? 0, text: `Expected: ${part}` }));
}

/** "74 boats in the database", "12 harbour events": a figure and what it counts, in words. */
const OF_THINGS = /^[^\p{L}\d]*(\d[\d,]*\+?) ((?:\p{L}+ ){0,2}?\p{L}+)(?: (?:in (?:the )?(?:database|table)|(?:in )?total|loaded|imported|inserted|created|added|migrated))?\W*$/iu;

/** The one of several counts that counts what a line speaks of, by its table or the name of its figure, and what it expects. */
function countOf(line: string, statements: readonly StatementRead[]): { at: number; text: string } | null {
  const [, figure = '', things = ''] = OF_THINGS.exec(line) ?? [];
  const words = things.toLowerCase().split(' ');
  const counts = statements.flatMap(({ shape }, at) => (shape.counts && shape.singleColumn && !shape.filtered && shape.tables.length === 1 ? [{ at, table: shape.tables[0] ?? '', figure: shape.columns[0]?.toLowerCase() ?? '' }] : []));
  const named = counts.filter(({ table }) => table === words.join('_'));
  const [found, ...others] = named.length > 0 ? named : counts.filter((one) => one.figure === words.at(-1));
  return found === undefined || others.length > 0 || counts.length < 2 ? null : { at: found.at, text: `Expected: ${figure}` };
}

/** A line, or a list of such lines, below several counts, each of which is one of them; null where that is not so. */
export function eachCounted({ text, extra }: Wording, statements: readonly StatementRead[]): { at: number; text: string }[] | null {
  const lines = extra === null ? [saidOf(text)] : extra.kind === 'list' && saidOf(text) === '' ? extra.lines : [];
  const own = lines.map((line) => countOf(line, statements));
  return own.length > 0 && own.every((one) => one !== null) && new Set(own.map(({ at }) => at)).size === own.length ? own : null;
}
