import type { Graph, Role, Step } from '../graph/graph.js';
import type { Verdict } from '../steps/fact.js';
import { GOOD_VERDICTS, SETTLED_VERDICTS } from '../steps/verdict.js';
import { alone } from '../steps/sql.js';
import { doneStatements, stepState, type RunState, type StepState } from './state.js';

const FORWARD: ReadonlySet<Role> = new Set<Role>(['prepare', 'deploy', 'verify', 'monitor', 'signoff']);

/** Steps of the way forward, in the order of the walk. */
export function forwardSteps(graph: Graph): Step[] {
  return graph.steps.filter((step) => FORWARD.has(step.role));
}

/** Whether all that a step writes stands in the database: to run it again would be to apply it twice. */
export function standsWhole(step: Step, known: StepState): boolean {
  if (!known.applied || step.kind !== 'sql') return false;
  return !alone(step) || doneStatements(known) === step.statements.length;
}

/** Whether the database holds something of a step that is left open: outside a transaction each statement that ran stands. */
export function hasApplied(step: Step, known: StepState): boolean {
  return known.applied || (alone(step) && known.statements.some((one) => (one.error === null || one.tolerated) && step.statements[one.index]?.writes === true));
}

export type Next =
  | { kind: 'step'; step: Step }
  | { kind: 'choice'; group: string; text: string; options: { option: string; title: string }[] }
  /** Settle a step without running it. */
  | { kind: 'settle'; step: Step; verdict: Verdict; reason: string }
  /** Its condition asks for a value that is not known yet, or not any more. */
  | { kind: 'value'; step: Step; name: string }
  | { kind: 'done' };

/** Kinds that only people settle. */
const ASKS: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['checklist', 'input', 'operator', 'approval']);

export interface PlanOptions {
  /** Go on past failed steps; what needs them is blocked. */
  pastFailures: boolean;
  mode: 'run' | 'rehearsal' | 'dry-run';
  /** Values for `when` conditions. */
  values: Readonly<Record<string, string | null>>;
  /** Follow-ups that have fallen due, by step: the run has passed before and goes on with these. */
  due?: ReadonlySet<string>;
}

/** Later than this after a run its people have gone home. */
const STAYS_MS = 2 * 3_600_000;

/** Whether a step is looked at days after the run and not in it: `Day 1`, `Week 2`, `first 24 hours`. */
export function isLater(step: Step): boolean {
  return step.followUp !== null && step.repeat === null && (step.followUp.fromMs > 0 || step.followUp.toMs > STAYS_MS);
}

/** What comes next in a forward pass: a pure reading of graph and state. */
export function nextForward(graph: Graph, state: RunState, pass: string, options: PlanOptions): Next {
  for (const step of forwardSteps(graph)) {
    const { verdict } = stepState(state, pass, step.id);
    if (SETTLED_VERDICTS.has(verdict)) continue;
    if (options.mode === 'run' && isLater(step) && !options.due?.has(step.id)) continue;
    if (verdict === 'failed' && (options.pastFailures || step.onFail === 'continue')) continue;
    return consider(graph, state, pass, step, options);
  }
  return { kind: 'done' };
}

