import { useEffect, useLayoutEffect, useReducer, useRef, useState, type ReactNode } from 'react';
import { useInput, usePaste } from 'ink';
import { stepState } from '../engine/state.js';
import { fillParameters } from '../graph/fill.js';
import { notification, occasionNow } from '../log/notification.js';
import { never } from '../text/problem.js';
import { AWAY_MS, callOf, titleOf } from './courtesy.js';
import type { Desk } from './desk.js';
import type { Question } from '../steps/question.js';
import type { Step } from '../graph/graph.js';
import { newsSince, seenOf, type Seen } from './news.js';
import { nameOf } from './outline.js';
import { fieldOf } from './field.js';
import { frameOf, shownStep } from './frame.js';
import { Held } from './held.js';
import { keyNames } from './key-name.js';
import { paste, press } from './press.js';
import type { WalkStore } from './store.js';
import { useSurface } from './surface.js';
import { freshUi, openingFor, type Effect, type Ui } from './ui.js';
import { tooSmall } from './too-small.js';
import { leavingKeys } from '../terminal/leave-keys.js';

const TICK_MS = 1000;

/** The walk: a reading of the store, and keys. */
export function Walk({ store, desk, onLeave }: { store: WalkStore; desk: Desk; onLeave(): void }): ReactNode {
  const surface = useSurface();
  const { columns, rows, lend } = surface;
  const [ui, setUi] = useState<Ui>(freshUi);
  const latest = useRef(ui);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const held = useRef(new Held());
  const lastKey = useRef(desk.now().getTime());
  useEffect(() => store.subscribe(redraw), [store]);
  const state = store.getState();
  const question = state.asking;
  // The clock moves only where a time is shown that runs: an idle screen writes nothing.
  const ticking = state.outcome === null && (store.windowInfo() !== null || question === null);
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(redraw, TICK_MS);
    return () => clearInterval(timer);
  }, [ticking]);
  // A command that asks or draws gets this terminal, and gives it back.
  useEffect(() => {
    store.lend((work) => lend(() => leavingKeys(process.stdin, work)));
    return () => store.lend(null);
  }, [store, lend]);

  const { text, gauge } = titleOf(store.graph, state);
  useEffect(() => { desk.title(text, gauge); }, [desk, text, gauge.percent, gauge.state]);
  const call = callOf(store.graph, state);
  useEffect(() => { if (call !== null && desk.now().getTime() - lastKey.current >= AWAY_MS) desk.notify(call); }, [desk, call]);

  const change = (next: Ui): void => { latest.current = next; setUi(next); };
  // What was said of a moment is over when the machine turns to something else.
  useLayoutEffect(() => { if (latest.current.message !== null) change({ ...latest.current, message: null }); }, [state.busySince]);
  const painted = useRef<unknown>(null);
  // The text last handed in: one that is refused is still there to be mended.
  const given = useRef('');
  const seen = useRef<Seen | null>(null);
  // The question that was answered already: until the run went on, keys are meant for nothing.
  const answered = useRef<Question | null>(null);
  // A question that opens gets a clean field and cursor; keys count for it only once it was painted, and from then on:
  // an effect that ran a turn later than the frame would drop the key of whoever answers what stands there.
  useLayoutEffect(() => {
    if (painted.current === question) return;
    painted.current = question;
    const cursor = question?.kind === 'checklist' ? nextItem(store, latest.current.cursor) : 0;
    const before = answered.current;
    const again = question?.kind === 'failure' && before?.kind === 'failure' && before.step === question.step && before !== question ? { message: 'tried again: it still fails' } : {};
    const opening = store.readOnly ? {} : question?.kind === 'parameter' && question.problem !== null && !question.secret && given.current !== '' ? { typing: { kind: 'value' as const }, field: fieldOf(given.current) } : openingFor(question, store.getState().operator);
    change({ ...latest.current, cursor, ...opening, ...again, command: null, confirm: null, news: [], shown: null, view: latest.current.view === 'log' ? 'log' : 'page', pane: 'step', scroll: 0, follow: true, stopping: latest.current.stopping && question === null });
    const now = store.getState();
    const unseen = latest.current.auto && question?.kind === 'go';
    if (question !== null && !unseen) {
      change({ ...latest.current, news: store.readOnly ? [] : newsSince(seen.current, store.graph, now) });
      seen.current = seenOf(store.graph, now);
    }
    if (unseen) store.answer({ kind: 'go' });
    else if (question !== null && question.kind !== 'go') change({ ...latest.current, auto: false });
  }, [question, store]);

  const perform = (effect: Effect): void => {
    const say = (message: string): void => change({ ...latest.current, message });
    switch (effect.kind) {
      case 'answer': answered.current = store.getState().asking; given.current = effect.answer.kind === 'value' ? effect.answer.value : ''; store.answer(effect.answer); return;
      case 'blocker': void store.endBlocker(effect.pid, effect.how).then((done) => say(done ? `session ${effect.pid} was ${effect.how === 'cancel' ? 'told to cancel its query' : 'ended'}` : `the server did not ${effect.how} session ${effect.pid}`)); return;
      case 'interrupt': store.interrupt(); return;
      case 'leave': onLeave(); return;
      case 'redraw': surface.redraw(); return;
      case 'suspend': void lend(() => desk.stop()); return;
      case 'copy': say(copy(store, desk, latest.current)); return;
      case 'edit': void lend(() => leavingKeys(process.stdin, async () => { await desk.edit(store.graph.guide.path, shownStep(store, latest.current)?.line ?? 1); })); return;
      default: never(effect);
    }
  };

  useInput((input, key) => {
    const now = desk.now().getTime();
    lastKey.current = now;
    const { asking } = store.getState();
    if ((asking !== painted.current || (asking !== null && asking === answered.current)) && !(key.ctrl && input === 'c')) return;
    for (const name of keyNames(input, key)) {
      const repeated = held.current.press(name, now);
      const { facts } = frameOf(store, latest.current, { columns, rows }, desk.now());
      const pressed = press(latest.current, name, facts);
      // A key held down runs nothing: the next step was not read yet. A tick or a movement may repeat.
      if (repeated && pressed.effect?.kind === 'answer' && pressed.effect.answer.kind !== 'tick') {
        change({ ...latest.current, message: 'the key is held down; press it again' });
        break;
      }
      change(pressed.ui);
      // One act for one key press: what was typed ahead of the next question is dropped.
      if (pressed.effect) { perform(pressed.effect); break; }
    }
  });
  usePaste((pasted) => change(paste(latest.current, pasted, { blind: tooSmall({ columns, rows }) })));
  const { lines } = frameOf(store, ui, { columns, rows }, desk.now());
  // A frame that another one follows at once, as where a question has just come and its field is not open yet, is never shown.
  useLayoutEffect(() => { if (latest.current === ui) surface.paint(lines); });
  return null;
}

