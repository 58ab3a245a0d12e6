import * as z from 'zod';

/**
 * What a step tells while it runs. The engine adds the run's envelope (time,
 * sequence, pass, step, attempt) and writes it to the journal before going on.
 */
export const verdicts = [
  'pending', 'running', 'passed', 'warned', 'failed', 'skipped', 'waived', 'blocked', 'unknown', 'not evaluated', 'not reached', 'not chosen',
] as const;
export const verdictSchema = z.enum(verdicts);
export type Verdict = z.infer<typeof verdictSchema>;

/** Of an expectation. `asked`: a person has yet to say. */
export const judgementSchema = z.enum(['passed', 'failed', 'asked', 'waived', 'not evaluated']);
export type ExpectationVerdict = z.infer<typeof judgementSchema>;

export const problemSchema = z.strictObject({
  code: z.string(), what: z.string(), where: z.string().optional(), remedy: z.string().optional(),
});

/** A lock that a step was seen to hold on a table or view. */
export const lockSchema = z.strictObject({ relation: z.string(), mode: z.string() });
export type LockSeen = z.infer<typeof lockSchema>;

/** Somebody who keeps a statement waiting. */
export const blockerSchema = z.strictObject({
  pid: z.number().int(), user: z.string(), application: z.string(), state: z.string(), since: z.string().nullable(),
  query: z.string(), holds: z.array(z.string()),
});
export type Blocker = z.infer<typeof blockerSchema>;

/** How far a running statement is, by the server's own pg_stat_progress_* views. */
export const progressSchema = z.strictObject({
  /** `CREATE INDEX`, `COPY`, `VACUUM`, `CLUSTER`, `ANALYZE`. */
  command: z.string(), relation: z.string().nullable(), phase: z.string(),
  /** In units of `unit`; `total` null where the server does not know it. */
  done: z.number(), total: z.number().nullable(), unit: z.string(),
});
export type Progress = z.infer<typeof progressSchema>;

export const statementResultSchema = z.strictObject({
  /** Index into the step's statements; 0 for a shell command. */
  index: z.number().int(),
  /** As sent, parameters filled in, secrets masked. */
  sql: z.string(),
  command: z.string(),
  /** False: a dry run showed it and did not send it. Absent: it ran. */
  executed: z.boolean().optional(),
  columns: z.array(z.string()),
  types: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
  rowCount: z.number().int().nullable(),
  truncated: z.boolean(),
  affected: z.number().int().nullable(),
  durationMs: z.number(),
  error: z.strictObject({ sqlstate: z.string().nullable(), message: z.string(), line: z.number().int().nullable(), raised: z.literal(true).optional() }).nullable(),
  tolerated: z.boolean(),
  notices: z.array(z.strictObject({ severity: z.string(), message: z.string() })),
  output: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  locks: z.array(lockSchema),
  rewrites: z.array(z.string()),
  /** Tables read from end to end, by qualified name: rehearsals only. */
  scans: z.array(z.string()).optional(),
});
export type StatementResult = z.infer<typeof statementResultSchema>;

export const factSchemas = [
  z.strictObject({ type: z.literal('statement.finished'), result: statementResultSchema }),
  /** On disk before a shell command starts: nothing but a person can tell what one that a crash cut off has done. */
  z.strictObject({ type: z.literal('command.started') }),
  /** Of one message that held several statements, in order. */
  z.strictObject({ type: z.literal('statements.finished'), results: z.array(statementResultSchema) }),
  z.strictObject({
    type: z.literal('expectation.judged'), index: z.number().int(), verdict: judgementSchema,
    expected: z.string(), actual: z.string(), note: z.string().nullable(), by: z.string().nullable(),
  }),
  /** Written, and on disk, before COMMIT is sent. `locks`: what the transaction held then, on tables that were there before it; not told in rehearsals, which tell it of each statement. */
  z.strictObject({ type: z.literal('step.committing'), attemptId: z.string(), locks: z.array(lockSchema).optional() }),
  /** COMMIT's own answer came back: the database holds the step. `warnings`: what it warned of. */
  z.strictObject({ type: z.literal('step.committed'), attemptId: z.string(), warnings: z.array(z.string()).optional() }),
  z.strictObject({ type: z.literal('item.ticked'), item: z.number().int(), ticked: z.boolean(), note: z.string().nullable(), by: z.string() }),
  z.strictObject({ type: z.literal('field.filled'), field: z.number().int(), label: z.string(), value: z.string(), unit: z.string().nullable(), by: z.string() }),
  z.strictObject({ type: z.literal('approval.given'), name: z.string(), by: z.string() }),
  z.strictObject({ type: z.literal('capture.set'), name: z.string(), value: z.string().nullable() }),
  z.strictObject({ type: z.literal('deviation'), what: z.string(), reason: z.string(), by: z.string() }),
  z.strictObject({ type: z.literal('waiting.seen'), blockers: z.array(blockerSchema) }),
  z.strictObject({ type: z.literal('progress.seen'), progress: progressSchema }),
  /** A person had another session's statement cancelled, or that session ended. */
  z.strictObject({ type: z.literal('blocker.ended'), pid: z.number().int(), how: z.enum(['cancel', 'terminate']), done: z.boolean(), by: z.string() }),
  z.strictObject({ type: z.literal('connection.lost'), text: z.string() }),
  z.strictObject({ type: z.literal('connection.restored'), text: z.string() }),
  z.strictObject({ type: z.literal('attempt.retried'), sqlstate: z.string(), afterMs: z.number() }),
] as const;
export const factSchema = z.discriminatedUnion('type', [...factSchemas]);
export type Fact = z.infer<typeof factSchema>;
