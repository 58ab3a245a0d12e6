import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Kept on the stream itself: a process may load this module more than once. */
const HEARD = Symbol.for('deploy-wizard.closed-pipe');

/** A pipe whose reader left, a stream that was ended for it, a terminal whose window was closed. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO']);

/** Which of the standard streams are one; it can only be told while it is there. */
const TERMINAL = [0, 1, 2].filter((fd) => isatty(fd));

/** Whoever reads our lines may leave (`| head`, a log collector that dies, a window that is closed): what runs goes on and ends in order. Anything else stays an error. */
export function outlivesItsReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (HEARD in stream) continue;
    Object.defineProperty(stream, HEARD, { value: true });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!GONE.has(error.code)) throw error;
      if (error.code === 'EIO') forgetTerminal();
    });
  }
}

let forgotten = false;

/** Node gives a terminal its modes back as it exits, and aborts where that terminal is gone: closed by then, it passes it over and the exit code stands. */
function forgetTerminal(): void {
  if (forgotten) return;
  forgotten = true;
  process.once('exit', () => { for (const fd of TERMINAL) closeSync(fd); });
}
