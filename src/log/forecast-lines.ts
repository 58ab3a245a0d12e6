import { formatDuration } from '../text/duration.js';
import { count } from './format.js';
import type { LogDocument } from './schema.js';

/** Below this many rows a step's time is mostly what it takes to begin. */
const FEW = 1000;

/** What a forecast says, in lines: how long forward and back, whose times these are, and what scales them. */
export function forecastLines(forecast: NonNullable<LogDocument['forecast']>, run: string): string[] {
  const { from, target, scaled, unscaled } = forecast;
  const whose = from !== run ? `by rehearsal ${from}` : target === null ? 'as long as this rehearsal took on its own data' : 'as measured';
  const how = target === null ? 'not scaled to the tables of a target (--database or --env names one)' : scaled.length === 0 ? `no step reads a table that is larger on the target (${target})` : `scaled by the table sizes of the target (${target})`;
  return [
    `${formatDuration(forecast.forwardMs)} forward, ${formatDuration(forecast.backMs)} back, ${whose}, ${how}`,
    ...scaled.map((one) => `${one.step}: ×${one.factor}, for ${one.table} had ${count(one.rehearsed, 'row')} in the rehearsal and has about ${one.here} there${one.rehearsed < FEW ? ' (from so few rows, rather too long)' : ''}`),
    ...unscaled.map((one) => `${one.step}: ${one.table === '' ? '' : `not scaled by ${one.table}: `}${one.why}`),
  ];
}
