/** A sequence as the terminal behind tmux gets it. */
export function throughTmux(sequence: string, env: NodeJS.ProcessEnv): string {
  return env.TMUX ? `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : sequence;
}
