import * as z from 'zod';
import { assertionSchema } from '../assertions/assertion.js';

/** Version of the graph's JSON; raised when a field changes its meaning. */
export const GRAPH_VERSION = 1;

export const phaseRoles = ['prepare', 'deploy', 'verify', 'monitor', 'signoff', 'rollback', 'log', 'reference'] as const;
export const stepKinds = ['checklist', 'sql', 'shell', 'input', 'monitor', 'approval', 'operator', 'choice'] as const;
export const roleSchema = z.enum(phaseRoles);
export const stepKindSchema = z.enum(stepKinds);
export type Role = z.infer<typeof roleSchema>;
export type StepKind = z.infer<typeof stepKindSchema>;

const line = z.number().int().min(1);

export const diagnosticSchema = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  line,
  column: z.number().int().min(1),
  /** Length of the marked span in characters, for the caret line. */
  length: z.number().int().min(0).optional(),
  hint: z.string().nullable(),
  /** File the span is in, when it is not the guide itself. */
  file: z.string().optional(),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;

export const statementSchema = z.strictObject({
  line,
  endLine: line,
  /** Command tag form, such as `CREATE TABLE`, `SELECT`, `ALTER TABLE`. */
  command: z.string(),
  /** False for what PostgreSQL refuses inside a transaction block. */
  transactional: z.boolean(),
  /** Text as sent to the server, before parameters are filled in, without the final semicolon. */
  sql: z.string(),
  /** File that holds the text, relative to the guide, or null when it stands in the guide. Lines count in that file. */
  file: z.string().nullable(),
  /** Whether the statement changes anything as far as its text tells. */
  writes: z.boolean(),
  /** Rows of COPY … FROM stdin, when the text carries them. */
  copyData: z.string().nullable(),
  /** Many such rows, which stay in their file (absolute path): its bytes from `start` up to `end`, the first of them on `line`. */
  copyRows: z.strictObject({ path: z.string(), line, start: z.number().int().min(0), end: z.number().int().min(0), sha256: z.string() }).nullable(),
  /** Parameters it needs, in order of appearance. */
  parameters: z.array(z.string()),
});
export type Statement = z.infer<typeof statementSchema>;

export const expectationSchema = z.strictObject({
  line,
  text: z.string(),
  /** 0-based index into the step's statements, or null for the step as a whole (or a shell command). */
  statement: z.number().int().min(0).nullable(),
  source: z.enum(['explicit', 'read', 'operator']),
  assertion: assertionSchema,
  /** A second reading where the query's shape is only known when it runs. */
  alternative: assertionSchema.nullable(),
  /** Branch read from "If …" lines: what to do when it does not hold. */
  remedy: z.string().nullable(),
});
export type Expectation = z.infer<typeof expectationSchema>;

export const itemSchema = z.strictObject({
  line,
  text: z.string(),
  depth: z.number().int().min(0),
  /** Steps made from code under this item, which the item waits for. */
  waitsFor: z.array(z.string()),
});
export type Item = z.infer<typeof itemSchema>;

export const fieldSchema = z.strictObject({
  line,
  label: z.string(),
  unit: z.string().nullable(),
});
export type Field = z.infer<typeof fieldSchema>;

/** Repetition of a monitor step, in milliseconds. */
export const repeatSchema = z.strictObject({ everyMs: z.number().min(1), forMs: z.number().min(0) });

/** A hint from a troubleshooting section: shown when a failure's message matches. */
export const hintSchema = z.strictObject({ line, pattern: z.string(), remedy: z.string() });
export type Hint = z.infer<typeof hintSchema>;