/** Copies the step's SQL or command as it was sent or would be; while the log is shown, the message about the run. Gives what to say of it. */
function copy(store: WalkStore, desk: Desk, ui: Ui): string {
  const step = shownStep(store, ui);
  const what = ui.view === 'log' ? 'the message about the run' : step ? `${step.shell === null ? 'the SQL' : 'the command'} of ${nameOf(store.graph, step)}` : 'nothing';
  const text = ui.view === 'log' ? notification(occasionNow(store.getState()), store.getState(), store.graph).text : step ? textOf(store, step) : '';
  return desk.copy(text) ? `copied to the clipboard: ${what}` : `${what}: too long to copy`;
}

function textOf(store: WalkStore, step: Step): string {
  const state = store.getState();
  const known = stepState(state, state.pass, step.id);
  const values = { ...Object.fromEntries(Object.entries(state.parameters).map(([name, { value }]) => [name, value])), ...state.captures };
  return step.shell ?? step.statements.map((one, index) => `${known.statements.find((result) => result.index === index)?.sql ?? fillParameters(one.sql, values).sql};`).join('\n\n');
}

/** After a tick the cursor goes to the next open item. */
function nextItem(store: WalkStore, from: number): number {
  const state = store.getState();
  const asking = state.asking;
  const step = asking?.kind === 'checklist' ? store.graph.steps.find((one) => one.id === asking.step) : undefined;
  if (!step) return 0;
  const items = state.passes[state.pass]?.[step.id]?.items ?? {};
  const open = step.items.map((_, index) => index).filter((index) => !items[index]?.ticked);
  return open.find((index) => index >= from) ?? open[0] ?? 0;
}
