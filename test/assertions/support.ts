import type { Cell, Measured } from '../../src/assertions/assertion.js';

/** A statement that returned these rows. */
export function rows(columns: string[], cells: Cell[][], more: Partial<Measured> = {}): Measured {
  return {
    kind: 'sql', columns, types: [], rows: cells, rowCount: cells.length, truncated: false, affected: null, command: 'SELECT', durationMs: 5,
    error: null, notices: [], output: null, exitCode: null, ...more,
  };
}

export const NOTHING = { parameters: {}, queries: {} };
