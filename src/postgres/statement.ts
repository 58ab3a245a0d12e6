import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Measured } from '../assertions/assertion.js';
import type { ReadyStatement } from '../engine/ports.js';
import { errorLine } from './error-line.js';
import { serverError, type Session } from './session.js';

export type MeasuredStatement = Measured & { errorLine: number | null };

/** Runs one ready statement; an error of the server is part of the result, a lost connection is thrown. */
export async function runStatement(session: Session, ready: ReadyStatement): Promise<MeasuredStatement> {
  const start = performance.now();
  try {
    const measured = ready.source.copyData === null ? await session.run(ready.sql) : await copyIn(session, ready.sql, ready.source.copyData);
    return { ...measured, errorLine: null };
  } catch (thrown) {
    const error = serverError(thrown);
    if (error.lost || session.lost) throw thrown;
    return {
      kind: 'sql', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, command: ready.source.command,
      durationMs: Math.round((performance.now() - start) * 10) / 10, error: { sqlstate: error.sqlstate, message: error.message }, notices: session.takeNotices(),
      output: null, exitCode: null, errorLine: errorLine(ready, error.position),
    };
  }
}

/** `COPY … FROM stdin` with the rows that stood in the text, streamed. */
async function copyIn(session: Session, sql: string, data: string): Promise<Measured> {
  const start = performance.now();
  const stream = session.client.query(copyFrom(sql));
  await pipeline(Readable.from(chunks(data)), stream);
  return {
    kind: 'sql', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: stream.rowCount, command: 'COPY',
    durationMs: Math.round((performance.now() - start) * 10) / 10, error: null, notices: session.takeNotices(), output: null, exitCode: null,
  };
}

function* chunks(text: string): Generator<Buffer> {
  for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536), 'utf8');
}
