import type { ReadStream } from 'node:tty';

/** The part of a terminal's input that decides whether this process takes its keys. */
interface Handle { reading?: boolean; readStart?(): number; readStop?(): number }

/**
 * While `work` has the terminal, this process takes no key: a paused stream
 * would still swallow the first one, which another program waits for.
 */
export async function leavingKeys<T>(stdin: ReadStream, work: () => Promise<T>): Promise<T> {
  const handle = (stdin as ReadStream & { _handle?: Handle | null })._handle ?? {};
  const was = handle.reading === true;
  if (was) { handle.reading = false; handle.readStop?.(); }
  try {
    return await work();
  } finally {
    if (was) { handle.reading = true; handle.readStart?.(); }
  }
}
