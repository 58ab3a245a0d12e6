import type { Attempt, LedgerAttempt, LockHolder } from '../engine/ports.js';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { ledgerKept, ledgerNewer, ledgerRefused } from './ledger-problem.js';
import { HELD_BY_OTHERS, LOCK_KEY } from './run-lock.js';
import { widened } from './narrow.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';

/** Version of the ledger's schema; older ones are brought up in {@link LEDGER_STEPS}. */
const LEDGER_STEPS: readonly string[] = [`
COMMENT ON SCHEMA deploy_wizard IS 'Ledger of deploy-wizard: which steps of which guide were applied here. Safe to drop when no run is open.';
CREATE TABLE IF NOT EXISTS deploy_wizard.version (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
COMMENT ON TABLE deploy_wizard.version IS 'Versions of this schema that were installed.';
COMMENT ON COLUMN deploy_wizard.version.version IS 'Number of the version.';
COMMENT ON COLUMN deploy_wizard.version.at IS 'When it was installed.';
CREATE TABLE IF NOT EXISTS deploy_wizard.attempts (
  attempt uuid PRIMARY KEY, run text NOT NULL, step text NOT NULL, pass text NOT NULL, number integer NOT NULL, step_hash text NOT NULL,
  state text NOT NULL CHECK (state IN ('started', 'committed')), operator text NOT NULL, xid text, at timestamptz NOT NULL DEFAULT clock_timestamp());
COMMENT ON TABLE deploy_wizard.attempts IS 'One row per attempt of a writing step, written in the transaction of the step itself: the row is the proof that it committed.';
COMMENT ON COLUMN deploy_wizard.attempts.attempt IS 'Random id of the attempt; the journal of the run names it before COMMIT is sent.';
COMMENT ON COLUMN deploy_wizard.attempts.run IS 'Id of the run.';
COMMENT ON COLUMN deploy_wizard.attempts.step IS 'Id of the step in the guide.';
COMMENT ON COLUMN deploy_wizard.attempts.pass IS 'forward or rollback.';
COMMENT ON COLUMN deploy_wizard.attempts.number IS 'Number of the attempt, from 1.';
COMMENT ON COLUMN deploy_wizard.attempts.step_hash IS 'Hash of what the step does.';
COMMENT ON COLUMN deploy_wizard.attempts.state IS 'committed; or started, for statements that run outside a transaction and for commands.';
COMMENT ON COLUMN deploy_wizard.attempts.operator IS 'Who ran it.';
COMMENT ON COLUMN deploy_wizard.attempts.xid IS 'Transaction id: a hint only, ids are used again after a crash.';
COMMENT ON COLUMN deploy_wizard.attempts.at IS 'When.';
CREATE TABLE IF NOT EXISTS deploy_wizard.events (run text NOT NULL, seq integer NOT NULL, line text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (run, seq));
COMMENT ON TABLE deploy_wizard.events IS 'Copy of the journal of each run, to resume on another machine and to watch.';
COMMENT ON COLUMN deploy_wizard.events.run IS 'Id of the run.';
COMMENT ON COLUMN deploy_wizard.events.seq IS 'Number of the journal line, from 1.';
COMMENT ON COLUMN deploy_wizard.events.line IS 'The line, as in the journal.';
COMMENT ON COLUMN deploy_wizard.events.at IS 'When it was copied.';
CREATE TABLE IF NOT EXISTS deploy_wizard.holder (one boolean PRIMARY KEY DEFAULT true CHECK (one), operator text NOT NULL, host text NOT NULL, run text NOT NULL, since timestamptz NOT NULL);
COMMENT ON TABLE deploy_wizard.holder IS 'Who holds the advisory lock, for the message to a second operator; the lock itself is what counts.';
COMMENT ON COLUMN deploy_wizard.holder.one IS 'There is one row.';
COMMENT ON COLUMN deploy_wizard.holder.operator IS 'Who.';
COMMENT ON COLUMN deploy_wizard.holder.host IS 'From which machine.';
COMMENT ON COLUMN deploy_wizard.holder.run IS 'Which run.';
COMMENT ON COLUMN deploy_wizard.holder.since IS 'Since when.';
`, `
CREATE TABLE IF NOT EXISTS deploy_wizard.runs (
  run text PRIMARY KEY, guide text NOT NULL, sha256 text NOT NULL, environment text NOT NULL, operator text NOT NULL, host text NOT NULL,
  started timestamptz NOT NULL, finished timestamptz, outcome text);
COMMENT ON TABLE deploy_wizard.runs IS 'One row per run that wrote to this database.';
COMMENT ON COLUMN deploy_wizard.runs.run IS 'Id of the run.';
COMMENT ON COLUMN deploy_wizard.runs.guide IS 'Id of the guide.';
COMMENT ON COLUMN deploy_wizard.runs.sha256 IS 'Hash of the guide as the run began.';
COMMENT ON COLUMN deploy_wizard.runs.environment IS 'Name of the environment.';
COMMENT ON COLUMN deploy_wizard.runs.operator IS 'Who runs it, or ran it last.';
COMMENT ON COLUMN deploy_wizard.runs.host IS 'From which machine.';
COMMENT ON COLUMN deploy_wizard.runs.started IS 'When it began.';
COMMENT ON COLUMN deploy_wizard.runs.finished IS 'When it ended; null while it is open.';
COMMENT ON COLUMN deploy_wizard.runs.outcome IS 'How it ended, such as passed, failed or rolled back; null while it is open.';
`, `
ALTER TABLE deploy_wizard.holder ADD COLUMN IF NOT EXISTS pid integer;
COMMENT ON COLUMN deploy_wizard.holder.pid IS 'Backend that held the lock then: a row of a backend that does not hold it now is out of date.';
`];

