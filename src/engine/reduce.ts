import { SETTLED_VERDICTS } from '../steps/verdict.js';
import { never } from '../text/problem.js';
import type { RunEvent } from './event.js';
import { emptyStep, goesBack, type RunState, type StepState } from './state.js';
import { closeStep, forgetStep, markCommitting, settleDoubt, recordExpectation, recordResults, startStep } from './reduce-step.js';
import { measure } from './series.js';

type Started = Extract<RunEvent, { type: 'run.started' }>;

function begin(event: Started): RunState {
  return {
    seq: event.seq, run: event.run, mode: event.mode, version: event.version, guide: event.guide, environment: event.environment,
    protected: event.protected, operator: event.operator, host: event.host, privacy: event.privacy, ledger: event.ledger, salt: event.salt,
    window: event.window, rehearsal: event.rehearsal, stepHashes: event.steps, startedAt: event.at, updatedAt: event.at, busySince: event.at, finishedAt: null, passedAt: null,
    outcome: null, exitCode: null, problem: null, log: null, target: null, stage: 'forward', pass: 'forward', current: null, asking: null,
    parameters: {}, captures: {}, choices: {}, passes: {}, notes: [], deviations: [], guideChange: null, copied: 0, putBack: null, ledgerGone: 0, fromCopy: 0, handovers: [], rollback: null, proofs: [], evidence: null, forecast: null,
    triggers: null, logFields: {}, waits: [], windowCrossed: [], incidents: [],
  };
}

/** A copy of the state in which one step of one pass is replaced. */
function withStep(state: RunState, pass: string, id: string, change: (step: StepState) => StepState): RunState {
  const steps = state.passes[pass] ?? {};
  return { ...state, passes: { ...state.passes, [pass]: { ...steps, [id]: change(steps[id] ?? emptyStep(id)) } } };
}

/** How a run that goes on had ended: for a reason that its own log would no longer show, or without a word. */
function endBefore({ host, updatedAt, current, outcome, problem, finishedAt }: RunState, at: string): RunState['incidents'] {
  if (outcome !== null) return problem === null ? [] : [{ at: finishedAt ?? at, text: `the run had ended (${outcome}): ${problem.what}` }];
  return [{ at, text: `the run had ended without a word (its process on ${host} was killed, or that machine went down); last heard of at ${updatedAt.slice(0, 19).replace('T', ' ')} UTC${current === null ? ', between two steps' : `, in step ${current.step}`}` }];
}

/** The guide was changed since the run was left: what counts from here on, and what the log must tell of it. */
function withGuide(state: RunState, { sha256, steps }: { sha256: string; steps: Record<string, string> }, at: string): RunState {
  const changed = stepChanges(state.stepHashes, steps);
  const guideChange = changed.length === 0 ? 'no step does anything else than before; expectations or words changed' : changed.join('; ');
  const anew = (step: StepState): StepState => (!step.applied && SETTLED_VERDICTS.has(step.verdict) && (step.hash ?? state.stepHashes[step.id]) !== steps[step.id] ? forgetStep(step) : step);
  const passes = Object.fromEntries(Object.entries(state.passes).map(([pass, known]) => [pass, Object.fromEntries(Object.entries(known).map(([id, step]) => [id, anew(step)]))]));
  return {
    ...state, passes, guide: { ...state.guide, sha256 }, stepHashes: steps, guideChange,
    incidents: [...state.incidents, { at, text: `the guide was changed: SHA-256 ${state.guide.sha256.slice(0, 12)} until here, ${sha256.slice(0, 12)} from here on (${guideChange})` }],
  };
}

/** Which steps of a guide do something else than before: `changed x`, `new y`, `gone z`. */
function stepChanges(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  const of = (word: string, ids: string[]): string[] => (ids.length === 0 ? [] : [`${word} ${ids.join(', ')}`]);
  return [
    ...of('changed', Object.keys(now).filter((id) => before[id] !== undefined && before[id] !== now[id])),
    ...of('new', Object.keys(now).filter((id) => before[id] === undefined)), ...of('gone', Object.keys(before).filter((id) => now[id] === undefined)),
  ];
}

/** Events after which the machine turns to something else. */
const BEGINS: ReadonlySet<RunEvent['type']> = new Set(['step.started', 'statement.finished', 'statements.finished', 'question.answered', 'step.committing', 'step.finished']);

