import type { StatementResult } from '../steps/fact.js';
import type { StepState } from './state.js';

/** Measurements that are kept; a watch of a day shows its last hours. */
const KEPT = 500;

/**
 * A result's numbers added to the step's measurements: one round per time that
 * its statements were run. Only results of one row are figures.
 */
export function measure(step: StepState, result: StatementResult, at: string): StepState {
  const [row] = result.rows;
  if (!row || result.rows.length !== 1) return step;
  const figures: Record<string, number> = {};
  for (const [index, name] of result.columns.entries()) {
    const cell = row[index];
    const value = cell === null || cell === undefined || cell.trim() === '' ? NaN : Number(cell);
    if (Number.isFinite(value)) figures[name === '?column?' || name in figures ? `${name} ${result.index + 1}` : name] = value;
  }
  if (Object.keys(figures).length === 0) return step;
  const last = step.rounds.at(-1);
  // A statement after the first one of the same round joins it, unless it was measured there already.
  if (last && result.index > last.statement) return { ...step, rounds: [...step.rounds.slice(0, -1), { ...last, statement: result.index, figures: { ...last.figures, ...figures } }] };
  return { ...step, roundCount: step.roundCount + 1, rounds: [...step.rounds.slice(1 - KEPT), { at, statement: result.index, figures }] };
}
