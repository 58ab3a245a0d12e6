import { parametersOf } from './parameters.js';
import { elidesWithin, isElided } from './elided.js';
import type { KeptRows } from './sql-file.js';
import { mendSql } from './sql-mend.js';
import { meantVerb, parsePieces, parseSql, VERB, type Parsed, type SyntaxFault } from './sql-parse.js';
import { cutPsql, type Cut } from './sql-text.js';
import { factsOf, type StatementFacts } from './statement-facts.js';
import { shapeOf, type StatementShape } from './statement-shape.js';

/** A statement of a guide: what the graph shows of it, and what binding and ties need. */
export interface StatementRead extends StatementFacts {
  line: number;
  endLine: number;
  sql: string;
  file: string | null;
  copyData: string | null;
  copyRows: KeptRows | null;
  parameters: string[];
  shape: StatementShape;
  /** Offsets in the fence's body; -1 for a statement of another file. */
  start: number;
  end: number;
}

/** SQL text as it was understood. */
export interface SqlRead {
  /** The text that was read: as given, or mended (`mendSql`). Offsets are those of this text. */
  text: string;
  statements: StatementRead[];
  cuts: Cut[];
  /** Why it is not run as SQL, or null. */
  refused: 'empty' | 'comments' | 'elided' | 'transcript' | 'not-sql' | null;
  faults: SyntaxFault[];
  /** Some statement lacked its semicolon, or prose stood between. */
  repaired: boolean;
  /** Lines between statements that are no SQL and are not run. */
  prose: { line: number; text: string }[];
  /** The text ends with ROLLBACK: what it does is meant to leave nothing. */
  discards: boolean;
  /** BEGIN … COMMIT was written: the engine owns the transaction. */
  marked: boolean;
  /** Line of a ROLLBACK that takes back a part of what is written, while another part stays; null: there is none. */
  takesBack: number | null;
  /** Line of the COMMIT or ROLLBACK that ends what `SET LOCAL` set, where more statements follow. */
  endsLocal: number | null;
  /** BEGIN, COMMIT and ROLLBACK as they are written. */
  controls: { control: 'begin' | 'commit' | 'rollback'; line: number; file: string | null }[];
}

/** Line index (0-based) of offsets in a text, for rising or falling offsets. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

/**
 * Reads SQL text into statements. `firstLine` is the document line of its first
 * character, `file` the file that holds it or null, `kept` the rows that stay in it. Never throws.
 */
