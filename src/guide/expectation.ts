import type { Assertion } from '../assertions/assertion.js';
import type { CommentRun } from './comments.js';
import { plainText } from './plain.js';
import { isExpectation, readWording, type Extra } from './reading.js';
import type { StatementRead } from './statement.js';

/** An expectation as read: what the graph shows of it. */
export interface ExpectationRead {
  line: number;
  text: string;
  statement: number | null;
  source: 'explicit' | 'read' | 'operator';
  assertion: Assertion;
  alternative: Assertion | null;
  remedy: string | null;
}

/** Wording with the lines that belong to it, before it is bound. */
export interface Wording {
  line: number;
  text: string;
  extra: Extra;
  remedy: string | null;
}

/** A wording with the lines that belong to it: what a person is asked who has to decide. */
export function wholeText({ text, extra }: Wording): string {
  switch (extra?.kind) {
    case undefined: return text;
    case 'list': return [text, ...extra.lines].join('\n');
    case 'output': return `${text}\n${extra.text}`;
    case 'table': return [text, ...[extra.columns, ...extra.rows].map((cells) => cells.join(' | '))].join('\n');
  }
}

function assertionOf(assertion: Assertion, wording: Wording, statement: StatementRead | undefined): Assertion {
  if (assertion.type === 'table' && statement) return { ...assertion, ordered: statement.shape.ordered };
  // The wording as a whole was not understood: nothing of it may be lost to the one who is asked.
  return assertion.type === 'operator' && assertion.text === wording.text.trim() ? { ...assertion, text: wholeText(wording) } : assertion;
}

/** Reads a wording against one statement (or none), or against each that returns rows where it says "all". */
export function bindWording(wording: Wording, statements: StatementRead[], index: number | null): ExpectationRead[] {
  const read = readWording(wording.text, { shape: index === null ? null : (statements[index]?.shape ?? null), extra: wording.extra });
  const make = (assertion: Assertion, statement: number | null, from = read): ExpectationRead => ({
    line: wording.line,
    text: plainText(wording.text, true),
    statement,
    source: assertion.type === 'operator' ? 'operator' : from.source,
    assertion: assertionOf(assertion, wording, statement === null ? undefined : statements[statement]),
    alternative: from.alternative,
    remedy: wording.remedy ?? from.remedy,
  });
  const targets = statements.flatMap((one, at) => (one.shape.returnsRows ? [at] : []));
  if (read.quantifier === 'every-statement' && targets.length > 1) {
    return targets.flatMap((at) => {
      const own = readWording(wording.text, { shape: statements[at]?.shape ?? null, extra: wording.extra });
      return own.assertions.map((assertion) => make(assertion, at, own));
    });
  }
  return read.assertions.map((assertion) => make(assertion, index));
}

/**
 * Binds the comments of a fence to its statements (rules 1 to 5 of the language).
 * `firstLine` is the document line of the body's first line.
 */
export function expectationsOfComments(runs: CommentRun[], statements: StatementRead[], firstLine: number): ExpectationRead[] {
  return runs.flatMap((run) => {
    if (run.inside) return [];
    return wordingsOfRun(run, firstLine).flatMap(({ wording, forward }) => {
      const index = statementOf(run, forward);
      return bindWording(wording, statements, index);
    });
  });
}

function statementOf(run: CommentRun, forward: boolean): number | null {
  if (run.own !== null) return run.own;
  if (run.touchesAbove !== run.touchesBelow) return (run.touchesAbove ? run.before : run.after) ?? run.before ?? run.after;
  return forward ? (run.after ?? run.before) : (run.before ?? run.after);
}

const CONTINUES = /^(?:\s{3,}\S|\s*(?:[-*•·|✅❌✓✗]|\d+[.)]\s)|\s*[a-z(,;]|\s*\|)/;
const BRANCH = /^\s*(?:\W*\s)?(?:if|when|otherwise|else)\b/i;
const CODE = /^\s*(?:select|insert|update|delete|create|alter|drop|grant|with|begin|commit|where|from)\b/i;

