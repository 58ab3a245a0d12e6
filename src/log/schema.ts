import * as z from 'zod';
import { assertionSchema } from '../assertions/assertion.js';
import { forecastSchema, modeSchema, proofSchema, targetSchema, triggerFindingSchema } from '../engine/event.js';
import { roleSchema, stepKindSchema } from '../graph/graph.js';
import { judgementSchema, blockerSchema, lockSchema, problemSchema, verdictSchema } from '../steps/fact.js';

/** Version of the log's JSON; raised when a field changes its meaning, not when one is added. */
export const LOG_VERSION = 1;

const time = z.string();
const signed = { by: z.string(), at: time };

const statementSchema = z.object({
  /** File the statement stands in, relative to the guide; null: the guide itself. */
  file: z.string().nullable(), line: z.number().int().nullable(), sql: z.string(), command: z.string(),
  /** False: a dry run showed the statement and did not send it. */
  executed: z.boolean(),
  /** Rows returned; null for a statement that returns none. */
  rows: z.number().int().nullable(),
  /** Rows changed. */
  affected: z.number().int().nullable(),
  durationMs: z.number(),
  error: z.object({ sqlstate: z.string().nullable(), message: z.string(), line: z.number().int().nullable() }).nullable(),
  tolerated: z.boolean(),
  result: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string().nullable())), truncated: z.boolean() }).nullable(),
  notices: z.array(z.object({ severity: z.string(), message: z.string() })),
  output: z.string().nullable(), exitCode: z.number().int().nullable(),
  locks: z.array(lockSchema), rewrites: z.array(z.string()),
});

export const logStepSchema = z.object({
  /** `name`: the title, with its place among the steps that share it. */
  id: z.string(), title: z.string(), name: z.string(), phase: z.string(), role: roleSchema, kind: stepKindSchema, path: z.array(z.string()), line: z.number().int(),
  verdict: verdictSchema, reason: z.string().nullable(), problem: problemSchema.nullable(), applied: z.boolean(),
  startedAt: time.nullable(), finishedAt: time.nullable(), durationMs: z.number().nullable(),
  /** How long the step took when it was rehearsed. */
  rehearsedMs: z.number().nullable(),
  attempts: z.number().int(), attemptId: z.string().nullable(),
  /** Attempts before the last that failed, and why; `startedAt` above is when the first began. */
  earlier: z.array(z.object({ attempt: z.number().int(), startedAt: time.nullable(), finishedAt: time.nullable(), reason: z.string() })),
  statements: z.array(statementSchema),
  /** What its transaction held when COMMIT was sent; a rehearsal tells it of each statement instead. */
  locks: z.array(lockSchema),
  expectations: z.array(z.object({
    text: z.string(), line: z.number().int(), statement: z.number().int().nullable(), assertion: assertionSchema,
    source: z.enum(['explicit', 'read', 'operator']), expected: z.string().nullable(), actual: z.string().nullable(),
    verdict: judgementSchema, note: z.string().nullable(), by: z.string().nullable(),
  })),
  items: z.array(z.object({
    text: z.string(), line: z.number().int(), depth: z.number().int(), ticked: z.boolean(),
    by: z.string().nullable(), at: time.nullable(), note: z.string().nullable(),
  })),
  /** Values the operator filled in, by label. */
  fields: z.record(z.string(), z.string()),
  units: z.record(z.string(), z.string()),
  approvals: z.array(z.object({ name: z.string(), ...signed })),
  notes: z.array(z.string()),
  noted: z.array(z.object({ text: z.string(), ...signed })),
});
export type LogStep = z.infer<typeof logStepSchema>;

const proofOf = z.object({ what: z.enum(['rollback', 'again', 'partial']), pass: z.string(), after: z.string().nullable(), proof: proofSchema });

/** Blanks that were filled, and by which fact (null: by a person), and those left, with the reason. Lines count in the guide. */
const filling = {
  filled: z.array(z.object({ line: z.number().int(), label: z.string(), value: z.string(), fact: z.string().nullable() })),
  left: z.array(z.object({ line: z.number().int(), label: z.string(), why: z.string() })),
};

