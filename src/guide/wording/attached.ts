import type { Assertion } from '../../assertions/assertion.js';
import { catalogType } from './catalog.js';
import { bodyOf, type Body } from './cue.js';
import { readFactLines } from './fact-lines.js';
import { readSentence } from './clause.js';
import { isDoubtful } from './doubts.js';
import { readHeaded } from './headed.js';
import { listedNames, namesIn, namesKind, readLabelled, readNamed, unsigned, withoutRest } from './names.js';
import type { Found } from './reading.js';
import { hasColumn, type Extra, type StatementShape } from './shape.js';
import { isKind, isMasked, literalOf } from './literal.js';
import { normal, numberOf } from './normal.js';
import { deniesItsName, isGone, nameIn, PAIR_REMARK } from './remarks.js';
import { readRowFigures } from './row-figures.js';
import { readCommandsOf, readKeyed, readLabelledRow, readSecuredList, readTypedNames, readOnTables } from './row-of.js';
import { countPerName, isPlainResult, pipeRow, psqlTable, rowsOf, tableOf } from './tables.js';
import { readRowLines } from './row-lists.js';
import { openRows } from './certain-rows.js';
import { commandLines, namesApart, tickedPairs } from './ticked-rows.js';

/** What a table says already: "(the old one should NOT appear)" below the rows that should. */
const ABSENT = /\b(?:should|must) not (?:appear|exist|be (?:there|listed|present|shown))\b/i;

/** "These should be gone:", "the following no longer exist:". */
const GONE = /\b(?:(?:should|must|are|is|have|has) (?:all |both |now |be |been )*(?:gone|removed|dropped|deleted|absent|missing)|no longer (?:exist|appear|(?:be )?(?:there|present|listed))s?)\W*$/i;

/** Whether a label says what must not be there: "Should NOT include:", "Expected (should not appear):". */
export function denies({ negated, label }: Body, sentence: string): boolean {
  return negated || (label !== null && /\b(?:not|never|no longer)\b|n't\b/i.test(label)) || /\b(?:should|must|does|do) ?(?:not|n't|never) (?:include|contain|appear|show|list|have|return|exist|be (?:there|listed|present))\w*\W*$/i.test(sentence) || GONE.test(sentence);
}

/** Names under such a label: none of them. Null: over anything else a person looks. */
export function readAbsent(text: string, extra: Exclude<Extra, null>, shape: StatementShape | null): Assertion[] | null {
  const names = extra.kind === 'list' && (text === '' || /^(?:appear|exist|be (?:there|listed|present))$/i.test(text) || (GONE.test(text) && !/\d|\b(?:or|if|unless|except|only|may|might)\b/i.test(text))) ? listedNames(extra.lines.map(normal), shape) : null;
  return names === null ? null : (readNamed(names, shape, true)?.assertions ?? null);
}

