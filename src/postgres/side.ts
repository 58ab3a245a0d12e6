import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../text/problem.js';
import type { Session } from './session.js';

/** A question to the catalog is answered at once, or the connection is dead. */
const ANSWER_MS = 10_000;
/** What the step that runs has locked (the ledger too, where it says so) is not free before the step goes on: whoever looks must not keep it waiting. */
const LOCK_MS = 300;
/** One that did not come, or did not answer, is left alone for so many times as long as that took. */
const RESTS = 10;

/**
 * A second connection for looking while the first one works. Those who look
 * (blockers, progress, the ledger's copy of the journal) take turns: a
 * connection answers one question at a time. It never keeps a lock or a
 * snapshot open.
 */
export class Side {
  private session: Session | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private rest = { until: 0, why: '' };

  /** `answerMs`: how long a question may take. */
  constructor(private readonly open: () => Promise<Session>, private readonly answerMs = ANSWER_MS) {}

  /** Uses the connection when its turn has come; opened at the first use and after a loss. Throws what `work` throws. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.inTurn(() => this.attempt(work));
  }

  /** The same for what the run must not wait for again and again: throws at once while the connection is left alone. */
  async glance<T>(work: (session: Session) => Promise<T>): Promise<T> {
    this.refuseResting();
    return this.inTurn(async () => {
      this.refuseResting();
      return this.attempt(work);
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async attempt<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      if (this.session === null || this.session.lost) {
        this.session = await this.open();
        await limited(this.session, this.answerMs, (opened) => opened.run(`SET lock_timeout = ${LOCK_MS}`));
      }
      const result = await limited(this.session, this.answerMs, work);
      this.rest = { until: 0, why: '' };
      return result;
    } catch (error) {
      const now = performance.now();
      if (this.session === null || this.session.lost) this.rest = { until: now + RESTS * (now - began), why: messageOf(error) };
      throw error;
    }
  }

  private refuseResting(): void {
    if (performance.now() < this.rest.until) throw new Error(this.rest.why);
  }

  async close(): Promise<void> {
    await this.turn;
    await this.session?.close();
  }
}

/** What is late fails, also where it waits for another connection than the one that is dropped: the next in turn must not wait for it. */
async function limited<T>(session: Session, answerMs: number, work: (session: Session) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(answerMs, undefined, { signal: over.signal, ref: false }).then(() => {
    const why = `no answer within ${answerMs / 1000} s`;
    session.drop(why);
    throw new Error(why);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work(session), late]);
  } finally {
    over.abort();
  }
}
