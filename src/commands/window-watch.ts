import { forwardSteps } from '../engine/plan.js';
import { planRollback } from '../engine/rollback-plan.js';
import { stepState, type RunState } from '../engine/state.js';
import type { Walker } from '../engine/walker.js';
import type { Graph } from '../graph/graph.js';
import { forecast, type Forecast } from '../rehearsal/forecast.js';

/** How the run stands in its window now, by the durations that its rehearsal measured. */
export function windowForecast(state: RunState, graph: Graph, now: Date): Forecast {
  const running = state.current?.pass === 'forward' ? state.current.step : null;
  const since = running === null ? null : stepState(state, 'forward', running).startedAt;
  return forecast({
    now, window: state.window, durations: state.rehearsal?.durations ?? {},
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

/**
 * Between two steps: says once that the latest start of the rollback, or the
 * window's end, has passed, and asks whether to go on. Rolling back instead is
 * one of the answers; without a person the run goes on with the event recorded.
 */
export async function watchWindow(walker: Walker, graph: Graph, now: Date): Promise<void> {
  const { recorder } = walker.options;
  const { crossed, expectedEnd, rollbackBy } = windowForecast(recorder.state, graph, now);
  if (crossed === null || recorder.state.windowCrossed.some((one) => one.what === crossed)) return;
  const time = (date: Date | null): string => (date === null ? '?' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  const text = crossed === 'end'
    ? `The maintenance window ended at ${time(new Date(recorder.state.window?.end ?? now))}.`
    : `A rollback begun now may not end within the window: ${time(rollbackBy)} was the latest start. Going on, the run is expected to end at ${time(expectedEnd)}.`;
  await recorder.record({ type: 'window.crossed', what: crossed, text });
  await walker.ask(null, { kind: 'window', text });
}
