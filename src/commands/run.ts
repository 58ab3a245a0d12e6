import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Graph } from '../graph/graph.js';
import type { TargetIdentity } from '../engine/ports.js';
import type { RunState } from '../engine/state.js';
import { namesDatabase } from '../postgres/named.js';
import { openTarget } from '../postgres/target.js';
import { resolveConnection, secretsOf } from '../postgres/connection.js';
import { shellPort } from '../processes/shell.js';
import { databaseOf, type Environment, environmentOf, loadConfig, type LoadedConfig, resolveSecret } from '../project/config.js';
import { wholeForecast } from '../rehearsal/forecast.js';
import { snapshotsOf } from '../rehearsal/snapshot-database.js';
import type { Snapshot } from '../rehearsal/snapshot/snapshot.js';
import { parseDuration } from '../text/duration.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { compileForRun } from './compile.js';
import { connectionEnvironment, conninfo } from '../postgres/connection-environment.js';
import { Conductor, newRunId, type Conduct } from './conduct.js';
import { operatorName } from './operator-name.js';
import { finish } from './finish.js';
import type { RunFlags } from './flags.js';
import { frontEndFor } from './front.js';
import { rehearsalFor } from './gate.js';
import { measuredBy, tableSizes } from './known-target.js';
import { refuseUnknownNames } from './known-names.js';
import { notifier } from './notify.js';
import { parseParams } from './params.js';
import { onSignals } from './signals.js';
import { parseWindow } from './window.js';

const WITHOUT_LEDGER = 'Run without a ledger (--no-ledger): a COMMIT in doubt is decided by what the step makes, else by the operator; there is no going on from another machine.';
/** Fewer characters are no token. */
const TOKEN = 12;
/** Environment settings when none is named. */
const PLAIN: Environment = { protected: false, privacy: 'full', rollback: 'manual', approvals: 0, requires: {} };

/** `deploy-wizard run GUIDE`: the walk on a target database. Gives the exit code. */
export async function runCommand(argument: string, flags: RunFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const graph = await compileForRun(argument, loaded);
  const name = flags.env ?? 'default';
  const environment = flags.env ? environmentOf(loaded, flags.env) : PLAIN;
  refuseByPolicy(graph, name, environment, flags);
  await refuseUnknownNames([graph], flags);
  const conduct = await openConduct({ graph, flags, loaded, name, environment, begun: null });
  let conductor: Conductor | null = null;
  const off = onSignals(() => conductor && { walker: conductor.walker, frontEnd: conduct.frontEnd });
  try {
    conductor = await Conductor.start(conduct);
    const started = conductor;
    const state = await started.guardedWalk(() => confirmTarget(started, conduct));
    return await finish(state, conduct, started.files, { ...flags, behind: started.copy?.behind ?? null });
  } finally {
    await conduct.frontEnd.close();
    await conduct.close();
    off();
  }
}

/** What forbids a run before any connection is made. */
export function refuseByPolicy(graph: Graph, name: string, environment: Environment, flags: RunFlags): void {
  const refuse = (code: string, what: string, remedy: string): never => { throw new ProblemError({ code, what, where: graph.guide.path, remedy }, EXIT.refused); };
  if (!graph.guide.reviewed && !flags.unreviewed && !flags.dryRun) {
    refuse('guide-unreviewed', 'The guide is unreviewed (its front matter has no guide:), so it may only be rehearsed.', 'Read with deploy-wizard check how its lines were understood, then name it in its front matter (guide: my-guide), or let deploy-wizard adopt write a reviewed one; --unreviewed runs it all the same.');
  }
  if (graph.guide.environments && !graph.guide.environments.includes(name)) {
    const asked = flags.env ? `may not run on ${name}` : 'may not run on a database that no environment names';
    refuse('environment-refused', `The guide ${asked}; it names ${graph.guide.environments.join(', ')}.`, 'Choose one of these with --env.');
  }
  refuseYes(graph, name, environment, flags);
}

/** `--yes` answers for nobody on a protected environment: neither forward, nor going on, nor back. */
export function refuseYes(graph: Graph, name: string, environment: Environment, flags: RunFlags): void {
  if (!flags.yes || !environment.protected) return;
  throw new ProblemError({ code: 'yes-refused', what: `The environment ${name} is protected: --yes is refused there.`, where: graph.guide.path, remedy: 'Give the answers in a file with --answers.' }, EXIT.refused);
}

