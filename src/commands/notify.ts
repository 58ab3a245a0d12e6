import type { RunEvent } from '../engine/event.js';
import type { Recorder } from '../engine/recorder.js';
import type { Graph } from '../graph/graph.js';
import { notification, type Occasion } from '../log/notification.js';
import { send, type WebhookOptions } from '../log/webhook.js';

/** Milliseconds that the end of a run waits for messages under way; then they are given up, so that no open connection holds the process. */
const PATIENCE_MS = 3000;

/** Messages under way. */
export interface Notifier {
  attach(recorder: Recorder): void;
  /** Once the run is over: what could not be delivered, in sentences. Said earlier, it would break into a screen. */
  settled(): Promise<string[]>;
}

/**
 * Tells a webhook of a run's start, failures, rollback and end. The run never
 * waits for it and never fails with it; what could not be delivered is told at
 * its end, without the URL, which is a secret.
 */
export function notifier(url: string, graph: Graph, options: Partial<WebhookOptions> = {}): Notifier {
  const underWay = new Set<Promise<void>>();
  const lost: string[] = [];
  const over = new AbortController();
  return {
    attach(recorder) {
      recorder.listen((event, state) => {
        const occasion = occasionOf(event);
        if (occasion === null) return;
        const { subject, text } = notification(occasion, state, graph);
        const sent = send(url, { text, subject, occasion, run: state.run, guide: state.guide.id, environment: state.environment }, { ...options, signal: over.signal })
          .then(({ delivered, why }) => { if (!delivered) lost.push(`The message "${occasion}" was not delivered: ${why ?? 'no reason known'}`); })
          .finally(() => { underWay.delete(sent); });
        underWay.add(sent);
      });
    },
    async settled() {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => { timer = setTimeout(resolve, PATIENCE_MS); });
      await Promise.race([Promise.allSettled(underWay).then(() => undefined), enough]);
      clearTimeout(timer);
      over.abort();
      await Promise.allSettled(underWay);
      return lost;
    },
  };
}

/** What a message is sent about; null for most events. */
export function occasionOf(event: RunEvent): Occasion | null {
  switch (event.type) {
    // A start is told once the target is known.
    case 'target.identified': return 'started';
    case 'step.finished': return event.verdict === 'failed' ? 'failed' : null;
    case 'rollback.finished': return 'rolled back';
    case 'run.finished': return 'finished';
    default: return null;
  }
}
