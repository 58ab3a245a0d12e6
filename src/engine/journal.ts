import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { eventSchema, JOURNAL_VERSION, type NewEvent, type RunEvent } from './event.js';

/** `prev` of a journal's first line. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 of a journal line (without its newline), in hex: the next line's `prev`. */
export function lineHash(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex');
}

/** One journal line: the event and the hash of the line before. */
export function encodeLine(event: RunEvent, prev: string): string {
  return JSON.stringify({ ...event, prev });
}

export interface JournalRead {
  events: RunEvent[];
  lines: string[];
  /** Bytes of whole lines; what follows them is a line that a crash tore. */
  wholeBytes: number;
  torn: boolean;
  /** First fault of the chain, 1-based line number, or null. */
  fault: { line: number; what: string } | null;
}

/** Reads a journal's text: whole lines, chain checked, a torn last line cut off. */
export function readJournalText(text: string): JournalRead {
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const read: JournalRead = { events: [], lines, wholeBytes: Buffer.byteLength(text.slice(0, end)), torn: end < text.length, fault: null };
  let prev = GENESIS;
  for (const [index, line] of lines.entries()) {
    const fault = (what: string): void => { read.fault ??= { line: index + 1, what }; };
    const parsed = parseLine(line);
    if (parsed === null) { fault('is not an event of this version'); prev = lineHash(line); continue; }
    if (parsed.prev !== prev) fault('does not follow the line before it: a line was changed, removed or moved');
    if (parsed.event.seq !== index + 1) fault(`has number ${parsed.event.seq}`);
    prev = lineHash(line);
    read.events.push(parsed.event);
  }
  return read;
}

function parseLine(line: string): { event: RunEvent; prev: string } | null {
  try {
    const { prev, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const event = eventSchema.safeParse(rest);
    return event.success && typeof prev === 'string' ? { event: event.data, prev } : null;
  } catch {
    return null;
  }
}

/** Throws a ProblemError (exit 3) for a journal whose first line says that a later version of the format follows. */
function refuseNewer(text: string, path: string): void {
  const version = Number(/"type":"run\.started","journal":(\d+)/.exec(text.slice(0, text.indexOf('\n') + 1))?.[1] ?? 0);
  if (version <= JOURNAL_VERSION) return;
  throw new ProblemError({ code: 'journal-newer', what: `The journal is of version ${version}; this deploy-wizard reads up to ${JOURNAL_VERSION}.`, where: path, remedy: 'Go on with the deploy-wizard that wrote it, or with a later one.' }, EXIT.refused);
}

/** Reads a journal file. Throws a ProblemError (exit 2) when it cannot be read. */
export function readJournal(path: string): JournalRead {
  try {
    const text = readFileSync(path, 'utf8');
    refuseNewer(text, path);
    return readJournalText(text);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({ code: 'journal-unreadable', what: `The journal cannot be read: ${messageOf(error)}`, where: path, remedy: 'Check the path and its permissions.' }, EXIT.usage, { cause: error });
  }
}

/** Whether it is the journal or the log itself that failed: nothing more can be recorded, and nothing more may be done. */
export function isUnwritable(error: ProblemError): boolean {
  return error.problem.code === 'journal-unwritable' || error.problem.code === 'journal-taken' || error.problem.code === 'log-unwritable';
}

/** Files as the journal needs them; a port, so that tests can fill the disk. */
export interface JournalFile { append(line: string): void; close(): void }

function taken(path: string): ProblemError {
  return new ProblemError({
    code: 'journal-taken', what: 'Somebody else has gone on with this run: its journal has lines that are not from here.', where: path, remedy: 'Nothing more was done from here. Follow it with deploy-wizard watch; resume once it has ended.',
  }, EXIT.refused);
}

/** Codes of systems on which a folder cannot be synced, nor has to be. */
const NO_FOLDERS = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** A new file is found again after a power failure only once its name is on disk, and so are those of the folders made for it. */
function syncFolders(path: string, made: string | undefined, sync: (descriptor: number) => void): void {
  const top = made === undefined ? dirname(resolve(path)) : dirname(resolve(made));
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    try {
      const descriptor = openSync(folder, 'r');
      try { sync(descriptor); } finally { closeSync(descriptor); }
    } catch (error) {
      if (!NO_FOLDERS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    if (folder === top || folder === dirname(folder)) return;
  }
}

/** The journal's file on disk. `sync`: how a file or folder gets there. */
export function openJournalFile(path: string, keepBytes: number, sync: (descriptor: number) => void = fsyncSync): JournalFile {
  const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(path, keepBytes === 0 ? 'ax' : 'r+', 0o600);
  if (keepBytes === 0) syncFolders(path, made, sync);
  let position = keepBytes;
  let end = keepBytes;
  if (keepBytes > 0) ftruncateSync(descriptor, keepBytes);
  return {
    append(line) {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      // A process that slept while another went on with its run would write over what that one did.
      if (fstatSync(descriptor).size > end) throw taken(path);
      let written = 0;
      while (written < bytes.length) {
        written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
        // What a full disk tore is our own.
        end = Math.max(end, position + written);
      }
      sync(descriptor);
      // Written, but to a file that nobody will find again.
      if (fstatSync(descriptor).nlink === 0) throw new Error('it was deleted while the run was on its way');
      position += bytes.length;
    },
    close: () => closeSync(descriptor),
  };
}

/**
 * Append-only, hash-chained JSON lines, on disk (fsync) before `append`
 * returns. A failed append throws, so that the effect it announces never starts.
 */
export class Journal {
  private prev: string;
  private seq: number;

  private constructor(private readonly file: JournalFile, readonly path: string, lines: readonly string[]) {
    const last = lines.at(-1);
    this.prev = last === undefined ? GENESIS : lineHash(last);
    this.seq = lines.length;
  }

  /** Starts a journal; the file must not exist. */
  static create(path: string, open: (path: string, keepBytes: number) => JournalFile = openJournalFile): Journal {
    return Journal.guard(path, () => new Journal(open(path, 0), path, []));
  }

  /** Goes on with a journal after `read`; a torn last line is cut. */
  static resume(path: string, read: JournalRead): Journal {
    return Journal.guard(path, () => new Journal(openJournalFile(path, read.wholeBytes), path, read.lines));
  }

  /** Gives the event its number and time (ISO 8601), writes it, and returns it with the line written. */
  append(event: NewEvent, at: Date): { event: RunEvent; line: string } {
    const numbered = { ...event, seq: this.seq + 1, at: at.toISOString() } as RunEvent;
    const line = encodeLine(numbered, this.prev);
    Journal.guard(this.path, () => this.file.append(line));
    this.seq += 1;
    this.prev = lineHash(line);
    return { event: numbered, line };
  }

  close(): void {
    this.file.close();
  }

  private static guard<T>(path: string, act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError({
        code: 'journal-unwritable', what: `The journal cannot be written: ${messageOf(error)}`, where: path,
        remedy: 'Free space or choose another folder with --logs; nothing was started that the journal does not know. Then: deploy-wizard resume.',
      }, EXIT.stopped, { cause: error });
    }
  }
}
