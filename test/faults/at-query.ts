import type { Hooks, Line } from './wire.js';

/** Acts once, at the Nth query (or at its answer) that a pattern fits; `acted` tells afterwards whether it did. */
export function atQuery(pattern: RegExp, nth: number, side: 'request' | 'answer', act: (line: Line) => Promise<void> | void): Hooks & { readonly acted: boolean } {
  let seen = 0;
  let acted = false;
  const look = async (text: string, line: Line): Promise<void> => {
    if (acted || !pattern.test(text)) return;
    seen += 1;
    if (seen < nth) return;
    acted = true;
    await act(line);
  };
  return { ...(side === 'request' ? { request: look } : { answer: look }), get acted() { return acted; } };
}

/** Acts once, at the Nth message of one line, or at its answer. */
export function atMessage(number: number, nth: number, side: 'request' | 'answer', act: (line: Line) => Promise<void> | void): Hooks & { readonly acted: boolean } {
  let seen = 0;
  let acted = false;
  const look = async (_: string, line: Line): Promise<void> => {
    if (acted || line.number !== number) return;
    seen += 1;
    if (seen < nth) return;
    acted = true;
    await act(line);
  };
  return { ...(side === 'request' ? { request: look } : { answer: look }), get acted() { return acted; } };
}

export const COMMIT = /^\s*COMMIT\b/i;
