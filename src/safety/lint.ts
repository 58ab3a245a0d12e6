import type { Diagnostic, Graph } from '../graph/graph.js';
import { parseSql } from '../guide/sql-parse.js';
import { cutPsql } from '../guide/sql-text.js';
import { child, text, unwrap } from '../guide/sql-nodes.js';
import { lineIndex } from '../guide/statement.js';
import type { Judged, Rule, Surroundings } from './rule.js';
import { rules } from './rules/index.js';
import { suppressionsAround } from './suppress.js';
import { tableOf } from './tree.js';

/** A finding: where it stands, as a diagnostic, and what the rule says of it. */
export interface Finding extends Diagnostic {
  rule: string;
  what: string;
  why: string;
  safer: string;
  /** Reason of the comment that lets it pass, or null. */
  allowed: string | null;
}

/** A statement with its place. */
interface Placed {
  judged: Judged;
  line: number;
  endLine: number;
  /** Columns before its first line's text. */
  column: number;
  file: string | undefined;
  lines: readonly string[];
}

/** Judges the statements of an SQL file; a syntax error is one diagnostic. Call `loadGrammar` before. */
export function lintSql(given: string): { findings: Finding[]; errors: Diagnostic[] } {
  const { sql } = cutPsql(given.replace(/^\uFEFF/, ' ').replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD'));
  const parsed = parseSql(sql);
  const lineOf = lineIndex(sql);
  const columnOf = (offset: number) => offset - sql.lastIndexOf('\n', offset - 1);
  if (!Array.isArray(parsed)) {
    return { findings: [], errors: [{ severity: 'error', code: 'sql-syntax', message: parsed.message, line: lineOf(parsed.at) + 1, column: Math.max(1, columnOf(parsed.at)), hint: 'PostgreSQL\'s grammar refuses the statement' }] };
  }
  let open = false;
  const lines = sql.split('\n');
  const placed = parsed.map((one): Placed => {
    const [kind, body] = unwrap(one.node);
    const control = kind === 'TransactionStmt' ? String(body['kind']) : '';
    if (/BEGIN|START/.test(control)) open = true;
    if (/COMMIT$|ROLLBACK$/.test(control)) open = false;
    const judged: Judged = { kind, body, sql: sql.slice(one.start, one.end), group: 'file', inTransaction: open, undoes: false };
    return { judged, line: lineOf(one.start) + 1, endLine: lineOf(Math.max(one.start, one.end - 1)) + 1, column: columnOf(one.start), file: undefined, lines };
  });
  return { findings: judge(placed, /\bauth\.(?:uid|jwt|role)\s*\(|\bto\s+(?:anon|authenticated|service_role)\b/i.test(sql)), errors: [] };
}

/** Judges the statements of a compiled guide or directory; `linesOf` gives the lines of the guide (null) or of a file it names. */
export function lintGraph(graph: Graph, linesOf: (file: string | null) => readonly string[]): Finding[] {
  const placed = graph.steps.flatMap((step) => step.statements.flatMap((statement): Placed[] => {
    const parsed = parseSql(statement.sql);
    const [first] = Array.isArray(parsed) ? parsed : [];
    if (!first) return [];
    const [kind, body] = unwrap(first.node);
    const alone = !step.transaction || step.statements.some((one) => !one.transactional);
    const lines = linesOf(statement.file);
    const start = (lines[statement.line - 1] ?? '').indexOf(statement.sql.split('\n')[0] ?? '');
    return [{
      judged: { kind, body, sql: statement.sql, group: step.id, inTransaction: !alone, undoes: step.role === 'rollback' || step.discard },
      line: statement.line, endLine: statement.endLine, column: Math.max(0, start) + 1, file: statement.file ?? undefined, lines,
    }];
  }));
  return judge(placed, graph.guide.database === 'supabase');
}

function judge(placed: readonly Placed[], supabase: boolean): Finding[] {
  const all = placed.map((one) => one.judged);
  const created = new Set<string>();
  return placed.flatMap((one, index) => {
    const around: Surroundings = { created, all, index, supabase };
    const found = rules.filter((rule) => !(one.judged.undoes && rule.destructive === true)).flatMap((rule) => rule.find(one.judged, around).map((hit) => ({ rule, hit })));
    if (one.judged.kind === 'CreateStmt') created.add(tableOf(one.judged));
    if (one.judged.kind === 'CreateTableAsStmt') created.add(text(child(child(one.judged.body, 'into') ?? {}, 'rel') ?? {}, 'relname') ?? '');
    if (found.length === 0) return [];
    const allowed = suppressionsAround(one.lines, one.line, one.endLine);
    const findings = found.map(({ rule, hit }) => finding(rule, hit.what, place(one, hit.mark), one.file, allowed.find((comment) => comment.rules.includes(rule.id))?.reason ?? null));
    const bare = allowed.filter((comment) => comment.reason === null).map((comment) => finding(SILENT, 'a comment allows a rule and does not say why', { line: comment.line, column: 1, length: 2 }, one.file, null));
    return [...findings, ...bare];
  });
}

const SILENT: Pick<Rule, 'id' | 'severity' | 'why' | 'safer'> = { id: 'allowed-without-reason', severity: 'error', why: 'nobody can tell later whether it still holds', safer: '-- lint: allow RULE because REASON' };

function finding(rule: typeof SILENT, what: string, at: { line: number; column: number; length: number }, file: string | undefined, allowed: string | null): Finding {
  return {
    severity: rule.severity, code: rule.id, message: `${what}: ${rule.why}`, ...at, hint: rule.safer, ...(file === undefined ? {} : { file }),
    rule: rule.id, what, why: rule.why, safer: rule.safer, allowed,
  };
}

function place(one: Placed, mark: RegExp | undefined): { line: number; column: number; length: number } {
  const match = mark?.exec(one.judged.sql);
  const offset = match?.index ?? 0;
  const before = one.judged.sql.slice(0, offset);
  const row = before.split('\n').length - 1;
  const column = row === 0 ? one.column + offset : offset - before.lastIndexOf('\n');
  const word = match?.[0] ?? /^\w+(?:\s+\w+)?/.exec(one.judged.sql)?.[0] ?? '';
  return { line: one.line + row, column, length: Math.max(1, word.split('\n')[0]?.length ?? 1) };
}
