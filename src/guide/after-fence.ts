import { catalogsOf } from './catalogs.js';
import type { Wording } from './expectation.js';
import { listsKind } from './wording/names.js';
import type { StatementRead } from './statement.js';

/** Words that name something of a statement: its columns, tables and constants. */
function namesOf(statement: StatementRead): Set<string> {
  const names = new Set<string>([...statement.shape.tables, ...statement.shape.columns.flatMap((column) => (column === null || column === '*' ? [] : [column]))].map((name) => name.toLowerCase()));
  for (const match of statement.sql.matchAll(/'([\w.-]{3,63})'/g)) names.add((match[1] ?? '').toLowerCase());
  return names;
}

/** The parts of a statement's names, in the singular: `cron_job_logs` is about logs. */
function partsOf(statement: StatementRead): Set<string> {
  const names = [...statement.shape.tables, ...statement.shape.columns.filter((column) => column !== null && column !== '*')];
  return new Set(names.flatMap((name) => (name ?? '').split(/_|(?<=[a-z])(?=[A-Z])/)).filter((part) => part.length > 2).map(stem));
}

function stem(word: string): string {
  return word.toLowerCase().replace(/(?<=[^s])s$/, '');
}

/** "Returns a UUID (entry ID)": said of a call, by what comes back of it. */
const RETURNS = /^\W*(?:expected?\b[^:：]{0,30}[:：]\W*)?(?:it |this |which )?returns?\b/i;

/** Words of a sentence that are no name only because a column is called so: "the new id". */
const EVERYDAY = new Set(['id', 'name', 'value', 'type', 'key', 'date', 'result']);

/** The words that can name something: an everyday one only in back-ticks or quotes, or where it is compared. */
function wordsOf(said: string): string[] {
  return [...said.matchAll(/[\p{L}_][\p{L}\p{N}_.-]*/gu)].flatMap((match) => {
    const [word] = match;
    const exact = /[`'"]$/.test(said.slice(0, match.index)) || /^[`'"]?\s*[=<>!]/.test(said.slice(match.index + word.length));
    return EVERYDAY.has(word) && !exact ? [] : [word];
  });
}

/**
 * Which statement a wording after a fence belongs to (rule 6): the only one that
 * returns rows, else the one whose names the text mentions most, whole or in part,
 * else its own where there are as many wordings as statements (`paired`), else the
 * last that returns rows; null where there is no statement.
 */
export function statementAfterFence(statements: StatementRead[], wording: Wording, paired: number | null): number | null {
  const returning = statements.flatMap((one, index) => (one.shape.returnsRows ? [index] : []));
  if (returning.length === 0) return statements.length === 0 ? null : statements.length - 1;
  if (returning.length === 1) return returning[0] ?? null;
  const extra = wording.extra;
  const said = [wording.text, ...(extra?.kind === 'list' ? extra.lines : extra?.kind === 'table' ? [...extra.columns, ...extra.rows.flat()] : [])].join(' ').toLowerCase();
  const last = statements[returning.at(-1) ?? -1];
  // What is returned is a call's where one stands last, unless a name is quoted.
  if (RETURNS.test(wording.text) && !/[`"']/.test(said) && last?.shape.tables.length === 0 && last.shape.oneRow) return paired ?? returning.at(-1) ?? null;
  const words = wordsOf(said);
  return ofCatalog(statements, returning, said) ?? mostNamed(statements, returning, new Set(words), namesOf) ?? ofTheKind(statements, returning, said) ?? mostNamed(statements, returning, new Set(words.map(stem)), partsOf) ?? paired ?? returning.at(-1) ?? null;
}

/** The only statement that looks where such a thing is listed: "`papers` bucket exists". */
function ofCatalog(statements: StatementRead[], among: number[], said: string): number | null {
  const kind = /[`"'][\w.-]+[`"'] (bucket|trigger|function|index|extension|policy|constraint|table|column|job) (?:exists?|is (?:there|listed|present)|should exist)\b/.exec(said)?.[1];
  const form = catalogsOf(kind ?? '');
  const own = form === undefined ? [] : among.filter((at) => statements[at]?.shape.tables.some((table) => form.test(table)));
  return own.length === 1 ? (own[0] ?? null) : null;
}

/** "Column list includes …": the only statement that lists things of the kind; null where none does, or several. */
function ofTheKind(statements: StatementRead[], among: number[], said: string): number | null {
  const own = among.filter((at) => listsKind(said, statements[at]?.shape.columns ?? []));
  return own.length === 1 ? (own[0] ?? null) : null;
}

/** The statement most of whose names are said; null where none is, or two are said as often. */
function mostNamed(statements: StatementRead[], among: number[], said: Set<string>, names: (statement: StatementRead) => Set<string>): number | null {
  const scores = among.map((index) => {
    const statement = statements[index];
    return { index, score: statement ? [...names(statement)].filter((name) => said.has(name)).length : 0 };
  });
  const most = Math.max(...scores.map((one) => one.score));
  const best = scores.filter((one) => one.score === most);
  return most > 0 && best.length === 1 ? (best[0]?.index ?? null) : null;
}
