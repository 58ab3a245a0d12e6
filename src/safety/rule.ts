import type { Node } from '../guide/sql-parse.js';

export type Severity = 'error' | 'warning';

/** A statement as the rules see it. */
export interface Judged {
  /** Kind of the parse tree's root, such as `AlterTableStmt`, and what it holds. */
  kind: string;
  body: Node;
  sql: string;
  /** Statements of one group run in one transaction, or one after the other in one file. */
  group: string;
  /** In a transaction block with the others of its group. */
  inTransaction: boolean;
  /** What a rollback or a test that leaves nothing may well do. */
  undoes: boolean;
}

/** What a rule found in a statement. */
export interface Hit {
  /** What is done, in one clause without a full stop. */
  what: string;
  /** Where in the statement's text; default: its beginning. */
  mark?: RegExp;
}

/** What stands before a statement in the same source, and beside it. */
export interface Surroundings {
  /** Tables created earlier, by name without schema: nobody uses them yet. */
  created: ReadonlySet<string>;
  /** All statements of the source, in order. */
  all: readonly Judged[];
  /** Index of the judged one. */
  index: number;
  /** The database has Supabase's roles and its API over `public`. */
  supabase: boolean;
}

/** One rule of the linter: pure; finds nothing where it does not apply. */
export interface Rule {
  /** Kebab-case, stable: scripts and suppressions name it. */
  id: string;
  severity: Severity;
  /** Why it is dangerous. */
  why: string;
  /** The safer form. */
  safer: string;
  /** Loses data: not held against a rollback or a discarded test. */
  destructive?: boolean;
  find(statement: Judged, around: Surroundings): Hit[];
}
