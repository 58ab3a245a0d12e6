import { forwardSteps } from '../engine/plan.js';
import type { Graph } from '../graph/graph.js';
import type { RunDetails } from '../project/run-details.js';
import { readTableSizes, type Measured } from '../rehearsal/forecast.js';
import { environmentOf, resolveSecret, type LoadedConfig } from '../project/config.js';
import { resolveConnection, type ConnectionSpec } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { messageOf, ProblemError } from '../text/problem.js';
import type { RunFlags } from './flags.js';
import { machineDurations } from '../steps/people.js';

/** What a rehearsal knows of the database it prepares for. */
export interface KnownTarget {
  /** How the operator named it: `--env production`. */
  named: string;
  major: number;
  version: string;
  /** The planner's row estimates, by qualified table name. */
  sizes: Record<string, number>;
}

/**
 * The target that a rehearsal prepares for, where one is named: `--database`,
 * else `--env`, else the database behind `--schema-from`. Only reads there.
 * DATABASE_URL alone names none: a rehearsal must not touch what nobody spoke of.
 * @returns null where none is named, or where it cannot be reached and
 *   `--server-version` says all that is needed (then a line says so)
 * @throws ProblemError (exit 6) when it cannot be reached and its major is wanted
 */
export async function knownTarget(flags: RunFlags, loaded: LoadedConfig, say: (line: string) => void): Promise<KnownTarget | null> {
  const named = nameTarget(flags, loaded);
  if (named === null) return null;
  try {
    return await look(named.how, named.url);
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : null;
    if (flags.serverVersion !== undefined) {
      say(`The target (${named.how}) cannot be asked for its table sizes, so the forecast is not scaled: ${problem?.what ?? messageOf(error)}`);
      return null;
    }
    if (!problem || !(error instanceof ProblemError)) throw error;
    throw new ProblemError({ ...problem, remedy: `${problem.remedy ?? ''} Or rehearse without asking the target (${named.how}) for its version: --server-version MAJOR.`.trim() }, error.exitCode);
  }
}

function nameTarget(flags: RunFlags, loaded: LoadedConfig): { how: string; url: string } | null {
  if (flags.database !== undefined) return { how: '--database', url: flags.database };
  if (flags.env !== undefined) {
    const { database } = environmentOf(loaded, flags.env);
    if (database !== undefined) return { how: `--env ${flags.env}`, url: resolveSecret(database, process.env) };
  }
  return flags.schemaFrom === undefined ? null : { how: '--schema-from', url: flags.schemaFrom };
}

/** The planner's row estimates of a database, by qualified table name. */
export async function tableSizes(spec: ConnectionSpec): Promise<Record<string, number>> {
  const session = await Session.open(spec, 'deploy-wizard');
  try {
    return await readTableSizes({ query: (text) => session.client.query<Record<string, unknown>>(text) });
  } finally {
    await session.close();
  }
}

/** What a forecast needs of a rehearsal. */
export function measuredBy({ run, durations, tables, evidence }: Pick<RunDetails, 'durations' | 'tables' | 'evidence'> & { run: string }, graph: Graph): Measured {
  return { from: run, forward: forwardSteps(graph).map((step) => step.id), back: graph.rollback.map((part) => part.id), machines: graph.steps.filter((step) => step.kind === 'sql' || step.kind === 'shell').map((step) => step.id), durations: machineDurations(durations, graph), tables, rows: evidence?.rows ?? {} };
}

async function look(named: string, url: string): Promise<KnownTarget> {
  const session = await Session.open(await resolveConnection({ url, env: process.env }), 'deploy-wizard');
  try {
    await session.client.query('BEGIN READ ONLY');
    const version = (await session.run('SHOW server_version')).rows[0]?.[0]?.split(' ')[0] ?? '';
    const sizes = await readTableSizes({ query: (text) => session.client.query<Record<string, unknown>>(text) });
    return { named, version, major: Number.parseInt(version, 10), sizes };
  } finally {
    await session.close();
  }
}
