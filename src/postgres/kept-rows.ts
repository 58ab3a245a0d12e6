import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Statement } from '../graph/graph.js';
import { messageOf } from '../text/problem.js';

/** The rows of a COPY cannot be had as the guide was compiled with them. */
export class RowsGone extends Error {}

/**
 * Rows that stayed in their file, piece by piece. Throws `RowsGone` where they are not those that were compiled: at
 * the latest behind the last of them, so that a COPY never ends with others.
 */
export async function* keptRows({ path, line, start, end, sha256 }: NonNullable<Statement['copyRows']>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    throw new RowsGone(`the rows of ${path} cannot be read: ${messageOf(error)}`);
  }
  if (hash.digest('hex') !== sha256) throw new RowsGone(`the rows from line ${line} of ${path} on were changed since the guide was read: nothing of them was loaded`);
}
