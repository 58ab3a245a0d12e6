import type { RunState } from '../engine/state.js';
import { stepState } from '../engine/state.js';
import { marked } from '../log/glyph.js';
import type { Question } from '../steps/question.js';
import type { Progress } from '../steps/fact.js';
import { formatDuration } from '../text/duration.js';
import { progressText } from '../text/progress.js';
import { displayWidth } from '../text/width.js';
import { fieldLine } from './field-line.js';
import { fit, line, paragraph, span, type Line } from './line.js';
import { questionPanel } from './question-view.js';
import type { WalkStore } from './store.js';
import type { Confirm, Ui } from './ui.js';

/** Lines below the page: `head` may be cut where the window is low, `keep` stays. */
export interface Panel { head: Line[]; keep: Line[]; /** `keep` in a low window, so that the page keeps rows. */ folded?: Line[] }

/** What the panel says now: a danger to confirm, a question, what runs, or how it ended. */
export function panelOf(store: WalkStore, ui: Ui, question: Question | null, width: number, now: Date): Panel {
  const state = store.getState();
  if (ui.view === 'help') return { head: [], keep: [] };
  if (ui.confirm) return confirmPanel(ui.confirm, state, width);
  if (ui.typing?.kind === 'filter') return { head: [], keep: fieldLine(ui, width) };
  if (question && !store.readOnly) return questionPanel(question, ui, store.graph, state, width);
  if (question) return watchedPanel(question, state, width);
  if (state.outcome !== null) return endPanel(state, ui.view, width);
  return runningPanel(store, ui, width, now);
}

/** The panel in the rows that it may have; its first line is the rule, which carries the message, and gives way where there is none and every row is needed. */
export function panelLines({ head, keep: full, folded }: Panel, { message, news }: Pick<Ui, 'message' | 'news'>, room: number, width: number): Line[] {
  const told = news.find((one) => displayWidth(one) + 3 <= width) ?? news.at(-1);
  const rule = message !== null ? ruled(line(span(`! ${message} `, 'warn')), width) : told !== undefined ? ruled(line(span(`› ${told} `, 'accent')), width) : line(span('─'.repeat(width), 'muted'));
  const low = head.length + full.length > room - 1;
  const keep = low ? folded ?? full : full;
  const first = low && message === null && told === undefined && head.length + keep.length > room - 1 ? [] : [rule];
  const kept = keep.slice(0, Math.max(0, room - first.length));
  const left = Math.max(0, room - first.length - kept.length);
  const words = head.length <= left ? head : head.slice(0, left).map((one, index) => (index === left - 1 ? elided(one, width) : one));
  return [...first, ...words, ...kept].slice(0, Math.max(1, room)).map((one) => fit(one, width));
}

/** Words at the beginning of a rule. */
function ruled(words: Line, width: number): Line {
  const cut = fit(words, width);
  return [...cut, span('─'.repeat(Math.max(0, width - cut.reduce((sum, one) => sum + displayWidth(one.text), 0))), 'muted')];
}

/** A line that says that more follows it. */
function elided(content: Line, width: number): Line {
  const cut = fit(content, width - 2);
  return cut.at(-1)?.text.endsWith('…') ? cut : [...cut, span(' …', 'muted')];
}

function confirmPanel(confirm: Confirm, state: RunState, width: number): Panel {
  const text = (): string => {
    switch (confirm.kind) {
      case 'leave': return `Leave? ${state.asking === null && state.outcome === null ? `What runs is not cut off: it ends, and all goes on out of sight to the next question. ` : ''}${state.mode === 'run' ? `${state.asking === null ? 'There the' : 'The'} run is paused and can be resumed.` : state.mode === 'rehearsal' ? 'The rehearsal ends here, unfinished: its database is dropped, and it cannot be resumed.' : 'The dry run ends here.'}`;
      case 'abort': return state.mode === 'rehearsal' ? 'End the rehearsal as failed? Its database is dropped; the rollback is not tried.' : 'End the run as failed? What was applied stays as it is; nothing is undone.';
      case 'blocker': return confirm.how === 'cancel' ? `Cancel the query that session ${confirm.pid} runs? Its transaction fails.` : `End session ${confirm.pid}? Its transaction is rolled back and its program loses the connection.`;
    }
  };
  return { head: paragraph(text(), width, 'danger'), keep: [line(span(' y ', 'key'), span(' yes, do it'), span('   any other key', 'key'), span(' no'))] };
}

