import { readdirSync, readFileSync } from 'node:fs';
import type { FileReader } from './guide.js';

/** The compiler's view of the file system. What cannot be read is not there. */
export const nodeFiles: FileReader & { readBytes(path: string): Uint8Array | null } = {
  readBytes(path) {
    try {
      return readFileSync(path);
    } catch {
      return null;
    }
  },
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  },
  list(folder) {
    try {
      return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);
    } catch {
      return null;
    }
  },
};
