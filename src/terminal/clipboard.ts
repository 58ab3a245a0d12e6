import { passedThrough } from './passthrough.js';

const LIMIT = 100_000;

/**
 * Puts a text on the clipboard by OSC 52, through tmux or screen where one is around. tmux takes it itself or lets
 * it pass, each only where its settings say so: it gets both. False when it is too long.
 */
export function copy(text: string, stdout: NodeJS.WritableStream, env: NodeJS.ProcessEnv): boolean {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length > LIMIT) return false;
  const sequence = `\x1b]52;c;${encoded}\x07`;
  stdout.write((env.TMUX ? sequence : '') + passedThrough(sequence, env));
  return true;
}
