import type { NewEvent } from '../engine/event.js';

/** What is known when a forecast is made. Times of steps are those a rehearsal measured, in milliseconds. */
export interface ForecastInput {
  now: Date;
  window: { start: string; end: string } | null;
  /** By step id, forward and rollback steps alike. */
  durations: Readonly<Record<string, number>>;
  /** How much longer a step takes here than in the rehearsal; see {@link scaleBySizes}. Default 1. */
  factors?: Readonly<Record<string, number>>;
  /** Forward steps that have not begun. */
  ahead: readonly string[];
  running: { step: string; since: Date } | null;
  /** Rollback steps that would run if it began now, the running step's included. */
  back: readonly string[];
  /** Share added to the way back, for what a rehearsal cannot know. Default 0.25. */
  reserve?: number;
}

/** When a run will end, and until when going back still fits into the window. */
export interface Forecast {
  /** Milliseconds of the steps still to go. */
  remainingMs: number;
  expectedEnd: Date;
  /** Milliseconds of the way back, with its reserve. */
  backMs: number;
  /** Until the window ends; negative when it has; null without a window. */
  leftMs: number | null;
  /** The latest moment to start the rollback; null without a window. */
  rollbackBy: Date | null;
  /** Which of the two has passed; the end says more than the other. */
  crossed: 'rollback-by' | 'end' | null;
  /** Whether the rest fits into the window; null without one. */
  fits: boolean | null;
  /** Steps without a measured duration, which count as nothing: the forecast is that much too short. */
  unmeasured: string[];
}

/** Adds up what is still to come. Pure: the same input gives the same forecast. */
export function forecast(input: ForecastInput): Forecast {
  const { now, window, running } = input;
  const time = (step: string): number => (input.durations[step] ?? 0) * (input.factors?.[step] ?? 1);
  const total = (steps: readonly string[]): number => steps.reduce((sum, step) => sum + time(step), 0);
  // A running step that is late already is expected to end now, not in the past.
  const rest = running ? Math.max(0, time(running.step) - (now.getTime() - running.since.getTime())) : 0;
  const remainingMs = rest + total(input.ahead);
  const backMs = total(input.back) * (1 + (input.reserve ?? 0.25));
  const expectedEnd = new Date(now.getTime() + remainingMs);
  const known = [...input.ahead, ...(running ? [running.step] : []), ...input.back];
  const unmeasured = [...new Set(known.filter((step) => input.durations[step] === undefined))];
  if (!window) return { remainingMs, expectedEnd, backMs, leftMs: null, rollbackBy: null, crossed: null, fits: null, unmeasured };
  const end = Date.parse(window.end);
  const rollbackBy = new Date(end - backMs);
  const crossed = now.getTime() >= end ? 'end' : input.back.length > 0 && now >= rollbackBy ? 'rollback-by' : null;
  return { remainingMs, expectedEnd, backMs, leftMs: end - now.getTime(), rollbackBy, crossed, fits: expectedEnd.getTime() <= end, unmeasured };
}

/** What a rehearsal measured: ways, times, tables. */
export interface Measured {
  from: string;
  forward: readonly string[];
  back: readonly string[];
  /** Those of them that machines do. */
  machines: readonly string[];
  /** Milliseconds by step. */
  durations: Readonly<Record<string, number>>;
  /** Tables that steps read from end to end or write anew. */
  tables: Readonly<Record<string, readonly string[]>>;
  /** Rows before the rehearsal began. */
  rows: Readonly<Record<string, number>>;
}

/** The whole way forward and back, by a rehearsal's durations, scaled to the target where one is known. */
export function wholeForecast(measured: Measured, target: { named: string; sizes: Readonly<Record<string, number>> } | null): Extract<NewEvent, { type: 'forecast.noted' }> {
  const { scaled, unscaled } = target === null ? { scaled: [], unscaled: [] as Unscaled[] } : scaleBySizes(measured.tables, measured.rows, target.sizes);
  const factors = factorsOf(scaled);
  const total = (steps: readonly string[]): number => Math.round(steps.reduce((sum, step) => sum + (measured.durations[step] ?? 0) * (factors[step] ?? 1), 0));
  for (const step of measured.machines) if (measured.durations[step] === undefined) unscaled.push({ step, table: '', why: 'never measured, so it counts as nothing' });
  return { type: 'forecast.noted', from: measured.from, target: target?.named ?? null, forwardMs: total(measured.forward), backMs: total(measured.back), scaled, unscaled };
}

/** Factors by step. */
export function factorsOf(scaled: readonly Scaled[]): Record<string, number> {
  return Object.fromEntries(scaled.map((one) => [one.step, one.factor]));
}

/** A step that is expected to take longer on the target than in the rehearsal, and the table that says so, by rows. */
export interface Scaled { step: string; factor: number; table: string; rehearsed: number; here: number }

/** A step whose table says nothing of how long it takes on the target, and why. */
export interface Unscaled { step: string; table: string; why: string }

/**
 * How much longer steps take on the target than in the rehearsal, by the sizes
 * of the tables that they read from end to end or write anew. Linear, by the
 * table that grew most, never below 1: half the rows do not promise half the time.
 * @param tablesOf - tables of each step, by qualified name, as the trace saw them
 * @param rehearsed - rows by qualified name, before the rehearsal began; a table that is not there is new
 * @param target - rows by qualified name, from {@link readTableSizes}
 */
export function scaleBySizes(tablesOf: Readonly<Record<string, readonly string[]>>, rehearsed: Readonly<Record<string, number>>, target: Readonly<Record<string, number>>): { scaled: Scaled[]; unscaled: Unscaled[] } {
  const scaled: Scaled[] = [];
  const unscaled: Unscaled[] = [];
  for (const [step, tables] of Object.entries(tablesOf)) {
    let largest: Scaled | null = null;
    for (const table of tables) {
      const [was, here] = [rehearsed[table], target[table]];
      if (here === undefined || was === undefined) continue;
      if (here < 0) unscaled.push({ step, table, why: 'never analysed on the target' });
      else if (was === 0 && here > 0) unscaled.push({ step, table, why: `empty in the rehearsal, about ${here} rows on the target` });
      else if (here > was && (largest === null || here / was > largest.factor)) largest = { step, factor: here / was, table, rehearsed: was, here };
    }
    if (largest) scaled.push({ ...largest, factor: Math.round(largest.factor * 100) / 100 });
  }
  return { scaled, unscaled };
}

/** The planner's row estimates of a database, by qualified table name; -1 for a table never analysed. Reads the catalog only. */
export async function readTableSizes(client: { query(text: string): Promise<{ rows: Record<string, unknown>[] }> }): Promise<Record<string, number>> {
  const { rows } = await client.query(`SELECT format('%I.%I', n.nspname, c.relname) AS name, c.reltuples::bigint::text AS rows FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'deploy_wizard')`);
  return Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['rows'])]));
}
