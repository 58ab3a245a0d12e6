import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Graph } from '../graph/graph.js';
import type { Mode, NewEvent, Outcome } from '../engine/event.js';
import { walkForward } from '../engine/forward.js';
import { isUnwritable, Journal } from '../engine/journal.js';
import type { Clock, ShellPort, Target, TargetIdentity } from '../engine/ports.js';
import { Recorder } from '../engine/recorder.js';
import { rollBack } from '../engine/rollback.js';
import type { RunState } from '../engine/state.js';
import { settledValues, Values } from '../engine/values.js';
import { Leave, Walker } from '../engine/walker.js';
import { evidenceEvent } from '../rehearsal/rehearse.js';
import { mergeEvidence, proveRollback } from '../rehearsal/rollback-proof.js';
import { appliedSteps } from '../engine/rollback-plan.js';
import type { Snapshot } from '../rehearsal/snapshot/snapshot.js';
import { openFields, suggestedValue } from '../log/open-fields.js';
import { MASK } from '../log/mask-text.js';
import { privacy } from '../log/privacy.js';
import { lendTerminal } from '../processes/shell.js';
import type { LoadedConfig } from '../project/config.js';
import { noteOpened } from '../project/run-index.js';
import { filesOf, LogWriter, runFiles, type RunFiles } from '../project/run-files.js';
import { EXIT, messageOf, never, type Problem, ProblemError } from '../text/problem.js';
import { CopyWatch } from './copy-watch.js';
import type { FrontEnd } from './front-end.js';
import type { Notifier } from './notify.js';
import { programVersion } from './version.js';
import { WindowWatch } from './window-watch.js';

/** The wall clock. */
export const clock: Clock = {
  now: () => new Date(),
  wait: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }),
};

/** An id for a new run. */
export function newRunId(): string {
  return randomBytes(4).toString('hex');
}

/** Everything that makes one run. */
export interface Conduct {
  /** Id of the run. */
  run: string;
  graph: Graph;
  mode: Mode;
  environment: { name: string; protected: boolean; privacy: 'full' | 'safe'; rollback: 'automatic' | 'manual'; approvals: number };
  operator: string;
  target: Target;
  identity: TargetIdentity;
  shell: ShellPort;
  logs: string;
  /** Drop invalid indexes before they are built again. */
  repair: boolean;
  ledger: boolean;
  given: Record<string, string>;
  secrets: string[];
  window: { start: string; end: string } | null;
  rehearsal: Extract<NewEvent, { type: 'run.started' }>['rehearsal'];
  /** Why a required rehearsal was done without. */
  overridden: string | null;
  /** How long it is expected to take; null where nothing was rehearsed. */
  forecast: Extract<NewEvent, { type: 'forecast.noted' }> | null;
  /** What the gate left out of its comparison. */
  notes: readonly string[];
  /** Structure of the target, where a rollback is to be proved and the gate is to have evidence; else null. */
  catalog: (() => Promise<Snapshot>) | null;
  /** Closes the connections to the target. */
  close(): Promise<void>;
  frontEnd: FrontEnd;
  cwd: string;
  /** Who is told of the run; null where nobody is, as in rehearsals. */
  notifier: Notifier | null;
  /** Whose settings hold after the walk, such as the signature. */
  loaded: LoadedConfig;
}

/** A run that is set up: journal open, listeners attached, ready to walk. */
export class Conductor {
  readonly recorder: Recorder;
  readonly walker: Walker;
  readonly files: RunFiles;
  private readonly journal: Journal;
  private readonly window: WindowWatch;
  /** Null where there is no ledger. */
  readonly copy: CopyWatch | null;
  /** Structure of the target before this process wrote anything. */
  private before: Snapshot | null = null;
  /** Whether that was before the run wrote anything, and not only before it went on. */
  private whole = false;

