import type { Walker } from '../engine/walker.js';
import type { FrontEnd } from './front-end.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal stops the run after the statement that runs; the second
 * cancels that statement. SIGTERM and SIGHUP cancel at once: the machine or
 * the terminal is going away. Gives a function that takes the handlers off.
 */
export function onSignals(walker: () => Walker | null, frontEnd: Pick<FrontEnd, 'stop' | 'stopping'>): () => void {
  const handler = (signal: NodeJS.Signals): void => {
    const current = walker();
    if (!current) process.exit(130);
    if (signal === 'SIGINT' && !current.stopping) frontEnd.stopping?.();
    void current.interrupt(signal);
    if (signal === 'SIGINT') return;
    void current.interrupt(signal);
    frontEnd.stop();
  };
  for (const signal of SIGNALS) process.on(signal, handler);
  return () => { for (const signal of SIGNALS) process.off(signal, handler); };
}
