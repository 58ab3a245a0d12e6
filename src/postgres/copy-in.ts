import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Measured } from '../assertions/assertion.js';
import { measuredOf, since } from './measured.js';
import type { Session } from './session.js';

const CHUNK = 65_536;

/** `COPY … FROM stdin` with its rows, streamed: no more than a chunk is in the driver's hands. Throws what the driver throws. */
export async function copyIn(session: Session, sql: string, data: string | AsyncIterable<Buffer>): Promise<Measured> {
  const start = performance.now();
  session.takeNotices();
  const stream = session.client.query(copyFrom(sql));
  await pipeline(Readable.from(typeof data === 'string' ? chunks(data) : data), stream);
  return { ...measuredOf('COPY', stream.rowCount, null, null), durationMs: since(start), notices: session.takeNotices() };
}

/** A text in pieces of its UTF-8 form; a character of two code units is never cut. */
export function* chunks(text: string): Generator<Buffer> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + CHUNK);
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff && end < text.length) end += 1;
    yield Buffer.from(text.slice(at, end), 'utf8');
    at = end;
  }
}
