import type { Graph } from '../graph/graph.js';
import type { TargetIdentity } from '../engine/ports.js';
import type { Environment } from '../project/config.js';
import { readDetails, type RunDetails } from '../project/run-details.js';
import { listRuns, type RunEntry } from '../project/run-index.js';
import { differsFrom } from '../rehearsal/snapshot/evidence.js';
import type { Snapshot } from '../rehearsal/snapshot/snapshot.js';
import { parseDuration } from '../text/duration.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { Conduct } from './conduct.js';
import type { RunFlags } from './flags.js';
import { machineDurations } from '../steps/people.js';

export interface GateQuestion { graph: Graph; environment: Environment; name: string; flags: RunFlags; logs: string; identity: TargetIdentity;
  /** Structure of the target as it is now; asked for only where a rehearsal is required. Null: the run has begun, so it differs by what was applied. */
  catalog: (() => Promise<Pick<Snapshot, 'objects'>>) | null;
}

/** The rehearsal that a run leans on, and why a required one was done without. */
export interface Gate {
  rehearsal: Conduct['rehearsal'];
  /** What it measured; null where there is none. */
  measured: (RunDetails & { run: string }) | null;
  overridden: string | null;
  /** What was left out of the comparison, for the log. */
  notes: string[];
}

/** What a rehearsal must share with the run that leans on it; each entry says what differs. */
function differences(entry: RunEntry, graph: Graph, major: number, maxAgeMs: number, now: Date): string[] {
  const found: string[] = [];
  const age = now.getTime() - Date.parse(entry.finishedAt ?? entry.startedAt);
  if (age > maxAgeMs) found.push(`it is ${Math.floor(age / 86_400_000)} days old`);
  if (entry.outcome !== 'passed') found.push(`it ended ${entry.outcome ?? 'unfinished'}`);
  if (entry.sha256 !== graph.guide.sha256) found.push('the guide has changed since');
  if (entry.major !== null && entry.major !== major) found.push(`it ran on PostgreSQL ${entry.major}, the target is ${major}`);
  return found;
}

/** The steps that are not what they were then. */
function changedSteps({ steps }: RunDetails, graph: Graph): string[] {
  const changed = graph.steps.filter((step) => steps[step.id] !== step.hash).map((step) => step.id);
  return changed.length === 0 ? [] : [`steps changed since: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ', …' : ''}`];
}

/**
 * The rehearsal that this run leans on, or null where the environment asks for
 * none and there is none. Throws a ProblemError (exit 3) that lists what
 * differs; `--override-rehearsal REASON` lets it pass, and the log says so.
 */
export async function rehearsalFor(question: GateQuestion): Promise<Gate> {
  const { graph, environment, name, flags, logs, identity } = question;
  const now = new Date();
  const past = (await listRuns(logs)).filter((entry) => entry.guide === graph.guide.id && (entry.mode === 'rehearsal' || (entry.mode === 'run' && entry.environment === 'staging'))).toReversed();
  const wanted = environment.requires.rehearsal;
  const required = wanted !== undefined && !flags.dryRun;
  const maxAge = wanted === undefined ? Number.POSITIVE_INFINITY : parseDuration(wanted) ?? 0;
  let why = 'There is none.';
  let catalog: Promise<Pick<Snapshot, 'objects'>> | null = null;
  for (const entry of past) {
    const found = differences(entry, graph, identity.major, maxAge, now);
    // Only the journal of the newest and of one that may do is opened.
    if (entry !== past[0] && found.length > 0) continue;
    const details = readDetails(logs, entry);
    found.push(...changedSteps(details, graph));
    let notes: string[] = [];
    if (found.length === 0 && required && question.catalog) {
      catalog ??= question.catalog();
      const held = heldAgainst(details, await catalog, identity.role);
      found.push(...held.differences);
      notes = held.notes;
    }
    if (found.length === 0) return { ...leaningOn(entry, details, graph), overridden: null, notes };
    if (entry === past[0]) why = `The newest one, ${entry.run}, does not count: ${found.join('; ')}.`;
  }
  // One that failed tells nobody that this run is safe, nor how long it takes.
  const passed = past.find((entry) => entry.outcome === 'passed');
  const newest = passed ? leaningOn(passed, readDetails(logs, passed), graph) : { rehearsal: null, measured: null };
  if (!required) return { ...newest, overridden: null, notes: [] };
  const reason = flags.overrideRehearsal?.trim();
  if (reason === '') why = `${why} An override needs a reason.`;
  if (reason) return { ...newest, overridden: `${reason} (${why})`, notes: [] };
  throw new ProblemError({
    code: 'rehearsal-missing', what: `The environment ${name} wants a passed rehearsal of this guide within ${wanted}. ${why}`, where: logs,
    remedy: `deploy-wizard rehearse ${graph.guide.path} --server-version ${identity.major}, or --override-rehearsal "REASON".`,
  }, EXIT.refused);
}

const TOLD = 20;

/** What the catalog of the target has otherwise than the rehearsal had, in what the guide touches. */
function heldAgainst({ evidence: held }: RunDetails, catalog: Pick<Snapshot, 'objects'>, role: string): { differences: string[]; notes: string[] } {
  if (!held) return { differences: ['it holds no state of the catalog to compare with (it was gone on with after an interruption)'], notes: [] };
  const { differences: all, notes } = differsFrom(held, catalog, role);
  if (all.length === 0) return { differences: [], notes };
  const more = all.length > TOLD ? `; and ${all.length - TOLD} more` : '';
  return { differences: [`the catalog differs in what the guide touches: ${all.slice(0, TOLD).join('; ')}${more}`], notes };
}

function leaningOn(entry: RunEntry, details: RunDetails, graph: Graph): Pick<Gate, 'rehearsal' | 'measured'> {
  return {
    rehearsal: { run: entry.run, sha256Matches: entry.sha256 === graph.guide.sha256, at: entry.finishedAt ?? entry.startedAt, durations: machineDurations(details.durations, graph) },
    measured: { run: entry.run, ...details },
  };
}
