/** Leaves the alternate screen, shows the cursor, ends bracketed paste: for ends that Ink does not see. */
const RESTORE = '\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h\x1b[?2004l';

/** Restores the terminal when the process ends while a screen is up. Gives a function that calls it off. */
export function restoreAtExit(stdout: NodeJS.WriteStream): () => void {
  const restore = (): void => { stdout.write(RESTORE); };
  process.once('exit', restore);
  return () => process.off('exit', restore);
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
