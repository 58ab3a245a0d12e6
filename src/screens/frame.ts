import { stepState, type RunState } from '../engine/state.js';
import type { Question } from '../steps/question.js';
import { formatDuration } from '../text/duration.js';
import { bindings, type Situation } from './keymap.js';
import { fill, fit, line, span, type Line } from './line.js';
import { lockLines, stepLines } from './step-view.js';
import { outlineLines, progress, stepsOf } from './outline.js';
import { questionLines } from './question-view.js';
import type { WalkStore } from './store.js';
import { environmentTone, verdicts } from './theme.js';
import type { Facts, Ui } from './ui.js';

export const MINIMUM = { columns: 40, rows: 10 };
const OUTLINE = 38;
const WIDE = 100;

export interface Frame { lines: Line[]; facts: Facts }

/** Where the screen stands, for the bindings. */
export function situationOf(state: RunState, question: Question | null, readOnly: boolean, columns: number, hasStep: boolean, ui: Ui): Situation {
  const refused = question?.kind === 'failure' ? Object.fromEntries(question.choices.flatMap((one) => (one.refused === null ? [] : [[one.choice, one.refused]]))) : {};
  return {
    asking: question?.kind ?? null, refused, readOnly, finished: state.outcome !== null, list: question?.kind === 'choice' || question?.kind === 'checklist', narrow: columns < WIDE, step: hasStep,
    typing: ui.typing === null && (['parameter', 'input', 'log-field', 'approval', 'rollback'].includes(question?.kind ?? '') || (question?.kind === 'target' && question.protected)),
  };
}

/** The whole screen as lines: exactly `rows - 1` of them, none wider than `columns`. */
export function frameOf(store: WalkStore, ui: Ui, size: { columns: number; rows: number }, now: Date): Frame {
  const { graph } = store;
  const state = store.getState();
  const question = state.asking;
  const current = question && 'step' in question ? question.step : state.current?.step ?? lastSettled(store);
  const shown = graph.steps.find((one) => one.id === (ui.shown ?? current));
  const situation = situationOf(state, question, store.readOnly, size.columns, Boolean(shown && (shown.statements.length > 0 || shown.shell)), ui);
  const facts: Facts = {
    question, situation, steps: stepsOf(graph, state).map((one) => one.id), current, length: 0, height: 1, items: itemsOf(store, question),
    ticked: shown && question?.kind === 'checklist' ? shown.items.map((_, index) => stepState(state, state.pass, shown.id).items[index]?.ticked ?? false) : [],
    database: state.target?.database ?? '', operator: state.operator, live: state.outcome === null && !store.readOnly, rehearsal: state.mode === 'rehearsal',
  };
  const height = size.rows - 1;
  if (size.columns < MINIMUM.columns || size.rows < MINIMUM.rows) {
    const notice = [line(span(`needs ${MINIMUM.columns}×${MINIMUM.rows}; the run goes on`, 'warn'))];
    return { lines: exactly(notice, height, size.columns), facts };
  }
  const header = headerLines(store, size.columns, now);
  const footer = [footerLine(situation, ui, size.columns, facts.rehearsal)];
  const asked = question && !ui.help ? questionLines(question, ui, graph, state, size.columns) : ui.typing === null && state.outcome !== null ? endLines(state, size.columns) : [];
  const room = height - header.length - footer.length;
  const panel = asked.slice(0, Math.max(3, room - 4));
  const body = room - panel.length;
  facts.height = body;
  const middle = ui.help ? scrolled(helpLines(situation), ui, facts, body, size.columns) : bodyLines(store, ui, facts, current, size.columns, body);
  return { lines: [...header, ...exactly(middle, body, size.columns), ...panel.map((one) => fit(one, size.columns)), ...footer], facts };
}