export const stepSchema = z.strictObject({
  /** Stable: the `id` attribute, or the heading path and the ordinal under it. */
  id: z.string(),
  kind: stepKindSchema,
  /** Id of the phase. */
  phase: z.string(),
  role: roleSchema,
  title: z.string(),
  /** Headings from the document's top to the step. */
  path: z.array(z.string()),
  line,
  endLine: line,
  needs: z.array(z.string()),
  when: z.string().nullable(),
  /** `stop`, `rollback`, `continue` or a step id. */
  onFail: z.string(),
  /** Step ids that this rollback step undoes; null on forward steps. */
  reverts: z.array(z.string()).nullable(),
  optional: z.boolean(),
  runOnce: z.boolean(),
  noReturn: z.boolean(),
  noSkip: z.boolean(),
  destructive: z.boolean(),
  /** False when `transaction=off`. */
  transaction: z.boolean(),
  /** Role to impersonate and JWT claims (JSON text), or null. */
  as: z.string().nullable(),
  claims: z.string().nullable(),
  discard: z.boolean(),
  timeoutMs: z.number().nullable(),
  lockTimeoutMs: z.number().nullable(),
  retries: z.number().int().min(0),
  tolerate: z.array(z.string()),
  capture: z.array(z.string()),
  repeat: repeatSchema.nullable(),
  rehearse: z.enum(['run', 'skip', 'only']),
  /** Alternatives: the group's id and this option's name, or null. The group is the id of a choice step, which may be part of a way itself. */
  choice: z.strictObject({ group: z.string(), option: z.string(), title: z.string() }).nullable(),
  /** Prose before the step, as plain text. */
  context: z.string(),
  statements: z.array(statementSchema),
  /** Shell: the commands as written. */
  shell: z.string().nullable(),
  /** Label of an operator step's question, name of an approval, … */
  prompt: z.string().nullable(),
  expectations: z.array(expectationSchema),
  items: z.array(itemSchema),
  fields: z.array(fieldSchema),
  /** When it is due after the deployment ("Week 2", "first 24 hours"), in milliseconds from its end; null: at once. */
  followUp: z.strictObject({ fromMs: z.number().min(0), toMs: z.number().min(0), label: z.string() }).nullable(),
  /** Hash of what the step does (SQL, shell, items): a changed step is refused once applied. */
  hash: z.string(),
});
export type Step = z.infer<typeof stepSchema>;

export const parameterSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['text', 'uuid', 'email', 'integer', 'boolean', 'timestamp']),
  line,
  ask: z.string().nullable(),
  default: z.string().nullable(),
  /** Query that suggests the value. */
  from: z.string().nullable(),
  secret: z.boolean(),
  /** The placeholder as written in a plain document, or null. */
  placeholder: z.string().nullable(),
});
export type Parameter = z.infer<typeof parameterSchema>;

export const logFieldSchema = z.strictObject({
  label: z.string(),
  /** Name of the fact that answers it, or null when a person must. Facts: see src/guide/log-facts.ts. */
  fact: z.string().nullable(),
  line,
  unit: z.string().nullable(),
  /** Heading or label above it inside the template, such as the migration it belongs to. */
  section: z.string().nullable(),
  /** Steps that the section's facts are taken from. */
  steps: z.array(z.string()),
  /** Boxes to tick, such as `Success` and `Failed`. */
  boxes: z.array(z.string()),
});
export type LogField = z.infer<typeof logFieldSchema>;

export const graphSchema = z.strictObject({
  version: z.literal(GRAPH_VERSION),
  guide: z.strictObject({
    id: z.string(),
    title: z.string(),
    path: z.string(),
    sha256: z.string(),
    reviewed: z.boolean(),
    database: z.enum(['postgres', 'supabase']),
    description: z.string(),
    risk: z.enum(['low', 'medium', 'high']).nullable(),
    estimateMs: z.number().nullable(),
    environments: z.array(z.string()).nullable(),
    /** SQL files, absolute paths. */
    baseline: z.array(z.string()),
    /** Record in Supabase's own migration table. */
    record: z.enum(['supabase']).nullable(),
    log: z.string().nullable(),
  }),
  parameters: z.array(parameterSchema),
  phases: z.array(z.strictObject({ id: z.string(), title: z.string(), role: roleSchema, line })),
  /** Sections that the way leaves aside: read as rollback, as the log's form, or as reference. The topmost of each. */
  asides: z.array(z.strictObject({ title: z.string(), role: roleSchema, line, endLine: line })),
  /** In the order of the walk: phases (H2) by their role, document order inside a phase; then the rollback steps (role `rollback`). No reference or log step. */
  steps: z.array(stepSchema),
  edges: z.array(z.strictObject({ from: z.string(), to: z.string(), on: z.string() })),
  rollback: z.array(z.strictObject({
    id: z.string(),
    reverts: z.array(z.string()),
    line,
    statements: z.array(statementSchema),
    /** A verification of the rollback section rather than an undoing. */
    verifies: z.boolean(),
  })),
  /** "Rollback if …" lines. */
  triggers: z.array(z.strictObject({ line, text: z.string() })),
  hints: z.array(hintSchema),
  log: z.strictObject({ line, endLine: line, template: z.string(), fields: z.array(logFieldSchema) }).nullable(),
  /** Parts of the document with blanks outside the log template, verbatim, by the step that fills them. */
  forms: z.array(z.strictObject({ step: z.string(), line, text: z.string() })),
  /** A notification template, if the guide has one. */
  notification: z.strictObject({ line, template: z.string() }).nullable(),
  diagnostics: z.array(diagnosticSchema),
});
export type Graph = z.infer<typeof graphSchema>;
