import type { Block, Fence, Table } from './block.js';
import { hasBlank } from './blanks.js';
import { ANY_OTHER_SYSTEM, isBranch } from './branches.js';
import type { Wording } from './expectation.js';
import { isPattern } from './patterns.js';
import { matchable, plainText } from './plain.js';
import { readStatements, type StatementRead } from './statement.js';
import { overrideOf } from './walk-label.js';

/** A table that holds a statement in each row: the statements as a fence whose lines are the table's, and what each row expects. */
export interface CellTable {
  fence: Fence;
  said: Wording[];
  /** Some row says what its statement must show. */
  expects: boolean;
  /** A header says that they are run, rather than that they are looked at. */
  runs: boolean;
  writes: boolean;
}

const EXPECTS = /^\W*(?:expect(?:ed|ation|s)?\b|(?:should|must) (?:be|return|show|give|see)\b|pass(?:es)? (?:if|when)\b|(?:resultados? |salida |saída )?esperad[oa]s?\b|(?:r[eé]sultats? )?attendus?\b|erwartet|(?:risultat[oi] )?attes[oi]\b)/;
const RESULT = /^\W*(?:results?|returns?|answers?)\W*$/;
/** Headers that tell how it went: what stands beside them was measured. */
const WENT = /^\W*(?:status|verdict|actual\b.*|measured\b.*|pass(?:ed)?(?: ?\/ ?fail(?:ed)?)?|ok\??|outcome|✅)\W*$/;
const RUN = /\b(?:commands?|run|execute|sql|statements?|steps?|psql)\b/;
const LOOK = /\b(?:quer(?:y|ies)|checks?|tests?|verif\w*|validat\w*|assert\w*|probes?|how)\b/;
/** What to do where a check fails: it is told there, and never runs. */
const REMEDY = /^\W*(?:(?:action|what to do|do)? ?(?:if|when|on) (?:it |this |not |no |the check )?(?:fail\w*|not|wrong|otherwise|different|failure|mismatch)\b.*|(?:fix|remedy|action))\W*$/;
/** An example, an old state, a way back, trouble, one of several ways: the statements are no steps. */
const AWAY = /\b(?:examples?|samples?|usage|old|before|after|previous\w*|current(?:ly)?|existing|legacy|deprecated|wrong|bad|good|better|avoid|instead|slow|fast|roll\w* ?-?back|undo|revert\w*|revers\w*|down|restor\w*|recover\w*|fix(?:es)?|remed\w*|solutions?|workarounds?|resolutions?|problems?|symptoms?|issues?|errors?|causes?|troubleshoot\w*|diagnos\w*|debug\w*|alternatives?|options?|optional|when|if|unless|case|unexpected|not|never|alerts?\w*|schedules?|frequency|often|cron|intervals?|equivalents?|definitions?)\b/;
/** One of several places, or somebody else's eyes: what the operator's session returns is another result. */
const ELSEWHERE = /^\W*(?:\w+ )?(?:environments?|env|servers?|hosts?|databases?|db|instances?|nodes?|replicas?|shards?|clusters?|tenants?|roles?|users?|actors?|personas?|sessions?|logins?|system|as|who|where)(?: name)?\W*$/;
/** What is to be reached, of which a person tells whether it is. */
const TARGET = /^\W*(?:targets?|thresholds?|goals?|limits?|acceptable|criteri(?:a|on)|baselines?)\b/;
/** Headers that count steps. */
const COUNTS = /^(?:#|nr?\.?|no\.?|order|steps?|phases?)$/;
/** Headers of what a step is called. Under any other ("Endpoint", "Allowed") a statement that writes, or of which nothing is expected, is told of something else. */
const NAMES = /^(?:step|action|task|what|name|title|description|purpose|object|table|column|comment|check|test|scenario|verification|validation|item|figure|metric|question|duration|estimate|owner|done)?s?(?: (?:name|to check|to do|for))?$/;
/** What a list of changes tells of them, where nothing counts them as steps. */
const DESCRIBES = /\b(?:purpose|descriptions?|effects?|meaning|does|explanations?|changes?|details?|why|reasons?)\b/;
/** What a review of statements tells of them. */
const REVIEWS = /\b(?:locks?|risks?|impacts?|severity|safe\w*|idempoten\w*|reversib\w*|findings?|blocking|cost|notes?)\b/;
/** Somebody else's eyes, told in a cell. */
const WHO = /\bas (?:an? |the |test )?(?:[\w-]+ )?(?:users?|roles?|admins?|members?|owners?|guests?|customers?|tenants?|staff|managers?|service)\b|\b(?:anon(?:ymous)?|authenticated|service_role|impersonat\w*|(?:logged|signed)[- ]in|(?:an)?other (?:user|tenant)|(?:user|tenant) [a-z0-9])\b/;
/** What a row expects where no column does. */
const STATES = /\b(?:expect(?:ed|s)?|should|must)\b/i;
const VERDICT = /^\W*(?:pass(?:e[sd])?|ok(?:ay)?|fail(?:s|ed)?|done|yes|no|success\w*|works?|pending|tbd|skipped)?\W*$/i;
const NOTHING = /^(?:[-–—_\s]*|n\/?a|tbd|todo)$/i;

const known = new WeakMap<Table, CellTable | null>();

/** The statements of a table of which each row holds exactly one, whole and in back-ticks; null for every other table. */
export function readCells(table: Table): CellTable | null {
  let found = known.get(table);
  if (found === undefined) known.set(table, found = read(table));
  return found;
}

/** Whether a block is a table of statements: code, as a fence is. */
export function isCells(block: Block | undefined): boolean {
  return block?.kind === 'table' && readCells(block) !== null;
}

/** The statements of tables among blocks, those in lists and quotes too, as fences. */
export function cellFences(blocks: readonly Block[]): Fence[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'table': return readCells(block)?.fence ?? [];
      case 'list': return block.items.flatMap((item) => cellFences(item.children));
      case 'quote': return cellFences(block.children);
      default: return [];
    }
  });
}

