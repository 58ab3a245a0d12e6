import type { Walk } from './walk.js';
import { areCounted, countPerName } from './wording/tables.js';

/** Lines of a list that give the figures of one of several queries ("boats: 4 policies"), and which query that is; null where none of them does, or more than one. */
export function figuresOfOne(walk: Walk, lines: readonly string[]): { at: number; lines: string[] } | null {
  const counted = lines.filter((line) => areCounted([line, line]));
  const queries = (walk.code?.statements ?? []).flatMap(({ shape }, at) => (shape.returnsRows ? [{ shape, at }] : []));
  if (counted.length < 2 || queries.length < 2) return null;
  const [only, ...more] = queries.filter(({ shape }) => countPerName(counted, shape) !== null);
  return only === undefined || more.length > 0 ? null : { at: only.at, lines: counted };
}
