import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { Answer } from '../steps/question.js';

/** Of the maintenance window, ISO times: `abortBy` is the latest start of the rollback, `expectedEnd` what the rehearsal's durations foretell. */
export interface WindowInfo { start: string; end: string; abortBy: string | null; expectedEnd: string }

/** What the screens read and tell: a run's state, live output, and the way to answer. */
export interface WalkStore {
  graph: Graph;
  readOnly: boolean;
  getState(): RunState;
  subscribe(listener: () => void): () => void;
  live(): { step: string; text: string } | null;
  answer(answer: Answer): void;
  interrupt(): void;
  /** Frees the step that runs from a session that keeps it waiting; false when the server did not. */
  endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean>;
  /** Hands in the way to free the terminal for a command; null when the screen is gone. */
  lend(terminal: ((work: () => Promise<void>) => Promise<void>) | null): void;
  windowInfo(): WindowInfo | null;
}
