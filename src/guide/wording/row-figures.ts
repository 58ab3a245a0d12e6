import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { named } from './normal.js';
import { figureOf, type Bound } from './ranges.js';
import type { Found } from './reading.js';
import { namingColumn } from './row-of.js';
import { isPlainResult, meansAnother } from './tables.js';
import type { StatementShape } from './shape.js';

/** What is said of the figures of single rows, each known by its name: "`grain`: avg 150-350 kcal", "cargo_north >= 40, cargo_south >= 10". */

interface Figure { names: string[]; column: string; bound: Bound }

const NAME = String.raw`\x60[^\x60]+\x60|"[^"]+"|'[^']+'|[A-Z][A-Z\d_]+(?:\/[A-Z][A-Z\d_]+)*|[a-z][a-z\d]*(?:[_-][a-z\d]+)*`;
const ALONE = new RegExp(`^(?:the )?(${NAME})$`);
const SAID = new RegExp(String.raw`^(?:the )?(${NAME})(\s*[:=]\s*|\s*(?=[<>≥≤])|(?: (?:should|must|will))?(?: each)? (?:have|has|be|show|shows|is|are|of) (?:each )?|\s+(?=\()|\s+)(?:(?:an? |the |its )?([a-z]\w*) (?:(?:should|must) be |is |of )?)?\(?((?:at least |more than |over |fewer than |less than |at most |between )?(?:[<>]=?|≥|≤)?\s*\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*| and \d[\d.,]*|\+)?)\)?\s?(\p{L}[\p{L} ]{0,24})?$`, 'u');
/** What is no unit, but a condition or a share. */
const CONDITION = /\b(?:or|if|when|unless|per|each|after|until|before|than|at|in|for|on|with|without|not|no|only|but|about|of|percent|more|fewer|total|row|older|newer)\b/i;

/** The one column that tells what a row is about. */
function naming(shape: StatementShape): string | null {
  const [first] = shape.columns;
  return shape.groups === 1 && first != null && shape.counted?.includes(first) !== true ? first : namingColumn(shape);
}

/** The column of the figure: by its measure ("avg"), by what is counted, else the only one that counts. */
function figureColumn(measure: string | undefined, unit: string | undefined, shape: StatementShape): string | null {
  const only = (names: readonly (string | null)[]): string | null => (names.length === 1 ? (names[0] ?? null) : null);
  if (measure !== undefined) return columnCalled(measure, shape, true) ?? only(shape.columns.filter((name) => name !== null && name.toLowerCase().split('_').includes(measure.toLowerCase())));
  return (unit === undefined ? null : columnCalled(unit, shape, true)) ?? only(shape.counted ?? []);
}

/** A name as it stands in the result, and not a column's own or a word about all rows. */
function namesOf(said: string, column: string, shape: StatementShape): string[] | null {
  const own = named(said);
  const names = own === null && said.includes('/') ? said.split('/') : [own ?? said];
  // The table that is read from, rather than the name in one of its rows.
  if (names.some((name) => shape.tables.includes(name.toLowerCase()) && shape.constants?.includes(name) !== true)) return null;
  const isOther = (name: string): boolean => /^(?:all|any|each|every|both|none|total|count|rows?|result|expected|returns?|sum|value|about|only|shows?|least|most)$/i.test(name) || shape.columns.some((one) => one?.toLowerCase() === name.toLowerCase());
  return names.some(isOther) || column === '' ? null : names;
}

/** Whether a bare word is written as a value is, or is one that the statement names itself. */
const isCoded = (said: string, shape: StatementShape): boolean => /^["'`]|[_-]|^[A-Z]/.test(said) || shape.sought?.includes(said) === true || shape.constants?.includes(said) === true;

export function readRowFigures(text: string, shape: StatementShape | null): Found | null {
  if (!isPlainResult(shape) || shape.oneRow || shape.columns.length < 2 || !/\d/.test(text)) return null;
  const column = naming(shape);
  if (column === null) return null;
  const figures: Figure[] = [];
  const said: string[] = [];
  let waiting: string[] = [];
  let tight = shape.groups === 1;
  for (const part of text.replace(/,? (?:etc\.?|\.{3}|…)$/i, '').split(/\s*[,;]\s+(?:and\s+)?|\s+and\s+(?![\d.,]+(?:\s|$))/)) {
    const [, alone] = ALONE.exec(part) ?? [];
    const [, name = '', between = '', measure, figure = '', unit] = alone === undefined ? (SAID.exec(part) ?? []) : [];
    const names = namesOf(alone ?? name, column, shape);
    if ((alone ?? name) === '' || names === null) return null;
    said.push(alone ?? name);
    waiting = [...waiting, ...names];
    if (alone !== undefined) continue;
    // "5 beta rows" after a bare word is a sentence, not a row's figure.
    if (unit !== undefined && CONDITION.test(unit.replace(/^rows?$/i, ''))) return null;
    if (/^\s+$/.test(between) && measure === undefined && !/^["'`]/.test(name) && !/[<>≥≤]|\(/.test(part.slice(name.length))) return null;
    const held = figureColumn(measure, unit?.replace(/^rows?$/i, '') || undefined, shape);
    const bounded = figureOf(figure);
    // A group of none is no row at all, unless the statement itself names it.
    const mayLack = held !== null && (shape.counted?.includes(held) === true || /(?:^|_)(?:count|total|num|cnt|n)(?:$|_)/i.test(held)) && !waiting.every((one) => shape.constants?.includes(one) === true);
    if (held === null || bounded === null || held === column || (mayLack && (bounded.value === 0 || bounded.op.startsWith('<')))) return null;
    tight &&= between === '=';
    figures.push({ names: waiting, column: held, bound: bounded });
    waiting = [];
  }
  const coded = said.filter((one) => isCoded(one, shape));
  if (figures.length === 0 || waiting.length > 0 || (coded.length === 0 && !(tight && figures.length > 1)) || (said.length === 1 && !/^["'`A-Z]|_/.test(said[0] ?? '') && shape.sought?.includes(said[0] ?? '') !== true)) return null;
  const all = figures.flatMap((one) => one.names);
  return new Set(all).size < all.length || meansAnother(all, shape) ? null : { assertions: assertionsOf(figures, column) };
}

/** Exact figures of one column are rows among those returned; any other is compared in the row of its name. */
function assertionsOf(figures: readonly Figure[], column: string): Assertion[] {
  const [first] = figures;
  if (first !== undefined && figures.every((one) => one.bound.op === '=' && one.column === first.column)) {
    return [{ type: 'includes', columns: [column, first.column], rows: figures.flatMap(({ names, bound: { value } }) => names.map((name) => [name, value as Scalar])) }];
  }
  return figures.flatMap(({ names, column: held, bound: { op, value } }) => names.map((name): Assertion => ({ type: 'column', column: held, quantifier: 'every', op, value, where: { column, value: name } })));
}