export interface Opening {
  graph: Graph; flags: RunFlags; loaded: LoadedConfig; name: string; environment: Environment;
  /** The run that is gone on with, and how; null for a new one. */
  begun: { state: RunState; how: 'resume' | 'rollback' } | null;
}

/** Connects, proves the target, takes the lock and chooses the front end. */
export async function openConduct({ graph, flags, loaded, name, environment, begun }: Opening): Promise<Conduct> {
  const operator = operatorName(flags.operator, process.env);
  const run = begun?.state.run ?? newRunId();
  const url = databaseOf(flags.database, environment.database, process.env);
  const connection = await resolveConnection({ ...(url === undefined ? {} : { url }), env: process.env });
  const { timeouts, notify } = loaded.config;
  const webhook = notify.webhook === undefined ? null : resolveSecret(notify.webhook, process.env);
  const ms = (text: string): number => parseDuration(text) ?? 0;
  const ledger = flags.ledger !== false && !flags.dryRun;
  const target = await openTarget(connection, {
    applicationName: 'deploy-wizard', ledger, traceLocks: false,
    timeouts: { lockMs: ms(timeouts.lock), statementMs: ms(timeouts.statement), idleMs: ms(timeouts.idle) },
  }).catch((error: unknown) => { throw url === undefined && !namesDatabase(process.env) ? sayingWhich(error, begun?.state.target ?? null) : error; });
  const snapshots = snapshotsOf(conninfo(connection));
  const catalog = (): Promise<Snapshot> => snapshots.take({ contents: false });
  const close = async (): Promise<void> => { await snapshots.close(); await target.close(); };
  try {
    const identity = await target.identify();
    if (!flags.dryRun) refuseTarget(identity);
    if (begun) refuseOther(begun.state, identity);
    const window = flags.window ? parseWindow(flags.window, new Date()) : null;
    const logs = resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs));
    const gate = begun && leansAsBefore(begun, graph) ? { rehearsal: begun.state.rehearsal, measured: null, overridden: null, notes: [] }
      : await rehearsalFor({ graph, environment, name, flags, logs, identity, catalog: begun ? null : catalog });
    const forecast = gate.measured === null ? null : wholeForecast(measuredBy(gate.measured, graph), { named: connection.database, sizes: await tableSizes(connection) });
    if (!flags.dryRun) await takeLock(target, operator, run);
    if (!flags.dryRun && begun === null) await refuseAgain(target, graph.guide.id);
    const frontEnd = await frontEndFor(graph, flags, { rollback: environment.rollback, operator, rehearsal: false, window });
    return {
      run, graph, mode: flags.dryRun ? 'dry-run' : 'run', operator, target, identity, shell: shellPort(process.env, connectionEnvironment(connection)),
      environment: { name, protected: environment.protected, privacy: environment.privacy, rollback: environment.rollback, approvals: environment.approvals },
      logs, ledger, repair: flags.repairIndex ?? false, given: parseParams(flags.param), secrets: [...secretsOf(connection), ...(webhook === null ? [] : secretsOfAddress(webhook))], window, rehearsal: gate.rehearsal, overridden: gate.overridden, notes: ledger || flags.dryRun ? gate.notes : [...gate.notes, WITHOUT_LEDGER], forecast, frontEnd, cwd: loaded.folder,
      // For the proof of a rollback; what a dress rehearsal touched is evidence for the gate, too.
      catalog: flags.dryRun ? null : catalog, close,
      loaded, notifier: webhook === null || flags.dryRun ? null : notifier(webhook, graph),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A run passed the gate when it began; only a guide that changed since has to pass it again. The way back is never barred. */
function leansAsBefore({ state, how }: NonNullable<Opening['begun']>, graph: Graph): boolean {
  return how === 'rollback' || state.guide.sha256 === graph.guide.sha256;
}

/** An address as a whole, and what in it may be its token: a part of the path or a value of the query. */
function secretsOfAddress(url: string): string[] {
  return [url, ...url.split(/[/?&=]/).filter((part) => part.length >= TOKEN && !part.includes('.'))];
}

function refuseTarget(identity: TargetIdentity): void {
  const where = `${identity.database} at ${identity.server}`;
  if (identity.standby) throw new ProblemError({ code: 'target-standby', what: 'The database is a standby: nothing can be written there.', where, remedy: 'Give the primary.' }, EXIT.refused);
  if (identity.pooled) throw new ProblemError({ code: 'target-pooled', what: 'A transaction pooler stands between: locks and settings would leak to other sessions.', where, remedy: 'Connect directly or through a session pooler (on Supabase: port 5432, not 6543).' }, EXIT.refused);
}

/** A run goes on only where it began. */
function refuseOther({ target }: RunState, identity: TargetIdentity): void {
  if (target && identity.identity === target.identity && identity.role !== target.role) {
    throw new ProblemError({ code: 'target-other', what: `The run began as role ${target.role}; this connection is ${identity.role}.`, where: `${identity.database} at ${identity.server}`, remedy: `Connect as ${target.role}, or take its place: PGOPTIONS="-c role=${target.role}".` }, EXIT.refused);
  }
  if (!target || identity.identity === target.identity) return;
  throw new ProblemError({ code: 'target-other', what: `This is another database than the run's: ${identity.database} at ${identity.server}.`, where: `the run began on ${target.database} at ${target.server}`, remedy: 'Give the database of the run with --database.' }, EXIT.refused);
}

/** Nothing named a database: that none was found where one is by default is not what has to be mended. */
function sayingWhich(error: unknown, target: RunState['target']): unknown {
  if (!(error instanceof ProblemError)) return error;
  const how = 'Name it with --database URL or --env NAME, or set DATABASE_URL or PG* variables.';
  return new ProblemError({ ...error.problem, remedy: target === null ? `No database is named. ${how}` : `The run is on ${target.database} at ${target.server}. ${how}` }, error.exitCode);
}

/** One run per database. Throws a ProblemError (exit 3) that says who holds it. */
export async function takeLock(target: Conduct['target'], operator: string, run: string): Promise<void> {
  const holder = await target.lock({ operator, host: hostname(), run, since: new Date().toISOString() });
  if (holder === null) return;
  throw new ProblemError({
    code: 'lock-held', what: `Another run holds this database: ${holder.operator} on ${holder.host}, run ${holder.run}, since ${holder.since}.`,
    remedy: holder.run === 'unknown' ? 'Wait until it has ended.' : `Wait for it, or follow it: deploy-wizard watch ${holder.run} --database URL`,
  }, EXIT.refused);
}

/** A run that a crash cut off is gone on with: a new one of its guide would apply again what stands. Throws a ProblemError (exit 3) that names it. */
async function refuseAgain(target: Conduct['target'], guide: string): Promise<void> {
  const open = await target.cutOff(guide);
  if (open === null) return;
  throw new ProblemError({
    code: 'run-cut-off', what: `A run of this guide was cut off on this database, and what it applied stands: ${open.run}, by ${open.operator} on ${open.host}, begun ${open.since}. A new run would apply it again.`,
    remedy: `Go on with it, from any machine: deploy-wizard resume ${open.run} --database URL (or undo it: deploy-wizard rollback ${open.run}). Only where it is to be left as it is: UPDATE deploy_wizard.runs SET outcome = 'left' WHERE run = '${open.run}'`,
  }, EXIT.refused);
}

/** Asks whether this is the right database; a protected one wants its name typed. Nothing is written there before. */
export async function confirmTarget(conductor: Conductor, { environment, identity, target, ledger, mode }: Pick<Conduct, 'environment' | 'identity' | 'target' | 'ledger' | 'mode'>, goesOn?: 'resume' | 'rollback'): Promise<void> {
  const { guideChange, putBack } = conductor.state;
  const summary = [`server ${identity.server}`, `database ${identity.database}`, `role ${identity.role}`, `PostgreSQL ${identity.version}`, identity.standby ? 'standby' : 'primary', `TLS ${identity.tls}`, ...(guideChange === null ? [] : [`the guide was changed: ${guideChange}`]), ...(putBack === null ? [] : [putBack])];
  const answer = await conductor.walker.ask(null, { kind: 'target', environment: environment.name, protected: environment.protected, database: identity.database, summary, ...(goesOn === undefined ? {} : { goesOn }) });
  if (answer.kind !== 'confirm' || answer.typed !== identity.database) {
    throw new ProblemError({ code: 'target-not-confirmed', what: `The database's name was not confirmed: it is ${identity.database}.`, where: summary.join(', ') }, EXIT.refused);
  }
  if (ledger && mode === 'run') await target.useLedger();
}
