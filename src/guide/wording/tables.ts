import type { Assertion, Scalar } from '../../assertions/assertion.js';
import type { StatementShape } from './shape.js';
import { isExplain } from './shape.js';

function cellOf(text: string): Scalar {
  const plain = text.trim().replace(/^`([^`]*)`$/, '$1');
  return /^\(?null\)?$/i.test(plain) ? null : plain;
}

const key = (name: string): string => name.trim().replace(/[`*]/g, '').toLowerCase().replace(/[\s-]+/g, '_');

/** A table under a label: these rows, where its header names columns of the result. */
export function tableOf(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape | null): Assertion | null {
  if (shape === null || !shape.returnsRows || isExplain(shape) || rows.length === 0) return null;
  if (rows.some((row) => row.length !== columns.length)) return null;
  const cells = rows.map((row) => row.map(cellOf));
  const known = new Map(shape.columns.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  const names = columns.map((name) => known.get(key(name)));
  const base = { type: 'table' as const, rows: cells, ordered: shape.ordered };
  if (names.every((name) => name !== undefined)) return { ...base, columns: names };
  const open = shape.columns.length === 0 || shape.columns.includes('*');
  if (open && columns.every((name) => /^[a-z_][a-z0-9_]*$/.test(name.trim()))) return { ...base, columns: columns.map((name) => name.trim()) };
  if (shape.columns.length === columns.length && names.some((name) => name !== undefined)) return { ...base, columns: null };
  return null;
}

/** `role | text | 'user'::text | YES`: one row, as wide as the result. */
export function pipeRow(text: string, shape: StatementShape | null): Assertion | null {
  const plain = text.trim().replace(/^`|`$/g, '').replace(/^\||\|$/g, '').trim();
  if (!plain.includes(' | ') || shape === null || !shape.returnsRows || isExplain(shape)) return null;
  const cells = plain.split(/\s*\|\s*/).map(cellOf);
  const open = shape.columns.length === 0 || shape.columns.includes('*');
  if (!open && shape.columns.length !== cells.length) return null;
  return { type: 'table', columns: null, rows: [cells], ordered: shape.ordered };
}

/** Output as psql prints it: header, rule, rows, `(N rows)`. */
export function psqlTable(text: string): { columns: string[]; rows: string[][] } | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const rule = lines.findIndex((line) => /^[\s|]*-{2,}(?:[-+|\s]*)$/.test(line));
  if (rule !== 1) return null;
  const cells = (line: string): string[] => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const body = lines.slice(2).filter((line) => !/^\s*\(\d+ rows?\)\s*$/.test(line));
  return { columns: cells(lines[0] ?? ''), rows: body.map(cells) };
}
