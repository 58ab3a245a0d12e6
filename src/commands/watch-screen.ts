import { reduce } from '../engine/reduce.js';
import type { RunEvent } from '../engine/event.js';
import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { WalkStore, WindowInfo } from '../screens/store.js';
import { prepareInk } from '../terminal/capabilities.js';
import { windowInfo } from './window-watch.js';

/** Somebody else's run as a store that only shows: fed with its events as they come. */
export class WatchStore implements WalkStore {
  readonly readOnly = true;
  private state: RunState | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(readonly graph: Graph) {}

  /** Takes further events; screens hear of them once. */
  feed(events: readonly RunEvent[]): void {
    for (const event of events) this.state = reduce(this.state, event);
    if (events.length > 0) for (const listener of this.listeners) listener();
  }

  getState(): RunState {
    if (this.state === null) throw new TypeError('the run has not started');
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  // Output of a command is not in the journal until it ended, and whoever watches answers nothing.
  live(): null { return null; }
  answer(): void { /* read-only */ }
  interrupt(): void { /* read-only */ }
  endBlocker(): Promise<boolean> { return Promise.resolve(false); }
  lend(): void { /* no command runs here */ }

  windowInfo(): WindowInfo | null {
    return this.state === null ? null : windowInfo(this.state, this.graph, new Date());
  }
}

/** Shows the store until the person leaves. */
export async function showWatch(store: WatchStore, signal: AbortSignal): Promise<void> {
  prepareInk();
  const { showWalk } = await import('../screens/show.js');
  await showWalk(store, signal);
}