function bodyLines(store: WalkStore, ui: Ui, facts: Facts, current: string | null, columns: number, height: number): Line[] {
  const { graph } = store;
  const state = store.getState();
  const shown = graph.steps.find((one) => one.id === (ui.shown ?? current)) ?? null;
  const outline = (width: number): Line[] => {
    const { lines, at } = outlineLines(graph, state, shown?.id ?? null, width);
    const from = Math.max(0, Math.min(at - Math.floor(height / 2), lines.length - height));
    return lines.slice(from, from + height);
  };
  const page = (width: number, rows: number): Line[] => {
    if (!shown) return [line(span('Nothing to show yet.', 'muted'))];
    const known = stepState(state, state.pass, shown.id);
    const cursor = facts.question?.kind === 'checklist' && facts.question.step === shown.id ? ui.cursor : null;
    const live = store.live();
    const lines = ui.locks ? lockLines(shown, known, width) : stepLines(graph, state, shown, width, live?.step === shown.id ? live.text : null, cursor);
    if (known.blockers.length > 0 && !ui.locks) lines.splice(2, 0, line(span(`waiting for pid ${known.blockers[0]?.pid ?? '?'} (${known.blockers[0]?.user ?? ''}); l shows who, ctrl-c stops after this statement, twice cancels it`, 'bad')));
    const marked = cursor === null ? -1 : lines.findIndex((one) => one[0]?.text === '› ');
    return scrolled(lines, marked >= rows ? { ...ui, scroll: marked - rows + 2 } : ui, facts, rows, width);
  };
  if (columns >= WIDE) {
    const left = outline(OUTLINE);
    const right = page(columns - OUTLINE - 3, height);
    return Array.from({ length: height }, (_, row) => [...fill(left[row] ?? [], OUTLINE), span(ui.pane === 'outline' ? ' ┃ ' : ' │ ', 'muted'), ...fit(right[row] ?? [], columns - OUTLINE - 3)]);
  }
  if (ui.pane === 'outline') return outline(columns);
  const { done, all } = progress(graph, state);
  const bar = '━'.repeat(Math.round((done / Math.max(1, all)) * 10)).padEnd(10, '·');
  const phase = graph.phases.find((one) => one.id === shown?.phase)?.title ?? '';
  return [line(span(`${done}/${all} `, 'key'), span(bar, 'accent'), span(` ${phase}`, 'muted')), ...page(columns, height - 1)];
}

function scrolled(lines: Line[], ui: Ui, facts: Facts, rows: number, width: number): Line[] {
  facts.length = lines.length;
  const from = Math.max(0, Math.min(ui.scroll, lines.length - rows));
  const seen = lines.slice(from, from + rows).map((one) => fit(one, width));
  if (lines.length > from + rows && seen.length > 0) seen[seen.length - 1] = line(span(`↓ ${lines.length - from - rows + 1} more lines`, 'muted'));
  return seen;
}

function lastSettled(store: WalkStore): string | null {
  const state = store.getState();
  const steps = stepsOf(store.graph, state);
  return (steps.findLast((one) => !['pending', 'not chosen', 'skipped'].includes(stepState(state, state.pass, one.id).verdict)) ?? steps[0])?.id ?? null;
}

function itemsOf(store: WalkStore, question: Question | null): number {
  if (question?.kind === 'choice') return question.options.length;
  if (question?.kind === 'checklist') return store.graph.steps.find((one) => one.id === question.step)?.items.length ?? 0;
  return 0;
}

function headerLines(store: WalkStore, columns: number, now: Date): Line[] {
  const state = store.getState();
  const { target } = state;
  const running = state.outcome ?? (store.readOnly ? 'watching' : state.asking ? 'waits for you' : state.current ? 'running' : 'between steps');
  const word = state.mode === 'rehearsal' ? 'REHEARSAL' : state.mode === 'dry-run' ? 'DRY RUN' : `${state.environment.toUpperCase()}${state.protected ? ' PROTECTED' : ''}`;
  const first = line(span(` ${word} `, environmentTone(state.protected, state.mode), true), span(`  ${state.guide.title}`, 'plain', true));
  const server = target === null ? '' : target.server.startsWith('/') ? 'local socket' : target.server;
  const where = target ? `${target.database} · ${target.role} · ${server} · PG ${target.version}` : 'not connected';
  const window = store.windowInfo();
  const left = window ? ` · ${Date.parse(window.end) > now.getTime() ? `${formatDuration(Date.parse(window.end) - now.getTime())} left in window` : 'WINDOW IS OVER'}${window.abortBy ? ` · roll back by ${clock(window.abortBy)}` : ''} · end ~${clock(window.expectedEnd)}` : '';
  const stage = state.mode === 'rehearsal' && state.stage !== 'forward' ? ` · ${state.stage}` : '';
  return [fit(first, columns), fit(line(span(running, state.asking ? 'warn' : state.outcome === 'failed' ? 'bad' : 'accent'), span(`${stage}${left} · ${where}`, 'muted')), columns)];
}

