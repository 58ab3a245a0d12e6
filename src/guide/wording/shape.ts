export type { StatementShape } from '../statement-shape.js';
import type { StatementShape } from '../statement-shape.js';

/** Lines that belong to a wording: a list, a table, or fenced output. */
export type Extra = { kind: 'list'; lines: string[] } | { kind: 'table'; columns: string[]; rows: string[][] } | { kind: 'output'; text: string } | null;

export interface WordingContext {
  shape: StatementShape | null;
  extra: Extra;
}

/** Whether a name is a column of the result: true, false, or null where only the server knows. */
export function hasColumn(shape: StatementShape | null, name: string): boolean | null {
  if (shape === null) return null;
  if (shape.columns.some((column) => column?.toLowerCase() === name.toLowerCase())) return true;
  return shape.columns.length === 0 || shape.columns.some((column) => column === '*' || column === null) ? null : false;
}

/** The columns of the result; null where only the server knows all of them. */
export function knownColumns(shape: StatementShape): string[] | null {
  const columns = shape.columns.filter((column): column is string => column !== null && column !== '*');
  return columns.length === 0 || columns.length < shape.columns.length ? null : columns;
}

/** A column of names of columns, as the catalogs and as guides call it. */
export const NAMES_COLUMNS = /^(?:column_?name|attname|column|field)$/i;

/** Whether rows of the result are columns, by the catalog's own name for them. */
export const listsColumns = (shape: StatementShape | null): boolean => shape?.columns.some((name) => name !== null && /^(?:column_?name|attname)$/i.test(name)) === true;

export function isExplain(shape: StatementShape): boolean {
  return /^explain/i.test(shape.command);
}
