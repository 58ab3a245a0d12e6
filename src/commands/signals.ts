import type { Walker } from '../engine/walker.js';
import { EXIT } from '../text/problem.js';
import type { FrontEnd } from './front-end.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The walk that goes on, and what shows it. */
export interface Attended { readonly walker: Walker; readonly frontEnd: Pick<FrontEnd, 'stop' | 'stopping'> }

/**
 * The first signal stops the run after the statement that runs; the second
 * cancels that statement. SIGTERM and SIGHUP cancel at once: the machine or
 * the terminal is going away. Where nothing is walked the process exits, and
 * what it started is stopped as it does. Gives a function that takes the handlers off.
 */
export function onSignals(attended: () => Attended | null): () => void {
  const handler = (signal: NodeJS.Signals): void => {
    const { walker, frontEnd } = attended() ?? process.exit(EXIT.interrupted);
    if (signal === 'SIGINT' && !walker.stopping) frontEnd.stopping?.();
    void walker.interrupt(signal);
    if (signal === 'SIGINT') return;
    void walker.interrupt(signal);
    frontEnd.stop();
  };
  for (const signal of SIGNALS) process.on(signal, handler);
  return () => { for (const signal of SIGNALS) process.off(signal, handler); };
}