/** Names of a list of which it says that they are gone: none of them. Of any others a person tells. */
function readRefused(lines: readonly string[], shape: StatementShape | null): Assertion[] {
  const names = lines.every((line) => isGone(line)) ? listedNames(lines.map((line) => `\`${nameIn(normal(line)).replace(/[`"'~]/g, '')}\``), shape) : null;
  return (names === null ? null : readNamed(names, shape, true)?.assertions) ?? [{ type: 'operator', text: lines.map((line) => line.trim()).join('\n') }];
}

/** Catalogs whose rows are named things. */
const listsThings = ({ tables: [only, ...more] }: StatementShape): boolean => more.length === 0 && /^(?:tables|views|routines|pg_tables|pg_views|pg_indexes|pg_policies|pg_class|pg_proc|pg_trigger|pg_extension|pg_matviews)$/.test(only ?? '');
/** Names that such catalogs have for their columns. */
const CATALOG_COLUMN = /^(?:table|column|constraint|routine|trigger|policy|schema|index|view|event|action|specific|data|udt|is|self|reference|user_defined|commit|row|has|rel|pro|pol|tg|ext|ind)_?(?:name|catalog|schema|type|owner|space|def|security|qual|kind|cmd|roles|action)/;

/** "id, berth_no, pier_id", several names in one line of a list of names. */
function eachName(line: string): string[] {
  const names = line.replace(/^\s*[-*•]\s+/, '').split(/,\s+(?:and\s+)?/);
  return names.length > 1 && names.some((name) => name.includes('_')) && names.every((name) => /^`?[a-z]\w*`?$/.test(name)) ? names.map((name) => `\`${name.replaceAll('`', '')}\``) : [line];
}

/** List lines under a label: names, rows with pipes, or expectations of their own. Null: the label says it all. */
export function readList(given: readonly string[], shape: StatementShape | null, label: string, labelled: boolean): Assertion[] | null {
  // "← NEW", behind a name.
  const told = given.map((line) => line.replace(PAIR_REMARK, '').replace(/\s*(?:←|<--?)\s*\**(?:new|added|changed|important)\**!?\s*$/i, ''));
  // "`see` | `{crew}` | `SELECT`": cells in back-ticks.
  const all = told.every((line) => /^[-*•]?\s*`[^`|]+`(?: \| `[^`|]+`)+$/.test(line.trim())) ? told.map((line) => line.replaceAll('`', '')) : told;
  const lines = namesKind(label.replace(/\s*\([^()]*\)(?=\W*$)/, '')) ? namesApart(withoutRest(all)).flatMap(eachName) : withoutRest(all);
  const refused = lines.filter((line) => deniesItsName(line) && /^[`"'~]*[\w.$-]+(?:\([^()]*\))?[`"'~]*$/.test(nameIn(normal(line))));
  if (refused.length > 0) return [...((refused.length < lines.length ? readList(lines.filter((line) => !refused.includes(line)), shape, label, labelled) : null) ?? []), ...readRefused(refused, shape)];
  const onTables = readOnTables(lines.map(normal), shape);
  if (onTables) return [onTables];
  const own = readSecuredList(normal(label), lines.map(normal), shape) ?? readTypedNames(lines.map(normal), shape) ?? readKeyed(lines.map(normal), shape) ?? (lines.length > 1 ? (readCommandsOf(lines.map(normal).join(', '), shape)?.assertions ?? null) : null);
  if (own) return own;
  const facts = lines.length > 1 ? readFactLines(lines.map(normal), shape) : null;
  if (facts) return facts;
  const rowEach = commandLines(lines.map(normal), shape) ?? tickedPairs(lines.map(normal), shape);
  if (rowEach) return [rowEach];
  const labelledRow = readLabelledRow(lines.map(normal), shape);
  if (labelledRow) return labelledRow;
  const rowLines = readRowLines(lines.map(normal), shape) ?? valuesOf(lines, shape);
  if (rowLines) return [rowLines];
  const printed = psqlTable(lines.join('\n'));
  const open = openRows(lines, shape);
  if (open) return open;
  const table = printed ? tableOf(printed.columns, printed.rows, shape) : countPerName(lines, shape);
  if (table) return [table];
  const figures = readRowFigures(lines.map(normal).join(', '), shape);
  if (figures) return figures.assertions;
  const printedRows = dashedRows(lines, shape);
  if (printedRows) return [printedRows];
  const members = membersOf(lines, shape);
  if (members) return [members];
  const phrases = phrasesOf(label, lines, shape);
  if (phrases) return [{ type: 'contains', values: phrases }];
  const words = readLabelled(label, lines.map((line) => normal(nameIn(unsigned(line)))), shape);
  if (words) return words.assertions;
  // "An empty table with these columns:" tells the columns of the result, which are no cells of it.
  if (/\b(?:columns?|fields?)\W*$/i.test(label) && shape !== null && (shape.columns.includes('*') || !shape.columns.some((column) => column !== null && /^(?:column_?name|attname|column|field|name)$/i.test(column)))) return null;
  const plain = lines.map((line) => bodyOf(line));
  const names = listedNames(plain.map((one) => one.text), shape) ?? namesIn(lines, shape) ?? bareWords(lines);
  // Of a query for every column there is, such names may be those of its columns.
  if (names?.every((name) => /^[a-z]+(?:_[a-z0-9]+)+$/.test(name)) && shape?.columns.includes('*') === true && !namesKind(label) && !(listsThings(shape) && !names.some((name) => CATALOG_COLUMN.test(name)))) return null;
  if (names) {
    const found = readNamed(names, shape, false);
    // "`id` - uuid" of a query that shows types: the type is more than a remark.
    const typed = shape?.columns.some((column) => /^data_type$/i.test(column ?? '')) === true && lines.some((line) => catalogType(/(?:[-–—:]|\()\s*`?([A-Za-z][\w ]*?(?:\s?\([\d, ]+\))?)`?(?=[\s).,]*(?:$|[(,✅*–—-]))/.exec(line.replace(/^\W*[\w.]+\W?/, ''))?.[1] ?? '') !== undefined);
    if (found) return typed ? [...found.assertions, { type: 'operator', text: lines.map((line) => line.trim()).join('\n') }] : found.assertions;
  }
  const rows = rowsOf(plain.filter((_, index) => !ABSENT.test(lines[index] ?? '')).map((one) => one.text), shape);
  if (rows) return [rows];
  const record = recordOf(lines, shape) ?? readHeaded(lines, shape);
  if (record) return record;
  // Rows of one table of which some are not understood are no tables of their own.
  if (lines.length > 1 && lines.some((line) => pipeRow(line, shape) !== null)) return null;
  const assertions: Assertion[] = [];
  const unread: string[] = [];
  for (const [index, line] of lines.entries()) {
    const body = plain[index];
    const found = body ? readSentence(body.text, shape, body.negated) : null;
    // Two readings of a line in a list cannot both be kept.
    const named = body && found === null ? (holdsPart(body.text, shape) ?? columnOf(body.text, shape)) : null;
    if (found && !found.alternative && !isDoubtful(line, found.assertions, shape)) assertions.push(...found.assertions);
    else if (named) assertions.push(named);
    else if (!labelled || hasColumn(shape, /^\W*(\w+)\W/.exec(line)?.[1] ?? '') === true || /\b(?:should|must|expect)\b|[=<>]/i.test(line)) assertions.push({ type: 'operator', text: line.trim() });
    else if (!/^\W*(?:etc\.?|\.{3}|…)$/i.test(line)) unread.push(line.trim());
  }
  // Beside a figure that is judged, what it counts is one question.
  if (unread.length > 0) assertions.push({ type: 'operator', text: unread.join('\n') });
  return assertions.length > 0 ? assertions : null;
}

/** "mast_height", "beam", a line each: where most are names for certain, so are the others. */
function bareWords(lines: readonly string[]): string[] | null {
  const words = lines.map((line) => /^[-*•]?\s*`?([a-z]\w*)`?(?:\s*[✅✓⭐]\ufe0f?.*)?$/u.exec(line.trim())?.[1]);
  return lines.length > 2 && words.every((word) => word !== undefined && !/^(?:none|empty|true|false|null|nothing|success|ok|etc)$/.test(word)) && words.filter((word) => word?.includes('_') === true).length * 2 >= words.length ? words.map(String) : null;
}

/** "berth_no: 1 (at the pier)", "berth_no: 2 (at sea)", of one column: a row each. */
function valuesOf(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const pairs = lines.map((line) => /^`?([a-z]\w*)`?\s*[:=]\s*(\d+|"[^"]+"|'[^']+'|`[^`]+`)(?: \((?![^()]*\b(?:or|if)\b)[^()]*\))?$/i.exec(normal(line)));
  const [name, ...others] = new Set(pairs.map((pair) => pair?.[1]));
  const values = pairs.map((pair) => (pair?.[2] ?? '').replace(/^(["'`])(.*)\1$/, '$2'));
  return lines.length > 1 && name !== undefined && others.length === 0 && shape?.oneRow === false && hasColumn(shape, name) !== false && name.includes('_') && new Set(values).size === values.length ? { type: 'includes', columns: [name], rows: values.map((value) => [value]) } : null;
}

/** "`own` - SELECT - {crew}", a line each: rows of as many cells as the result has columns, three at least. */
function dashedRows(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  if (!isPlainResult(shape) || shape.columns.length < 3) return null;
  const columns = shape.columns.filter((column): column is string => column !== null);
  // "`seo` - "Rank - default"": the first two, where the others are left out.
  const two = lines.map((line) => /^[-*•]?\s*`([^`]+)` (?:-|–|—|→|->) "([^"]+)"$/.exec(normal(line)));
  if (lines.length > 1 && two.every((pair) => pair !== null)) return { type: 'includes', columns: columns.slice(0, 2), rows: two.map(([, one = '', other = '']) => [one, other]) };
  const rows = lines.map((line) => normal(line).replace(/^\d+[.)] /, '').split(/ (?:-|–|—|→|->) (?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.trim().replace(/^(["'`])(.*)\1$/, '$2')));
  return columns.length === shape.columns.length && rows.every((row) => row.length === columns.length && row.every((cell) => cell !== '' && !/…|\.{3}/.test(cell))) ? { type: 'includes', columns, rows } : null;
}

/** "`boats`: boats_read, boats_write", a line each, of a result with such a group and such a name in it. */
function membersOf(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const [group, member, ...others] = shape?.columns ?? [];
  const grouped = lines.map((line) => /^\W*`?[a-z]\w*`?\s*:\s+((?:`?[a-z]\w*_\w+`?(?:,\s*|$))+)$/.exec(normal(line))?.[1]);
  // Of a result of such names alone, what they are of is not among them.
  if (shape?.singleColumn === true && /name$/i.test(group ?? '') && lines.length > 1 && grouped.every((list) => list !== undefined)) return { type: 'contains', values: grouped.flatMap((list) => list.split(',').map((one) => one.replaceAll('`', '').trim())).filter((one) => one !== '') };
  if (shape === null || shape.oneRow || group == null || member == null || others.length > 0 || !/^(?:table_?name|tablename|relname|table)$/i.test(group) || !/name$/i.test(member)) return null;
  const rows = lines.map((line) => /^\W*`?([a-z]\w*)`?\s*:\s+((?:`?[a-z]\w*_\w*`?(?:,\s*|$))+)$/.exec(normal(line)));
  if (lines.length < 2 || !rows.every((row) => row !== null)) return null;
  return { type: 'includes', columns: [group, member], rows: rows.flatMap(([, name = '', list = '']) => list.split(',').map((one) => [name, one.replaceAll('`', '').trim()]).filter(([, one]) => one !== '')) };
}

/** Columns that hold names of several words. */
const NAMING = /^(?:policy_?name|polname|tgname|trigger_name|conname|constraint_name|jobname)$/i;

/** Columns that hold what people call things. */
const CALLED = /^(?:name|title|label|display_?name|\w+_name)$/i;

/** "4 policies:" over four lines: what they are called, in several words. */
function phrasesOf(label: string, lines: readonly string[], shape: StatementShape | null): string[] | null {
  const [, number = '', kind = ''] = /\b(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?(policies|triggers|constraints|jobs|[a-z]{4,}s)\b/i.exec(label) ?? [];
  const count = numberOf(number);
  const titles = lines.map((line) => normal(line).replace(/^\d+[.)]\s+/, '').trim());
  if (shape?.returnsRows === true && !shape.oneRow && count === lines.length && !/^(?:rows?|records?|results?|columns|fields|tables|lines|steps|points|things)$/i.test(kind) && shape.columns.some((column) => CALLED.test(column ?? '')) && titles.every((title) => /^\p{Lu}[\p{L}\d'&-]*(?: \p{Lu}[\p{L}\d'&-]*){1,4}$/u.test(title))) return titles;
  if (shape?.returnsRows !== true || shape.oneRow || count !== lines.length || !(shape.columns.filter((column) => NAMING.test(column ?? '')).length === 1 || (shape.columns.includes('*') && shape.tables.join() === 'pg_policies'))) return null;
  const phrases = lines.map((line) => normal(line).replace(/^\d+[.)]\s+/, '').replace(/^(["'`])(.*)\1$/, '$2').trim());
  return phrases.every((phrase) => /^\p{L}[\p{L}\d'_-]*(?: [\p{L}\d'_-]+){2,9}$/u.test(phrase)) ? phrases : null;
}

/**
 * `rows_done: 5`, a line each, of a query whose columns only the server knows: names
 * with an underscore are columns. A value that is explained away is the operator's.
 */
function recordOf(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (shape === null || !shape.returnsRows || (!shape.columns.includes('*') && shape.columns.length > 0)) return null;
  const pairs = lines.map((line) => /^`?([a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z][a-z0-9]+(?=`?\s*[:=]\s*(?:`[^`]+`|"[^"]+"|'[^']*')$))`?\s*[:=|]\s*(\S.*)$/.exec(line.trim()));
  // Beside columns that are such for certain, a plain word with a truth value or a figure is one as well.
  const certain = pairs.filter((pair) => pair !== null).length;
  const whole = pairs.map((pair, index) => pair ?? (certain * 2 >= lines.length ? /^`?([a-z][a-z0-9]+)`?\s*[:=]\s*((?:true|false|-?\d+(?:\.\d+)?))$/.exec(lines[index]?.trim() ?? '') : null));
  if (whole.length < 2 || !whole.every((pair) => pair !== null)) return null;
  return whole.map((pair) => {
    const [line, column = '', said = ''] = pair;
    const ticked = /^`([^`]+)`$/.exec(said)?.[1];
    const value = literalOf(said) ?? (isMasked(said) ? undefined : /^`?[\w./@-]+`?$/.test(said) && !isKind(said) ? said.replaceAll('`', '') : ticked !== undefined && /^[\d*/,-]+(?: [\d*/,-]+){4}$/.test(ticked) ? ticked : undefined);
    return value === undefined ? { type: 'operator', text: line } : { type: 'column', column, quantifier: 'every', op: '=', value };
  });
}

/** "qual: contains `auth.uid()`": a part of what a column of the result holds. */
function holdsPart(line: string, shape: StatementShape | null): Assertion | null {
  const [, column = '', , part = ''] = /^`?(\w+)`?\s*[:=]?\s*(?:contains?|includes?|mentions?|references?|uses)\s+([`"])([^`"]+)\2$/i.exec(line) ?? [];
  const own = shape?.columns.find((name) => name?.toLowerCase() === column.toLowerCase());
  return own == null || part === '' ? null : { type: 'column', column: own, quantifier: 'every', op: 'contains', value: part };
}

/** `name: documents`: a word that a column of the result holds. */
function columnOf(line: string, shape: StatementShape | null): Assertion | null {
  const [, column = '', value = ''] = /^`?(\w+)`?\s*[:=]\s*`?([\w./@-]+)`?$/.exec(line) ?? [];
  const own = shape?.columns.find((name) => name?.toLowerCase() === column.toLowerCase());
  return own != null && hasColumn(shape, column) === true && !isMasked(value) && (!isKind(value) || /type|udt/i.test(column)) ? { type: 'column', column: own, quantifier: 'every', op: '=', value } : null;
}

/** "boats | 3", with more such lines below it: the first of several rows, which is no result of its own. */
export function beginsRows(said: Found | null, lines: readonly string[]): boolean {
  const [row, ...more] = said?.assertions ?? [];
  return row?.type === 'table' && row.rows.length === 1 && more.length === 0 && lines.every((line) => line.includes(' | '));
}

/** These lines as the rows of one result. */
export function allRows(lines: readonly string[], shape: StatementShape | null): Found | null {
  const rows = rowsOf(lines.map((line) => bodyOf(line).text), shape);
  return rows && { assertions: [rows] };
}