/**
 * The pure fold of a run: state after one more event. The first event must be
 * `run.started`. Nothing else changes a state; replaying a journal gives the
 * same state in every process.
 */
export function reduce(state: RunState | null, event: RunEvent): RunState {
  if (event.type === 'run.started') return begin(event);
  if (state === null) throw new TypeError('a run starts with run.started');
  const began = BEGINS.has(event.type) ? { busySince: event.at } : {};
  // Of a run that goes on, the last that was heard of it is what came before.
  const known = event.type === 'run.resumed' ? { ...state, incidents: [...state.incidents, ...endBefore(state, event.at), ...(event.putBack === undefined ? [] : [{ at: event.at, text: event.putBack }])] } : state;
  const copied = 'copied' in event && event.copied !== undefined ? { copied: Math.max(known.copied, event.copied) } : {};
  return apply({ ...known, seq: event.seq, updatedAt: event.at, ...began, ...copied }, event);
}

/** State after a list of events. */
export function fold(events: Iterable<RunEvent>): RunState | null {
  let state: RunState | null = null;
  for (const event of events) state = reduce(state, event);
  return state;
}

function apply(state: RunState, event: Exclude<RunEvent, Started>): RunState {
  const change = (how: (step: StepState) => StepState): RunState =>
    'step' in event && event.step !== null && 'pass' in event ? withStep(state, event.pass, event.step, how) : state;
  switch (event.type) {
    case 'run.resumed':
      return {
        ...(event.guide ? withGuide(state, event.guide, event.at) : { ...state, guideChange: null }), operator: event.operator, host: event.host, putBack: event.putBack ?? null, ledgerGone: event.ledgerGone ? event.seq : state.ledgerGone, fromCopy: event.fromCopy ? event.seq : state.fromCopy, window: event.window ?? state.window, outcome: null, exitCode: null, finishedAt: null, problem: null, asking: null,
        // It may have been cut off on the threshold of a rollback: it goes on forward.
        ...(!goesBack(state) ? { stage: 'forward', pass: 'forward' } : {}),
        handovers: [...state.handovers, { by: event.operator, at: event.at, from: event.from, fromHost: event.fromHost, host: event.host }],
      };
    case 'target.identified': return { ...state, target: event.target };
    case 'parameter.set': return { ...state, parameters: { ...state.parameters, [event.name]: { value: event.value, secret: event.secret, origin: event.origin } } };
    case 'choice.made': return { ...state, choices: { ...state.choices, [event.group]: event.option } };
    case 'stage.entered': return { ...state, stage: event.stage, pass: event.pass };
    case 'step.started': return { ...change((step) => startStep(step, event, state.stepHashes[event.step] ?? null)), current: { pass: event.pass, step: event.step }, pass: event.pass };
    case 'command.started': return change((step) => ({ ...step, commandStarted: true }));
    case 'statement.finished': return change((step) => measure(recordResults(step, [event.result]), event.result, event.at));
    case 'statements.finished': return change((step) => event.results.reduce((known, result) => measure(known, result, event.at), recordResults(step, event.results)));
    case 'expectation.judged': return change((step) => recordExpectation(step, event));
    case 'step.committing': return change((step) => markCommitting(step, event));
    case 'step.committed': {
      const warned = (event.warnings ?? []).map((warning) => ({ at: event.at, text: `step ${event.step}: committed, but COMMIT warned: ${warning}` }));
      return { ...change((step) => ({ ...step, committing: false, applied: true })), incidents: [...state.incidents, ...warned] };
    }
    case 'step.finished': return { ...change((step) => closeStep(step, event)), current: null };
    case 'item.ticked':
      return change((step) => ({ ...step, items: { ...step.items, [event.item]: { ticked: event.ticked, note: event.note, by: event.by, at: event.at } } }));
    case 'field.filled':
      return change((step) => ({ ...step, fields: { ...step.fields, [event.field]: { label: event.label, value: event.value, unit: event.unit, by: event.by, at: event.at } } }));
    case 'approval.given': return change((step) => ({ ...step, approvals: [...step.approvals, { name: event.name, by: event.by, at: event.at }] }));
    case 'capture.set': return { ...state, captures: { ...state.captures, [event.name]: event.value } };
    case 'deviation':
      return { ...state, deviations: [...state.deviations, { step: event.step, pass: event.pass, what: event.what, reason: event.reason, by: event.by, at: event.at }] };
    case 'waiting.seen': {
      const known = (wait: RunState['waits'][number]): boolean => wait.step === event.step && wait.pass === event.pass && event.blockers.some((one) => one.pid === wait.blocker.pid);
      const seen = event.blockers.map((blocker) => ({ step: event.step, pass: event.pass, at: event.at, blocker }));
      return { ...change((step) => ({ ...step, blockers: event.blockers })), waits: [...state.waits.filter((wait) => !known(wait)), ...seen] };
    }
    case 'progress.seen': return change((step) => ({ ...step, progress: event.progress }));
    case 'blocker.ended': {
      const did = event.how === 'cancel' ? 'cancelled the statement of' : 'ended';
      return { ...state, incidents: [...state.incidents, { at: event.at, text: `${event.by} ${event.done ? did : `asked to ${event.how}`} the session ${event.pid} that kept step ${event.step} waiting${event.done ? '' : '; the server did not'}` }] };
    }
    case 'attempt.retried': return { ...state, incidents: [...state.incidents, { at: event.at, text: `step ${event.step} met ${event.sqlstate}; tried again after ${event.afterMs} ms` }] };
    case 'question.asked': return { ...state, asking: event.question };
    case 'question.answered': return { ...state, asking: null };
    case 'note.added': {
      const note = { text: event.text, by: event.by, at: event.at };
      const noted = { ...state, notes: [...state.notes, { ...note, step: event.step }] };
      return event.step === null ? noted : withStep(noted, state.pass, event.step, (step) => ({ ...step, notes: [...step.notes, note] }));
    }
    // Partial rollbacks of a thorough rehearsal are told by their proofs; the run's rollback stays the one of its forward pass.
    case 'rollback.started':
      return state.stage === 'partial' ? state : { ...state, rollback: { reason: event.reason, by: event.by, plan: event.plan, uncovered: event.uncovered, complete: null, undone: [], notUndone: [] } };
    case 'rollback.finished':
      return state.stage === 'partial' ? state : { ...state, rollback: state.rollback && { ...state.rollback, complete: event.complete, undone: event.undone, notUndone: event.notUndone } };
    case 'proof.finished': return { ...state, proofs: [...state.proofs, { what: event.what, pass: event.pass, after: event.after, proof: event.proof }] };
    case 'evidence.noted': {
      const { names, fingerprint, role, objects, rows } = event;
      return { ...state, evidence: { names, fingerprint, role, objects, rows } };
    }
    case 'forecast.noted': {
      const { from, target, forwardMs, backMs, scaled, unscaled } = event;
      return { ...state, forecast: { from, target, forwardMs, backMs, scaled, unscaled } };
    }
    case 'triggers.probed': return { ...state, triggers: { findings: event.findings, untried: event.untried } };
    case 'log.filled': return { ...state, logFields: { ...state.logFields, [event.line]: { label: event.label, value: event.value, by: event.by } } };
    case 'window.crossed': return { ...state, windowCrossed: [...state.windowCrossed, { what: event.what, text: event.text, at: event.at, end: state.window?.end ?? null }] };
    case 'connection.lost':
    case 'connection.restored': return { ...state, incidents: [...state.incidents, { at: event.at, text: `step ${event.step}: ${event.text}` }] };
    case 'ledger.behind': return { ...state, incidents: [...state.incidents, { at: event.at, text: event.missing ?? 'the ledger\'s copy of the journal is whole again' }] };
    case 'doubt.settled':
      return {
        ...withStep(state, event.pass, event.step, (step) => settleDoubt(step, event, state.stepHashes[event.step] ?? null)),
        incidents: [...state.incidents, { at: event.at, text: `attempt ${event.attemptId} of ${event.step}: ${event.outcome} (${event.how})` }],
      };
    case 'run.finished':
      return { ...state, outcome: event.outcome, exitCode: event.exitCode, problem: event.problem, log: event.log, finishedAt: event.at, passedAt: state.passedAt ?? (event.outcome === 'passed' ? event.at : null), asking: null, current: null };
    default: return never(event);
  }
}