function watchedPanel(question: Question, state: RunState, width: number): Panel {
  const words = question.kind === 'failure' ? `a step failed: ${question.text}` : question.kind === 'target' ? 'whether this is the right database' : 'text' in question ? question.text : question.kind === 'checklist' ? 'a checklist' : 'label' in question ? question.label : '';
  return { head: paragraph(`${state.operator} is asked: ${words}`, width, question.kind === 'failure' ? 'bad' : 'warn'), keep: [] };
}

function runningPanel(store: WalkStore, ui: Ui, width: number, now: Date): Panel {
  const state = store.getState();
  const step = store.graph.steps.find((one) => one.id === state.current?.step);
  if (!step || !state.current) return { head: paragraph(store.readOnly ? 'Between two steps.' : 'Between two steps; ctrl-c stops here.', width, 'muted'), keep: [] };
  const known = stepState(state, state.current.pass, step.id);
  // A watch runs as a whole: what its single measurements take says nothing.
  const since = step.kind === 'monitor' ? known.startedAt ?? state.busySince : state.busySince;
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000));
  const elapsed = seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
  const unit = step.shell !== null ? 'command' : step.kind === 'monitor' ? 'measurement' : 'statement';
  const next = known.statements.reduce((most, one) => Math.max(most, one.index + 1), 0);
  const statement = step.statements[next];
  const what = known.committing ? 'committing' : step.kind === 'monitor' ? 'watching' : statement ? `${step.statements.length > next + 1 ? `statements ${next + 1} to ${step.statements.length}, first` : `statement ${next + 1} of ${step.statements.length},`} ${statement.command}` : step.shell ? 'the command runs' : 'judging';
  const [blocker] = known.blockers;
  const lines = [line(span('› ', 'accent'), span(`running for ${elapsed}`, 'key'), span(`  ${what}`))];
  if (known.progress) lines.push(progressLine(known.progress, width));
  if (known.blockers.length > 0) lines.push(...paragraph(`# waiting for ${known.blockers.length === 1 ? `pid ${blocker?.pid ?? ''} (${blocker?.user ?? ''}, ${blocker?.state ?? ''})` : `${known.blockers.length} sessions`}; l shows who, and can end it`, width, 'bad'));
  if (!store.readOnly) lines.push(...paragraph(ui.stopping ? `Stopping after this ${unit}. ctrl-c again cancels it${step.shell === null ? ': PostgreSQL undoes the statement' : ''}.` : `ctrl-c stops after this ${unit}; again cancels it${width < 80 || state.mode !== 'run' ? '' : '; the run can be resumed'}.`, width, ui.stopping ? 'warn' : 'muted'));
  return { head: lines, keep: [] };
}

/** How far the statement is by the server's own word, as a bar where it knows the whole. */
function progressLine(progress: Progress, width: number): Line {
  const { done, total } = progress;
  const part = total === null || total <= 0 ? null : Math.min(1, done / total);
  const bar = part === null ? '' : `${'━'.repeat(Math.round(part * 20)).padEnd(20, '·')} `;
  return fit(line(span(`  ${bar}`, 'accent'), span(progressText(progress))), width);
}

function endPanel(state: RunState, view: Ui['view'], width: number): Panel {
  const good = state.outcome === 'passed' || state.outcome === 'rolled back';
  return {
    head: [line(span(marked(state.outcome ?? ''), good ? 'good' : 'bad', true), span(state.problem ? `  ${state.problem.what}` : '')), ...paragraph(`log ${state.log ?? ''}`, width, 'accent')],
    keep: [line(span(view === 'log' ? 'c copies the message about the run; esc or q closes' : 'q or enter leaves; tab looks at the steps, v at the log', 'muted'))],
  };
}
