// Preloaded into the program: ends it, as a power cut would, at the Nth line that it writes to its journal.
// KILL_AT=N KILL_WHEN=before|torn|after
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.KILL_AT);
const when = process.env.KILL_WHEN;
const journals = new Set();
const { openSync, writeSync, fsyncSync } = fs;
let lines = 0;
const die = () => process.kill(process.pid, 'SIGKILL');

fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (String(path).endsWith('.journal.jsonl')) journals.add(descriptor);
  return descriptor;
};
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (!journals.has(descriptor)) return writeSync(descriptor, bytes, ...rest);
  lines += 1;
  if (lines !== at) return writeSync(descriptor, bytes, ...rest);
  if (when === 'before') die();
  if (when === 'torn') {
    const [offset = 0, length = bytes.length, position] = rest;
    writeSync(descriptor, bytes, offset, Math.max(1, Math.floor(length / 2)), position);
    fsyncSync(descriptor);
    die();
  }
  return writeSync(descriptor, bytes, ...rest);
};
fs.fsyncSync = (descriptor) => {
  fsyncSync(descriptor);
  if (journals.has(descriptor) && lines === at && when === 'after') die();
};
syncBuiltinESMExports();
