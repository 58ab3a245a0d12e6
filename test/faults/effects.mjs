// Comes first in a process that walks many runs at once. Counts the effects of each run on the world outside: lines of
// the journal, other files, statements that write, shell commands. At the one where a run is to die nothing of it reaches
// the world any more and nothing reaches it; once that holds for all of them, the process is killed with SIGKILL.
// A run may also find its disk full, at the first write to it from there on: half of the line is written, and nothing more.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Buffer } from 'node:buffer';
import childProcess from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers';

const runs = new AsyncLocalStorage();
const real = { ...fs };
const journals = new Map();
const SEEN_ONLY = /^\s*(?:SELECT(?![^]*(?:pg_try_advisory|pg_terminate|pg_cancel|pg_advisory_unlock))|SHOW|BEGIN READ ONLY|ROLLBACK|SET|RESET)\b/i;

/** A run: its effects so far, and the number and side of the one it dies at. */
export const within = (die, work) => {
  const run = { effects: [], die, dead: false, deaf: false, full: false, arrived: null };
  run.gone = new Promise((resolve) => { run.arrived = resolve; });
  return { run, done: runs.run(run, work) };
};

/** Of the run's own files the index alone may be missed. */
const onDisk = ({ kind, text }) => kind === 'journal' || kind === 'file' && text !== '.runs.jsonl';

function silence(run) {
  run.dead = run.deaf = true;
  run.arrived();
}

/** Gives whether the effect takes place: `yes`, `no`, or for a line of the journal `torn`; `full`: half of it is written, the rest fails. */
function effect(kind, text) {
  const run = runs.getStore();
  if (!run) return 'yes';
  if (run.dead) return 'no';
  const one = { kind, text };
  run.effects.push(one);
  if (run.die?.when === 'full') {
    // What is copied to the ledger meanwhile comes now before a line of the journal and now after it.
    if (run.full || run.effects.length < run.die.at || !onDisk(one)) return 'yes';
    run.full = one.full = true;
    return 'full';
  }
  const here = typeof run.die?.at === 'string' ? `${kind} ${text}`.includes(run.die.at) : run.die?.at === run.effects.length;
  if (!here) return 'yes';
  if (run.die.when === 'after') {
    // It is not heard any more; what belongs to the same message still goes out.
    run.deaf = true;
    setImmediate(silence, run);
    return 'yes';
  }
  silence(run);
  return run.die.when === 'torn' ? 'torn' : 'no';
}
const dead = () => runs.getStore()?.dead === true;
const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const full = () => runs.getStore()?.full === true;

fs.openSync = (path, ...rest) => {
  if (dead()) return -1;
  const descriptor = real.openSync(path, ...rest);
  journals.delete(descriptor);
  if (String(path).endsWith('.journal.jsonl')) journals.set(descriptor, true);
  return descriptor;
};
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (dead()) return bytes.length;
  if (full()) throw noSpace();
  if (!journals.has(descriptor)) return real.writeSync(descriptor, bytes, ...rest);
  const [offset = 0, length = bytes.length, position] = rest;
  const done = effect('journal', /"type":"([^"]+)"/.exec(bytes.toString('utf8'))?.[1] ?? 'rest');
  if (done === 'yes') return real.writeSync(descriptor, bytes, offset, length, position);
  const written = done === 'no' ? length : real.writeSync(descriptor, bytes, offset, Math.max(1, Math.floor(length / 2)), position);
  return done === 'full' ? written : length;
};
for (const name of ['fsyncSync', 'closeSync', 'ftruncateSync', 'chmodSync', 'chownSync', 'unlinkSync', 'fchmodSync', 'fchownSync', 'mkdirSync']) {
  fs[name] = (...given) => (dead() ? undefined : real[name](...given));
}
for (const [name, told] of [['renameSync', (_, to) => basename(String(to)).replace(/^.*\./, '.')], ['appendFileSync', (path) => basename(String(path))]]) {
  fs[name] = (...given) => {
    const done = effect('file', told(...given));
    if (done === 'full' || full()) throw noSpace();
    return done === 'yes' ? real[name](...given) : undefined;
  };
}

const { spawn } = childProcess;
childProcess.spawn = (...given) => {
  const done = effect('shell', String(given[1]?.at(-1)));
  if (done !== 'no') return spawn(...given);
  throw new Error('dead');
};

/** Text of a Query or Parse message. */
function textOf(bytes) {
  if (!Buffer.isBuffer(bytes)) return null;
  if (bytes[0] === 0x51) return bytes.toString('utf8', 5, bytes.length - 1);
  return bytes[0] === 0x50 ? bytes.toString('utf8', 5).split('\0')[1] : null;
}
const kindOf = (text) => (/^\s*COMMIT\b/i.test(text) ? 'COMMIT' : /deploy_wizard/.test(text) ? 'ledger' : /supabase_migrations/.test(text) ? 'record' : 'statement');

const { write, destroy, end, push } = net.Socket.prototype;
const deaf = (socket) => socket[Symbol.for('run')]?.deaf === true;
net.Socket.prototype.write = function (bytes, ...rest) {
  const run = runs.getStore();
  if (!run) return write.call(this, bytes, ...rest);
  this[Symbol.for('run')] ??= run;
  if (run.dead) return true;
  const text = textOf(bytes);
  if (text === null || SEEN_ONLY.test(text)) return write.call(this, bytes, ...rest);
  return effect(kindOf(text), text.trim().replace(/\s+/g, ' ').slice(0, 70)) === 'no' ? true : write.call(this, bytes, ...rest);
};
net.Socket.prototype.push = function (chunk, ...rest) { return deaf(this) ? true : push.call(this, chunk, ...rest); };
net.Socket.prototype.destroy = function (...given) { return deaf(this) ? this : destroy.apply(this, given); };
net.Socket.prototype.end = function (...given) { return deaf(this) ? this : end.apply(this, given); };

/** Which run something belongs to that is written to the terminal. */
export const current = () => runs.getStore();
