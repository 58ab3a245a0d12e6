import { randomUUID } from 'node:crypto';
import type { Cell } from '../../src/assertions/assertion.js';
import type { FinishedStatement, SqlHooks, SqlOutcome, SqlWork, Target } from '../../src/engine/ports.js';
import { makeStatement } from '../../src/graph/steps.js';
import { readStatements } from '../../src/guide/statement.js';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { openTarget, type TargetOptions } from '../../src/postgres/target.js';
import type { Blocker, Progress } from '../../src/steps/fact.js';

export const plain: TargetOptions = { applicationName: 'test', ledger: true, traceLocks: false, timeouts: { lockMs: 2000, statementMs: 60_000, idleMs: 60_000 } };

export async function target(url: string, options: Partial<TargetOptions> = {}): Promise<Target> {
  return openTarget(await resolveConnection({ url, env: {} }), { ...plain, ...options });
}

/** Work of a step whose SQL stands on the lines from `line` on. */
export async function workOf(sql: string, given: Partial<SqlWork> = {}, line = 1): Promise<SqlWork> {
  await loadGrammar();
  const read = readStatements(sql, line);
  if (read.faults.length > 0) throw new Error(read.faults[0]?.message);
  return {
    run: 'run', step: 'step', stepHash: 'hash', pass: 'forward', attempt: 1, attemptId: randomUUID(), operator: 'operator',
    statements: read.statements.map(makeStatement).map((source, index) => ({ index, sql: source.sql, source })),
    mode: read.statements.every((one) => one.transactional) ? 'transaction' : 'alone', readOnly: false, reads: false, discard: false, as: null, claims: null, timeoutMs: null, lockTimeoutMs: null,
    settings: [], tolerate: [], mayFail: [], mayBeCut: [], apart: [], ledger: true, record: null, repair: false, ...given,
  };
}

export interface Heard { messages: number[]; finished: FinishedStatement[]; blockers: Blocker[][]; progress: Progress[]; committing: string[] }

/** Performs work and gives its outcome with all that was told of it. */
export async function perform(on: Target, work: SqlWork, given: Partial<SqlHooks> = {}): Promise<SqlOutcome & Heard> {
  const heard: Heard = { messages: [], finished: [], blockers: [], progress: [], committing: [] };
  const hooks: SqlHooks = {
    statements: async (finished) => { heard.messages.push(finished.length); heard.finished.push(...finished); },
    judge: async () => true,
    committing: async (id) => { heard.committing.push(id); },
    waiting: async (blockers) => { heard.blockers.push(blockers); },
    progress: async (progress) => { heard.progress.push(progress); },
    connection: async () => undefined,
    stopping: () => false,
    ...given,
  };
  return { ...await on.perform(work, hooks), ...heard };
}

/** First value of a query on a connection of the target's own. */
export async function value(on: Target, sql: string): Promise<Cell> {
  return (await on.query(sql)).rows[0]?.[0] ?? null;
}
