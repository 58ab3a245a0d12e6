import { typeable } from './program-name.js';

/**
 * An error as data: what happened, where, and what to do next. Everything the
 * program reports to a person is one of these.
 */
export interface Problem {
  /** Stable kebab-case name of the kind, for tests and scripts. */
  code: string;
  /** One sentence: what is wrong. */
  what: string;
  /** File and line, step id, URL without secrets, or table: where it is wrong. */
  where?: string;
  /** What the reader can do about it. */
  remedy?: string;
}

/** Exit codes of the command line; see the command-line contract. */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  stopped: 4,
  rolledBack: 5,
  noConnection: 6,
  interrupted: 130,
} as const;

/** An exception that carries a {@link Problem} and the exit code it ends the program with. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly exitCode: number = EXIT.failed,
    options?: { cause?: unknown },
  ) {
    super(problem.what, options);
    this.name = 'ProblemError';
  }
}

/** Renders a problem as the lines a terminal shows (plain text, no colour), its commands as they can be typed there. */
export function explainProblem(problem: Problem): string {
  const lines = [`error[${problem.code}]: ${problem.what}`];
  if (problem.where) lines.push(`  at: ${problem.where}`);
  if (problem.remedy) lines.push(`  try: ${typeable(problem.remedy)}`);
  return lines.join('\n');
}

/** The message of anything thrown, without a stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Compile-time proof that a closed union was handled whole. */
export function never(value: never): never {
  throw new TypeError(`unhandled case: ${JSON.stringify(value)}`);
}