function consider(graph: Graph, state: RunState, pass: string, step: Step, options: PlanOptions): Next {
  const settle = (verdict: Verdict, reason: string): Next => ({ kind: 'settle', step, verdict, reason });
  for (const { group, option } of choicesOf(graph, step)) {
    const chosen = state.choices[group];
    if (chosen === undefined) return choiceOf(graph, group);
    if (chosen !== option) return settle('not chosen', `the operator chose ${chosen}`);
  }
  if (step.kind === 'choice') {
    // The step is the question itself: once it is answered there is nothing left to be said of it.
    const chosen = state.choices[step.id];
    return chosen === undefined ? choiceOf(graph, step.id) : settle('passed', `chosen: ${chosen}`);
  }
  if (step.optional && !step.choice) {
    const group = `optional:${step.id}`;
    const chosen = state.choices[group];
    if (chosen === undefined) return { kind: 'choice', group, text: `Optional: ${step.title}`, options: [{ option: 'leave', title: 'Leave it out' }, { option: 'run', title: 'Run it' }] };
    if (chosen !== 'run') return settle('not chosen', 'optional, left out');
  }
  const name = step.when === null ? null : unknownIn(step.when, graph, state, pass, options.values);
  if (name !== null) return { kind: 'value', step, name };
  if (step.when !== null && !holds(step.when, state, pass, options.values)) return settle('not chosen', `its condition does not hold: ${step.when}`);
  if (options.mode === 'dry-run' && ASKS.has(step.kind)) return settle('not evaluated', 'dry run: nobody is asked');
  const left = leftOut(step, options.mode);
  if (left !== null) return settle('skipped', left);
  for (const need of step.needs) {
    const verdict = stepState(state, pass, need).verdict;
    if (!GOOD_VERDICTS.has(verdict)) return settle('blocked', `${need} has not passed (${verdict})`);
  }
  if (step.kind === 'checklist') {
    const open = step.items.flatMap((item) => item.waitsFor).map((id) => graph.steps.find((other) => other.id === id))
      .find((other) => other && FORWARD.has(other.role) && stepState(state, pass, other.id).verdict === 'pending');
    if (open && open.id !== step.id) return consider(graph, state, pass, open, options);
  }
  return { kind: 'step', step };
}

/** Why `rehearse=` keeps a step out of a pass of this mode, forward or back; null when it belongs to it. */
export function leftOut(step: Step, mode: PlanOptions['mode']): string | null {
  if (mode === 'rehearsal') return step.rehearse === 'skip' ? 'not part of a rehearsal' : null;
  return step.rehearse === 'only' ? 'only part of a rehearsal' : null;
}

/** The ways that must be chosen for a step to be walked, the outermost first. */
function choicesOf(graph: Graph, step: Step): NonNullable<Step['choice']>[] {
  const found: NonNullable<Step['choice']>[] = [];
  for (let { choice } = step; choice !== null && !found.includes(choice);) {
    found.unshift(choice);
    const { group } = choice;
    choice = graph.steps.find(({ id }) => id === group)?.choice ?? null;
  }
  return found;
}

function choiceOf(graph: Graph, group: string): Next {
  const options = new Map<string, string>();
  for (const step of graph.steps) if (step.choice?.group === group) options.set(step.choice.option, step.choice.title);
  return { kind: 'choice', group, text: 'One of these ways; the others are not taken.', options: [...options].map(([option, title]) => ({ option, title })) };
}

const CONDITION = /^\s*([\w.-]+)\s*(?:(=|!=|<=|>=|<|>)\s*(?:"([^"]*)"|'([^']*)'|(\S+))|(passed|failed|skipped|waived|blocked|warned))?\s*$/;

/** The parameter, or the value that an earlier step captured, which a condition asks for and nobody here knows: it is no reason to leave a step out. */
function unknownIn(when: string, graph: Graph, state: RunState, pass: string, values: Readonly<Record<string, string | null>>): string | null {
  const [, name = '', , , , , verdict] = CONDITION.exec(when) ?? [];
  if (name === '' || verdict !== undefined || Object.hasOwn(values, name)) return null;
  const captured = graph.steps.some((step) => step.capture.includes(name) && ['passed', 'warned', 'waived'].includes(stepState(state, pass, step.id).verdict));
  return captured || graph.parameters.some((one) => one.name === name) ? name : null;
}

/** `apply-1 failed`, `region = "eu"`, `count > 0`, or a bare name that is not empty, null, false or 0. */
export function holds(when: string, state: RunState, pass: string, values: Readonly<Record<string, string | null>>): boolean {
  const match = CONDITION.exec(when);
  if (!match) return false;
  const [, name = '', operator, quoted, single, bare, verdict] = match;
  if (verdict !== undefined) return stepState(state, pass, name).verdict === verdict;
  const value = values[name] ?? null;
  if (operator === undefined) return value !== null && !['', 'f', 'false', '0'].includes(value);
  const wanted = quoted ?? single ?? bare ?? '';
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  const [left, right] = [Number(value), Number(wanted)];
  if (value === null || Number.isNaN(left) || Number.isNaN(right)) return false;
  return operator === '<' ? left < right : operator === '<=' ? left <= right : operator === '>' ? left > right : left >= right;
}
