import type { Assertion } from '../../assertions/assertion.js';
import { Sieve } from '../sieve.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

/** What the words of a form come to for a statement; null where it has nothing that they could be said of. */
type Meaning = (said: readonly (string | undefined)[], shape: StatementShape) => Assertion[] | Found | null;

/** One way to say what a result holds: its words, and what they mean. */
export type Form = readonly [words: RegExp, meaning: Meaning];

/** Reads a text by the first form that understands the whole of it; `of`: the statements that the forms are said of, else those that return rows and are no `EXPLAIN`. */
export function readerOf(forms: readonly Form[], { of = returnsPlainRows } = {}): (text: string, shape: StatementShape | null) => Found | null {
  const sieve = new Sieve(forms.map(([words]) => words));
  return (text, shape) => {
    if (shape === null || !of(shape)) return null;
    for (const index of sieve.of(text)) {
      const said = forms[index]?.[0].exec(text);
      const meant = said ? forms[index]?.[1](said, shape) : null;
      if (meant) return Array.isArray(meant) ? { assertions: meant } : meant;
    }
    return null;
  };
}

const returnsPlainRows = (shape: StatementShape): boolean => shape.returnsRows && !isExplain(shape);

type OfColumn = Extract<Assertion, { type: 'column' }>;

/** That every row holds a value in a column. */
export const everyRow = (column: string, op: OfColumn['op'], value: OfColumn['value']): OfColumn => ({ type: 'column', column, quantifier: 'every', op, value });

/** How many rows there are. */
export const rowCount = (value: number, op: '=' | '>=' = '='): Assertion => ({ type: 'rows', op, value });

/** Whether a name that is said is a column of the result. */
export const isColumn = (shape: StatementShape, name: string | undefined): name is string => name !== undefined && hasColumn(shape, name) === true;

/** The one column of a result that is called so; undefined where there is none, or more than one. */
export function onlyColumn(shape: StatementShape, called: RegExp): string | undefined {
  const [only, ...others] = shape.columns.filter((name): name is string => name !== null && called.test(name));
  return others.length === 0 ? only : undefined;
}

/** The texts between quotes or back-ticks. */
export const quotedIn = (list: string): string[] => [...list.matchAll(/(["'`])([^"'`]+)\1/g)].map(([, , text = '']) => text);

/** A figure with its separators. */
export const figureOf = (text: string): number => Number(text.replaceAll(',', ''));
