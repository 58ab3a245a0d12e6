import type { Mirrored } from '../engine/ports.js';
import { messageOf } from '../text/problem.js';
import { mirrorLines, type JournalLine } from './ledger.js';
import type { Side } from './side.js';

/** What one message to the server holds at most: over a slow link all at once would never get there in time. */
const LINES = 500;
const CHARACTERS = 128_000;

/**
 * Keeps the ledger's copy of a journal whole: lines go in order, and what could
 * not be sent goes before the next, for a gap would break the chain for whoever
 * resumes elsewhere.
 */
export class JournalCopy {
  private unsent: readonly JournalLine[] = [];
  private last = 0;

  /** What the copy is known to have: the number of its last line; and lines of ours that may have got there unheard. */
  get known(): { end: number; own: readonly JournalLine[] } {
    return { end: this.last, own: this.unsent };
  }

  /** The copy was read, and ends there. */
  endsAt(seq: number): void {
    this.last = seq;
  }

  add(lines: readonly JournalLine[]): void {
    this.unsent = [...this.unsent, ...lines];
  }

  /**
   * Sends what the copy does not have, by the connection of `side`; `pid`: the backend that holds the run's lock.
   * `patiently`: also where that connection has just failed.
   */
  async send(side: Side, run: string, pid: number, patiently: boolean): Promise<Mirrored> {
    const by: Side['use'] = (work) => (patiently ? side.use(work) : side.glance(work));
    try {
      while (this.unsent.length > 0) {
        const sending = firstOf(this.unsent);
        // Where another has gone on, the copy is theirs; the next step that writes finds it out.
        if (!await by((session) => mirrorLines(session, run, sending, { end: this.last, pid }))) return this.lacks('somebody else went on with the run, or holds the database now');
        this.last = Math.max(this.last, sending.at(-1)?.seq ?? 0);
        this.unsent = this.unsent.slice(sending.length);
      }
      return { end: this.last, missing: null };
    } catch (error) {
      return this.lacks(messageOf(error));
    }
  }

  private lacks(why: string): Mirrored {
    return { end: this.last, missing: `the ledger's copy of the journal lacks the lines from ${this.unsent[0]?.seq ?? 0} on (${why}): from another machine the run cannot be gone on with as it stands here` };
  }
}

function firstOf(lines: readonly JournalLine[]): JournalLine[] {
  let characters = 0;
  const end = lines.slice(0, LINES).findIndex(({ line }, index) => (characters += line.length) > CHARACTERS && index > 0);
  return lines.slice(0, end < 0 ? LINES : end);
}
