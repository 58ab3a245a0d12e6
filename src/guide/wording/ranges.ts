import type { Assertion } from '../../assertions/assertion.js';
import { COMPARISONS } from './normal.js';

/** "15-17", "4+", ">= 4": a figure that leaves room, as a cell says it. */
export function boundOf(cell: string): Pick<Extract<Assertion, { type: 'column' }>, 'op' | 'value'> | null {
  const plain = cell.trim().replace(/^`([^`]*)`$/, '$1');
  const [, low, high] = /^(\d+) ?[-–] ?(\d+)$/.exec(plain) ?? [];
  if (low !== undefined && Number(low) < Number(high)) return { op: 'between', value: [Number(low), Number(high)] };
  const least = /^(\d[\d,]*) ?\+$/.exec(plain)?.[1];
  if (least !== undefined) return { op: '>=', value: Number(least.replaceAll(',', '')) };
  const [, sign = '', figure] = /^(>=|<=|>|<|≥|≤) ?(-?\d[\d,]*(?:\.\d+)?)$/.exec(plain) ?? [];
  return figure === undefined ? null : { op: COMPARISONS[sign] ?? '=', value: Number(figure.replaceAll(',', '')) };
}
