/** Kept on the stream itself: a process may load this module more than once. */
const HEARD = Symbol.for('deploy-wizard.closed-pipe');

/** Whoever reads our lines may leave (`| head`, a log collector that dies): what runs goes on and ends in order. Anything else stays an error. */
export function outlivesItsReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (HEARD in stream) continue;
    Object.defineProperty(stream, HEARD, { value: true });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    });
  }
}
