import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** Lines of a file (without their ends), read piece by piece; of a text where it is given. A byte order mark and carriage returns are left out. */
export async function* scriptLines({ path, text }: { path: string; text?: string }): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const pieces: AsyncIterable<Buffer> | Iterable<Buffer> = text === undefined ? createReadStream(path, { highWaterMark: 262_144 }) : [Buffer.from(text, 'utf8')];
  let rest = '';
  let first = true;
  for await (const piece of pieces) {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) { yield clean(line, first); first = false; }
  }
  rest += decoder.end();
  if (rest !== '') yield clean(rest, first);
}

function clean(line: string, first: boolean): string {
  return (first ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, '');
}