/** The expectations that a run of comment lines holds; lines that continue one join it. */
function wordingsOfRun(run: CommentRun, firstLine: number): { wording: Wording; forward: boolean }[] {
  const found: { wording: Wording; forward: boolean }[] = [];
  let open: { wording: Wording; forward: boolean } | null = null;
  for (const comment of run.lines) {
    const text = comment.text.trim();
    const cue = text === '' ? null : isExpectation(text);
    if (open && BRANCH.test(text)) {
      open.wording.remedy = open.wording.remedy === null ? plainText(text) : `${open.wording.remedy} ${plainText(text)}`;
    } else if (open && (cue === null || listLine(comment.text)) && text !== '' && continues(open.wording, comment.text)) {
      if (listLine(comment.text)) addLine(open.wording, text);
      else open.wording.text = `${open.wording.text} ${text}`;
    } else if (cue) {
      open = { wording: { line: firstLine + comment.line, text, extra: null, remedy: null }, forward: cue === 'forward' };
      found.push(open);
    } else open = null;
  }
  return found;
}

function continues(wording: Wording, line: string): boolean {
  if (CODE.test(line)) return false;
  return CONTINUES.test(line) || /[:,(]$/.test(wording.text.trim());
}

function listLine(text: string): boolean {
  return /^\s*(?:[-*•·✅❌✓✗]\s|\d+[.)]\s|\|)/.test(text);
}

function addLine(wording: Wording, text: string): void {
  const cells = tableCells(text);
  if (wording.extra?.kind === 'table') {
    if (!/^[\s|:-]+$/.test(text)) wording.extra.rows.push(cells);
  } else if (text.startsWith('|') && wording.extra === null) wording.extra = { kind: 'table', columns: cells, rows: [] };
  else if (wording.extra?.kind === 'list') wording.extra.lines.push(bare(text));
  else wording.extra = { kind: 'list', lines: [bare(text)] };
}

function tableCells(text: string): string[] {
  return text.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
}

function bare(text: string): string {
  return text.replace(/^(?:[-*•·]|\d+[.)])\s+/, '');
}

/** Words that name something of a statement: its columns, tables and constants. */
function namesOf(statement: StatementRead): Set<string> {
  const names = new Set<string>([...statement.shape.tables, ...statement.shape.columns.flatMap((column) => (column === null || column === '*' ? [] : [column]))].map((name) => name.toLowerCase()));
  for (const match of statement.sql.matchAll(/'([\w.-]{3,63})'/g)) names.add((match[1] ?? '').toLowerCase());
  return names;
}

/**
 * Which statement a wording after a fence belongs to (rule 6): the only one that
 * returns rows, else the one whose names the text mentions most, else the last
 * that returns rows; null where none returns rows.
 */
export function statementAfterFence(statements: StatementRead[], wording: Wording): number | null {
  const returning = statements.flatMap((one, index) => (one.shape.returnsRows ? [index] : []));
  if (returning.length === 0) return statements.length === 0 ? null : statements.length - 1;
  if (returning.length === 1) return returning[0] ?? null;
  const extra = wording.extra;
  const said = [wording.text, ...(extra?.kind === 'list' ? extra.lines : extra?.kind === 'table' ? [...extra.columns, ...extra.rows.flat()] : [])].join(' ').toLowerCase();
  const words = new Set(said.match(/[\p{L}_][\p{L}\p{N}_.-]*/gu) ?? []);
  let best = returning.at(-1) ?? null;
  let most = 0;
  for (const index of returning) {
    const statement = statements[index];
    const score = statement ? [...namesOf(statement)].filter((name) => words.has(name)).length : 0;
    if (score > most) {
      most = score;
      best = index;
    }
  }
  return best;
}