  private constructor(readonly conduct: Conduct, files: RunFiles, journal: Journal, state: RunState | null, salt: string) {
    this.files = files;
    this.journal = journal;
    const values = new Values(conduct.given, conduct.secrets);
    const masks = privacy({ safe: conduct.environment.privacy === 'safe', salt, secrets: () => values.secretValues(), graph: conduct.graph });
    this.recorder = new Recorder(journal, clock, masks.event, state);
    const writer = new LogWriter(files, conduct.graph);
    this.recorder.listen(writer.listen);
    this.copy = conduct.ledger && conduct.mode === 'run' ? new CopyWatch(this.recorder, conduct.target) : null;
    if (state) values.restore(restorable(state), settledValues(conduct.graph, state));
    this.walker = new Walker({
      graph: conduct.graph, recorder: this.recorder, values, mode: conduct.mode, ledger: conduct.ledger && conduct.mode !== 'dry-run', approvals: conduct.environment.approvals,
      ports: { target: conduct.target, shell: lendTerminal(conduct.shell, conduct.frontEnd.handOver), operator: conduct.frontEnd.operator, clock, random: { uuid: randomUUID } },
      repair: conduct.repair, cwd: conduct.cwd, journalQuestions: conduct.frontEnd.interactive, shown: masks, live: (step, text) => conduct.frontEnd.live(step, text),
      suggest: (label, unit) => suggestedValue(label, unit, this.state, conduct.graph),
    });
    this.window = new WindowWatch(this.walker, conduct.graph, clock);
    conduct.notifier?.attach(this.recorder);
    conduct.frontEnd.attach(this.recorder, this.walker);
  }

  /** Starts a new run: journal created, `run.started` on disk. */
  static async start(conduct: Conduct): Promise<Conductor> {
    const { run } = conduct;
    const salt = randomBytes(16).toString('hex');
    const files = runFiles(conduct.logs, { startedAt: clock.now().toISOString(), guide: conduct.graph.guide.id, environment: conduct.environment.name, run });
    const conductor = new Conductor(conduct, files, Journal.create(files.journal), null, salt);
    const { graph, environment } = conduct;
    await conductor.recorder.record({
      type: 'run.started', journal: 1, version: programVersion(), run, mode: conduct.mode,
      guide: { id: graph.guide.id, title: graph.guide.title, path: graph.guide.path, sha256: graph.guide.sha256 },
      environment: environment.name, protected: environment.protected, operator: conduct.operator, host: hostname(), privacy: environment.privacy,
      ledger: conduct.ledger, salt, window: conduct.window, steps: hashesOf(graph), rehearsal: conduct.rehearsal,
    });
    await conductor.recorder.record({ type: 'target.identified', target: targetOf(conduct.identity) });
    await conductor.tellGate();
    if (conduct.forecast) await conductor.recorder.record(conduct.forecast);
    return conductor;
  }

  /** Goes on with a run whose journal was read. */
  static async resume(conduct: Conduct, state: RunState, journal: Journal, base: string, ledger: Pick<Extract<NewEvent, { type: 'run.resumed' }>, 'putBack' | 'ledgerGone' | 'fromCopy'> = {}): Promise<Conductor> {
    const conductor = new Conductor(conduct, filesOf(conduct.logs, base), journal, state, state.salt);
    noteOpened(conduct.logs, state, conductor.files);
    const { guide } = conduct.graph;
    const changed = guide.sha256 === state.guide.sha256 ? {} : { guide: { sha256: guide.sha256, steps: hashesOf(conduct.graph) } };
    await conductor.recorder.record({ type: 'run.resumed', operator: conduct.operator, host: hostname(), from: state.operator, fromHost: state.host, window: conduct.window, ...changed, ...ledger });
    // Killed before it said where it runs: from here on it is held to this database.
    if (state.target === null) await conductor.recorder.record({ type: 'target.identified', target: targetOf(conduct.identity) });
    await conductor.tellGate();
    return conductor;
  }

