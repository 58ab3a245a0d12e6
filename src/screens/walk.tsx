import { useEffect, useReducer, useRef, useState, type ReactNode } from 'react';
import { useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import type { Desk } from './desk.js';
import { frameOf } from './frame.js';
import { keyNames } from './key-name.js';
import { Rows } from './rows.js';
import type { WalkStore } from './store.js';
import { freshUi, openingFor, paste, press, type Effect, type Ui } from './ui.js';

const TICK_MS = 1000;

/** The walk: a reading of the store, and keys. */
export function Walk({ store, desk, onLeave }: { store: WalkStore; desk: Desk; onLeave(): void }): ReactNode {
  const { columns, rows } = useWindowSize();
  const app = useApp();
  const { stdout } = useStdout();
  const [ui, setUi] = useState<Ui>(freshUi);
  const latest = useRef(ui);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.subscribe(redraw), [store]);
  // The clock moves only where a countdown is shown: an idle screen writes nothing.
  useEffect(() => {
    if (!store.windowInfo()) return undefined;
    const timer = setInterval(redraw, TICK_MS);
    return () => clearInterval(timer);
  }, [store]);

  const question = store.getState().asking;
  const painted = useRef<unknown>(null);
  const change = (next: Ui): void => { latest.current = next; setUi(next); };
  // A question that opens gets a clean field and cursor; keys count for it only once it was painted.
  useEffect(() => {
    if (painted.current === question) return;
    painted.current = question;
    const keepCursor = question?.kind === 'checklist' ? { cursor: nextItem(store, latest.current.cursor) } : { cursor: 0 };
    change({ ...latest.current, ...keepCursor, ...openingFor(question, store.getState().operator), shown: null, scroll: 0 });
    if (latest.current.auto && question?.kind === 'go') store.answer({ kind: 'go' });
    else if (question !== null && question.kind !== 'go') change({ ...latest.current, auto: false });
  }, [question, store]);

  const perform = (effect: Effect): void => {
    switch (effect.kind) {
      case 'answer': store.answer(effect.answer); return;
      case 'interrupt': store.interrupt(); return;
      case 'leave': onLeave(); return;
      case 'redraw': stdout.emit('resize'); return;
      case 'suspend': void app.suspendTerminal(() => desk.stop()); return;
      case 'copy': change({ ...latest.current, message: desk.copy(textOf(store, latest.current)) ? 'copied' : 'too long to copy' }); return;
      case 'edit': void app.suspendTerminal(() => desk.edit(store.graph.guide.path, shownStep(store, latest.current)?.line ?? 1)); return;
    }
  };

  useInput((input, key) => {
    if (store.getState().asking !== painted.current && !(key.ctrl && input === 'c')) return;
    for (const name of keyNames(input, key)) {
      const { facts } = frameOf(store, latest.current, { columns, rows }, desk.now());
      const pressed = press(latest.current, name, facts);
      change(pressed.ui);
      // One act for one key press: what was typed ahead of the next question is dropped.
      if (pressed.effect) { perform(pressed.effect); break; }
    }
  });
  usePaste((text) => change(paste(latest.current, text)));
  return <Rows lines={frameOf(store, ui, { columns, rows }, desk.now()).lines} />;
}

function shownStep(store: WalkStore, ui: Ui): WalkStore['graph']['steps'][number] | undefined {
  const state = store.getState();
  const id = ui.shown ?? (state.asking && 'step' in state.asking ? state.asking.step : state.current?.step);
  return store.graph.steps.find((one) => one.id === id);
}

function textOf(store: WalkStore, ui: Ui): string {
  const step = shownStep(store, ui);
  return step?.shell ?? step?.statements.map((one) => `${one.sql};`).join('\n\n') ?? '';
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
