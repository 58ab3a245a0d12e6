import type { NewEvent, RunEvent } from './event.js';
import type { Journal } from './journal.js';
import type { Clock } from './ports.js';
import { reduce } from './reduce.js';
import type { Question } from '../steps/question.js';
import type { RunState } from './state.js';

export type Listener = (event: RunEvent, state: RunState, line: string) => void | Promise<void>;

/**
 * The one door through which a run changes: journal first (on disk), then
 * state, then whoever listens (screen, lines, log file, ledger).
 */
export class Recorder {
  private current: RunState | null;
  private readonly listeners = new Set<Listener>();
  /** Number of the last line that the ledger's copy of the journal is known to have. */
  copied = 0;

  /** `mask` takes secrets and personal data out of an event before it is written anywhere. */
  constructor(private readonly journal: Journal, private readonly clock: Clock, private readonly mask: (event: NewEvent) => NewEvent, state: RunState | null = null) {
    this.current = state;
  }

  get state(): RunState {
    if (this.current === null) throw new TypeError('the run has not started');
    return this.current;
  }

  /** Listeners are awaited in turn; what they throw ends the run, so they catch what must not. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A question as it may be shown. */
  shown(question: Question): Question {
    const event = this.mask({ type: 'question.asked', question });
    return event.type === 'question.asked' ? event.question : question;
  }

  async record(event: NewEvent): Promise<void> {
    const ends = event.type === 'step.finished' || event.type === 'run.finished';
    const { event: written, line } = this.journal.append(this.mask(ends && this.copied > 0 ? { ...event, copied: this.copied } : event), this.clock.now());
    this.current = reduce(this.current, written);
    for (const listener of this.listeners) await listener(written, this.current, line);
  }
}
