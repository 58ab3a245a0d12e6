import type { ReadStream, WriteStream } from 'node:tty';

/** Alternate screen, cursor hidden: what Ink sets too when it takes over. It draws from where the cursor is: home. */
const HOME = '\x1b[H';
const ENTER = `\x1b[?1049h\x1b[?25l${HOME}`;
const LEAVE = '\x1b[?1049l\x1b[?25h';

/**
 * Shows rows (already styled) before the screen library is loaded, with keys no
 * longer echoed. Gives a function that restores the terminal, for when loading fails.
 */
export function paintFirst(rows: readonly string[], stdin: ReadStream, stdout: WriteStream): () => void {
  stdin.setRawMode(true);
  stdout.write(ENTER + rows.join('\r\n') + HOME);
  return () => {
    stdin.setRawMode(false);
    stdout.write(LEAVE);
  };
}
