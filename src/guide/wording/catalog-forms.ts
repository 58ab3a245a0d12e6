import type { Assertion } from '../../assertions/assertion.js';
import { isCatalog } from '../catalogs.js';
import { catalogType } from './catalog.js';
import { everyRow, onlyColumn, readerOf, rowCount, type Form } from './forms.js';
import { namingColumn } from './row-of.js';
import { hasColumn, listsColumns, type StatementShape } from './shape.js';

/** What is said of the things that the catalogs list: definitions, columns with their types, and of which tables there is something. */

/** A column that holds a definition as the server writes it out. */
export const DEFINES = /def(?:inition)?$|^(?:qual|with_check|check_clause|action_statement|prosrc|proconfig|config|source|generation_expression)$/i;
const defining = (shape: StatementShape): string | undefined => onlyColumn(shape, DEFINES);

/** "NO hull_no, HAS berth_no", "should NOT have hull_no, SHOULD have both berth_no and pier_id": the names that must be there, and those that must not. */
function readHaves(text: string, shape: StatementShape): Assertion[] | null {
  const naming = shape.singleColumn ? shape.columns[0] : namingColumn(shape);
  if (naming == null || naming === '*' || shape.oneRow) return null;
  const [there, gone]: [string[], string[]] = [[], []];
  let not: boolean | null = /^both /i.test(text) ? false : null;
  for (const part of text.split(/,\s+(?:and |but )?|\s+(?:and|but)\s+/)) {
    const [, verb = '', name = ''] = /^(?:(?:should|must) )?(not (?:have|contain|include)|no(?! longer)|without|has no|have no|ha(?:s|ve)|contains?|includes?)?\s*(?:both )?(?:the )?`?([a-z]\w*)`?$/i.exec(part.trim()) ?? [];
    if (verb !== '') not = /^(?:no|without)|\bno$/i.test(verb);
    if (name === '' || not === null || !(name.includes('_') || part.includes('`'))) return null;
    (not ? gone : there).push(name);
  }
  return [...(there.length > 0 ? [{ type: 'contains' as const, values: there }] : []), ...(gone.length > 0 ? [{ type: 'excludes' as const, values: gone }] : [])];
}

