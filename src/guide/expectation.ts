import type { Assertion, Scalar } from '../assertions/assertion.js';
import { plainText } from './plain.js';
import { numberOf, readWording, type Extra } from './reading.js';
import type { StatementShape } from './statement-shape.js';
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
  /** As it stands in the document, where `text` is only a part of it. */
  shown?: string;
  /** It was said of what is on the way, whatever stands below it. */
  onWay?: boolean;
  /** It stands in the heading, and counts where nothing else is said of the step. */
  titled?: boolean;
  /** A label that may say what is to be seen: it counts where it is read, and is a title where not. */
  maybe?: boolean;
  /** It tells of something done by hand before the step: no statement of the step is meant. */
  apart?: boolean;
  /** It stands behind an example of the step: only what is so of any values is said of the step itself. */
  exampled?: boolean;
  /** One of a list of criteria, which may be of any query of its section. */
  criterion?: boolean;
  /** Of which statement it is known to be. */
  at?: number;
  /** A person decides: it shows figures that may differ from run to run, such as times or sizes, or may be of another statement. */
  asks?: boolean;
}

/** A wording with the lines that belong to it: what a person is asked who has to decide. */
export function wholeText({ text: said, shown, extra }: Wording): string {
  const text = shown ?? said;
  switch (extra?.kind) {
    case undefined: return text;
    case 'list': return [text, ...extra.lines].join('\n');
    case 'output': return `${text}\n${extra.text}`;
    case 'table': return [text, ...[extra.columns, ...extra.rows].map((cells) => cells.join(' | '))].join('\n');
  }
}

/** A wording that a person decides, with all that belongs to it. */
export function asked(wording: Wording, statement: number | null = null): ExpectationRead {
  return { line: wording.line, text: wording.shown ?? wording.text, statement, source: 'operator', assertion: { type: 'operator', text: wholeText(wording) }, alternative: null, remedy: wording.remedy };
}