/** Local time of day, as the clock on the wall shows it. */
function clock(iso: string): string {
  const date = new Date(iso);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

function footerLine(situation: Situation, ui: Ui, columns: number, rehearsal: boolean): Line {
  if (ui.leaving && !situation.finished) return fit(line(span(' Leave? ', 'danger'), span(` y leaves, any other key stays. ${rehearsal ? 'A rehearsal ends here.' : 'The run can be resumed.'}`)), columns);
  if (ui.message) return fit(line(span(` ${ui.message}`, 'warn')), columns);
  if (ui.typing) return fit(line(span(' enter', 'key'), span(' hand in', 'muted'), span('  esc', 'key'), span(' close', 'muted'), span('  ctrl-u', 'key'), span(' clear', 'muted'), span('  ctrl-c', 'key'), span(' stop', 'muted')), columns);
  // Help and the way out stay, however narrow the window is.
  const shown = bindings.filter((one) => one.footer && one.refused(situation) === null);
  const keys = [...shown.filter((one) => one.action === 'help' || one.action === 'leave'), ...shown.filter((one) => one.action !== 'help' && one.action !== 'leave')];
  return fit(keys.flatMap((one) => [span(` ${one.label}`, 'key'), span(` ${SHORT[one.action] ?? one.action} `, 'muted')]), columns);
}

const SHORT: Partial<Record<(typeof bindings)[number]['action'], string>> = {
  help: 'keys', run: 'run', toggle: 'tick', yes: 'yes', holds: 'holds', fails: 'fails', waive: 'waive', open: 'choose', leave: 'leave', pane: 'steps', skip: 'skip', rollback: 'roll back',
};

function helpLines(situation: Situation): Line[] {
  return [
    line(span('Keys', 'plain', true), span('  esc closes', 'muted')),
    ...bindings.map((one) => {
      const why = one.refused(situation);
      return line(span(` ${one.keys.join(' ').padEnd(16)}`, why === null ? 'key' : 'muted'), span(one.description, why === null ? 'plain' : 'muted'), span(why === null ? '' : `  (not here: ${why})`, 'muted'));
    }),
  ];
}

function endLines(state: RunState, columns: number): Line[] {
  const good = state.outcome === 'passed' || state.outcome === 'rolled back';
  const proof = state.proofs.filter((one) => one.what === 'rollback').at(-1)?.proof;
  const lines: Line[] = [
    line(span('─'.repeat(columns), 'muted')),
    line(span(`${good ? verdicts.passed.glyph : verdicts.failed.glyph} ${state.outcome ?? ''}`, good ? 'good' : 'bad', true), span(state.problem ? `  ${state.problem.what}` : '')),
  ];
  if (state.rollback) lines.push(line(span(`rollback ${state.rollback.complete ? 'complete' : 'NOT complete'}${proof ? proof.clean ? ', proved clean: the database is as it was' : ', NOT clean' : ''}`, state.rollback.complete && (proof?.clean ?? true) ? 'good' : 'bad')));
  for (const one of proof?.residue.slice(0, 5) ?? []) lines.push(line(span(`  ${one.difference}: ${one.object}${one.step ? ` (${one.step})` : ''}`, 'bad')));
  if (state.log) lines.push(line(span(`log ${state.log}`, 'accent')));
  lines.push(line(span('q or enter leaves; tab and j, k look at the steps', 'muted')));
  return lines;
}

function exactly(lines: Line[], height: number, columns: number): Line[] {
  return Array.from({ length: height }, (_, row) => fit(lines[row] ?? [], columns));
}

