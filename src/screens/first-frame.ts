import { coloured } from '../terminal/capabilities.js';
import { paintFirst } from '../terminal/first-paint.js';
import { styled } from '../terminal/style.js';
import { piecesOf, type Line } from './line.js';

/** Paints lines once, at once, before Ink is there to do it. Gives a function that takes them away again. */
export function firstFrame(lines: readonly Line[], env: NodeJS.ProcessEnv): () => void {
  return paintFirst(lines.map((one) => styled(piecesOf(one), coloured(env))), process.stdin, process.stdout);
}