  /** What the gate left to the operator's word, or left out, stands in the log. */
  private async tellGate(): Promise<void> {
    const { overridden, notes, operator } = this.conduct;
    if (overridden !== null) await this.recorder.record({ type: 'deviation', pass: 'forward', step: null, attempt: 0, what: 'rehearsal overridden', reason: overridden, by: operator });
    for (const text of notes) await this.recorder.record({ type: 'note.added', step: null, text, by: 'deploy-wizard' });
  }

  get state(): RunState {
    return this.recorder.state;
  }

  /** Forward (or through the follow-ups that are due), then what a failure asks for; gives the outcome and finishes the run. */
  async guardedWalk(before: () => Promise<void> = async () => undefined, due: ReadonlySet<string> = new Set()): Promise<RunState> {
    return this.guard(async () => {
      try {
        await before();
        this.window.start();
        this.whole = this.nothingApplied();
        this.before = await this.catalog();
        const { failed } = await walkForward(this.walker, { pass: 'forward', pastFailures: false, due, beforeStep: async () => { await this.copy?.tell(); await this.window.between(); } });
        await this.fillLog();
        return failed ? ['failed', EXIT.failed, null] : ['passed', EXIT.passed, null];
      } catch (error) {
        if (!(error instanceof Leave) || error.why !== 'rollback') throw error;
        if (!this.whole) await this.noteEvidence();
        return await this.undo(error.reason, !error.confirmed);
      } finally {
        await this.noteEvidence();
      }
    });
  }

  /** What the run touched and how that stood before: evidence for the gate, and for the proof of a later rollback. */
  private async noteEvidence(): Promise<void> {
    // Of a run whose beginning nobody saw, the rest alone would prove too much.
    if (this.before === null || this.state.rollback !== null || this.nothingApplied() || !(this.whole || this.state.evidence)) return;
    const after = await this.catalog();
    if (after === null) return;
    const { type, ...found } = evidenceEvent(this.before, after, this.state);
    await this.recorder.record({ type, ...mergeEvidence(this.state.evidence, found) });
  }

  private nothingApplied(): boolean {
    return appliedSteps(this.conduct.graph, this.state).length === 0;
  }

  /** Structure of the target, where it is wanted and can be read; evidence is worth having, not worth failing for. */
  private async catalog(): Promise<Snapshot | null> {
    const seen = await this.conduct.catalog?.().catch(() => null) ?? null;
    if (seen === null || this.conduct.graph.guide.record === null) return seen;
    // The list of migrations is our own bookkeeping, like the ledger: it stays, and proves nothing.
    return { ...seen, objects: Object.fromEntries(Object.entries(seen.objects).filter(([name]) => !/\bsupabase_migrations\b/.test(name))) };
  }

  /** Rolls back and finishes the run. */
  async rollback(reason: string, before: () => Promise<void> = async () => undefined): Promise<RunState> {
    return this.guard(async () => {
      await before();
      return this.undo(reason, true);
    });
  }

  private async undo(reason: string, confirm: boolean): Promise<[Outcome, number, Problem | null]> {
    await this.recorder.record({ type: 'stage.entered', stage: 'rollback', pass: 'rollback', text: 'Rollback' });
    const { complete, ran } = await rollBack(this.walker, { of: 'forward', pass: 'rollback', reason, confirm, pastFailures: false });
    if (complete && ran && !await this.proved()) return ['failed', EXIT.failed, { code: 'rollback-unproved', what: 'Every rollback step passed, but the database is not as it was before the run.', remedy: 'The log lists what is left, missing or changed; look at each, for others may have changed it since.' }];
    if (complete && ran) return ['rolled back', EXIT.rolledBack, null];
    return ['failed', EXIT.failed, { code: 'rollback-incomplete', what: ran ? 'The rollback is not complete.' : 'There was nothing that the guide could roll back.' }];
  }

