import { resolve } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { Walker } from '../engine/walker.js';
import type { ShellPort, Target, TargetIdentity } from '../engine/ports.js';
import { applySqlFiles } from '../postgres/apply.js';
import { resolveConnection } from '../postgres/connection.js';
import { createScratch } from '../postgres/scratch.js';
import { openTarget } from '../postgres/target.js';
import { lendTerminal, shellPort } from '../processes/shell.js';
import { loadConfig, type LoadedConfig } from '../project/config.js';
import { detailsOf } from '../project/run-details.js';
import { wholeForecast } from '../rehearsal/forecast.js';
import { partialRollbacks, rehearse, type RehearsalEnd } from '../rehearsal/rehearse.js';
import type { Snapshot } from '../rehearsal/snapshot/snapshot.js';
import { snapshotsOf } from '../rehearsal/snapshot-database.js';
import { triggerProbeOf, type TriggerProbe } from '../rehearsal/trigger-probe.js';
import { supabaseAccounts, supabaseBaseline } from '../rehearsal/supabase.js';
import { parseDuration } from '../text/duration.js';
import { EXIT } from '../text/problem.js';
import { visible } from '../text/sanitise.js';
import { compileForRun } from './compile.js';
import { connectionEnvironment } from '../postgres/connection-environment.js';
import { Conductor, newRunId, type Conduct } from './conduct.js';
import { operatorName } from './operator-name.js';
import { finish } from './finish.js';
import type { RunFlags } from './flags.js';
import { frontEndFor, interactive } from './front.js';
import { refuseUnknownNames } from './known-names.js';
import { knownTarget, measuredBy, type KnownTarget } from './known-target.js';
import { parseParams } from './params.js';
import { openServer, type RehearsalServer } from './rehearsal-server.js';
import { onSignals, type Attended } from './signals.js';

/** `deploy-wizard rehearse GUIDE…`: each guide on a database of its own. Gives the worst exit code. */
export async function rehearseCommand(guides: string[], flags: RunFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const graphs: Graph[] = [];
  for (const guide of guides) graphs.push(await compileForRun(guide, loaded));
  await refuseUnknownNames(graphs, flags);
  const say = (line: string): void => { process.stderr.write(`${visible(line)}\n`); };
  const target = await knownTarget(flags, loaded, say);
  // A screen has nothing to show yet, and a first start takes seconds.
  if (interactive(flags)) say('Getting the database for the rehearsal ready …');
  let attended: Attended | null = null;
  const off = onSignals(() => attended);
  let server: RehearsalServer | null = null;
  let code = 0;
  try {
    server = await openServer(flags, target, say);
    if (!interactive(flags)) say(`Rehearsing on ${server.what}.`);
    for (const graph of graphs) {
      const ended = await rehearseOne(graph, server, flags, loaded, target, (walk) => { attended = walk; });
      if (ended === EXIT.interrupted) return ended;
      code = code === 0 ? ended : code;
      if (code !== 0 && flags.stopOnFail) break;
    }
  } finally {
    await server?.stop();
    off();
  }
  return code;
}

interface Stage { target: Target; shell: ShellPort; password: string | null; identity: TargetIdentity; snapshot(): Promise<Snapshot>; probe: TriggerProbe; close(): Promise<void> }

