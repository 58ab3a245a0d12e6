import type { Measured } from '../assertions/assertion.js';
import type { ReadyStatement } from '../engine/ports.js';
import { lineOfIndex, unitsBefore } from './error-line.js';
import { serverError } from './server-error.js';
import { returnsRows, type Session } from './session.js';
import { failed, type MeasuredStatement } from './statement.js';

/** A statement that was sent, and what came of it. */
export interface Ran { ready: ReadyStatement; measured: MeasuredStatement }

/** Statements that go one by one before any share a message. */
const ALONE_FIRST = 16;
const GROWTH = 8;
const QUICK_MS = 150;
const SLOW_MS = 1500;
const MOST_CHARACTERS = 4_000_000;
const MOST_STATEMENTS = 4096;

/**
 * How many statements go into the next message. A step of few sends them one by
 * one: each has its own time, and a stop is heard after it. A script of many
 * that pass quickly sends them together, eight times as many each time; after a
 * slow message fewer go, so that progress is told and a stop is heard.
 */
export class Pace {
  private size = 1;
  private sent = 0;

  get next(): number {
    return this.size;
  }

  /** Learns from a message of so many statements, which took `ms`. */
  took(ms: number, statements: number): void {
    this.sent += statements;
    if (ms < QUICK_MS) this.size = this.sent < ALONE_FIRST ? 1 : Math.min(MOST_STATEMENTS, this.size * GROWTH);
    else if (ms > SLOW_MS) this.size = Math.max(1, Math.floor(this.size / GROWTH));
  }
}

/** Changes how text is read: the server reads a message as a whole before any of it runs. */
export const CHANGES_READING = /\b(?:standard_conforming_strings|backslash_quote)\b/i;

/** Whether a statement may share a message: it sends no rows of COPY, asks for none that a cursor should read, and those after it are read as they would be alone. */
export function travels({ sql, source }: ReadyStatement): boolean {
  if (source.command === 'COPY' || CHANGES_READING.test(sql)) return false;
  return !returnsRows(sql) || !/\bfrom\b/i.test(sql);
}

/** The first statements of `rest` that go in one message: at most `most`, at least one. */
export function nextGroup(rest: readonly ReadyStatement[], most: number, apart: (ready: ReadyStatement) => boolean): ReadyStatement[] {
  const [first] = rest;
  if (!first || apart(first) || !travels(first)) return rest.slice(0, 1);
  let count = 1;
  let characters = first.sql.length;
  for (; count < Math.min(most, rest.length); count += 1) {
    const ready = rest[count];
    if (!ready || apart(ready) || !travels(ready)) break;
    characters += ready.sql.length;
    if (characters > MOST_CHARACTERS) break;
  }
  return rest.slice(0, count);
}

/**
 * Runs statements as one message inside an open transaction: a result for each
 * until one fails, which is the last. A lost connection is thrown. The failed
 * one is found by the error's position in the message (a syntax error comes
 * before anything ran), else by the number of commands that completed.
 */
export async function runTogether(session: Session, group: readonly ReadyStatement[]): Promise<Ran[]> {
  const starts: number[] = [];
  let text = '';
  for (const { sql } of group) {
    starts.push(text.length);
    // The line's end closes a comment that the statement may end with.
    text += `${sql}\n;`;
  }
  const { results, error } = await session.send(text);
  const done = group.slice(0, results.length).map((ready, index): Ran => ({ ready, measured: { ...results[index] as Measured, errorLine: null } }));
  if (error === null) return done;
  const problem = serverError(error);
  const at = problem.position === null ? null : unitsBefore(text, problem.position);
  const index = at === null ? done.length : starts.findLastIndex((start) => start <= at);
  const ready = group[index] ?? group.at(-1);
  if (!ready) throw error;
  const line = at === null ? ready.source.line : lineOfIndex(ready, at - (starts[index] ?? 0));
  return [...done, { ready, measured: failed(ready, problem, { durationMs: 0, notices: session.takeNotices(), line }) }];
}
