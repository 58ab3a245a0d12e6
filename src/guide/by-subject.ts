import type { Wording } from './expectation.js';
import type { StatementRead } from './statement.js';

/** Which of several statements a sentence means by what it speaks of: the command, the rows that it writes, the table that it counts. */

const SUBJECT = /^(?:the |this |that |your |an? )?(?:\w+ )?(insert|update|delete|upsert|merge|truncate)(?:ion)?(?: statement| query| command)? (?:(?:should|must|will|shall|ought to|has to|needs to|is expected to)\b|works|succeeds|fails|affects|is (?:denied|blocked|rejected|refused|allowed))/i;
const TAG = /^(?:expect(?:ed|s)?(?: \w+)?:? )?[`"']?(UPDATE|DELETE|MERGE|INSERT) (?:0 )?\d+[`"']?\W*$/;
const WRITTEN = /\b(?:rows?|records?) (?:(?:should|must|will|are|were|to) )?(?:(?:have been|be) )?(affected|updated|deleted|removed|inserted|modified)\b|\b(?:should|must|will) (?:only )?(affect|update|delete|insert|modify|touch) (?:exactly |at least )?(?:\d|one\b|no\b|any)/i;

const COMMANDS: Readonly<Record<string, string>> = { insert: 'INSERT', inserted: 'INSERT', upsert: 'INSERT', update: 'UPDATE', updated: 'UPDATE', modified: 'UPDATE', modify: 'UPDATE', delete: 'DELETE', deleted: 'DELETE', removed: 'DELETE', merge: 'MERGE', truncate: 'TRUNCATE TABLE' };

/** The only statement of the command that the sentence is about; null where it speaks of none, or there are more. */
export function byCommand({ text, extra }: Wording, statements: StatementRead[]): number | null {
  if (extra !== null || statements.length < 2) return null;
  const said = text.replace(/\*\*|__/g, '').trim();
  const word = SUBJECT.exec(said)?.[1] ?? TAG.exec(said)?.[1] ?? WRITTEN.exec(said)?.slice(1).find((one) => one !== undefined);
  if (word === undefined) return null;
  const command = COMMANDS[word.toLowerCase()];
  const own = statements.flatMap((one, at) => ((command === undefined ? /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(one.command) : one.command === command) ? [at] : []));
  return own.length === 1 ? (own[0] ?? null) : null;
}

const FIGURE = String.raw`(?:(?:exactly |at least |at most )?(?:-?\d[\d,]*\+?|zero|none|no|one|two|three|four|five|six|seven|eight|nine|ten)|[<>]=? ?\d[\d,]*)(?: (?:rows?|records?|entries))?`;
const NAMED = new RegExp(String.raw`^(?:the )?[\`"']?(\w+)[\`"']?(?: table| rows?| count)?\s*(?:=|:|→|->|–|—|should (?:have|be|return|contain|hold|show)|must (?:have|be|return)|has|is|returns?|contains)?\s*(${FIGURE})$`, 'i');
const WITHIN = new RegExp(String.raw`^(?:there (?:should|must) be )?(${FIGURE}) (?:in|for|from) (?:the )?[\`"']?(\w+)[\`"']?(?: table)?$`, 'i');
const LABEL = /^\W*expect(?:ed|ation)?(?: (?:results?|outputs?|counts?|values?))?\s*[:：]\s*/i;
const PLACE = /^(?:(?:query|statement|result|select|count) #?\d+|(?:first|second|third|fourth|fifth)(?: (?:query|statement|result|one|count))?|#?\d+[.)])\s*[:=–—-]?\s*/i;

/** Queries that answer with one figure each, and what is said of each of them: "`boats`: 5, `crews`: 0", or as many figures as there are queries; null where that is not so. */
export function eachFigure({ text, extra }: Wording, statements: StatementRead[]): { at: number; text: string }[] | null {
  const queries = statements.flatMap((one, at) => (one.shape.returnsRows ? [at] : []));
  if (queries.length < 2 || !queries.every((at) => statements[at]?.shape.oneRow === true && statements[at].shape.singleColumn)) return null;
  const plain = text.replace(/\*\*|__/g, '').replace(LABEL, '').replace(/[.!]\s*$/, '').trim();
  const parts = extra === null ? plain.split(/\s*[,;]\s+(?:and\s+)?|\s+and\s+/i) : extra.kind === 'list' && plain === '' ? extra.lines.map((line) => line.replace(/^[-*•]\s+/, '').trim()) : [];
  if (parts.length !== queries.length) return null;
  const named = parts.map((part) => {
    const own = NAMED.exec(part);
    const within = own === null ? WITHIN.exec(part) : null;
    const [name, figure] = own ? [own[1], own[2]] : [within?.[2], within?.[1]];
    const at = queries.filter((index) => statements[index]?.shape.tables.length === 1 && statements[index].shape.tables[0] === name?.toLowerCase());
    return at.length === 1 && at[0] !== undefined ? { at: at[0], text: `Expected: ${figure === 'none' || figure === 'no' ? '0' : (figure ?? '')}` } : null;
  });
  if (named.every((one) => one !== null) && new Set(named.map((one) => one.at)).size === parts.length) return named;
  const figures = parts.map((part) => part.replace(PLACE, '').replace(/^[`"']|[`"']$/g, ''));
  return figures.every((figure) => new RegExp(`^${FIGURE}$`, 'i').test(figure)) ? figures.map((figure, index) => ({ at: queries[index] ?? 0, text: `Expected: ${figure}` })) : null;
}

const OF_TABLES = /^\W*(?:expect(?:ed)?:\s*)?(?:the )?(`[\w.]+`(?:(?:, and | and |, )`[\w.]+`)+)(?: tables?)?(?: (?:both|all|each))? ((?:should|must) (?:(?:both|all|each|now) )?(?:return|be|show|have|give|contain)\b.+)$/i;

/** "`boats` and `piers` should return 0": of the query of each of these tables; null where one of them is read by no query, or by several. */
export function eachTable({ text, extra }: Wording, statements: StatementRead[]): { at: number; text: string }[] | null {
  const [, names = '', said = ''] = extra === null && statements.length > 1 ? (OF_TABLES.exec(text) ?? []) : [];
  const found = [...names.matchAll(/`(?:public\.)?([\w.]+)`/g)].map(([, name = '']) => statements.flatMap(({ shape }, at) => (shape.returnsRows && shape.tables.length === 1 && shape.tables[0] === name.toLowerCase() ? [at] : [])));
  return found.length > 1 && found.every((at) => at.length === 1) ? found.map(([at = 0]) => ({ at, text: `It ${said.replace(/^(should|must) (?:both|all|each|now) /i, '$1 ')}` })) : null;
}

const FOR_EACH = /^(.*?\S) (?:for|in|on|from) (?:each|both|every|either)(?: of the)?(?: (?:two|three|four|\d))? tables?\b(?:\s*\((?:[\w-]+(?:, ?| and )?)+\))?\W*$/i;

/** "4 policies for each table", "new records in both tables", below queries of which each is about one table: of each of them. */
export function ofEachTable({ text, extra }: Wording, statements: readonly StatementRead[]): { at: number; text: string }[] | null {
  const [, said = ''] = extra === null && statements.length > 1 ? (FOR_EACH.exec(text.replace(/\*\*|__/g, '')) ?? []) : [];
  const tables = said === '' ? [] : statements.map(({ shape }) => (!shape.returnsRows ? null : shape.sought?.length === 1 && /table/i.test(shape.soughtIn ?? '') ? (shape.sought[0] ?? null) : shape.tables.length === 1 && shape.sought === undefined ? (shape.tables[0] ?? null) : null));
  return said !== '' && !tables.includes(null) && new Set(tables).size === statements.length ? statements.map((_, at) => ({ at, text: said })) : null;
}

/** Lines that each begin with a column that only one of several queries has, or are the text that one of them selects: each line is that query's. */
export function eachColumn({ text, extra }: Wording, statements: StatementRead[]): { at: number; line: string }[] | null {
  const told = extra?.kind === 'list' ? extra.lines : extra?.kind === 'output' ? extra.text.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [];
  if (told.length < 2 || told.length > 50 || text.replace(/\*\*|__/g, '').replace(LABEL, '').replace(/^[\w ]{0,40}[:：]\s*$/, '').trim() !== '') return null;
  const lines = told.map((line) => {
    const constant = extra?.kind === 'output' ? statements.flatMap(({ shape, sql }, at) => (shape.oneRow && shape.singleColumn && shape.tables.length === 0 && sql.includes(`'${line}'`) ? [at] : [])) : [];
    if (constant.length === 1 && constant[0] !== undefined) return { at: constant[0], line: `'${line}'` };
    const name = /^\W*`?([a-z_]\w*)`?\s*[:=]/i.exec(line)?.[1]?.toLowerCase();
    const own = statements.flatMap(({ shape }, at) => (shape.returnsRows && shape.columns.some((column) => column?.toLowerCase() === name) ? [at] : []));
    return own.length === 1 && own[0] !== undefined ? { at: own[0], line } : null;
  });
  return lines.every((one) => one !== null) && new Set(lines.map(({ at }) => at)).size > 1 ? lines : null;
}

/** "12 boats" behind a count and a sample of five rows: of the count. */
export function beyondTheSample(statements: StatementRead[], chosen: number | null, read: (at: number) => boolean): number | null {
  if (chosen === null || statements[chosen]?.shape.most === undefined || read(chosen)) return null;
  const counts = statements.flatMap(({ shape }, at) => (shape.counts && at !== chosen ? [at] : []));
  return counts.length === 1 && counts[0] !== undefined && read(counts[0]) ? counts[0] : null;
}

/** What a line says of the one of several queries that looks for what it begins with, in back-ticks. */
export interface Sought {
  at: number;
  /** What is said behind the name, as an expectation of that query; null: nothing that it could show. */
  text: string | null;
}

/** That it is there. */
const THERE = /^(?:(?:table|column|function|trigger|policy|index|view|constraint|type|job|bucket|extension) )?(?:(?:should|must) (?:now )?(?:exist|be (?:listed|present|there|shown))|exists|is (?:listed|present|there|shown))(?: (?:in|on) (?:the )?`?[\w.]+`?(?: table)?)?\W*$/i;

/** "✅ `boats` with columns `id` and `name`" of `WHERE table_name = 'boats'`; null where no query looks for it, or more than one. */
function querySought(line: string, statements: StatementRead[]): Sought | null {
  const [lead = '', name] = /^[^\p{L}\d`]*`([a-z_]\w*)`\s*/iu.exec(line.replace(LABEL, '')) ?? [];
  // A query of the table itself is meant before one that looks for its name.
  if (name === undefined || statements.some(({ shape }) => shape.tables.includes(name.toLowerCase()))) return null;
  const [at, ...more] = statements.flatMap(({ shape, sql }, index) => (shape.returnsRows && new RegExp(`= *'${name}'`, 'i').test(sql) ? [index] : []));
  if (at === undefined || more.length > 0) return null;
  const rest = line.replace(LABEL, '').slice(lead.length).replace(/^(?:with|has|having|avec|mit|con|com)\s+/i, '').trim();
  const things = /^(?:the |les |ses |its )?(?:new )?(?:columns?|colonnes?|columnas?|colunas?|spalten)[:：]? (?=`)/i;
  return { at, text: rest === '' || THERE.test(rest) ? 'Expected: at least 1 row' : things.test(rest) ? `Expected: ${rest.replace(things, '').replace(/ (?:et|und|y|e) /g, ' and ')}` : null };
}

/** "`pkg.%` count is `0`": of the one query that compares with it. */
function comparing(line: string, statements: StatementRead[]): Sought | null {
  const [, literal, figure] = /^[^\p{L}\d`]*`([^`]*%[^`]*)` (?:row )?counts? (?:is|should be|must be|=) `?(\d+)`?\W*$/iu.exec(line.replace(LABEL, '')) ?? [];
  const [at, ...more] = literal === undefined ? [] : statements.flatMap(({ shape, sql }, index) => (shape.returnsRows && sql.includes(`'${literal}'`) ? [index] : []));
  return at === undefined || more.length > 0 ? null : { at, text: `Expected: ${figure ?? ''}` };
}

/** The same for a sentence of its own. */
export const bySought = ({ text, extra }: Wording, statements: StatementRead[]): Sought | null => (extra === null && statements.length > 1 ? (querySought(text, statements) ?? comparing(text, statements)) : null);

/** A list of which two lines at least are each of another query; `sought` null: of none of them. */
export function eachSubject({ text, extra }: Wording, statements: StatementRead[]): { sought: Sought | null; line: string }[] | null {
  if (extra?.kind !== 'list' || !/[:：]\W*$/.test(text)) return null;
  const lines = extra.lines.map((line) => ({ sought: querySought(line, statements) ?? comparing(line, statements), line }));
  return new Set(lines.flatMap(({ sought }) => sought?.at ?? [])).size > 1 ? lines : null;
}

/** A list whose lines each begin with a name that only one of several queries looks for: the lines of each query, as one list; null where that is not so. */
export function eachSought({ text, extra }: Wording, statements: StatementRead[]): { at: number; lines: string[] }[] | null {
  if (extra?.kind !== 'list' || statements.length < 2 || !/[:：]\W*$/.test(text) || text.replace(/\*\*|__/g, '').replace(LABEL, '').trim() !== '') return null;
  const found = new Map<number, string[]>();
  for (const line of extra.lines) {
    const [lead = '', name = ''] = /^[^\p{L}\d`]*`([A-Za-z_]\w*)`\s*/u.exec(line) ?? [];
    const [at, ...more] = name === '' ? [] : statements.flatMap(({ shape, sql }, index) => (shape.returnsRows && (shape.sought?.includes(name) === true || new RegExp(`= *'${name}'`).test(sql)) ? [index] : []));
    if (at === undefined || more.length > 0) return null;
    // "`Boat` table → true", of `SELECT EXISTS`.
    const told = statements[at]?.shape.oneRow === true ? line.slice(lead.length).replace(/^(?:table |column |index |function )?(?:→|->|=>|:|=|is)\s*/i, '') : line;
    found.set(at, [...(found.get(at) ?? []), told]);
  }
  return found.size > 1 ? [...found].map(([at, lines]) => ({ at, lines })) : null;
}
