import type { Graph, Step } from '../graph/graph.js';
import { isUnwritable } from './journal.js';
import { handlers } from '../steps/index.js';
import { doneByPeople } from '../steps/people.js';
import { alone } from '../steps/sql.js';
import type { Verdict } from '../steps/fact.js';
import type { Answer, Question } from '../steps/question.js';
import type { StepContext, StepOutcome } from '../steps/step.js';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import type { Effect, Mode } from './event.js';
import type { Attempt, Operator, Ports } from './ports.js';
import type { Recorder } from './recorder.js';
import { hasApplied, standsWhole } from './plan.js';
import { planRollback, rollbackQuestion } from './rollback-plan.js';
import { doneStatements, stepState, type StepState } from './state.js';
import type { Values } from './values.js';

/** Ends a walk early, on a person's word or a signal; the journal stands, the run can be resumed. */
export class Leave extends Error {
  /** `confirmed`: the plan of the rollback was shown, and a person said yes to it. */
  constructor(readonly why: 'paused' | 'aborted' | 'interrupted' | 'rollback', readonly reason: string, readonly confirmed = false) {
    super(reason);
  }
}

export interface WalkerOptions {
  graph: Graph;
  recorder: Recorder;
  ports: Ports;
  values: Values;
  mode: Mode;
  ledger: boolean;
  approvals: number;
  cwd: string;
  /** Compare the database with the run's before every write; off only where a rehearsal uses another scratch database. */
  checkIdentity?: boolean;
  /** Questions and answers are journalled so that watchers see them; not worth it for an answers file. */
  journalQuestions: boolean;
  /** Drop invalid indexes before they are built again. */
  repair?: boolean;
  /** What the run itself would answer to a blank of a guide. */
  suggest?(label: string, unit: string | null): string | null;
  /** Masks what is shown and not journalled; what is goes through the recorder's own masks. */
  shown: { text(given: string): string; said(given: string): string };
  /** Output of a running command: shown, not journalled. */
  live(step: string, text: string): void;
}

/** Why a run goes no further forward, in a person's words: the step by its title, and what it met. */
export function whyBack(step: Step, what: string | null): string {
  return `${step.title} failed${what === null ? '' : `: ${what}`}`;
}

/**
 * Verdicts that a person has yet to give where all that a step writes stands:
 * those asked for, those that were denied, and those that this journal never
 * heard of. What a transaction was judged by before its COMMIT held.
 */
function owedVerdicts(step: Step, { expectations }: StepState): StepContext['owed'] {
  return step.expectations.flatMap(({ text, assertion }, index) => {
    const known = expectations[index];
    if (known && known.verdict !== 'not evaluated') return known.verdict === 'asked' || known.verdict === 'failed' ? [{ index, text, actual: known.actual }] : [];
    return assertion.type === 'operator' ? [{ index, text, actual: 'what was measured is not known here' }] : [];
  });
}

/** How an attempt of the step can change the world. */
function effectOf(step: Step): Effect {
  if (step.kind === 'shell') return 'command';
  if (step.discard || !step.statements.some((statement) => statement.writes)) return 'none';
  return alone(step) ? 'alone' : 'transaction';
}

const ELSEWHERE: ReadonlySet<string> = new Set(['run-went-on', 'lock-lost']);

/** Performs single steps: intent, effect, outcome, each in the journal before the next. */
export class Walker {
  /** Why the walk is to end, once somebody wants it to. */
  private stopWanted: string | null = null;
  /** Steps whose invalid index may be dropped. */
  private readonly repairing = new Set<string>();
  /** Milliseconds that the step's questions have been open. */
  private askedMs = 0;

  constructor(readonly options: WalkerOptions) {}