export function readStatements(text: string, firstLine: number, file: string | null = null, kept: readonly KeptRows[] = []): SqlRead {
  const { sql, cuts } = cutPsql(text);
  const none: SqlRead = { text, statements: [], cuts, refused: null, faults: [], repaired: false, prose: [], discards: false, marked: false, takesBack: null, endsLocal: null, controls: [] };
  if (text.trim() === '') return { ...none, refused: 'empty' };
  const whole = parseSql(sql);
  let parsed: Parsed[];
  let repaired = false;
  let prose: SqlRead['prose'] = [];
  let faults: SyntaxFault[] = [];
  if (Array.isArray(whole)) parsed = whole;
  else {
    const pieces = parsePieces(sql);
    parsed = pieces.good;
    repaired = pieces.repaired;
    prose = linesOf(sql, pieces.prose, firstLine);
    const mended = mendSql(text, sql, pieces);
    if (mended !== null) return { ...readStatements(mended, firstLine, file), repaired, prose };
    faults = pieces.bad.length === 0 ? [] : pieces.bad;
    const refused = refusal(sql, pieces.bad, pieces.good.length);
    if (refused) return { ...none, refused, faults };
  }
  if (parsed.length === 0 && faults.length > 0) return { ...none, faults };
  if (parsed.length === 0) return { ...none, refused: cuts.length > 0 ? 'empty' : 'comments' };
  if (isTranscript(sql)) return { ...none, refused: 'transcript', faults };
  // A file is what it is; a fence may only sketch a body.
  if (file === null && parsed.some((one) => elidesWithin(sql.slice(one.start, one.end)))) return { ...none, refused: 'elided', faults: [] };
  const lineOf = lineIndex(sql);
  const copies = cuts.filter((cut) => cut.kind === 'copy');
  const all = parsed.sort((a, b) => a.start - b.start).map((one) => {
    const own = sql.slice(one.start, one.end);
    const facts = factsOf(one.node, own);
    const copy = facts.command === 'COPY' ? copies.find((cut) => cut.start > one.end - 1) : undefined;
    if (copy) copies.splice(copies.indexOf(copy), 1);
    const rows = copy === undefined || kept.length === 0 ? null : kept.find((one) => one.line === firstLine + lineOf(copy.start)) ?? null;
    // Written out: spreading the facts took a tenth of the time of a large guide.
    return {
      command: facts.command, transactional: facts.transactional, writes: facts.writes, destructive: facts.destructive, control: facts.control,
      creates: facts.creates, drops: facts.drops,
      line: firstLine + lineOf(one.start),
      endLine: firstLine + lineOf(Math.max(one.start, one.end - 1)),
      sql: own,
      file,
      copyData: rows === null ? copy?.text ?? null : null,
      copyRows: rows,
      parameters: parametersOf(own),
      shape: shapeOf(one.node, facts.command),
      start: one.start,
      end: one.end,
    };
  });
  const statements = all.map(ownMode).filter((one) => one.control === null);
  const controls = all.filter((one) => one.control !== null);
  return {
    ...none, statements, faults, repaired, prose,
    refused: statements.length === 0 && faults.length === 0 ? 'comments' : null,
    discards: discards(statements, controls),
    marked: controls.length > 0,
    takesBack: takesBack(all),
    endsLocal: endsLocal(all),
    controls: controls.flatMap(({ control, line, file: from }) => (control === null ? [] : [{ control, line, file: from }])),
  };
}

/** The lines of ranges that hold more than a comment. */
function linesOf(sql: string, ranges: readonly { start: number; end: number }[], firstLine: number): SqlRead['prose'] {
  const lineOf = lineIndex(sql);
  return ranges.flatMap(({ start, end }) => sql.slice(start, end).split('\n').map((text, index) => ({ line: firstLine + lineOf(start) + index, text: text.trim() }))).filter(({ text }) => text !== '' && !text.startsWith('--'));
}

/**
 * Whether the last word is ROLLBACK, of all that is written. An editor that sends a text at once has
 * begun a transaction itself, so a ROLLBACK behind writes takes them back without a BEGIN as well.
 */
function discards(statements: readonly StatementRead[], controls: readonly StatementRead[]): boolean {
  const last = controls.at(-1);
  if (last?.control !== 'rollback' || controls.some((one) => one.control === 'commit')) return false;
  const writing = statements.filter((one) => one.writes);
  return controls[0]?.control === 'begin' || (writing.length > 0 && writing.every((one) => one.start < last.start));
}

/** Line of the ROLLBACK of one transaction in a text whose others stay: as one transaction both would end alike. */
function takesBack(all: readonly StatementRead[]): number | null {
  let line: number | null = null;
  let stays = false;
  let open: boolean | null = null;
  for (const { control, writes, line: at, sql } of all) {
    // `COMMIT AND CHAIN` begins the next one.
    const after = /\band\s+chain\s*$/i.test(sql) ? false : null;
    switch (control) {
      case 'begin': open = false; break;
      case 'commit': stays ||= open === true; open = after; break;
      case 'rollback': if (open === true) line ??= at; open = after; break;
      case null: if (writes && open === null) stays = true; else if (writes) open = true;
    }
  }
  return stays || open === true ? line : null;
}