/** A fresh database that holds the baseline, and the way to take its snapshot. */
async function stage(graph: Graph, server: RehearsalServer, flags: RunFlags, { config }: LoadedConfig): Promise<Stage> {
  const scratch = await createScratch(server.url);
  const ms = (text: string): number => parseDuration(text) ?? 0;
  const snapshots = snapshotsOf(scratch.url);
  const probe = triggerProbeOf(scratch.url);
  try {
    await applySqlFiles(scratch.url, await baselineFiles(graph, flags));
    const connection = await resolveConnection({ url: scratch.url, env: {} });
    const target = await openTarget(connection, {
      applicationName: 'deploy-wizard rehearsal', ledger: flags.ledger !== false, traceLocks: true,
      timeouts: { lockMs: ms(config.timeouts.lock), statementMs: ms(config.timeouts.statement), idleMs: ms(config.timeouts.idle) },
    });
    return {
      target, identity: await target.identify(), shell: shellPort(process.env, connectionEnvironment(connection)), password: connection.password,
      snapshot: () => snapshots.take(),
      probe, close: async () => { await snapshots.close(); await probe.close(); await target.close(); await scratch.drop(); },
    };
  } catch (error) {
    await scratch.drop().catch(() => undefined);
    throw error;
  }
}

async function baselineFiles(graph: Graph, flags: RunFlags): Promise<{ path: string; text?: string }[]> {
  const given = flags.baseline ?? [];
  const files: { path: string; text?: string }[] = [];
  if (graph.guide.database === 'supabase' || given.includes('supabase')) files.push(...supabaseBaseline().map((path) => ({ path })));
  files.push(...given.filter((one) => one !== 'supabase').map((path) => ({ path: resolve(path) })));
  if (flags.schemaFrom) {
    const { dumpSchema } = await import('../postgres/dump.js');
    files.push({ path: '(schema of another database)', text: await dumpSchema(flags.schemaFrom) });
  }
  files.push(...graph.guide.baseline.map((path) => ({ path })));
  // Whoever asks for the baseline by name has a document without rows of its own.
  if (given.includes('supabase')) files.push({ path: supabaseAccounts() });
  return files;
}

async function rehearseOne(graph: Graph, server: RehearsalServer, flags: RunFlags, loaded: LoadedConfig, known: KnownTarget | null, attend: (walk: Attended | null) => void): Promise<number> {
  const operator = operatorName(flags.operator, process.env);
  const frontEnd = await frontEndFor(graph, flags, { rollback: 'manual', operator, rehearsal: true, window: null });
  const first = await stage(graph, server, flags, loaded);
  const conduct: Conduct = {
    run: newRunId(), graph, mode: 'rehearsal', operator, target: first.target, identity: first.identity, shell: first.shell,
    environment: { name: 'rehearsal', protected: false, privacy: 'full', rollback: 'manual', approvals: 0 },
    logs: resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs)), ledger: flags.ledger !== false, repair: flags.repairIndex ?? false, given: parseParams(flags.param), secrets: first.password ? [first.password] : [], window: null, rehearsal: null, overridden: null, notes: [], forecast: null, catalog: null, close: first.close, frontEnd, cwd: loaded.folder, notifier: null, loaded,
  };
  try {
    const conductor = await Conductor.start(conduct);
    const { walker, files } = conductor;
    attend({ walker, frontEnd });
    const state = await conductor.guard(async () => {
      const end = await rehearse(walker, { stopOnFail: flags.stopOnFail ?? false, interactive: interactive(flags), snapshot: first.snapshot, probe: first.probe });
      const { recorder } = walker.options;
      await recorder.record(wholeForecast(measuredBy({ run: recorder.state.run, ...detailsOf(recorder.state) }, graph), known));
      return end[1] === EXIT.passed && flags.thorough ? thorough(walker, graph, server, flags, loaded) : end;
    });
    return await finish(state, conduct, files);
  } finally {
    await frontEnd.close();
    await first.close();
    attend(null);
  }
}

function thorough(walker: Walker, graph: Graph, server: RehearsalServer, flags: RunFlags, loaded: LoadedConfig): Promise<RehearsalEnd> {
  return partialRollbacks(walker, async () => {
    const fresh = await stage(graph, server, flags, loaded);
    const own = new Walker({ ...walker.options, ports: { ...walker.options.ports, target: fresh.target, shell: lendTerminal(fresh.shell, undefined) }, checkIdentity: false });
    return { walker: own, snapshot: fresh.snapshot, close: fresh.close };
  });
}
