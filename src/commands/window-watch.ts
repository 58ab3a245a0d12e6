import { forwardSteps } from '../engine/plan.js';
import { planRollback } from '../engine/rollback-plan.js';
import { stepState, type RunState } from '../engine/state.js';
import type { Clock } from '../engine/ports.js';
import type { Walker } from '../engine/walker.js';
import type { Graph } from '../graph/graph.js';
import { factorsOf, forecast, type Forecast } from '../rehearsal/forecast.js';

/** How the run stands in its window now, by the durations that its rehearsal measured. */
export function windowForecast(state: RunState, graph: Graph, now: Date): Forecast {
  const running = state.current?.pass === 'forward' ? state.current.step : null;
  const since = running === null ? null : stepState(state, 'forward', running).startedAt;
  return forecast({
    now, window: state.window, durations: state.rehearsal?.durations ?? {}, factors: factorsOf(state.forecast?.scaled ?? []),
    ahead: forwardSteps(graph).filter((step) => step.id !== running && stepState(state, 'forward', step.id).verdict === 'pending').map((step) => step.id),
    running: running === null || since === null ? null : { step: running, since: new Date(since) },
    back: planRollback(graph, state).steps.map(({ step }) => step.id),
  });
}

/** What screens show of the window: ISO times; `abortBy` is the latest start of the rollback. Null without a window. */
export function windowInfo(state: RunState, graph: Graph, now: Date): { start: string; end: string; abortBy: string | null; expectedEnd: string } | null {
  if (state.window === null) return null;
  const { rollbackBy, expectedEnd, backMs } = windowForecast(state, graph, now);
  return { ...state.window, abortBy: backMs > 0 && rollbackBy ? rollbackBy.toISOString() : null, expectedEnd: expectedEnd.toISOString() };
}

/** Between two looks at the clock: what is applied meanwhile moves the latest moment to go back. */
const LOOK_MS = 5000;

/**
 * Watches a run's window. That the latest start of the rollback, or the
 * window's end, has passed is recorded when it happens, also while a step runs;
 * between two steps it asks whether to go on. Rolling back instead is one of
 * the answers; without a person the run goes on with the event recorded.
 */
export class WindowWatch {
  private timer: NodeJS.Timeout | undefined;
  private asked: string | null = null;

  constructor(private readonly walker: Walker, private readonly graph: Graph, private readonly clock: Clock) {}

  /** Looks now and then, until {@link stop}. Without a window it does nothing. */
  start(): void {
    const state = this.walker.options.recorder.state;
    if (state.window === null) return;
    const { rollbackBy, leftMs } = windowForecast(state, this.graph, this.clock.now());
    const next = Math.min(...[rollbackBy === null ? LOOK_MS : rollbackBy.getTime() - this.clock.now().getTime(), leftMs ?? LOOK_MS].filter((ms) => ms > 0), LOOK_MS);
    this.timer = setTimeout(() => { void this.look().catch(() => undefined).then(() => { if (this.timer) this.start(); }); }, Math.max(10, next));
    this.timer.unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Between two steps: the place for a decision. */
  async between(): Promise<void> {
    const text = await this.look();
    if (text === null || this.asked === text.what) return;
    this.asked = text.what;
    await this.walker.ask(null, { kind: 'window', text: text.text });
  }

  /** Records a crossing once; gives the one that holds. */
  private async look(): Promise<{ what: string; text: string } | null> {
    const { recorder } = this.walker.options;
    const { state } = recorder;
    const now = this.clock.now();
    const { crossed, expectedEnd, rollbackBy } = windowForecast(state, this.graph, now);
    // Once the way back has begun, its latest start is no question any more.
    if (crossed === null || (crossed === 'rollback-by' && state.stage !== 'forward')) return null;
    const known = state.windowCrossed.find((one) => one.what === crossed && one.end === state.window?.end);
    if (known) return known;
    const time = (date: Date | null): string => (date === null ? '?' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`);
    const text = crossed === 'end'
      ? `The maintenance window ended at ${time(new Date(state.window?.end ?? now))}.`
      : `A rollback begun now may not end within the window: ${time(rollbackBy)} was the latest start. Going on, the run is expected to end at ${time(expectedEnd)}.`;
    await recorder.record({ type: 'window.crossed', what: crossed, text });
    return { what: crossed, text };
  }
}