const FORMS: readonly Form[] = [
  [/^(?:(?:should|must) )?(?:(?:not (?:have|contain|include)|no(?! longer)|without|has no|have no|ha(?:s|ve)|contains?|includes?)\s+(?:both )?|both )`?[a-z]\w*_\w*`?(?:(?:,\s+(?:and |but )?|\s+(?:and|but)\s+).+)$/i, ([text = ''], shape) => readHaves(text, shape)],
  // "1 row with 'hnsw' in indexdef".
  [/^(?:exactly )?(?:1|one|a) rows? (?:with|having) (["'`])([^"'`]+)\1 in (?:the |its )?`?([a-z]\w*)`?$/i, ([, , part = '', name = ''], shape) => (hasColumn(shape, name) === true && DEFINES.test(name) ? [rowCount(1), everyRow(name, 'contains', part)] : null)],
  // "indexdef must contain `UNIQUE` and a WHERE clause".
  [/^(?:the )?`?([a-z]\w*)`? (?:should |must |SHOULD |MUST )?contains? [`"']?([A-Z][A-Z ]+[A-Z])[`"']?(?:,? and (?:an? )?[`"']?(WHERE|USING|CHECK|INCLUDE)[`"']?(?: clause)?)?$/, ([, name = '', part = '', clause], shape) => (hasColumn(shape, name) === true && DEFINES.test(name) ? [part, ...(clause === undefined ? [] : [clause])].map((each) => everyRow(name, 'contains', each)) : null)],
  // "`ON DELETE SET NULL`", of a query for one definition.
  [/^`([A-Z]+(?: [A-Z]+){1,5})`$/, ([, part = ''], shape) => {
    const column = defining(shape);
    return column === undefined || shape.oneRow || shape.texts?.flat().includes(part) === true ? null : [rowCount(1, '>='), everyRow(column, 'contains', part)];
  }],
  // "the CHECK constraint".
  [/^(?:the |an? )?(CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY|EXCLUDE)(?: constraint)?$/, ([, kind = ''], shape) => {
    const column = defining(shape);
    return column === undefined || shape.oneRow ? null : [rowCount(1, '>='), everyRow(column, 'contains', kind)];
  }],
  // "boats_email_key UNIQUE (email)": a constraint and what it says.
  [/^([a-z]\w*_\w+) ((?:UNIQUE|PRIMARY KEY|FOREIGN KEY) \([\w, ]+\)(?: REFERENCES [\w.]+(?: ?\([\w, ]+\))?)?)$/, ([, name = '', text = ''], shape) => {
    const [naming, column] = [namingColumn(shape), defining(shape)];
    return naming === null || column === undefined ? null : [{ type: 'includes', columns: [naming, column], rows: [[name, text]] }];
  }],
  // "`boats` should have `is_open` (boolean)", of a query for columns of it.
  [/^(?:the )?`?[a-z]\w*`?(?: table)? (?:should |must )?(?:now )?(?:have|has) (?:an? |the )?`([a-z]\w*)`(?: column)? \(([^()]+)\)$/i, ([, name = '', said = ''], shape) => {
    const [naming, typing, type] = [namingColumn(shape), onlyColumn(shape, /^data_type$/i), catalogType(said)];
    return naming === null || typing === undefined || type === undefined || !listsColumns(shape) ? null : [{ type: 'includes', columns: [naming, typing], rows: [[name, type]] }];
  }],
  // "policies for both tables", of a query for those of the tables that it names.
  [/^(?:the )?(?:polic(?:y|ies)|rows?|entries|triggers|indexes|grants) (?:for|on|of) (?:both|all|each|every)(?: of)?(?: the)?(?: (?:\d+|two|three|four|five|six))? tables?$/i, (_, shape) => {
    const table = onlyColumn(shape, /^(?:tablename|table_name|relname|event_object_table)$/i) ?? (shape.columns.includes('*') && /^(?:tablename|table_name)$/i.test(shape.soughtIn ?? '') ? shape.soughtIn : undefined);
    const sought = shape.sought ?? [];
    return table === undefined || sought.length < 2 || shape.soughtIn?.toLowerCase() !== table.toLowerCase() ? null : [{ type: 'includes', columns: [table], rows: sought.map((one) => [one]) }];
  }],
  // "the index", of a query for one by its name.
  [/^the (?:index|trigger|policy|function|constraint|table|column|view|extension|job)$/i, (_, shape) => (shape.filtered && !shape.oneRow && shape.sought?.length === 1 ? [rowCount(1, '>=')] : null)],
  // "trigger exists with BEFORE INSERT timing".
  [/^(?:the )?trigger (?:exists )?with (BEFORE|AFTER|INSTEAD OF) (INSERT|UPDATE|DELETE)(?: timing)?$/i, ([, timing = '', event = ''], shape) => {
    const [when, what] = [onlyColumn(shape, /^action_timing$/i), onlyColumn(shape, /^event_manipulation$/i)];
    return when === undefined || what === undefined ? null : [{ type: 'includes', columns: [when, what], rows: [[timing.toUpperCase(), event.toUpperCase()]] }];
  }],
  // "`pier_id` column should show `is_nullable = YES` with `data_type = uuid`": the row of that column.
  [/^(?:the )?`([a-z]\w*)` (?:column )?(?:should |must )?(?:be|show|have|be listed with)s? `([a-z]\w*) ?= ?([^`]+)`(?:,? (?:with|and) `([a-z]\w*) ?= ?([^`]+)`)?$/i, ([, name = '', one = '', value = '', other, second = ''], shape) => {
    const naming = namingColumn(shape);
    const pairs = [[one, value], ...(other === undefined ? [] : [[other, second]])];
    if (naming === null || hasColumn(shape, name) === true || !pairs.every(([column = '']) => hasColumn(shape, column) === true)) return null;
    const cells = pairs.map(([column = '', said = '']) => (/^data_type$/i.test(column) ? catalogType(said) : said.replace(/^'(.*)'$/, '$1')));
    return cells.some((cell) => cell === undefined) ? null : [{ type: 'includes', columns: [naming, ...pairs.map(([column = '']) => column)], rows: [[name, ...cells.map(String)]] }];
  }],
  // "the old table must not exist", of `to_regclass`.
  [/^(?:the )?(?:[\w`]+ ){0,3}(?:table|view|index|sequence|relation) (?:must|should|does) (?:not|no longer) exist$|^no such row$/i, (_, shape) => (shape.oneRow && shape.singleColumn && /^to_regclass$/i.test(shape.columns[0] ?? '') ? [{ type: 'value', op: '=', value: null }] : null)],
  // "boats, berths, log all listed".
  [/^((?:`?[a-z]\w*`?, )+(?:and )?`?[a-z]\w*`?) (?:are )?all (?:listed|present|there|shown|returned)$/i, ([, list = ''], shape) => (shape.oneRow || (shape.columns.includes('*') && !shape.tables.every(isCatalog)) ? null : [{ type: 'contains', values: list.replaceAll('`', '').split(/, (?:and )?/) }])],
  // "Columns id, name, kind", of a query for columns.
  [/^(?:the )?columns:? ([a-z]\w*(?:, [a-z]\w*)+(?:,? and [a-z]\w*)?)(?<!\betc)(?:,? etc\.?)?$/i, ([, list = ''], shape) => (listsColumns(shape) ? [{ type: 'contains', values: list.split(/,? and |, /) }] : null)],
  // "crew and mate should have EXECUTE".
  [/^`?([a-z]\w*)`?(?:,? and `?([a-z]\w*)`?)?(?: roles?)? (?:should |must )?ha(?:s|ve) (SELECT|INSERT|UPDATE|DELETE|EXECUTE|USAGE|TRUNCATE)(?: privileges?| grants?)?$/, ([, one = '', other, what = ''], shape) => {
    const [grantee, privilege] = [onlyColumn(shape, /^grantee$/i), onlyColumn(shape, /^privilege_type$/i)];
    return grantee === undefined || privilege === undefined ? null : [{ type: 'includes', columns: [grantee, privilege], rows: [one, ...(other === undefined ? [] : [other])].map((name) => [name, what]) }];
  }],
  // "proconfig includes search_path=public".
  [/^`?([a-z]\w*)`? (?:should |must )?(?:includes?|contains?) [`"']?([a-z_]+=[\w".,$ -]+?)[`"']?$/i, ([, name = '', part = ''], shape) => (hasColumn(shape, name) === true && DEFINES.test(name) ? [everyRow(name, 'contains', part)] : null)],
];

export const readCatalogForms = readerOf(FORMS);
