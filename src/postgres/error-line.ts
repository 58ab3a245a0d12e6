import type { ReadyStatement } from '../engine/ports.js';

/** Line in the guide or SQL file of a server error's position (1-based character offset in the text sent). */
export function errorLine(ready: ReadyStatement, position: number | null): number {
  if (position === null) return ready.source.line;
  // PostgreSQL counts characters (code points), JavaScript code units.
  const before = Array.from(ready.sql).slice(0, Math.max(0, position - 1)).join('');
  return Math.min(ready.source.endLine, ready.source.line + before.split('\n').length - 1);
}