  /** Ctrl-C or another signal: the first stops after the statement that runs, the second cancels it. */
  async interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const again = this.stopWanted !== null;
    this.stopWanted ??= signal === 'SIGINT' ? 'interrupted by the operator' : `ended by ${signal}${signal === 'SIGHUP' ? ': the terminal was closed' : ''}`;
    if (again) await Promise.allSettled([this.options.ports.target.cancel(), this.options.ports.shell.cancel()]);
  }

  /** Frees the step that runs from somebody who blocks it: only ever on a person's word, which is recorded. */
  async endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean> {
    const { recorder, ports } = this.options;
    const { current } = recorder.state;
    if (current === null) return false;
    const done = await ports.target.endBlocker(pid, how).catch(() => false);
    await recorder.record({ type: 'blocker.ended', ...current, attempt: stepState(recorder.state, current.pass, current.step).attempts, pid, how, done, by: recorder.state.operator });
    return done;
  }

  /** The operator asked to drop the invalid index that a step left, and to build it again. */
  repair(step: string): void {
    this.repairing.add(step);
  }

  get stopping(): boolean {
    return this.stopWanted !== null;
  }

  /** Throws {@link Leave} where a stop was asked for. */
  checkStop(): void {
    if (this.stopWanted !== null) throw new Leave('interrupted', this.stopWanted);
  }

  /** Settles a step that does not run. */
  async settle(pass: string, step: Step, verdict: Verdict, reason: string): Promise<void> {
    const attempt = stepState(this.options.recorder.state, pass, step.id).attempts;
    await this.options.recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict, applied: false, durationMs: 0, reason, problem: null });
  }

  /** Runs one step of a pass once and records everything; gives its outcome. */
  async perform(pass: string, step: Step): Promise<StepOutcome> {
    const { recorder, ports, ledger } = this.options;
    this.checkStop();
    const before = stepState(recorder.state, pass, step.id);
    const resumeFrom = alone(step) && before.applied ? doneStatements(before) : 0;
    // All that it writes stands: what is left are the verdicts, whatever a person has said of them before.
    const committed = !alone(step) && (standsWhole(step, before) || (before.applied && before.verdict === 'pending'));
    const sameAttempt = (committed || resumeFrom > 0) && before.attemptId !== null;
    const attempt = sameAttempt ? before.attempts : before.attempts + 1;
    const attemptId = sameAttempt && before.attemptId !== null ? before.attemptId : ports.random.uuid();
    if (step.statements.some((statement) => statement.writes)) await this.beforeWrite();
    if (step.kind === 'shell') await this.refuseElsewhere();
    await recorder.record({ type: 'step.started', pass, step: step.id, attempt, attemptId, effect: effectOf(step) });
    const start = ports.clock.now().getTime();
    this.askedMs = 0;
    const finish = async (result: StepOutcome): Promise<StepOutcome> => {
      // What people do took as long as they did; any other step as long as the machine did, without what people think over.
      const durationMs = Math.max(0, ports.clock.now().getTime() - start - (doneByPeople(step) ? 0 : this.askedMs));
      await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: result.verdict, applied: result.applied, durationMs, reason: result.reason, problem: result.problem });
      return result;
    };
    try {
      const kind = step.kind === 'choice' ? 'operator' : step.kind;
      const result = await handlers[kind].perform({ ...this.context(pass, step, attempt, attemptId, ledger), committed, resumeFrom });
      return await finish(result);
    } catch (error) {
      if (error instanceof Leave) {
        await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: 'pending', applied: hasApplied(step, stepState(recorder.state, pass, step.id)), durationMs: 0, reason: error.reason, problem: null });
        throw error;
      }
      if (error instanceof ProblemError && error.exitCode !== EXIT.failed) {
        if (!isUnwritable(error)) {
          await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: 'pending', applied: hasApplied(step, stepState(recorder.state, pass, step.id)), durationMs: 0, reason: error.problem.what, problem: error.problem });
        }
        throw error;
      }
      const problem = error instanceof ProblemError ? error.problem : { code: 'step-broke', what: messageOf(error), where: `step ${step.id}, line ${step.line}` };
      return finish({ verdict: 'failed', applied: hasApplied(step, stepState(recorder.state, pass, step.id)), reason: problem.what, problem });
    }
  }

  /** Makes sure that a value is known before a step is looked at. */
  async need(step: Step, name: string): Promise<void> {
    const { graph, recorder, ports, values, shown } = this.options;
    await values.need([name], { graph, recorder, ask: (question) => this.ask(step.id, question), target: ports.target, mask: (text) => shown.text(text) });
  }

  /** The database is the run's, and its lock is ours. */
  private async beforeWrite(): Promise<void> {
    const { recorder: { state: { target } }, ports, mode, checkIdentity } = this.options;
    if (target && mode !== 'dry-run' && checkIdentity !== false) await ports.target.verifyIdentity(target);
  }

  /** No command where somebody else went on with the run. False where the database cannot be reached: it may be the command that brings it back. */
  private async refuseElsewhere(again = true): Promise<boolean> {
    const { recorder: { state: { target } }, mode, ports } = this.options;
    if (target === null || mode !== 'run') return true;
    try {
      await ports.target.verifyIdentity(target);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && ELSEWHERE.has(error.problem.code)) throw error;
      // A connection that broke meanwhile is found broken by the first question; the next one has another.
      return again && this.refuseElsewhere(false);
    }
  }

  /** By this row whoever goes on elsewhere knows of a command, though the journal's copy may not have got there. False where the database cannot be reached. */
  private async noteCommand(attempt: Attempt): Promise<boolean> {
    const { ports, ledger, mode } = this.options;
    if (!ledger || mode !== 'run') return true;
    try {
      await ports.target.noteCommand(attempt);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.exitCode !== EXIT.noConnection) throw error;
      return false;
    }
  }

  /** Asks the operator; notes, pause and rollback are handled here for every question. */
  async ask(step: string | null, wanted: Question): Promise<Answer> {
    const { recorder, journalQuestions, ports } = this.options;
    // Some front ends show the question that they are given, others the journal's. The suggestion to a parameter is masked where the value is known.
    const question = wanted.kind === 'parameter' ? wanted : recorder.shown(wanted);
    for (;;) {
      this.checkStop();
      if (journalQuestions) await recorder.record({ type: 'question.asked', question });
      const asked = ports.clock.now().getTime();
      const answer = await ports.operator.ask(question);
      this.askedMs += ports.clock.now().getTime() - asked;
      if (journalQuestions) await recorder.record({ type: 'question.answered', kind: answer.kind, by: recorder.state.operator });
      if (answer.kind === 'note') {
        await recorder.record({ type: 'note.added', step, text: answer.text, by: recorder.state.operator });
        continue;
      }
      if (answer.kind === 'pause') throw this.stopWanted === null ? new Leave('paused', 'left by the operator') : new Leave('interrupted', this.stopWanted);
      // While one runs there is no other to begin; leaving it here would end the run half undone.
      if (answer.kind === 'rollback' && recorder.state.stage !== 'forward') continue;
      if (answer.kind === 'rollback' || (answer.kind === 'failure' && answer.choice === 'rollback' && recorder.state.stage === 'forward')) {
        const failed = question.kind === 'failure' ? this.options.graph.steps.find((one) => one.id === question.step) : undefined;
        const reason = failed && question.kind === 'failure' ? whyBack(failed, question.text) : 'the operator asked for the rollback';
        if (await this.confirmsRollback(reason)) throw new Leave('rollback', reason, true);
        continue;
      }
      return answer;
    }
  }

  /** Shows the plan and asks, before anything that ran is left; false: the person goes back to what was asked. */
  private async confirmsRollback(text: string): Promise<boolean> {
    const { graph, recorder, mode, journalQuestions } = this.options;
    // A rehearsal without a person undoes a database that is thrown away.
    if (mode === 'rehearsal' && !journalQuestions) return true;
    const answer = await this.ask(null, rollbackQuestion(graph, planRollback(graph, recorder.state), { text, back: true, ...(mode === 'rehearsal' ? { typed: false } : {}) }));
    return answer.kind === 'go';
  }

  private context(pass: string, step: Step, attempt: number, attemptId: string, ledger: boolean): Omit<StepContext, 'committed' | 'resumeFrom'> {
    const { graph, recorder, ports, values, mode, approvals, cwd, live, shown } = this.options;
    const known = stepState(recorder.state, pass, step.id);
    const ask = (question: Question): Promise<Answer> => this.ask(step.id, question);
    return {
      graph, step, pass, attempt, attemptId, run: recorder.state.run, operator: recorder.state.operator, mode, ledger, approvals, cwd,
      approvedBy: known.approvals.map((one) => one.name),
      ticked: new Set(Object.entries(known.items).filter(([, item]) => item.ticked).map(([index]) => Number(index))),
      filled: new Set(Object.keys(known.fields).map(Number)),
      owed: owedVerdicts(step, known), judged: new Map(Object.entries(known.expectations).map(([index, one]) => [Number(index), one])),
      sql: ports.target, shell: ports.shell, clock: ports.clock,
      values: () => values.all(),
      suggest: (label, unit) => this.options.suggest?.(label, unit) ?? null,
      mask: (text) => shown.text(text),
      verdictOf: (id) => stepState(recorder.state, pass, id).verdict,
      repair: this.options.repair === true || this.repairing.has(step.id),
      stopping: () => this.stopping,
      beforeWrite: () => this.beforeWrite(),
      checkStop: () => this.checkStop(),
      ask,
      stillOurs: async () => {
        if (await this.refuseElsewhere() && await this.noteCommand({ run: recorder.state.run, step: step.id, stepHash: step.hash, pass, attempt, attemptId, operator: recorder.state.operator })) return;
        const reason = 'the database could not be reached, so that whether somebody else had gone on with this run is not known';
        await recorder.record({ type: 'deviation', pass, step: step.id, attempt, what: 'run without the database', reason, by: recorder.state.operator });
      },
      needValues: async (names) => { for (const name of names) await this.need(step, name); },
      record: async (fact) => {
        if (fact.type === 'capture.set') values.capture(fact.name, fact.value);
        await recorder.record({ ...fact, pass, step: step.id, attempt });
      },
      live: (text) => live(step.id, shown.said(text)),
    };
  }
}

export type { Operator };