function read(table: Table): CellTable | null {
  const rows = table.rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.replaceAll('\\|', '|')) }));
  const [first] = rows;
  const column = first?.cells.findIndex((cell) => statementIn(cell) !== null) ?? -1;
  if (column === -1) return null;
  const held = rows.map(({ cells }) => statementIn(cells[column] ?? ''));
  if (!held.every((one) => one !== null) || rows.some(({ cells }) => cells.length > table.columns.length || cells.some((cell, at) => at !== column && statementIn(cell) !== null))) return null;
  const headers = table.columns.map((header) => matchable(header));
  const expected = expectedColumn(headers, column);
  const remedy = expected.at === -1 ? -1 : headers.findIndex((header, at) => at !== column && at !== expected.at && REMEDY.test(header));
  if (expected.several || headers.some((header) => ELSEWHERE.test(header)) || headers.some((header, at) => at !== remedy && AWAY.test(at === expected.at ? header.replace(/^\W*expected errors?\b|\bpass(?:es)? (?:if|when)\b/, '') : header))) return null;
  const told = (cells: string[]): string[] => cells.filter((_, at) => at !== column && at !== expected.at && at !== remedy);
  if (rows.some(({ cells }, index) => told(cells).some((cell) => leaves(cell, held[index]?.sql ?? '')))) return null;
  const lines = Array.from({ length: table.endLine - table.line + 1 }, () => '');
  rows.forEach(({ line }, index) => { lines[line - table.line] = `${held[index]?.sql ?? ''};`; });
  const writes = held.some((one) => one.writes || !one.shape.returnsRows);
  const other = headers.some((header, at) => at !== column && at !== expected.at && at !== remedy && !COUNTS.test(header) && !NAMES.test(header));
  if (other && (writes || expected.at === -1)) return null;
  const runs = headers.some((header) => RUN.test(header));
  if (!runs && expected.at === -1 && !LOOK.test(headers[column] ?? '')) return null;
  if (writes && headers.some((header) => REVIEWS.test(header) || (DESCRIBES.test(header) && !headers.some((one) => COUNTS.test(one))))) return null;
  const said = rows.flatMap(({ line, cells }, at): Wording[] => {
    if (expected.at === -1) return told(cells).filter((cell) => STATES.test(cell)).map((text) => ({ line, text, extra: null, remedy: null }));
    // "`> 0`": the ticks only keep the sign from being a mark.
    const text = (cells[expected.at] ?? '').trim().replace(/^`([<>=≤≥!]+ ?-?\d[\d.,]*)`$/, '$1');
    if (NOTHING.test(plainText(text)) || hasBlank(text)) return [];
    const check = told(cells).map((cell) => plainText(cell, true)).find((cell) => /\p{L}/u.test(cell));
    const fails = plainText(cells[remedy] ?? '');
    const asks = expected.measured || (VERDICT.test(text) && !(held[at]?.sql ?? '').includes(plainText(text)));
    return [{ line, text: wordsOf(headers[expected.at] ?? '', text), shown: `${check ?? plainText(table.columns[expected.at] ?? '')}: ${text}`, extra: null, remedy: NOTHING.test(fails) ? null : fails, ...(asks ? { asks } : {}) }];
  });
  return {
    fence: { kind: 'fence', lang: 'sql', meta: '', body: lines.join('\n'), bodyLine: table.line, indent: 0, line: table.line, endLine: table.endLine },
    said, expects: expected.at !== -1 && !expected.measured, runs, writes,
  };
}

