import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const verdict = z.union([
  z.enum(['passed', 'failed', 'waived']).transform((value) => ({ verdict: value, reason: null as string | null })),
  z.strictObject({ verdict: z.enum(['passed', 'failed', 'waived']), reason: z.string().nullable().default(null) }),
]);

/**
 * The answers file: what people would answer, by step id. `items`: true for
 * all items, a list in order, or by number (from 1) or text. `operator`:
 * verdicts, one for all, a list in order, or by number (from 1).
 */
export const answersSchema = z.strictObject({
  items: z.record(z.string(), z.union([z.boolean(), z.array(z.boolean()), z.record(z.string(), z.boolean())])).default({}),
  fields: z.record(z.string(), z.union([scalar, z.array(scalar), z.record(z.string(), scalar)])).default({}),
  approvals: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  choices: z.record(z.string(), z.string()).default({}),
  operator: z.record(z.string(), z.union([verdict, z.array(verdict), z.record(z.string(), verdict)])).default({}),
  parameters: z.record(z.string(), scalar).default({}),
  shell: z.record(z.string(), z.boolean()).default({}),
  skip: z.record(z.string(), z.string()).default({}),
  log: z.record(z.string(), scalar).default({}),
  notes: z.record(z.string(), z.string()).default({}),
});
export type Answers = z.infer<typeof answersSchema>;

export const noAnswers: Answers = answersSchema.parse({});

/** Reads an answers file. Throws a ProblemError (exit 2) that names the bad key. */
export async function readAnswers(path: string): Promise<Answers> {
  const { parse } = await import('../text/yaml.js');
  let raw: unknown;
  try {
    raw = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new ProblemError({ code: 'answers-unreadable', what: `The answers file cannot be read: ${messageOf(error)}`, where: path, remedy: 'Give a YAML file with items, fields, approvals, choices or operator.' }, EXIT.usage);
  }
  const parsed = answersSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ');
  throw new ProblemError({ code: 'answers-invalid', what: issues, where: path, remedy: 'Keys: items, fields, approvals, choices, operator, parameters, shell, skip, log, notes.' }, EXIT.usage);
}
