/** Leaves the alternate screen, shows the cursor, ends bracketed paste: for ends that Ink does not see. */
const RESTORE = '\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h\x1b[?2004l';

/**
 * Restores the terminal when the process ends while a screen is up, and before
 * the message of a crash is written, so that it stands on the normal screen.
 * `also` gives back what else was changed. Gives a function that calls it off.
 */
export function restoreAtExit(stdout: NodeJS.WriteStream, also: () => void = () => undefined): () => void {
  let done = false;
  const restore = (): void => {
    if (done) return;
    done = true;
    also();
    stdout.write(RESTORE);
  };
  process.once('exit', restore);
  process.once('uncaughtExceptionMonitor', restore);
  return () => {
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
  };
}

/** Stops this process as ctrl-z would and comes back with `fg`. The timer keeps the event loop alive across it. */
export async function stopUntilContinued(): Promise<void> {
  if (process.platform === 'win32') return;
  const alive = setInterval(() => undefined, 1000);
  await new Promise<void>((resolve) => {
    process.once('SIGCONT', () => resolve());
    process.kill(process.pid, 'SIGSTOP');
  });
  clearInterval(alive);
}

/**
 * Runs what has the terminal for itself: a ctrl-c there is meant for it, and
 * reaches everybody in the terminal's foreground, us too.
 */
export async function leavingInterruptsAlone(work: () => Promise<void>): Promise<void> {
  const listeners = process.listeners('SIGINT');
  const nothing = (): void => undefined;
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', nothing);
  try {
    await work();
  } finally {
    process.off('SIGINT', nothing);
    for (const one of listeners) process.on('SIGINT', one);
  }
}
