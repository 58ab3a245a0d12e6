import type { Graph } from '../graph/graph.js';
import type { Operator } from '../engine/ports.js';
import type { Recorder } from '../engine/recorder.js';
import type { RunState } from '../engine/state.js';
import type { Walker } from '../engine/walker.js';
import type { Answer, Question } from '../steps/question.js';
import type { WalkStore, WindowInfo } from '../screens/store.js';
import { prepareInk } from '../terminal/capabilities.js';
import { leavingInterruptsAlone } from '../terminal/restore.js';
import type { FrontEnd } from './front-end.js';
import { windowInfo } from './window-watch.js';

const KEPT_LIVE = 200_000;

/** The screens as a front end: questions wait in the state until a key answers them. */
export async function screenFrontEnd(graph: Graph): Promise<FrontEnd> {
  prepareInk();
  const { showWalk } = await import('../screens/show.js');
  const store = new ScreenStore(graph);
  const end = new AbortController();
  let shown: Promise<unknown> | null = null;
  return {
    interactive: true,
    operator: store.operator,
    attach(recorder, walker) {
      store.attach(recorder, walker);
      const start = (): void => { shown ??= showWalk(store, end.signal).then(() => store.leave()); };
      recorder.listen(start);
    },
    handOver: (work) => store.handOver(work),
    live: (step, text) => store.addLive(step, text),
    stop: () => { store.leave(); end.abort(); },
    close: async () => {
      await shown;
    },
  };
}

class ScreenStore implements WalkStore {
  readonly readOnly = false;
  readonly operator: Operator;
  private state: RunState | null = null;
  private walker: Walker | null = null;
  private waiting: ((answer: Answer) => void) | null = null;
  private output: { step: string; text: string } | null = null;
  private readonly listeners = new Set<() => void>();
  private gone = false;
  private terminal: ((work: () => Promise<void>) => Promise<void>) | null = null;

  constructor(readonly graph: Graph) {
    this.operator = { ask: (question) => this.ask(question) };
  }

  attach(recorder: Recorder, walker: Walker): void {
    this.walker = walker;
    recorder.listen((event, state) => {
      this.state = state;
      if (event.type === 'step.started') this.output = null;
      this.changed();
    });
  }

  private ask(_question: Question): Promise<Answer> {
    if (this.gone) return Promise.resolve({ kind: 'pause' });
    return new Promise((resolve) => { this.waiting = resolve; this.changed(); });
  }

  getState(): RunState {
    if (this.state === null) throw new TypeError('the run has not started');
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  live(): { step: string; text: string } | null {
    return this.output;
  }

  addLive(step: string, text: string): void {
    const before = this.output?.step === step ? this.output.text : '';
    this.output = { step, text: (before + text).slice(-KEPT_LIVE) };
    this.changed();
  }

  answer(answer: Answer): void {
    const resolve = this.waiting;
    this.waiting = null;
    resolve?.(answer);
  }

  /** The person left the screen: what is still asked is answered with a pause. */
  leave(): void {
    this.gone = true;
    this.answer({ kind: 'pause' });
  }

  interrupt(): void {
    void this.walker?.interrupt();
    // Nothing runs while a question is open: stopping means leaving it.
    this.answer({ kind: 'pause' });
  }

  async endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean> {
    return await this.walker?.endBlocker(pid, how) ?? false;
  }

  lend(terminal: ((work: () => Promise<void>) => Promise<void>) | null): void {
    this.terminal = terminal;
  }

  /** Runs what wants the terminal for itself; the screen comes back after it. */
  async handOver(work: () => Promise<void>): Promise<void> {
    const alone = (): Promise<void> => leavingInterruptsAlone(work);
    await (this.terminal ? this.terminal(alone) : alone());
  }

  windowInfo(): WindowInfo | null {
    return this.state === null ? null : windowInfo(this.state, this.graph, new Date());
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
