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

const STATE = "SELECT state, backend_start::text, state_change::text, extract(epoch FROM clock_timestamp() - state_change) * 1000 FROM pg_stat_activity WHERE pid = $1";

/**
 * Tells a half-open connection: one that a firewall or a dead host dropped
 * without a word, so that both sides wait for each other. Seen from a second
 * connection, the server's backend is idle while we wait for its answer, twice
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
    const [state, begun, changed, age] = row;
    const idle = state?.startsWith('idle') === true && Number(age) > this.limits.idleMs && !heard;
    const now = `${begun} ${changed}`;
    if (idle && now === this.before) await this.end(begun ?? '');
    this.before = idle ? now : '';
  }

  /** Our own session, and it does nothing: ended on the server too, so that its locks are free. */
  private async end(begun: string): Promise<void> {
    await this.side.use((session) => session.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2 AND state LIKE 'idle%'", [this.main.pid, begun])).catch(() => undefined);
    this.main.drop('the connection was dead: the server waited for us while we waited for it');
  }
}
