import type { Session } from './session.js';
import type { Side } from './side.js';

/** When a connection counts as dead although nobody said so. Times in milliseconds. */
export interface LinkLimits {
  /** The server has been waiting for us this long, while we wait for it. */
  idleMs: number;
  /** So many looks in a row got no answer at all, and nothing else came either. */
  unanswered: number;
}
export const LINK_LIMITS: LinkLimits = { idleMs: 5000, unanswered: 3 };

/** The backend waits for its client: between statements, or within one whose rows are fetched in batches. A COPY may rightly wait for our rows. */
const WAITS_FOR_US = "(state LIKE 'idle%' OR wait_event = 'ClientRead' AND query !~* '^\\s*copy')";
const STATE = `SELECT ${WAITS_FOR_US}, backend_start::text, state_change::text, extract(epoch FROM clock_timestamp() - state_change) * 1000 FROM pg_stat_activity WHERE pid = $1`;

const LOOK_MS = 1000;

/**
 * Does `work` on a session (which `main` names: it may be replaced meanwhile) and looks after its connection: one that
 * is dead without a word is ended, so that what waits for its answer fails.
 */
export async function guarded<T>(side: Side, main: () => Session, work: () => Promise<T>): Promise<T> {
  let watched = { main: main(), link: new LinkWatch(side, main()) };
  let looking = false;
  const timer = setInterval(() => {
    if (watched.main !== main()) watched = { main: main(), link: new LinkWatch(side, main()) };
    if (looking || !watched.main.waiting) return;
    looking = true;
    void watched.link.look().catch(() => undefined).finally(() => { looking = false; });
  }, LOOK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Tells a half-open connection: one that a firewall or a dead host dropped
 * without a word, so that both sides wait for each other. Seen from a second
 * connection, the server's backend waits for us while we wait for its answer, twice
 * in a row without a change; or it is gone; or nothing answers any more.
 */
export class LinkWatch {
  private before = '';
  private unanswered = 0;
  private bytes = -1;

  constructor(private readonly side: Side, private readonly main: Session, private readonly limits: LinkLimits = LINK_LIMITS) {}

  /** One look; ends the connection when it is dead: what waits for an answer then fails. */
  async look(): Promise<void> {
    const row = await this.side.use(async (session) => (await session.run(STATE, [this.main.pid])).rows[0] ?? null).catch(() => undefined);
    const heard = this.main.received !== this.bytes;
    this.bytes = this.main.received;
    if (row === undefined) {
      this.unanswered = heard ? 0 : this.unanswered + 1;
      if (this.unanswered >= this.limits.unanswered) this.main.drop('the server does not answer any more');
      return;
    }
    this.unanswered = 0;
    if (row === null) { this.main.drop('the server has ended the session'); return; }
    const [waits, begun, changed, age] = row;
    const idle = this.main.waiting && waits === 't' && Number(age) > this.limits.idleMs && !heard;
    const now = `${begun} ${changed}`;
    if (idle && now === this.before) await this.end(begun ?? '');
    this.before = idle ? now : '';
  }

  /** Our own session, and it does nothing: ended on the server too, so that its locks are free. */
  private async end(begun: string): Promise<void> {
    await this.side.use((session) => session.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2 AND ${WAITS_FOR_US}`, [this.main.pid, begun])).catch(() => undefined);
    this.main.drop('the connection was dead: the server waited for us while we waited for it');
  }
}
