import type { ReadyStatement } from '../engine/ports.js';

/** Index in a JavaScript string of a server's position: PostgreSQL counts characters from 1, JavaScript code units from 0. */
export function unitsBefore(text: string, position: number): number {
  const wanted = Math.max(0, position - 1);
  let units = 0;
  for (let characters = 0; characters < wanted && units < text.length; characters += 1) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

/** Line in the guide or SQL file of an index in a statement's text. */
export function lineOfIndex(ready: ReadyStatement, index: number): number {
  let lines = 0;
  for (let at = ready.sql.indexOf('\n'); at !== -1 && at < index; at = ready.sql.indexOf('\n', at + 1)) lines += 1;
  return Math.min(ready.source.endLine, ready.source.line + lines);
}

/** Line of an error of the server in a statement that was sent alone: by its position, by the row of COPY's data, else the statement's first. */
export function errorLine(ready: ReadyStatement, error: { position: number | null; copyLine: number | null }): number {
  if (error.position !== null) return lineOfIndex(ready, unitsBefore(ready.sql, error.position));
  // The rows begin on the line after the statement's semicolon.
  if (error.copyLine !== null && (ready.source.copyData !== null || ready.source.copyRows !== null)) return ready.source.endLine + error.copyLine;
  return ready.source.line;
}
