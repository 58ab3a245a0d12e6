import type { Assertion } from '../../assertions/assertion.js';
import { COMPARISONS, numberOf } from './normal.js';

export type Bound = Pick<Extract<Assertion, { type: 'column' }>, 'op' | 'value'>;

/** "15-17", "4+", ">= 4": a figure that leaves room, as a cell says it. */
export function boundOf(cell: string): Bound | null {
  const plain = cell.trim().replace(/^`([^`]*)`$/, '$1');
  const [, low, high] = /^(\d+) ?[-–] ?(\d+)$/.exec(plain) ?? [];
  if (low !== undefined && Number(low) < Number(high)) return { op: 'between', value: [Number(low), Number(high)] };
  const least = /^(\d[\d,]*) ?\+$/.exec(plain)?.[1];
  if (least !== undefined) return { op: '>=', value: Number(least.replaceAll(',', '')) };
  const [, sign = '', figure] = /^(>=|<=|>|<|≥|≤) ?(-?\d[\d,]*(?:\.\d+)?)$/.exec(plain) ?? [];
  return figure === undefined ? null : { op: COMPARISONS[sign] ?? '=', value: Number(figure.replaceAll(',', '')) };
}

const WORDED: Readonly<Record<string, string>> = { 'at least': '>=', 'more than': '>', over: '>', 'fewer than': '<', 'less than': '<', 'at most': '<=' };

/** "> 30", "150–350", "at least 4", "12": a figure as a sentence says it, exact or with room. */
export function figureOf(said: string): Bound | null {
  const plain = said.trim().replace(/^between (\S+) and (\S+)$/, '$1-$2').replace(/^(at least|more than|over|fewer than|less than|at most) /, (_, word: string) => `${WORDED[word] ?? ''} `).replace(/,(?=\d{3}(?!\d))/g, '');
  const exact = numberOf(plain);
  return exact !== null ? { op: '=', value: exact } : boundOf(plain);
}
