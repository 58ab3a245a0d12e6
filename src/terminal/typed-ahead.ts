import type { ReadStream } from 'node:tty';

/** What a terminal holds is read within a turn or two; nobody reads a question and answers it in this time. */
const DRAIN_MS = 25;

/** Throws away the keys that were pressed before there was anything to press them for. */
export async function dropTypedAhead(stdin: ReadStream): Promise<void> {
  if (!stdin.isTTY) return;
  const drop = (): void => { while (stdin.read() !== null); };
  stdin.setRawMode(true);
  stdin.on('readable', drop);
  await new Promise((done) => { setTimeout(done, DRAIN_MS); });
  // Where the machine stood still meanwhile, time is over before anything was read: what waits is read before this.
  await new Promise((done) => { setImmediate(done); });
  stdin.off('readable', drop);
}
