import type { Assertion } from '../assertions/assertion.js';
import type { StatementShape } from './statement-shape.js';

/* Temporary stand-in until the reader of wordings lands; same signatures. */
export type Extra = { kind: 'list'; lines: string[] } | { kind: 'table'; columns: string[]; rows: string[][] } | { kind: 'output'; text: string } | null;
export interface Reading {
  source: 'read' | 'operator';
  assertions: Assertion[];
  alternative: Assertion | null;
  quantifier: 'last' | 'every-statement';
  remedy: string | null;
}

export function readWording(text: string, context: { shape: StatementShape | null; extra: Extra }): Reading {
  const number = /^\W*expected(?: result| output)?:\W*(\d+)(?: rows?| policies| policy| triggers?)?\W*(?:\([^)]*\))?$/i.exec(text)?.[1];
  const operator: Reading = { source: 'operator', assertions: [{ type: 'operator', text }], alternative: null, quantifier: 'last', remedy: null };
  if (number === undefined || !context.shape?.returnsRows) return operator;
  const value = Number(number);
  return { ...operator, source: 'read', assertions: [context.shape.oneRow ? { type: 'value', op: '=', value } : { type: 'rows', op: '=', value }] };
}

export { parseExpect } from '../assertions/parse.js';
export { isExpectation } from './wording/cue.js';
