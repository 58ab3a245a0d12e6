import type { Measured } from '../../assertions/assertion.js';
import type { FinishedStatement, SqlHooks, StepContext } from '../step.js';
import { toResult } from './result.js';

type Telling = Pick<SqlHooks, 'statements' | 'waiting' | 'progress' | 'connection' | 'stopping'>;

/** What every step that runs SQL tells of it: results, waits and progress as they come; kept in `measured` for its expectations. */
export function telling(context: StepContext, measured: Map<number, Measured>): Telling {
  return {
    statements: async (finished) => {
      for (const one of finished) measured.set(one.ready.index, one.measured);
      const results = finished.map((one: FinishedStatement) => toResult(one.ready.index, one.ready.sql, one.measured, one.seen));
      const [first] = results;
      if (first && results.length === 1) await context.record({ type: 'statement.finished', result: first });
      else if (first) await context.record({ type: 'statements.finished', results });
    },
    waiting: (blockers) => context.record({ type: 'waiting.seen', blockers }),
    progress: (progress) => context.record({ type: 'progress.seen', progress }),
    connection: (what, text) => context.record({ type: what === 'lost' ? 'connection.lost' : 'connection.restored', text }),
    stopping: () => context.stopping(),
  };
}

const LOOK_MS = 200;

/** Waits, and leaves the step as soon as the operator asks to stop. */
export async function pause(context: StepContext, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= LOOK_MS) {
    await context.clock.wait(Math.min(left, LOOK_MS));
    context.checkStop();
  }
}