/** The filled log as JSON. Times are ISO 8601 in UTC, durations milliseconds. */
export const logSchema = z.object({
  format: z.literal(LOG_VERSION),
  run: z.string(),
  /** `running` while the run is not over. */
  outcome: z.enum(['passed', 'failed', 'rolled back', 'stopped', 'refused', 'interrupted', 'no connection', 'running']),
  exitCode: z.number().int().nullable(), problem: problemSchema.nullable(),
  mode: modeSchema,
  guide: z.object({ id: z.string(), title: z.string(), path: z.string(), sha256: z.string() }),
  environment: z.string(), protected: z.boolean(),
  operator: z.string(), operators: z.array(z.string()), host: z.string(),
  database: targetSchema.omit({ database: true }).extend({ name: z.string() }).nullable(),
  version: z.string(), privacy: z.enum(['full', 'safe']), ledger: z.boolean(),
  window: z.object({ start: time, end: time }).nullable(),
  startedAt: time, finishedAt: time.nullable(), durationMs: z.number().nullable(),
  parameters: z.record(z.string(), z.object({ value: z.string().nullable(), secret: z.boolean(), origin: z.string() })),
  captures: z.record(z.string(), z.string().nullable()),
  choices: z.record(z.string(), z.string()),
  phases: z.array(z.object({ id: z.string(), title: z.string(), role: roleSchema })),
  steps: z.array(logStepSchema),
  /** Verdicts of the steps on the way forward, counted. */
  counts: z.record(z.string(), z.number().int()),
  deviations: z.array(z.object({ step: z.string().nullable(), pass: z.string(), what: z.string(), reason: z.string(), ...signed })),
  notes: z.array(z.object({ step: z.string().nullable(), text: z.string(), ...signed })),
  rollback: z.object({
    ran: z.boolean(), reason: z.string().nullable(), by: z.string().nullable(), plan: z.array(z.string()), uncovered: z.array(z.string()),
    complete: z.boolean().nullable(), undone: z.array(z.string()), notUndone: z.array(z.string()),
    steps: z.array(logStepSchema), proof: proofSchema.nullable(),
  }),
  /** Further passes: of a rehearsal that applies again, or rolls back in parts. */
  passes: z.array(z.object({ pass: z.string(), steps: z.array(logStepSchema) })),
  proofs: z.array(proofOf),
  /** The guide's notification, filled with what is known of a rollback; null where none ran or the guide has no template. */
  notification: z.object({ subject: z.string(), text: z.string(), left: z.array(z.string()) }).nullable(),
  /** What roles can no longer write because of the guide's triggers; null where nothing was tried. */
  triggers: z.object({ findings: z.array(triggerFindingSchema), untried: z.array(z.string()) }).nullable(),
  /** `statement`: null for what a transaction was seen to hold at its end, and `durationMs` then all its statements took. */
  locks: z.array(lockSchema.extend({ step: z.string(), statement: z.number().int().nullable(), durationMs: z.number(), rewrites: z.boolean() })),
  blockers: z.array(blockerSchema.extend({ step: z.string(), at: time })),
  rehearsal: z.object({ run: z.string(), sha256Matches: z.boolean(), at: time, durations: z.record(z.string(), z.number()) }).nullable(),
  /** How long the way forward and the way back were expected to take. */
  forecast: forecastSchema.nullable(),
  /** Figures taken before and after, by name: captured values and fields the operator filled. */
  metrics: z.object({ before: z.record(z.string(), z.string()), after: z.record(z.string(), z.string()) }),
  approvals: z.array(z.object({ step: z.string(), name: z.string(), ...signed })),
  handovers: z.array(z.object({ from: z.string(), fromHost: z.string(), host: z.string(), ...signed })),
  incidents: z.array(z.object({ at: time, text: z.string() })),
  windowCrossed: z.array(z.object({ what: z.string(), text: z.string(), at: time })),
  /** The journal as this log was made from it: how many lines, and the SHA-256 of the last, which stands for all. Null where only events are known. */
  journal: z.object({ lines: z.number().int(), sha256: z.string() }).nullable(),
  /** Other forms of the guide (figures, sign-off), filled, by the step that asks for them. */
  forms: z.array(z.object({ step: z.string(), line: z.number().int(), text: z.string(), ...filling })),
  /** The guide's own log template, or the default one, filled. */
  template: z.object({
    source: z.enum(['guide', 'default']), text: z.string(), ...filling,
    contradictions: z.array(z.object({ line: z.number().int(), label: z.string(), written: z.string(), fact: z.string() })),
  }),
  followUps: z.array(z.object({
    step: z.string(), title: z.string(), label: z.string(), from: time, to: time, items: z.array(z.string()), done: z.boolean(),
  })),
});
export type LogDocument = z.infer<typeof logSchema>;
