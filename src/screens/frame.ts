import { planRollback } from '../engine/rollback-plan.js';
import { stepState, type RunState } from '../engine/state.js';
import type { Graph, Step } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { GOOD_VERDICTS } from '../steps/verdict.js';
import { footerLine } from './footer.js';
import { headerLines } from './header.js';
import { fit, type Line } from './line.js';
import { filtered, nameOf, stepsOf } from './outline.js';
import { pageLines, WIDE } from './page.js';
import { panelLines, panelOf } from './panel.js';
import type { Situation } from './situation.js';
import type { WalkStore } from './store.js';
import { tooSmall, tooSmallLines } from './too-small.js';
import type { Facts, Ui } from './ui.js';

export interface Frame { lines: Line[]; facts: Facts }

/** What a secret is shown as. */
const MASK = '•••';
const TYPED: readonly (Question['kind'])[] = ['parameter', 'input', 'log-field', 'approval'];

/** Where the screen stands, for the bindings. */
export function situationOf(store: WalkStore, ui: Ui, columns: number, shown: Step | null): Situation {
  const state = store.getState();
  const question = state.asking;
  const refused = question?.kind === 'failure' ? Object.fromEntries(question.choices.flatMap((one) => (one.refused === null ? [] : [[one.choice, one.refused]]))) : {};
  return {
    screen: 'walk', closed: null, undoing: state.pass.includes('rollback'), noRollback: noRollback(store.graph, state), returns: question?.kind === 'rollback' && question.back === true, asking: question?.kind ?? null, refused, elsewhere: elsewhere(question, ui), readOnly: store.readOnly, rehearsal: state.mode === 'rehearsal', resumable: state.mode === 'run', finished: state.outcome !== null, summary: state.outcome !== null && ui.view === 'page' && ui.pane === 'step' && ui.shown === null, log: ui.view === 'log',
    running: question === null && state.outcome === null, stopping: ui.stopping, command: question?.kind === 'go' && question.what === 'shell',
    fixed: {
      change: question?.kind === 'go' && question.text.includes(MASK) ? 'the command holds a secret that is not shown' : null,
      terminal: shown?.expectations.some((one) => one.assertion.type === 'output') ? 'its output is judged, and what a terminal shows cannot be read' : null,
    },
    list: (question?.kind === 'choice' || question?.kind === 'checklist') && !store.readOnly && (ui.shown === null || ('step' in question && question.step === ui.shown)), narrow: columns < WIDE,
    step: Boolean(shown && (shown.statements.length > 0 || shown.shell)), outline: ui.pane === 'outline' && ui.view === 'page',
    blockers: ui.view === 'locks' && shown ? stepState(state, state.pass, shown.id).blockers.length : 0,
    typing: ui.typing === null && question !== null && (TYPED.includes(question.kind) || (question.kind === 'target' && question.protected) || (question.kind === 'rollback' && question.typed !== false)),
  };
}

const undoable = new WeakMap<RunState, boolean>();

/** Why there is nothing to roll back now. */
function noRollback(graph: Graph, state: RunState): string | null {
  if (state.asking === null || state.asking.kind === 'failure') return null;
  if (state.stage === 'again') return 'the rollback was tried already; this is the way forward for the second time';
  const known = undoable.get(state) ?? planRollback(graph, state).steps.length > 0;
  undoable.set(state, known);
  return known ? null : 'nothing was applied that the guide can undo';
}

/** Why a key for the step that is asked would act on what is not seen. */
function elsewhere(question: Question | null, ui: Ui): string | null {
  if (question === null) return null;
  if (ui.view === 'log' || ui.view === 'locks') return `the ${ui.view === 'log' ? 'log is' : 'locks are'} shown; esc goes back to what is asked`;
  return anotherShown(question, ui) ? 'another step is shown; esc shows the one that is asked' : null;
}

/** Whether the page is that of another step than the one that is asked. */
export function anotherShown(question: Question, ui: Ui): boolean {
  return 'step' in question && ui.shown !== null && ui.shown !== question.step;
}

/** The step whose page is shown. */
export function shownStep(store: WalkStore, ui: Ui): Step | null {
  const state = store.getState();
  const question = state.asking;
  const current = question && 'step' in question ? question.step : state.current?.step ?? lastSettled(store.graph, state);
  return store.graph.steps.find((one) => one.id === (ui.shown ?? current)) ?? null;
}

/** The whole screen as lines: exactly `rows - 1` of them, none wider than `columns`. */
export function frameOf(store: WalkStore, ui: Ui, size: { columns: number; rows: number }, now: Date): Frame {
  const shown = shownStep(store, ui);
  const facts = factsOf(store, ui, size.columns, shown);
  const height = size.rows - 1;
  if (tooSmall(size)) return { lines: tooSmallLines(size, '; the run goes on'), facts: { ...facts, blind: true } };
  const header = headerLines(store, size.columns, now);
  const room = height - header.length - 1;
  const panel = panelLines(panelOf(store, ui, facts.question, size.columns, now), ui, room - Math.min(3, Math.max(1, room - 10)), size.columns);
  const rest = room - panel.length;
  const page = pageLines({ store, ui, facts, shown, now }, size.columns, rest);
  return { lines: [...header, ...Array.from({ length: rest }, (_, row) => fit(page[row] ?? [], size.columns)), ...panel, footerLine(facts.situation, ui, size.columns)], facts };
}

function factsOf(store: WalkStore, ui: Ui, columns: number, shown: Step | null): Facts {
  const { graph } = store;
  const state = store.getState();
  const question = state.asking;
  const asked = question?.kind === 'checklist' ? graph.steps.find((one) => one.id === question.step) : undefined;
  const items = asked?.items.map((item, index) => ({ known: stepState(state, state.pass, asked.id).items[index], open: item.waitsFor.filter((id) => !GOOD_VERDICTS.has(stepState(state, state.pass, id).verdict)) })) ?? [];
  return {
    blind: false, question, situation: situationOf(store, ui, columns, shown), steps: filtered(graph, stepsOf(graph, state), ui.filter).map((one) => one.id), current: shown?.id ?? null,
    length: 0, height: 1, from: 0, items: question?.kind === 'choice' ? question.options.length : items.length,
    ticked: items.map((one) => one.known?.ticked ?? false), notes: items.map((one) => one.known?.note ?? null), waits: items.map((one) => (one.open.length === 0 ? null : one.open.map((id) => named(graph, id)).join(', '))),
    command: question?.kind === 'go' && question.what === 'shell' ? question.text : '', database: state.target?.database ?? '', operator: state.operator,
    pids: shown ? stepState(state, state.pass, shown.id).blockers.map((one) => one.pid) : [], live: state.outcome === null && !store.readOnly,
  };
}

function named(graph: Graph, id: string): string {
  const step = graph.steps.find((one) => one.id === id);
  return step ? nameOf(graph, step) : id;
}

function lastSettled(graph: Graph, state: RunState): string | null {
  const steps = stepsOf(graph, state);
  return (steps.findLast((one) => !['pending', 'not chosen', 'skipped'].includes(stepState(state, state.pass, one.id).verdict)) ?? steps[0])?.id ?? null;
}
