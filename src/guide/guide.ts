/** Types the rooms of the compiler share: what is read of a document before the graph is built. */
import type { SqlFile } from './sql-file.js';

export const roles = ['prepare', 'deploy', 'verify', 'monitor', 'signoff', 'rollback', 'log', 'reference'] as const;
export type Role = (typeof roles)[number];

/** One remark of the compiler; the graph's diagnostics have the same shape. */
export interface Diagnostic {
  severity: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  line: number;
  column: number;
  length?: number;
  hint: string | null;
  file?: string;
}

/** Collects remarks; `at` gives line and column, 1-based. */
export class Remarks {
  readonly list: Diagnostic[] = [];

  error(code: string, message: string, at: Place, hint: string | null = null): void {
    this.add('error', code, message, at, hint);
  }
  warning(code: string, message: string, at: Place, hint: string | null = null): void {
    this.add('warning', code, message, at, hint);
  }
  info(code: string, message: string, at: Place, hint: string | null = null): void {
    this.add('info', code, message, at, hint);
  }
  private add(severity: Diagnostic['severity'], code: string, message: string, at: Place, hint: string | null): void {
    const remark: Diagnostic = { severity, code, message, line: Math.max(1, at.line), column: Math.max(1, at.column ?? 1), hint };
    if (at.length !== undefined) remark.length = at.length;
    if (at.file !== undefined) remark.file = at.file;
    this.list.push(remark);
  }
}

export interface Place {
  line: number;
  column?: number;
  length?: number;
  file?: string;
}

/** Reads files for the compiler; what is not there is null. */
export interface FileReader {
  /** A file of SQL; null: there is none that can be read. `whole`: with all rows that it loads. */
  read(absolutePath: string, whole?: boolean): SqlFile | 'too large' | null;
  has(absolutePath: string): boolean;
  list(absoluteFolder: string): string[] | null;
}
