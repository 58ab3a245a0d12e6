import { reduce } from '../../src/engine/reduce.js';
import type { NewEvent, RunEvent } from '../../src/engine/event.js';
import type { RunState } from '../../src/engine/state.js';
import type { Graph } from '../../src/graph/graph.js';
import type { WalkStore, WindowInfo } from '../../src/screens/store.js';
import type { Answer } from '../../src/steps/question.js';

/** A store that is fed with events by hand and keeps what the screen asks for. */
export class TestStore implements WalkStore {
  readonly answers: Answer[] = [];
  readonly ended: string[] = [];
  interrupts = 0;
  window: WindowInfo | null = null;
  output: { step: string; text: string } | null = null;
  private state: RunState | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(readonly graph: Graph, events: readonly RunEvent[], readonly readOnly = false) {
    for (const event of events) this.state = reduce(this.state, event);
  }

  getState(): RunState {
    if (this.state === null) throw new TypeError('no event yet');
    return this.state;
  }

  /** One more event, as of a given moment. */
  feed(event: NewEvent, at = '2026-03-01T14:30:00.000Z'): void {
    this.state = reduce(this.state, { ...event, seq: (this.state?.seq ?? 0) + 1, at } as RunEvent);
    this.changed();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  live(): { step: string; text: string } | null { return this.output; }
  /** After a tick the checklist is asked again, as the walk does. */
  answer(answer: Answer): void {
    this.answers.push(answer);
    const { asking } = this.getState();
    if (answer.kind === 'tick' && asking) this.feed({ type: 'question.asked', question: { ...asking } });
  }

  interrupt(): void { this.interrupts += 1; }
  async endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean> { this.ended.push(`${how} ${pid}`); return true; }
  lend(): void { /* no command runs here */ }
  windowInfo(): WindowInfo | null { return this.window; }
  changed(): void { for (const listener of this.listeners) listener(); }
}
