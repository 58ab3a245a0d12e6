import { useState } from 'react';
import { useApp, useStdout, useWindowSize } from 'ink';
import { coloured } from '../terminal/capabilities.js';
import { Painter } from '../terminal/painter.js';
import { piecesOf, type Line } from './line.js';

/** The window: its size, what is shown in it, and who has it. */
export interface Surface {
  columns: number;
  rows: number;
  paint(lines: readonly Line[]): void;
  /** Draws everything anew. */
  redraw(): void;
  /** Gives the terminal to `work`, and takes it back. */
  lend(work: () => Promise<void>): Promise<void>;
}

/**
 * Ink brings keys, pastes, the window's size and the way to hand the terminal
 * over. The frame, lines already, is painted by ourselves: Ink would take it
 * apart into cells at every key, which costs more than all the rest.
 */
export function useSurface(): Surface {
  const { stdout } = useStdout();
  const { suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  const [painter] = useState(() => new Painter(stdout, coloured(process.env)));
  const [lend] = useState(() => async (work: () => Promise<void>): Promise<void> => {
    painter.leave();
    try {
      await suspendTerminal(work);
    } finally {
      painter.comeBack();
    }
  });
  return {
    columns, rows, lend, redraw: () => painter.redraw(),
    paint: (lines) => painter.paint(lines.map(piecesOf), columns),
  };
}