/** The column that says what each statement must show; of a result beside a verdict, a person tells. */
function expectedColumn(headers: readonly string[], column: number): { at: number; several: boolean; measured: boolean } {
  const those = (pattern: RegExp): number[] => headers.flatMap((header, at) => (at !== column && pattern.test(header) ? [at] : []));
  const [expected, results] = [those(EXPECTS), those(RESULT)];
  const found = [expected, results, those(TARGET)].find((some) => some.length > 0) ?? [];
  return { at: found[0] ?? -1, several: found.length > 1, measured: expected.length === 0 && (results.length === 0 || those(WENT).length > 0) };
}

/** The cell as a sentence: "Expected rows" over "3" are three rows, "Expected error" over a message is that error. */
function wordsOf(header: string, cell: string): string {
  const what = /^\W*expected (\w[\w ]*?)\W*$/.exec(header)?.[1] ?? '';
  if (/^(?:number of )?rows?$/.test(what) && /^\W*\d+\W*$/.test(cell)) return `Expected: ${cell} rows`;
  return /^$|^(?:results?|outputs?|values?|counts?|rows?|row counts?|number of rows|answers?|outcomes?|returns?)$/.test(what) ? `Expected: ${cell}` : `Expected ${what}: ${cell}`;
}

/** Whether words name somebody in whose session a statement is meant; a name that the statement holds itself is looked for. */
function namesOther(text: string, sql: string): boolean {
  const who = WHO.exec(matchable(text))?.[0];
  return who !== undefined && !sql.toLowerCase().includes(who);
}

/** Whether what a row tells takes its statement off the straight way, or into somebody else's session. */
export function leaves(cell: string, sql: string): boolean {
  const text = plainText(cell);
  return isBranch(text) || overrideOf(text) !== null || ANY_OTHER_SYSTEM.test(text) || /\boptional(?:ly)?\b/i.test(text) || namesOther(text, sql);
}

/** The one statement that a cell is: whole, in back-ticks, and nothing else; null for other cells. */
export function statementIn(cell: string): StatementRead | null {
  const sql = /^\s*(`+)\s*([^`]+?)[\s;]*\1[\s;.]*$/.exec(cell)?.[2];
  // `SELECT` alone is a privilege, dots and `$1` leave something open.
  if (sql === undefined || !/^[a-z]+\s+\S/i.test(sql) || /…|\.{3}|\$\d|--|\/\*/.test(sql)) return null;
  const { statements, controls, refused, faults, cuts, repaired } = readStatements(sql, 1);
  const [only, ...more] = statements;
  if (only === undefined || more.length > 0 || controls.length > 0 || refused !== null || faults.length > 0 || cuts.length > 0 || repaired || only.sql !== sql) return null;
  return isPattern([only]) ? null : only;
}