/** Whoever reads the ledger for long (a dump of the database) keeps a new version out; others who read must not queue behind it. */
const LOCK_MS = 2000;

/** What the session's role lacks of the rights that a run needs; found before the first step, not in it. */
const RIGHTS = `
  SELECT privilege || ' on deploy_wizard.' || name FROM (VALUES ('attempts', 'INSERT'), ('attempts', 'UPDATE'), ('events', 'INSERT'), ('holder', 'INSERT'), ('holder', 'UPDATE'), ('runs', 'INSERT'), ('runs', 'UPDATE'),
    ('attempts', 'SELECT'), ('events', 'SELECT'), ('holder', 'SELECT'), ('runs', 'SELECT')) AS wanted (name, privilege)
  WHERE NOT has_table_privilege('deploy_wizard.' || name, privilege)`;

/**
 * Makes the ledger or brings it up to date; does nothing where it is current.
 * Throws a ProblemError (exit 3) where the role may not, and where a later deploy-wizard made it. `where`: the database, for that message.
 * @returns whether there was none
 */
export async function ensureLedger(session: Session, where = 'the target'): Promise<boolean> {
  try {
    const known = await session.run("SELECT to_regclass('deploy_wizard.version') IS NOT NULL, to_regnamespace('deploy_wizard') IS NULL");
    // One that an administrator made for this role is taken as it is: IF NOT EXISTS would still want the right to make it.
    const schema = known.rows[0]?.[1] === 't' ? 'CREATE SCHEMA deploy_wizard;' : '';
    const version = known.rows[0]?.[0] === 't' ? Number((await session.run('SELECT coalesce(max(version), 0) FROM deploy_wizard.version')).rows[0]?.[0] ?? 0) : 0;
    if (version > LEDGER_STEPS.length) throw ledgerNewer(version, LEDGER_STEPS.length, where);
    for (const [index, sql] of LEDGER_STEPS.entries()) {
      if (index < version) continue;
      await session.run(`BEGIN; SET LOCAL lock_timeout = ${LOCK_MS}; ${index === 0 ? schema : ''} ${sql} INSERT INTO deploy_wizard.version (version) VALUES (${index + 1}) ON CONFLICT DO NOTHING; COMMIT`);
    }
    const lacking = (await session.run(RIGHTS)).rows.map(([one]) => one).join(', ');
    if (lacking !== '') throw ledgerRefused(`this role lacks ${lacking}`, where);
    return version === 0;
  } catch (thrown) {
    // A connection that breaks here says nothing of the role's rights.
    if (thrown instanceof ProblemError || session.lost || serverError(thrown).lost) throw thrown;
    // The error comes ahead of the word on whether a transaction is open; where none is, ROLLBACK does nothing.
    await session.client.query('ROLLBACK');
    throw ledgerKept(thrown, where) ?? ledgerRefused(messageOf(thrown), where, thrown);
  }
}

