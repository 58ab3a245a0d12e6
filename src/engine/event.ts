import * as z from 'zod';
import { factSchemas, problemSchema, verdictSchema } from '../steps/fact.js';
import { questionSchema } from '../steps/question.js';

/** Version of the journal's format, in its first line. */
export const JOURNAL_VERSION = 1;

export const modeSchema = z.enum(['run', 'rehearsal', 'dry-run']);
export type Mode = z.infer<typeof modeSchema>;

/**
 * `forward` is the way of a run; `rollback` undoes; a rehearsal then goes
 * `again`. `partial-N` are the partial rollbacks of a thorough rehearsal.
 */
export const passSchema = z.string();

export const outcomeSchema = z.enum(['passed', 'failed', 'rolled back', 'stopped', 'refused', 'interrupted', 'no connection']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const targetSchema = z.strictObject({
  identity: z.string(), database: z.string(), server: z.string(), version: z.string(), major: z.number().int(),
  role: z.string(), superuser: z.boolean(), standby: z.boolean(), pooled: z.boolean(), tls: z.string(), connection: z.string().optional(),
});

export const proofSchema = z.strictObject({
  clean: z.boolean(),
  residue: z.array(z.strictObject({
    object: z.string(), difference: z.enum(['left', 'missing', 'changed']),
    was: z.string().nullable(), is: z.string().nullable(), step: z.string().nullable(),
  })),
  rowsChanged: z.array(z.strictObject({ table: z.string(), rowsBefore: z.number().nullable(), rowsAfter: z.number().nullable(), columns: z.array(z.string()) })),
  notCompared: z.array(z.string()),
});
export type Proof = z.infer<typeof proofSchema>;

/** A trigger that stops roles from writing what they may write. `fault`: into a table that was there before the guide. */
export const triggerFindingSchema = z.strictObject({
  severity: z.enum(['fault', 'warning']),
  table: z.string(), commands: z.array(z.enum(['INSERT', 'UPDATE', 'DELETE'])), role: z.string(),
  trigger: z.string(),
  /** The function that was refused something; perhaps that of another trigger further on. */
  function: z.string(),
  /** What PostgreSQL says; then what it says once the role has every privilege on tables. */
  errors: z.array(z.strictObject({ sqlstate: z.string(), message: z.string() })),
  /** The statement that makes the trigger; null where the guide has none. */
  step: z.string().nullable(), line: z.number().int().nullable(), file: z.string().nullable(),
});
export type TriggerFinding = z.infer<typeof triggerFindingSchema>;

/** What a rehearsal stands on: the objects its guide touches, how they stood before it began (null: not there), and the hash of that. */
export const evidenceSchema = z.strictObject({
  names: z.array(z.string()), fingerprint: z.string(), role: z.string(),
  objects: z.record(z.string(), z.record(z.string(), z.string()).nullable()),
  /** Rows of each table before it began, by qualified name. */
  rows: z.record(z.string(), z.number()),
});

export const forecastSchema = z.strictObject({
  /** The run whose durations these are. */
  from: z.string(),
  /** The database whose table sizes scale them, as the operator named it; null: not scaled. */
  target: z.string().nullable(),
  forwardMs: z.number(), backMs: z.number(),
  scaled: z.array(z.strictObject({ step: z.string(), factor: z.number(), table: z.string(), rehearsed: z.number(), here: z.number() })),
  unscaled: z.array(z.strictObject({ step: z.string(), table: z.string(), why: z.string() })),
});

/** A maintenance window, ISO times. */
const windowSchema = z.strictObject({ start: z.string(), end: z.string() });

const at = { seq: z.number().int(), at: z.string() };
const inStep = { ...at, pass: passSchema, step: z.string(), attempt: z.number().int() };

/** Number of the last line that the ledger's copy was known to have: a database that is put back to an earlier state has fewer. */
const copied = { copied: z.number().int().optional() };

/** How an attempt can change the world: what has to decide where nobody heard its end. Journals before it was noted leave it out. */
export const effectSchema = z.enum(['transaction', 'alone', 'command', 'none']);
export type Effect = z.infer<typeof effectSchema>;

const runEvents = [
  z.strictObject({
    ...at, type: z.literal('run.started'), journal: z.literal(JOURNAL_VERSION), version: z.string(), run: z.string(), mode: modeSchema,
    guide: z.strictObject({ id: z.string(), title: z.string(), path: z.string(), sha256: z.string() }),
    environment: z.string(), protected: z.boolean(), operator: z.string(), host: z.string(),
    privacy: z.enum(['full', 'safe']), ledger: z.boolean(), salt: z.string(),
    window: windowSchema.nullable(),
    /** Hash of every step, to tell later what a changed guide changed. */
    steps: z.record(z.string(), z.string()),
    rehearsal: z.strictObject({ run: z.string(), sha256Matches: z.boolean(), at: z.string(), durations: z.record(z.string(), z.number()) }).nullable(),
  }),
  /** The run goes on in another process, perhaps of another person on another machine. */
  z.strictObject({ ...at, type: z.literal('run.resumed'), operator: z.string(), host: z.string(), from: z.string(), fromHost: z.string(), window: windowSchema.nullable().optional(),
    /** Where the guide is another one than when the run was last left: its hash now, and those of its steps. */
    guide: z.strictObject({ sha256: z.string(), steps: z.record(z.string(), z.string()) }).optional(),
    /** Where the ledger had more of the journal than it has now: what that means. */
    putBack: z.string().optional(),
    /** The ledger that the run had is not there any more: what the next one lacks proves nothing of an attempt begun before. */
    ledgerGone: z.literal(true).optional(),
    /** The last lines came from the ledger's copy, and do not tell of an end: what was done behind them may be missing. */
    fromCopy: z.literal(true).optional(),
  }),
  z.strictObject({ ...at, type: z.literal('target.identified'), target: targetSchema }),
  z.strictObject({ ...at, type: z.literal('parameter.set'), name: z.string(), value: z.string().nullable(), secret: z.boolean(), origin: z.enum(['flag', 'answers', 'asked', 'default', 'query']), by: z.string() }),
  z.strictObject({ ...at, type: z.literal('choice.made'), group: z.string(), option: z.string(), by: z.string() }),
  z.strictObject({ ...at, type: z.literal('stage.entered'), stage: z.enum(['baseline', 'forward', 'rollback', 'proof', 'again', 'partial']), pass: passSchema, text: z.string() }),
  z.strictObject({ ...inStep, type: z.literal('step.started'), attemptId: z.string(), effect: effectSchema.optional() }),
  z.strictObject({ ...inStep, type: z.literal('step.finished'), verdict: verdictSchema, applied: z.boolean(), durationMs: z.number(), reason: z.string().nullable(), problem: problemSchema.nullable(), ...copied }),
  z.strictObject({ ...at, type: z.literal('question.asked'), question: questionSchema }),
  z.strictObject({ ...at, type: z.literal('question.answered'), kind: z.string(), by: z.string() }),
  z.strictObject({ ...at, type: z.literal('note.added'), step: z.string().nullable(), text: z.string(), by: z.string() }),
  z.strictObject({ ...at, type: z.literal('rollback.started'), reason: z.string(), by: z.string(), plan: z.array(z.string()), uncovered: z.array(z.string()) }),
  z.strictObject({ ...at, type: z.literal('rollback.finished'), complete: z.boolean(), undone: z.array(z.string()), notUndone: z.array(z.string()) }),
  z.strictObject({ ...at, type: z.literal('proof.finished'), pass: passSchema, what: z.enum(['rollback', 'again', 'partial']), after: z.string().nullable(), proof: proofSchema }),
  z.strictObject({ ...at, type: z.literal('evidence.noted'), ...evidenceSchema.shape }),
  /** How long the way forward and the way back are expected to take, by a rehearsal's durations and the target's table sizes. */
  z.strictObject({ ...at, type: z.literal('forecast.noted'), ...forecastSchema.shape }),
  /** What roles can no longer write because of the guide's triggers, and what could not be tried. */
  z.strictObject({ ...at, type: z.literal('triggers.probed'), findings: z.array(triggerFindingSchema), untried: z.array(z.string()) }),
  z.strictObject({ ...at, type: z.literal('log.filled'), label: z.string(), line: z.number().int(), value: z.string(), by: z.string() }),
  z.strictObject({ ...at, type: z.literal('window.crossed'), what: z.enum(['rollback-by', 'end']), text: z.string() }),
  /** The ledger's copy of the journal stays behind; null: it is whole again. */
  z.strictObject({ ...at, type: z.literal('ledger.behind'), missing: z.string().nullable() }),
  z.strictObject({ ...at, type: z.literal('doubt.settled'), pass: passSchema, step: z.string(), attemptId: z.string(), outcome: z.enum(['committed', 'rolled back', 'unknown']), how: z.string(),
    /** Of the attempt, where the ledger knows it. */
    number: z.number().int().optional(),
    /** Statements behind the one in doubt may have run too: lines of the attempt are missing. */
    gaps: z.literal(true).optional(),
  }),
  z.strictObject({ ...at, type: z.literal('run.finished'), run: z.string(), outcome: outcomeSchema, exitCode: z.number().int(), problem: problemSchema.nullable(), log: z.string().nullable(), ...copied }),
] as const;

const [
  statementFinished, commandStarted, statementsFinished, expectationJudged, committing, committed, itemTicked, fieldFilled, approvalGiven, captureSet, deviation, waitingSeen, progressSeen, blockerEnded, connectionLost, connectionRestored, retried,
] = factSchemas;

/** Every event of a run, as the journal holds it (without the chain's `prev`). */
export const eventSchema = z.discriminatedUnion('type', [
  ...runEvents,
  statementFinished.extend(inStep),
  commandStarted.extend(inStep),
  statementsFinished.extend(inStep),
  expectationJudged.extend(inStep),
  committing.extend(inStep),
  committed.extend(inStep),
  itemTicked.extend(inStep),
  fieldFilled.extend(inStep),
  approvalGiven.extend(inStep),
  captureSet.extend(inStep),
  /** Without a step: of the run as a whole. */
  deviation.extend({ ...inStep, step: z.string().nullable() }),
  waitingSeen.extend(inStep),
  progressSeen.extend(inStep),
  blockerEnded.extend(inStep),
  connectionLost.extend(inStep),
  connectionRestored.extend(inStep),
  retried.extend(inStep),
]);
export type RunEvent = z.infer<typeof eventSchema>;
export type EventType = RunEvent['type'];
type WithoutEnvelope<T> = T extends unknown ? Omit<T, 'seq' | 'at'> : never;
/** An event before the journal gives it its number and time. */
export type NewEvent = WithoutEnvelope<RunEvent>;
