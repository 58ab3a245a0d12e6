/** Longest piece of a string that GNU screen passes on. */
const SCREEN_LIMIT = 760;

/** A sequence as the terminal behind tmux or GNU screen gets it. */
export function passedThrough(sequence: string, env: NodeJS.ProcessEnv): string {
  if (env.TMUX) return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (!env.STY) return sequence;
  // screen ends its own string at the first ST, so a sequence that ends in one is ended by BEL instead; long ones go in pieces.
  const whole = sequence.replaceAll('\x1b\\', '\x07');
  const pieces = Array.from({ length: Math.ceil(whole.length / SCREEN_LIMIT) }, (_, index) => whole.slice(index * SCREEN_LIMIT, (index + 1) * SCREEN_LIMIT));
  return pieces.map((piece) => `\x1bP${piece}\x1b\\`).join('');
}
