import { visible } from '../text/sanitise.js';
import { truncate } from '../text/width.js';

const LONGEST = 100;
const SAVE = '\x1b[22;0t';
const RESTORE = '\x1b[23;0t';
const STATES = { going: 1, failed: 2, waiting: 4 } as const;

export interface TerminalTitle {
  /** Shows a text and a progress mark. Written only when one of them changed. */
  set(text: string, gauge: { percent: number; state: keyof typeof STATES }): void;
  /** Gives the title back that was there before, and takes the mark away. Once; later calls do nothing. */
  close(): void;
}

/**
 * The terminal's title (OSC 0, the old one kept on the terminal's own stack),
 * and its progress mark (OSC 9;4) where the terminal is known to have one:
 * others would show it as a message.
 */
export function openTitle(stdout: NodeJS.WritableStream, env: NodeJS.ProcessEnv): TerminalTitle {
  const marks = Boolean(env.WT_SESSION) || env.ConEmuANSI === 'ON' || ['ghostty', 'WezTerm'].includes(env.TERM_PROGRAM ?? '');
  let last: string | null = null;
  let closed = false;
  return {
    set(text, { percent, state }) {
      const title = `\x1b]0;${truncate(visible(text), LONGEST)}\x07${marks ? `\x1b]9;4;${STATES[state]};${percent}\x07` : ''}`;
      if (closed || title === last) return;
      stdout.write((last === null ? SAVE : '') + title);
      last = title;
    },
    close() {
      if (closed || last === null) { closed = true; return; }
      closed = true;
      stdout.write(`${marks ? '\x1b]9;4;0;0\x07' : ''}\x1b]0;\x07${RESTORE}`);
    },
  };
}