  /** Whether the structure of the database is what it was; true where nothing is known to compare it with. */
  private async proved(): Promise<boolean> {
    const before = this.whole && this.before ? this.before : this.state.evidence;
    const now = before === null ? null : await this.catalog();
    if (before === null || now === null) return true;
    const proof = proveRollback(before, now, this.state, this.conduct.graph);
    await this.recorder.record({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof });
    return proof.clean;
  }

  /** Labels of the log template that no fact answers: asked, where somebody can answer. */
  private async fillLog(): Promise<void> {
    for (const field of openFields(this.state, this.conduct.graph)) {
      const answer = await this.walker.ask(null, { kind: 'log-field', label: field.label, unit: field.unit, line: field.line, ...(field.boxes.length > 0 ? { boxes: field.boxes } : {}) });
      if (answer.kind === 'value') await this.recorder.record({ type: 'log.filled', label: field.label, line: field.line, value: answer.value, by: this.state.operator });
    }
  }

  /** Turns whatever ends the work into `run.finished`; a journal that cannot be written is passed on. */
  async guard(work: () => Promise<[Outcome, number, Problem | null]>): Promise<RunState> {
    let end: [Outcome, number, Problem | null];
    try {
      end = await work();
    } catch (error) {
      end = endOf(error, this.conduct.mode);
    }
    this.window.stop();
    const [outcome, exitCode, problem] = end;
    await this.copy?.tell(true);
    await this.recorder.record({ type: 'run.finished', run: this.state.run, outcome, exitCode, problem, log: this.files.markdown });
    this.journal.close();
    return this.state;
  }
}

function endOf(error: unknown, mode: Mode): [Outcome, number, Problem | null] {
  // A throw-away database is gone afterwards: only a run can be gone on with.
  const remedy = mode === 'run' ? { remedy: 'Go on with deploy-wizard resume.' } : {};
  if (error instanceof Leave) {
    switch (error.why) {
      case 'paused': return ['stopped', EXIT.stopped, { code: 'paused', what: error.reason, ...remedy }];
      case 'interrupted': return ['interrupted', EXIT.interrupted, { code: 'interrupted', what: error.reason, ...remedy }];
      case 'aborted': return ['failed', EXIT.failed, { code: 'aborted', what: error.reason }];
      case 'rollback': return ['failed', EXIT.failed, { code: 'rollback-wanted', what: error.reason }];
      default: return never(error.why);
    }
  }
  if (error instanceof ProblemError) {
    if (isUnwritable(error)) throw error;
    const outcome: Outcome = error.exitCode === EXIT.stopped ? 'stopped' : error.exitCode === EXIT.refused ? 'refused' : error.exitCode === EXIT.noConnection ? 'no connection' : 'failed';
    return [outcome, error.exitCode, error.problem];
  }
  return ['failed', EXIT.failed, { code: 'broke', what: messageOf(error) }];
}

export function targetOf(identity: TargetIdentity): Extract<NewEvent, { type: 'target.identified' }>['target'] {
  const { identity: id, database, server, version, major, role, superuser, standby, pooled, tls, connection } = identity;
  return { identity: id, database, server, version, major, role, superuser, standby, pooled, tls, ...(connection === undefined ? {} : { connection }) };
}

/** Values of an earlier process that the journal holds unmasked. */
export function restorable(state: RunState): Record<string, string | null> {
  const values: Record<string, string | null> = {};
  if (state.privacy === 'safe') return values;
  const known = [...Object.entries(state.parameters).flatMap(([name, one]): [string, string | null][] => (one.secret ? [] : [[name, one.value]])), ...Object.entries(state.captures)];
  // A value that held a secret is masked: the mask is no value.
  for (const [name, value] of known) if (!value?.includes(MASK)) values[name] = value;
  return values;
}

function hashesOf(graph: Graph): Record<string, string> {
  return Object.fromEntries(graph.steps.map((step) => [step.id, step.hash]));
}
