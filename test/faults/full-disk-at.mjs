// Preloaded into the program: from the Nth line of its journal on, the disk is full after half of it.
// FULL_AT=N
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.FULL_AT);
const journals = new Set();
const { openSync, writeSync } = fs;
let lines = 0;

fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (String(path).endsWith('.journal.jsonl')) journals.add(descriptor);
  return descriptor;
};
fs.writeSync = (descriptor, bytes, offset = 0, length = bytes.length - offset, position = null) => {
  if (!journals.has(descriptor)) return writeSync(descriptor, bytes, offset, length, position);
  lines += 1;
  if (lines < at) return writeSync(descriptor, bytes, offset, length, position);
  if (lines === at) return writeSync(descriptor, bytes, offset, Math.max(1, Math.floor(length / 2)), position);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
syncBuiltinESMExports();