/** `SET LOCAL ROLE a; …; ROLLBACK; SELECT …`: as one transaction the role would stay for what follows. */
function endsLocal(all: readonly StatementRead[]): number | null {
  let open = false;
  let local = false;
  let ended: number | null = null;
  for (const { control, sql, line } of all) {
    switch (control) {
      case 'begin': open = true; break;
      case 'commit': case 'rollback':
        if (local) ended ??= line;
        open = local = false;
        break;
      case null:
        if (ended !== null && !open) return ended;
        if (open && /^\s*set\s+local\b|\bset_config\s*\((?:[^()']|'(?:[^']|'')*'|\((?:[^()]|\([^()]*\))*\))*,\s*true\s*\)/i.test(sql)) local = true;
    }
  }
  return null;
}

/** `BEGIN ISOLATION LEVEL SERIALIZABLE`: the engine begins the transaction, and its mode is set there. */
function ownMode(begin: StatementRead): StatementRead {
  const mode = begin.control === 'begin' ? /^(?:begin|start)(?:\s+(?:work|transaction)\b)?\s+((?!(?:work|transaction)\b)\S[\s\S]*)$/i.exec(begin.sql)?.[1] : undefined;
  return mode === undefined ? begin : { ...begin, control: null, command: 'SET', sql: `SET TRANSACTION ${mode}` };
}

/** Why text with faults is no SQL at all; null when it is SQL with a mistake in it. */
function refusal(sql: string, bad: SyntaxFault[], good: number): SqlRead['refused'] {
  if (bad.length === 0) return null;
  if (isTranscript(sql)) return 'transcript';
  if (bad.some((fault) => isElided(sql.slice(fault.start, fault.end)))) return 'elided';
  const meant = bad.filter((fault) => {
    const piece = sql.slice(fault.start, fault.end);
    return looksLikeSql(piece) || (sql.startsWith(';', fault.end) && meantVerb(piece) !== null);
  });
  if (meant.length === 0) return 'not-sql';
  return good === 0 && meant.length * 2 < bad.length ? 'not-sql' : null;
}

function looksLikeSql(piece: string): boolean {
  // A policy's clause, shown alone.
  if (/^(?:\s|--[^\n]*\n)*with\s+check\s*\(/i.test(piece)) return false;
  if (!VERB.test(piece) && meantVerb(piece) === null) return false;
  const words = piece.split(/\s+/).length;
  // A sentence that starts with a verb of SQL: words, and none of SQL's marks.
  return words < 3 ? /[()=;*"']/.test(piece) : /[()=;*'"]|\b(?:from|where|table|into|set|values|policy|index|function|trigger|on|to)\b/i.test(piece) && !/[:.]\s+[A-Z]|\b(?:the|should|must|your|please)\b/.test(piece.replace(/'[^']*'|--[^\n]*/g, ''));
}

const TAG_LINE = /^(?:(?:CREATE|ALTER|DROP) (?:TABLE|INDEX|VIEW|MATERIALIZED VIEW|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|TRIGGER|EVENT TRIGGER|POLICY|TYPE|DOMAIN|SEQUENCE|SCHEMA|EXTENSION|ROLE|DATABASE|RULE|PUBLICATION|SUBSCRIPTION|SERVER|FOREIGN TABLE|FOREIGN DATA WRAPPER|USER MAPPING|TABLESPACE|STATISTICS|CAST|COLLATION|OPERATOR|OPERATOR CLASS|DEFAULT PRIVILEGES)|CREATE TABLE AS|COMMENT|GRANT|REVOKE|BEGIN|COMMIT|DO|SET|VACUUM|ANALYZE|INSERT \d+ \d+|(?:UPDATE|DELETE|SELECT|MERGE|COPY) \d+|TRUNCATE TABLE|REFRESH MATERIALIZED VIEW)(?:\s*\(x?\d+\))?$/;

/** Command tags, one per line, as psql prints them; `SELECT 2` below a comment is a query. */
export function isTranscript(text: string): boolean {
  const lines = text.split('\n', 400).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('--'));
  return lines.length > 0 && lines.every((line) => TAG_LINE.test(line) || /^NOTICE: /.test(line)) && !(lines.length <= 2 && lines.every((line) => /^(?:BEGIN|COMMIT)$/.test(line)))
    && !(/^\s*--/m.test(text) && lines.every((line) => /^SELECT \d+$/.test(line)));
}
