import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, ProblemError } from '../text/problem.js';
import { program, type ServerBinaries } from './server-binaries.js';
import type { ServerFolder } from './server-folder.js';
import { fromTemplate } from './server-template.js';
import type { ServerUser } from './server-user.js';

/** Where and how a server listens. */
export interface Listening { host: string; port: number; password: string | null }

const SUPERUSER = 'postgres';

/** Makes the data folder: UTF-8, locale C, so that a rehearsal sorts alike on every machine. `started` hears of the process that does it, to stop it whatever happens. */
export async function initialise(binaries: ServerBinaries, folder: ServerFolder, listening: Listening, user: ServerUser, signal?: AbortSignal, started: (child: ChildProcess) => void = () => undefined): Promise<void> {
  const options = ['-U', SUPERUSER, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  if (listening.password === null) {
    // The socket lies in a folder that no other user can enter.
    options.push('--auth=trust');
    await fromTemplate(binaries, folder, user, options, () => initdb(binaries, folder, options, user, signal, started));
  } else {
    const secret = join(folder.root, 'password');
    writeFileSync(secret, listening.password, { mode: 0o600 });
    if (user) chownSync(secret, user.uid, user.gid);
    await initdb(binaries, folder, [...options, '--auth=scram-sha-256', `--pwfile=${secret}`], user, signal, started);
  }
  appendFileSync(join(folder.data, 'postgresql.conf'), settings(binaries, folder, listening));
}

function initdb(binaries: ServerBinaries, folder: ServerFolder, options: readonly string[], user: ServerUser, signal: AbortSignal | undefined, started: (child: ChildProcess) => void): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const child = spawn(program(binaries, 'initdb'), ['-D', folder.data, ...options], { cwd: folder.root, stdio: ['ignore', 'ignore', 'pipe'], env: cleanEnvironment(), signal, ...user });
    started(child);
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => { told += chunk.toString(); });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(failed(folder, 'initdb failed', told))));
  });
}

/** Starts the server and waits until it takes connections; `started` hears of the process at once, to stop it whatever happens. */
export async function launch(binaries: ServerBinaries, folder: ServerFolder, user: ServerUser, signal: AbortSignal | undefined, started: (child: ChildProcess) => void): Promise<ChildProcess> {
  const log = openSync(folder.log, 'a', 0o600);
  // Its own process group, so that Ctrl-C in our terminal does not reach it before we have rolled back.
  const child = spawn(program(binaries, 'postgres'), ['-D', folder.data], {
    cwd: folder.root, stdio: ['ignore', log, log], env: cleanEnvironment(), detached: process.platform !== 'win32', windowsHide: true, ...user,
  });
  closeSync(log);
  started(child);
  let ended = false;
  const unable = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      ended = true;
      reject(failed(folder, 'the PostgreSQL server did not start', existsSync(folder.log) ? readFileSync(folder.log, 'utf8') : ''));
    });
  });
  await Promise.race([unable, ready(folder, () => ended || signal?.aborted === true)]);
  signal?.throwIfAborted();
  child.unref();
  return child;
}

/** The eighth line of postmaster.pid says `ready` (or `standby`) once connections are taken (pg_ctl waits for the same). */
async function ready(folder: ServerFolder, given: () => boolean): Promise<void> {
  const pidFile = join(folder.data, 'postmaster.pid');
  while (!given()) {
    try {
      if (/^(?:ready|standby)$/.test(readFileSync(pidFile, 'utf8').split('\n')[7]?.trim() ?? '')) return;
    } catch {
      // Not written yet.
    }
    await pause(5);
  }
}

/** Stops the server: sessions are ended, and what they had open is rolled back. */
export async function shutDown(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  child.kill('SIGINT');
  const patience = new AbortController();
  // A fast shutdown waits for a checkpoint and for walsenders; nothing here is worth waiting long for.
  const impatient = pause(3000, undefined, { signal: patience.signal }).then(() => child.kill('SIGQUIT'), () => false);
  await gone;
  patience.abort();
  await impatient;
}

/** The last resort, while the process exits and no event can be waited for. */
export function shutDownNow(child: ChildProcess, folder: ServerFolder): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const pidFile = join(folder.data, 'postmaster.pid');
  // Before it has a pid file a server may not know what SIGQUIT asks of it, and has no processes of its own to tell.
  child.kill(existsSync(pidFile) ? 'SIGQUIT' : 'SIGKILL');
  // Our loop no longer turns, so the ended child stays a zombie: its pid file going tells instead.
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < 2000 && existsSync(pidFile); waited += 10) Atomics.wait(nap, 0, 0, 10);
}

function settings(binaries: ServerBinaries, folder: ServerFolder, listening: Listening): string {
  const local = folder.sockets !== '';
  const chosen: Record<string, string> = {
    listen_addresses: local ? '' : listening.host,
    port: String(listening.port),
    ...(local ? { unix_socket_directories: folder.sockets, unix_socket_permissions: '0700' } : {}),
    // Nothing here must survive a crash of the machine.
    fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off',
    // Guides may create publications, subscriptions and prepared transactions.
    wal_level: 'logical', max_wal_senders: '10', max_replication_slots: '10', max_prepared_transactions: '20',
    max_connections: '100', shared_buffers: '64MB', max_locks_per_transaction: '256', max_wal_size: '2GB', checkpoint_timeout: '30min',
    timezone: 'UTC', log_timezone: 'UTC', lc_messages: 'C', log_line_prefix: '%m [%p] ',
    logging_collector: 'off', log_destination: 'stderr', track_functions: 'all',
    ...(hasLibrary(binaries, 'pg_stat_statements') ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
  };
  return `\n# deploy-wizard\n${Object.entries(chosen).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`).join('')}`;
}

function hasLibrary(binaries: ServerBinaries, name: string): boolean {
  const places = [join(binaries.bin, '..', 'lib', 'postgresql'), join(binaries.bin, '..', 'lib')];
  return places.some((folder) => ['.so', '.dylib', '.dll'].some((ending) => existsSync(join(folder, name + ending))));
}

/** Each connection plans everything for its first time, in fresh memory: large pages take a quarter off that (glibc; others do not read it). */
const LARGE_PAGES = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

/** A server must not see the caller's PGDATA, PGPORT or locale. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...LARGE_PAGES, ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

function failed(folder: ServerFolder, what: string, told: string): ProblemError {
  const reason = told.trim().split('\n').slice(-4).join(' / ');
  return new ProblemError({
    code: 'server-failed', what: `${what}: ${reason || 'it said nothing'}`, where: folder.root,
    remedy: 'free disk space or memory where that is the reason; else name a database of yours with --on URL',
  }, EXIT.noConnection);
}
