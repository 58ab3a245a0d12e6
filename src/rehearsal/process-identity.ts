import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever the system counts; empty when unknown. */
  started: string;
  /** Host and process-number namespace: numbers of another one say nothing here. */
  place: string;
}

/** The identity of this very process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid), place: placeOfNumbers() };
}

/**
 * Whether the process still runs.
 * @returns `elsewhere` when its number belongs to another host or container,
 *   where we cannot see it and must leave its things alone
 */
export function lifeOf(identity: ProcessIdentity): 'alive' | 'gone' | 'elsewhere' {
  if (identity.place !== placeOfNumbers()) return 'elsewhere';
  if (!isRunning(identity.pid)) return 'gone';
  const started = startOf(identity.pid);
  // An unknown start cannot tell a reused number: leave it be.
  return started === '' || identity.started === '' || started === identity.started ? 'alive' : 'gone';
}

/** Whether a process of that number runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** The command line of a process, arguments separated by blanks; empty when it cannot be read. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return askPs(pid, 'command=');
  }
}

function startOf(pid: number): string {
  const fields = statFields(pid);
  // Field 22 of /proc/PID/stat, counted from the state (field 3): clock ticks since boot.
  if (fields) return `${bootId()}:${fields[19] ?? ''}`;
  return askPs(pid, 'lstart=');
}

function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in brackets may hold blanks and brackets: cut after the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function placeOfNumbers(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function askPs(pid: number, field: string): string {
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
