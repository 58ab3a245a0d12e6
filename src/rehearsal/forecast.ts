/** What is known when a forecast is made. Times of steps are those a rehearsal measured, in milliseconds. */
export interface ForecastInput {
  now: Date;
  window: { start: string; end: string } | null;
  /** By step id, forward and rollback steps alike. */
  durations: Readonly<Record<string, number>>;
  /** How much longer a step takes here than in the rehearsal; see {@link sizeFactors}. Default 1. */
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

/**
 * How much longer steps take on the target than in the rehearsal, by the sizes
 * of the tables they lock or rewrite. Linear, never below 1: half the rows do
 * not promise half the time.
 * @param tablesOf - tables of each step, as the lock trace names them
 * @param rehearsed - rows by qualified table name, from the rehearsal's snapshot
 * @param target - rows by qualified table name, from {@link readTableSizes}
 */
export function sizeFactors(tablesOf: Readonly<Record<string, readonly string[]>>, rehearsed: Readonly<Record<string, number>>, target: Readonly<Record<string, number>>): Record<string, number> {
  const rows = (sizes: Readonly<Record<string, number>>, table: string): number | undefined => sizes[table] ?? sizes[`public.${table}`];
  const factor = (table: string): number => {
    const there = rows(target, table);
    const here = rows(rehearsed, table);
    // A table that is new or empty in the rehearsal says nothing about a full one, except that it is not faster.
    return there === undefined || here === undefined ? 1 : Math.max(1, there / Math.max(1, here));
  };
  return Object.fromEntries(Object.entries(tablesOf).map(([step, tables]) => [step, Math.max(1, ...tables.map(factor))]));
}

/** The planner's row estimates of a database, by qualified table name; tables never analysed are left out. Reads the catalog only. */
export async function readTableSizes(client: { query(text: string): Promise<{ rows: Record<string, unknown>[] }> }): Promise<Record<string, number>> {
  const { rows } = await client.query(`SELECT format('%I.%I', n.nspname, c.relname) AS name, c.reltuples::bigint::text AS rows FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND c.reltuples >= 0 AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'deploy_wizard')`);
  return Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['rows'])]));
}