/** Notes an attempt; inside the step's transaction for `committed`. */
export async function noteAttempt(session: Session, work: Attempt, state: LedgerAttempt['state']): Promise<void> {
  const { rowCount } = await session.client.query(
    `INSERT INTO deploy_wizard.attempts (attempt, run, step, pass, number, step_hash, state, operator, xid)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, pg_current_xact_id()::text)
     ON CONFLICT (attempt) DO UPDATE SET state = excluded.state, at = clock_timestamp()`,
    [work.attemptId, work.run, session.keeps(work.step), work.pass, work.attempt, work.stepHash, state, session.keeps(work.operator)],
  );
  if (rowCount !== 1) throw new ProblemError({ code: 'ledger-refused', what: 'The ledger did not take the row of the attempt: a rule or a trigger on deploy_wizard.attempts keeps it out.', remedy: 'Nothing of this step stands. Take the rule or the trigger away, or begin a run with --no-ledger.' }, EXIT.refused);
}

/** Notes an attempt whose work is not the database's own: on disk when this returns, whatever the session or its role has set. */
export async function noteStarted(session: Session, attempt: Attempt): Promise<void> {
  await session.client.query('BEGIN; SET LOCAL synchronous_commit = on');
  try {
    await noteAttempt(session, attempt, 'started');
    await session.client.query('COMMIT');
  } catch (error) {
    if (!session.lost) await session.client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The attempts of a run, in order; undefined where there is no ledger, or one that row security hides from this role: a row that is not seen proves nothing. */
export async function readAttempts(session: Session, run: string): Promise<LedgerAttempt[] | undefined> {
  const known = await session.run("SELECT CASE WHEN to_regclass('deploy_wizard.attempts') IS NULL THEN false ELSE NOT row_security_active('deploy_wizard.attempts') END");
  if (known.rows[0]?.[0] !== 't') return undefined;
  const { rows } = await session.client.query<LedgerAttempt>(`SELECT attempt AS "attemptId", step, pass, number, step_hash AS hash, state, at > (SELECT coalesce(max(e.at), '-infinity') FROM deploy_wizard.events e WHERE e.run = $1) AS late
     FROM deploy_wizard.attempts WHERE run = $1 ORDER BY number, at`, [run]);
  return rows.map((row) => ({ ...row, step: widened(row.step) }));
}

export interface JournalLine { seq: number; line: string }

/** Lines of run $1 behind number $2 that are none of $3: somebody else went on with it. */
const FOREIGN = 'SELECT FROM deploy_wizard.events WHERE run = $1 AND seq > $2 AND NOT line = ANY ($3::text[])';

/**
 * Copies journal lines, in order, and wakes whoever watches. Lines that are there already stay as they are.
 * @param end - number of the last line that the copy is known to have
 * @returns false where somebody else went on with the run, or holds the database now: nothing was copied then
 */
export async function mirrorLines(session: Session, run: string, lines: readonly JournalLine[], { end, pid }: { end: number; pid: number }): Promise<boolean> {
  const { rows } = await session.client.query<{ ours: boolean }>(
    `WITH ours AS (SELECT WHERE NOT EXISTS (${FOREIGN}) AND NOT EXISTS (${HELD_BY_OTHERS.replace('$1', '$5').replace('$2', '$6')})),
       copied AS (INSERT INTO deploy_wizard.events (run, seq, line) SELECT $1, new.* FROM ours, unnest($4::integer[], $3::text[]) AS new ON CONFLICT DO NOTHING)
     SELECT EXISTS (SELECT FROM ours) AS ours, (SELECT pg_notify('deploy_wizard_events', $1) FROM ours)`,
    [run, end, lines.map((one) => session.keeps(one.line)), lines.map((one) => one.seq), LOCK_KEY, pid],
  );
  if (rows[0]?.ours !== true) return false;
  for (const { line } of lines) await noteRun(session, run, JSON.parse(line) as Told);
  return true;
}

/** Whether somebody else went on with the run behind line `end`; `own`: lines of ours that may have got there unheard. */
export async function wentOn(session: Session, run: string, end: number, own: readonly JournalLine[]): Promise<boolean> {
  return (await session.client.query(`${FOREIGN} LIMIT 1`, [run, end, own.map((one) => session.keeps(one.line))])).rows.length > 0;
}

/** Number of the last line that the copy of a run's journal has. */
export async function copyEnd(session: Session, run: string): Promise<number> {
  return Number((await session.run('SELECT coalesce(max(seq), 0)::text FROM deploy_wizard.events WHERE run = $1', [run])).rows[0]?.[0] ?? 0);
}

/** Whether the ledger has the row of an attempt. */
export async function hasAttempt(session: Session, attemptId: string): Promise<boolean> {
  return (await session.client.query('SELECT FROM deploy_wizard.attempts WHERE attempt = $1', [attemptId])).rows.length > 0;
}

interface Told { type: string; at: string; guide?: { id: string; sha256: string }; environment?: string; operator?: string; host?: string; outcome?: string }

/** Keeps the run's own row: when it began, goes on, ends. */
async function noteRun(session: Session, run: string, told: Told): Promise<void> {
  const kept = (text?: string): string | undefined => (text === undefined ? undefined : session.keeps(text));
  if (told.type === 'run.started') {
    await session.client.query('INSERT INTO deploy_wizard.runs (run, guide, sha256, environment, operator, host, started) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING', [run, kept(told.guide?.id), told.guide?.sha256, kept(told.environment), kept(told.operator), kept(told.host), told.at]);
  } else if (told.type === 'run.resumed') {
    await session.client.query('UPDATE deploy_wizard.runs SET operator = $2, host = $3, finished = NULL, outcome = NULL WHERE run = $1', [run, kept(told.operator), kept(told.host)]);
  } else if (told.type === 'run.finished') {
    await session.client.query('UPDATE deploy_wizard.runs SET finished = $2, outcome = $3 WHERE run = $1', [run, told.at, told.outcome]);
  }
}

const CUT_OFF = `
  SELECT run, operator, host, to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') FROM deploy_wizard.runs r WHERE guide = $1 AND outcome IS NULL AND EXISTS (SELECT FROM deploy_wizard.attempts a WHERE a.run = r.run)
    AND NOT EXISTS (SELECT FROM deploy_wizard.events e WHERE e.run = r.run AND line LIKE '%"type":"target.identified"%' AND position('"identity":' || to_json($2::text)::text IN line) = 0)
  ORDER BY started DESC LIMIT 1`;

/**
 * The last run of a guide that began to write here and never ended; null: there is none. The lock must be held: nobody is at it.
 * `identity`: of this database; a run that a copy of another database brought along is none.
 */
export async function cutOffRun(session: Session, guide: string, identity: string): Promise<LockHolder | null> {
  try {
    const [run, operator, host, since] = (await session.run(CUT_OFF, [session.keeps(guide), identity])).rows[0] ?? [];
    return run == null ? null : { run, operator: widened(operator ?? ''), host: widened(host ?? ''), since: since ?? '' };
  } catch (thrown) {
    // There is no ledger, or an older one, or it is not for this role to read.
    if (session.lost || !/^(?:42|3F)/.test(serverError(thrown).sqlstate ?? '')) throw thrown;
    return null;
  }
}

/** Lines of a run, in order. */
export async function mirroredLines(session: Session, run: string): Promise<JournalLine[]> {
  const known = await session.run("SELECT to_regclass('deploy_wizard.events') IS NOT NULL");
  if (known.rows[0]?.[0] !== 't') return [];
  const { rows } = await session.client.query<JournalLine>('SELECT seq, line FROM deploy_wizard.events WHERE run = $1 ORDER BY seq', [run]);
  return rows.map(({ seq, line }) => ({ seq, line: widened(line) }));
}