const OF_CALL = /^\s*select\s+\*\s+from\s+[\w".]+\s*\(/i;

function assertionOf(assertion: Assertion, wording: Wording, statement: StatementRead | undefined): Assertion {
  // A table shows rows as they come; a list names them in any order.
  if (assertion.type === 'table' && statement) return { ...assertion, ordered: assertion.ordered && statement.shape.ordered && wording.extra?.kind !== 'list' && isSorted(assertion, statement.shape) };
  // What a call returns is known to the server alone: a name in running text may be short for its column.
  if (assertion.type === 'column' && statement && wording.extra === null && statement.shape.columns.includes('*') && OF_CALL.test(statement.sql) && !isExact(wording.text, assertion.column)) return { type: 'operator', text: wholeText(wording) };
  // The wording as a whole was not understood: nothing of it may be lost to the one who is asked.
  return assertion.type === 'operator' && assertion.text === wording.text.trim() ? { ...assertion, text: wholeText(wording) } : assertion;
}

/**
 * Whether rows stand in the order that the statement gives them in; where only the server knows that column, whether some column
 * rises or falls from row to row: a table that sorts by none was written in the guide's own order.
 */
function isSorted({ columns, rows }: Extract<Assertion, { type: 'table' }>, shape: StatementShape): boolean {
  const compare = (one: Scalar | undefined, other: Scalar | undefined): number => {
    const [left, right] = [String(one ?? ''), String(other ?? '')];
    return left !== '' && right !== '' && !Number.isNaN(Number(left)) && !Number.isNaN(Number(right)) ? Number(left) - Number(right) : left.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase().localeCompare(right.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase());
  };
  const goes = (column: number, way: 1 | -1): boolean => rows.every((row, index) => index === 0 || compare(rows[index - 1]?.[column], row[column]) * way <= 0);
  const { sortedBy } = shape;
  const at = sortedBy === undefined ? -1 : (columns ?? shape.columns).findIndex((name) => name?.toLowerCase() === sortedBy.column.toLowerCase());
  if (at !== -1) return goes(at, sortedBy?.falling === true ? -1 : 1);
  return rows.length < 3 || (rows[0] ?? []).some((_, column) => goes(column, 1) || goes(column, -1));
}

/** Whether a name stands in back-ticks or quotes. */
function isExact(text: string, name: string): boolean {
  // So is one that stands before its value in quotes.
  if (new RegExp(`\\b${name.replace(/\W/g, '')}\\s*=\\s*['"]`, 'i').test(text)) return true;
  return text.split(/[`"]/).some((part, index) => index % 2 === 1 && part.toLowerCase().includes(name.toLowerCase()));
}

/** Where the statements stand that a wording about "all" or "both" can mean. */
export type Reach = 'above' | 'below' | 'fence' | 'own';

/** Reads a wording against one statement (or none), or against each that returns rows where it says "all". */
export function bindWording(wording: Wording, statements: StatementRead[], index: number | null, reach: Reach = 'fence'): ExpectationRead[] {
  if (wording.asks === true) return [asked(wording, index)];
  const unread = unreadList(wording, index === null ? undefined : statements[index]);
  if (unread) return [...bindWording({ ...wording, extra: null }, statements, index, reach), ...bindWording(unread, statements, index, reach)];
  const readAt = (at: number | null) => readWording(wording.text, { shape: at === null ? null : (statements[at]?.shape ?? null), extra: wording.extra });
  const read = readAt(index);
  const make = (found: Assertion, statement: number | null, from = read): ExpectationRead => {
    const assertion = assertionOf(found, wording, statement === null ? undefined : statements[statement]);
    return {
      line: wording.line,
      text: plainText(wording.shown ?? wording.text, true),
      statement,
      source: assertion.type === 'operator' ? 'operator' : from.source,
      assertion,
      alternative: from.alternative,
      remedy: wording.remedy ?? from.remedy,
    };
  };
  if (read.quantifier === 'every-statement' && index !== null && reach !== 'own') {
    const faults = read.assertions.every(({ type }) => type === 'error' || type === 'success');
    const targets = faults ? failing(statements, wording.text) : reached(statements, index, reach, wording.text);
    if (faults && targets.length === 0) return [asked(wording, index)];
    // "All three" of five: which of them, a person tells.
    const many = numberOf(/^\W*(?:expected:? )?all (two|three|four|five|six|\d)\b/i.exec(wording.text)?.[1] ?? '');
    if (many !== null && targets.length > 1 && targets.length !== many) return [asked(wording, index)];
    // "No rows" of queries of which some count and others list: whether the count is meant, a person tells.
    const lists = targets.filter((at) => readAt(at).assertions.every((one) => one.type === 'rows'));
    if (!faults && lists.length > 0 && lists.length < targets.length && /^\W*(?:neither|none|if|no|nothing)\b/i.test(wording.text)) return [asked(wording, index)];
    // A column that only some of them have is what is meant of those alone.
    const meant = withTheColumn(targets.filter((at) => readAt(at).source === 'read'), statements, (at) => readAt(at).assertions);
    if (targets.length > 1) return (meant.length > 0 ? meant : targets).flatMap((at) => readAt(at).assertions.map((assertion) => make(assertion, at, readAt(at))));
  }
  if (reach === 'below' && index !== null && saysNothing(read.assertions)) {
    const block = blockFrom(statements, index, 1).filter((at) => saysNothing(readAt(at).assertions));
    if (block.length > 1) return block.flatMap((at) => readAt(at).assertions.map((assertion) => make(assertion, at, readAt(at))));
  }
  return read.assertions.map((assertion) => {
    if (assertion.type !== 'notice' || statements.length === 0 || (wording.extra !== null && statements.length < 2)) return make(assertion, index);
    // Notices are judged where they are raised: by the statement that holds their text.
    const raises = statements.findIndex((one) => one.sql.includes(assertion.contains.replaceAll("'", "''")));
    return raises === -1 ? make({ type: 'operator', text: assertion.contains }, index) : make(assertion, raises);
  });
}

/** Of statements that a column is said of, those that are known to have it; all of them where none is. */
function withTheColumn(targets: number[], statements: StatementRead[], told: (at: number) => Assertion[]): number[] {
  const own = targets.filter((at) => told(at).every((one) => one.type !== 'column' || statements[at]?.shape.columns.some((column) => column?.toLowerCase() === one.column.toLowerCase()) === true));
  return own.length > 0 ? own : targets;
}

/** The list under a sentence that was read without it ("All should be true. The tables:"), with what leads to it: read or asked for itself. */
function unreadList(wording: Wording, statement: StatementRead | undefined): Wording | null {
  const { text, extra } = wording;
  if (extra?.kind !== 'list') return null;
  const shape = statement?.shape ?? null;
  const without = readWording(text, { shape, extra: null });
  if (without.source !== 'read' || JSON.stringify(without.assertions) !== JSON.stringify(readWording(text, { shape, extra }).assertions)) return null;
  return { ...wording, text: 'Expected:', shown: wording.shown ?? text };
}

/** The statements "all" means: those that stand without a gap beside the wording, else all on its side. */
function reached(statements: StatementRead[], index: number, reach: Reach, said: string): number[] {
  const step = reach === 'below' ? 1 : -1;
  if (reach !== 'fence') {
    const block = blockFrom(statements, index, step);
    // "Both should be low", right beside one query of two columns: of these.
    if (block.length > 1 || (/\bboth\b/i.test(said) && statements[index]?.shape.columns.length === 2)) return block;
  }
  return statements.flatMap(({ shape }, at) => (shape.returnsRows === true && (reach === 'fence' || (at - index) * step >= 0) ? [at] : []));
}

/** What "both should fail" is said of: whatever reads or changes rows; none where there are not two of them. */
function failing(statements: StatementRead[], said: string): number[] {
  const tried = statements.flatMap(({ command }, at) => (/^(?:SELECT|INSERT|UPDATE|DELETE|MERGE)\b/.test(command) ? [at] : []));
  return /\bboth\b/i.test(said) && tried.length !== 2 ? [] : tried;
}

/** A statement and those that return rows and follow it (or go before it) without a gap, in order. */
function blockFrom(statements: StatementRead[], index: number, step: 1 | -1): number[] {
  const block = [index];
  for (let at = index + step; statements[at]?.shape.returnsRows === true && adjacent(statements[Math.min(at, at - step)], statements[Math.max(at, at - step)]); at += step) block.push(at);
  return block.sort((a, b) => a - b);
}

/** "Should return 0 rows", "> 0 rows" or "should be true" over a block of queries is said of each; any other figure, of the first alone. */
function saysNothing(assertions: Assertion[]): boolean {
  return assertions.length === 1 && assertions.every((one) => (one.type === 'rows' || one.type === 'value') && ((one.op === '=' && (one.value === 0 || typeof one.value === 'boolean')) || (one.op === '>' && one.value === 0) || (one.op === '>=' && one.value === 1)));
}

function adjacent(above: StatementRead | undefined, below: StatementRead | undefined): boolean {
  return above !== undefined && below !== undefined && above.endLine + 1 >= below.line;
}
