import * as z from 'zod';

/**
 * What the wizard asks a person, and what a person can answer. A question is
 * data, so that every front end (screens, accessible prompts, an answers file)
 * and every watcher shows the same one.
 */
export const failureChoices = ['retry', 'recheck', 'tolerate', 'skip', 'rollback', 'pause', 'abort'] as const;

export const questionSchema = z.discriminatedUnion('kind', [
  /** Is this the right database? A protected one wants its name typed. */
  z.strictObject({ kind: z.literal('target'), environment: z.string(), protected: z.boolean(), database: z.string(), summary: z.array(z.string()), /** What goes on there; absent: a new run begins. */ goesOn: z.enum(['resume', 'rollback']).optional() }),
  z.strictObject({ kind: z.literal('parameter'), name: z.string(), type: z.string(), text: z.string(), suggestion: z.string().nullable(), secret: z.boolean(), problem: z.string().nullable() }),
  z.strictObject({ kind: z.literal('choice'), group: z.string(), text: z.string(), options: z.array(z.strictObject({ option: z.string(), title: z.string() })) }),
  /** Go-ahead for a step that writes, runs a command, or (in the screens) any step. */
  z.strictObject({ kind: z.literal('go'), step: z.string(), what: z.enum(['sql', 'shell', 'monitor']), text: z.string() }),
  z.strictObject({ kind: z.literal('checklist'), step: z.string() }),
  /** `suggestion`: what the run itself would answer. */
  z.strictObject({ kind: z.literal('input'), step: z.string(), field: z.number().int(), label: z.string(), unit: z.string().nullable(), suggestion: z.string().nullable().optional() }),
  /** An expectation only a person can decide; the measured value is shown. `computed`: what an earlier figure of the guide says. */
  z.strictObject({ kind: z.literal('verdict'), step: z.string(), expectation: z.number().int(), text: z.string(), actual: z.string(), computed: z.enum(['passed', 'failed']).optional() }),
  /** A step without anything to run: "do this by hand, then say whether it worked". */
  z.strictObject({ kind: z.literal('manual'), step: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('approval'), step: z.string(), text: z.string() }),
  z.strictObject({
    kind: z.literal('failure'), step: z.string(), text: z.string(), remedies: z.array(z.string()),
    choices: z.array(z.strictObject({ choice: z.enum(failureChoices), does: z.string(), refused: z.string().nullable() })),
  }),
  z.strictObject({ kind: z.literal('rollback'), plan: z.array(z.strictObject({ step: z.string(), reverts: z.array(z.string()) })), uncovered: z.array(z.string()), triggers: z.array(z.string()), text: z.string(),
    /** `back`: whoever says no is asked again what they were asked before. `typed: false`: a yes is enough, no name is typed. */
    back: z.boolean().optional(), typed: z.boolean().optional() }),
  /** A label of the log template that no fact answers. `boxes`: the alternatives of which one is ticked there. */
  z.strictObject({ kind: z.literal('log-field'), label: z.string(), unit: z.string().nullable(), line: z.number().int(), boxes: z.array(z.string()).optional() }),
  /** The latest moment to start the rollback has come. */
  z.strictObject({ kind: z.literal('window'), text: z.string() }),
]);
export type Question = z.infer<typeof questionSchema>;
export type QuestionKind = Question['kind'];

/** Every answer; which are valid depends on the question (see {@link answersTo}). */
export const answerSchema = z.discriminatedUnion('kind', [
  /** For a command: `command` is what a person made of it, `terminal` gives it this terminal. */
  z.strictObject({ kind: z.literal('go'), command: z.string().optional(), terminal: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('confirm'), typed: z.string() }),
  z.strictObject({ kind: z.literal('value'), value: z.string() }),
  z.strictObject({ kind: z.literal('option'), option: z.string() }),
  z.strictObject({ kind: z.literal('tick'), item: z.number().int(), ticked: z.boolean(), note: z.string().nullable() }),
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('verdict'), verdict: z.enum(['passed', 'failed', 'waived']), reason: z.string().nullable() }),
  z.strictObject({ kind: z.literal('approve'), name: z.string() }),
  z.strictObject({ kind: z.literal('failure'), choice: z.enum(failureChoices), reason: z.string().nullable() }),
  z.strictObject({ kind: z.literal('skip'), reason: z.string() }),
  z.strictObject({ kind: z.literal('note'), text: z.string() }),
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('rollback') }),
  /** No rollback after all: back to the question that it was asked for at. */
  z.strictObject({ kind: z.literal('back') }),
  /** Leave the run as it is: resumable. */
  z.strictObject({ kind: z.literal('pause') }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerKind = Answer['kind'];

const anywhere: readonly AnswerKind[] = ['note', 'pause', 'rollback'];
const own: Record<QuestionKind, readonly AnswerKind[]> = {
  target: ['confirm', 'pause'],
  parameter: ['value', ...anywhere],
  choice: ['option', ...anywhere],
  go: ['go', 'skip', ...anywhere],
  checklist: ['tick', 'done', 'skip', ...anywhere],
  input: ['value', 'blank', 'skip', ...anywhere],
  verdict: ['verdict', ...anywhere],
  manual: ['verdict', 'skip', ...anywhere],
  approval: ['approve', 'skip', ...anywhere],
  failure: ['failure', 'note'],
  rollback: ['go', 'back', 'pause', 'note'],
  'log-field': ['value', 'blank'],
  window: ['go', 'rollback', 'pause', 'note'],
};

/** The kinds of answer that a question takes. */
export function answersTo(kind: QuestionKind): readonly AnswerKind[] {
  return own[kind];
}

/** The one of these alternatives that a text names, in any case, or that alone begins so; null for none. Pure. */
export function boxNamed(text: string, boxes: readonly string[]): string | null {
  const typed = text.trim().toLowerCase();
  const begun = typed === '' ? [] : boxes.filter((box) => box.toLowerCase().startsWith(typed));
  return boxes.find((box) => box.toLowerCase() === typed) ?? (begun.length === 1 ? begun[0] ?? null : null);
}
