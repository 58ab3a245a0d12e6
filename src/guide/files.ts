import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileReader } from './guide.js';
import { readSqlFile } from './sql-file.js';

/** The compiler's view of the file system. What cannot be read is not there. */
export const nodeFiles: FileReader & { readBytes(path: string): Uint8Array | null } = {
  readBytes: (path) => orNull(() => readFileSync(path)),
  read: (path, whole) => orNull(() => readSqlFile(path, whole)),
  has: (path) => orNull(() => statSync(path).isFile()) ?? false,
  list: (folder) => orNull(() => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name)),
};

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
