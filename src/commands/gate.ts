import type { Graph } from '../graph/graph.js';
import type { TargetIdentity } from '../engine/ports.js';
import type { Environment } from '../project/config.js';
import { listRuns, type RunEntry } from '../project/run-index.js';
import { parseDuration } from '../text/duration.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { Conduct } from './conduct.js';
import type { RunFlags } from './flags.js';

export interface GateQuestion { graph: Graph; environment: Environment; name: string; flags: RunFlags; logs: string; identity: TargetIdentity }

/** What a rehearsal must share with the run that leans on it; each entry says what differs. */
export function differences(entry: RunEntry, graph: Graph, major: number, maxAgeMs: number, now: Date): string[] {
  const found: string[] = [];
  const age = now.getTime() - Date.parse(entry.finishedAt ?? entry.startedAt);
  if (age > maxAgeMs) found.push(`it is ${Math.floor(age / 86_400_000)} days old`);
  if (entry.outcome !== 'passed') found.push(`it ended ${entry.outcome ?? 'unfinished'}`);
  if (entry.sha256 !== graph.guide.sha256) found.push('the guide has changed since');
  const changed = graph.steps.filter((step) => entry.steps[step.id] !== step.hash).map((step) => step.id);
  if (changed.length > 0) found.push(`steps changed since: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ', …' : ''}`);
  if (entry.major !== null && entry.major !== major) found.push(`it ran on PostgreSQL ${entry.major}, the target is ${major}`);
  return found;
}

/**
 * The rehearsal that this run leans on, or null where the environment asks for
 * none and there is none. Throws a ProblemError (exit 3) that lists what
 * differs; `--override-rehearsal REASON` lets it pass, and the log says so.
 */
export async function rehearsalFor({ graph, environment, name, flags, logs, identity }: GateQuestion): Promise<Conduct['rehearsal']> {
  const now = new Date();
  const past = listRuns(logs).filter((entry) => entry.guide === graph.guide.id && (entry.mode === 'rehearsal' || (entry.mode === 'run' && entry.environment === 'staging'))).toReversed();
  const wanted = environment.requires.rehearsal;
  const maxAge = wanted === undefined ? Number.POSITIVE_INFINITY : parseDuration(wanted) ?? 0;
  const good = past.find((entry) => differences(entry, graph, identity.major, maxAge, now).length === 0);
  if (good) return evidence(good, graph);
  const newest = past[0];
  if (wanted === undefined || flags.dryRun || flags.overrideRehearsal) return newest ? evidence(newest, graph) : null;
  const why = newest ? `The newest one, ${newest.run}, does not count: ${differences(newest, graph, identity.major, maxAge, now).join('; ')}.` : 'There is none.';
  throw new ProblemError({
    code: 'rehearsal-missing', what: `The environment ${name} wants a passed rehearsal of this guide within ${wanted}. ${why}`, where: logs,
    remedy: `deploy-wizard rehearse ${graph.guide.path} --server-version ${identity.major}, or --override-rehearsal "REASON".`,
  }, EXIT.refused);
}

function evidence(entry: RunEntry, graph: Graph): Conduct['rehearsal'] {
  return { run: entry.run, sha256Matches: entry.sha256 === graph.guide.sha256, at: entry.finishedAt ?? entry.startedAt, durations: entry.durations };
}
