import type { Assertion } from '../../assertions/assertion.js';
import { isCatalog } from '../catalogs.js';
import { counted } from './counts.js';
import { everyRow, figureOf, isColumn, onlyColumn, quotedIn, readerOf, rowCount, type Form } from './forms.js';
import { literalOf } from './literal.js';
import { numberOf } from './normal.js';
import { namingColumn } from './row-of.js';
import { listsColumns, type StatementShape } from './shape.js';
import { TELLS_STATE } from './states.js';

const MANY = String.raw`(?:exactly )?(\d+|one|two|three|four|five|six|seven|eight|nine|ten)`;
const COMMAND = '(?:SELECT|INSERT|UPDATE|DELETE|TRUNCATE|REFERENCES|TRIGGER)';
/** Whether things are rows of the table that is read. */
const isOf = (things: string, { tables }: StatementShape): boolean => /^(?:rows|records|results|entries|lines)$/i.test(things) || (tables.length === 1 && tables[0]?.toLowerCase().endsWith(things.toLowerCase()) === true);

const tableColumn = (shape: StatementShape): string | undefined => onlyColumn(shape, /^(?:event_object_table|tablename|table_name|relname|table)$/i);

const EQUALS = "`?([a-z]\\w*)`? ?= ?'([^']+)'`?";

/** Columns with what each holds, or does not, in every row; null where one of them is none of the result. The server writes the grantee PUBLIC so. */
function pairsOf(pairs: readonly (readonly [string | undefined, string | undefined])[], op: '=' | '!=', shape: StatementShape): Assertion[] | null {
  const told = pairs.filter(([name]) => name !== undefined);
  return told.every(([name]) => isColumn(shape, name)) ? told.map(([name = '', value = '']) => everyRow(name, op, /^grantee$/i.test(name) && /^public$/i.test(value) ? 'PUBLIC' : value)) : null;
}

/** How many rows there are, with what they are or hold. */
const FORMS: readonly Form[] = [
  // "All boats have berths (count > 0)", of a query that counts for each of the boats that it looks for.
  [/^(?:all|each|every) (?:of )?(?:the )?(\p{L}+) (?:should |must )?(?:have|has) (?:at least one |an? |some )?\p{L}+(?: \((?:count )?(?:> ?0|>= ?1)\))?$/iu, ([text = '', things = ''], shape) => {
    const [sought = []] = shape.groups === 1 && shape.soughtIn?.toLowerCase().includes(things.toLowerCase().replace(/s$/, '')) === true ? [shape.sought] : [];
    const [counting, ...others] = shape.counted ?? [];
    return sought.length < 2 || counting === undefined ? null : [rowCount(sought.length), ...(/\(/.test(text) && others.length === 0 ? [everyRow(counting, '>', 0)] : [])];
  }],
  // "2 rows (ida@pier.example, ole@pier.example), state='moored'".
  [new RegExp(`^${MANY} rows? \\(((?:[\\w.+-]+@[\\w.-]+|[a-z]\\w*_\\w+)(?:, (?:[\\w.+-]+@[\\w.-]+|[a-z]\\w*_\\w+))*)\\),? (?:with |and |all )?(\`?[a-z]\\w*\`? ?= ?'[^']*'(?:,(?: and)? \`?[a-z]\\w*\`? ?= ?'[^']*')*)$`, 'i'), ([, many = '', list = '', pairs = ''], shape) => {
    const rows = numberOf(many);
    const told = pairs.split(/,(?: and)? /).map((pair) => /^`?(\w+)`? ?= ?'([^']*)'$/.exec(pair) ?? []);
    return rows === null || shape.oneRow || list.split(', ').length !== rows || !told.every(([, name]) => isColumn(shape, name)) ? null : [rowCount(rows), { type: 'contains', values: list.split(', ') }, ...told.map(([, name = '', value = '']) => everyRow(name, '=', value))];
  }],
  // "5 if all columns exist, less if some are missing".
  [/^(\d+) if (?:all|both|every)\b[^,;]*\b(?:exists?|present|created|there|added|applied)(?:[,;] (?:less|fewer|0|lower|otherwise)\b.*)?$/i, ([, figure = ''], shape) => counted('=', Number(figure), shape, false)],
  // "all 14 tables return successfully (even without rows)".
  [/^(?:(?:all|both) )?(?:of the |the |these )?(?:\d+ )?(?:tables|queries|statements|views|selects)(?: (?:should|must))? (?:return|run|succeed|complete|execute)(?: successfully| without (?:any )?errors?(?:(?:\/| or )time-?outs?)?)(?: \((?:even|also)\b[^()]*\))?$/i, () => [{ type: 'success' }]],
  // "the trigger listed", of the one that it looks for.
  [/^(?:the |your )?(?:new )?(?:table|column|view|function|trigger|index|policy|extension|bucket|job|role|type|constraint) (?:is )?(?:listed|shown|returned|in the (?:list|results?|output))$/i, (_, shape) => {
    if (!shape.filtered || shape.oneRow || !shape.tables.some(isCatalog)) return null;
    return [shape.sought?.length === 1 ? { type: 'contains', values: [...shape.sought] } : rowCount(1, '>=')];
  }],
  // "1 row showing boat_view as VIEW".
  [/^(?:exactly )?(?:1|one) row (?:showing|with|for) `?([a-z]\w*_\w+)`? as `?([A-Z][A-Z ]+)`?$/, ([, name = '', kind = ''], shape) => (shape.oneRow ? null : [rowCount(1), { type: 'contains', values: [name, kind] }])],
  // "1 row with NULL moored_at", "1 row with both id and made_by".
  [/^(?:exactly )?(?:1|one) row with (?:an? )?(null|non-null) `?([a-z]\w*)`?$/i, ([, none = '', name], shape) => (isColumn(shape, name) ? [rowCount(1), everyRow(name, /^non/i.test(none) ? '!=' : '=', null)] : null)],
  // "1 active job", of a result that says which are.
  [/^(?:exactly )?(\d+|one) (active|enabled) (?:jobs?|triggers?|users?|rows?|keys?|polic(?:y|ies))$/i, ([, many = '', flag], shape) => (isColumn(shape, flag) && !shape.oneRow ? [rowCount(Number(many.replace(/^one$/i, '1'))), everyRow(flag.toLowerCase(), '=', true)] : null)],
  // "triggers on boats, piers": of the tables that they are on.
  [/^(?:updated_at )?triggers (?:for updated_at )?on ([a-z]\w*(?:(?:, | and |, and )[a-z]\w*)+)(?: \((?:updated_at|\w+_at)\))?$/i, ([, list = ''], shape) => {
    const table = tableColumn(shape);
    return table === undefined ? null : [{ type: 'includes', columns: [table], rows: list.split(/, (?:and )?| and /).map((one) => [one]) }];
  }],
  // "boats (public), piers (private)", of buckets.
  [/^[\w-]+ \((?:public|private)\)(?:(?:, | and |, and )[\w-]+ \((?:public|private)\))+$/i, ([text = ''], shape) => {
    const [name, open] = [onlyColumn(shape, /^name$/i) ?? onlyColumn(shape, /^id$/i), onlyColumn(shape, /^public$/i)];
    return name === undefined || open === undefined ? null : [{ type: 'includes', columns: [name, open], rows: [...text.matchAll(/([\w-]+) \((public|private)\)/gi)].map(([, one = '', kind = '']) => [one, /^public/i.test(kind) ? 'true' : 'false']) }];
  }],
  // "policies for SELECT, INSERT".
  [new RegExp(`^polic(?:y|ies) for \`?${COMMAND}\`?(?:(?:, | and |, and )\`?${COMMAND}\`?)*$`), ([text = ''], shape) => {
    const command = onlyColumn(shape, /^(?:cmd|polcmd)$/i);
    return command === undefined ? null : [{ type: 'includes', columns: [command], rows: (text.match(/[A-Z]{3,}/g) ?? []).map((each) => [each]) }];
  }],
  // "multiple indexes including idx_boats".
  [/^(?:multiple|several) \p{L}+,? including [`"']?([a-z]\w*_\w+)[`"']?$/iu, ([, name = ''], shape) => (shape.oneRow ? null : [rowCount(2, '>='), { type: 'contains', values: [name] }])],
  // "5-6 crews (skippers and mates)", of a query that finds them.
  [/^(\d+) ?[-–] ?(\d+) (\p{L}+)(?: \([^()\d]*\))?$/u, ([, low = '', high = '', things = ''], shape) => (shape.oneRow || !shape.filtered || shape.groups !== undefined || !isOf(things, shape) ? null : [{ type: 'rows', op: 'between', value: [Number(low), Number(high)] }])],
  // "1 row showing trigger `boats_touch` on `boats` table".
  [/^(?:exactly )?(?:1|one) row (?:showing|with|for) (?:the )?(?:trigger|policy|index|constraint|foreign key) (`[^`]+`|"[^"]+") on (?:the )?(?:table )?`?([a-z]\w*)`?(?: table)?$/i, ([, name = '', table = ''], shape) => (shape.oneRow ? null : [rowCount(1), { type: 'contains', values: [...quotedIn(name), ...(tableColumn(shape) === undefined ? [] : [table])] }])],
  // "2 MATE_ASSIGNED notices", of the one column that tells the kind.
  [new RegExp(`^${MANY} ([A-Z]+(?:_[A-Z]+)+) [a-z]+$`), ([, many = '', kind = ''], shape) => {
    const state = onlyColumn(shape, TELLS_STATE);
    const rows = numberOf(many);
    return state === undefined || rows === null || shape.oneRow ? null : [rowCount(rows), everyRow(state, '=', kind)];
  }],
  // "1 row (price=500, yearly_price=5700)".
  [/^(?:exactly )?(?:1|one|a single) row \((`?[a-z]\w*`? ?= ?[^,()=]+(?:,(?: and)? `?[a-z]\w*`? ?= ?[^,()=]+)*)\)$/i, ([, list = ''], shape) => {
    const pairs = list.split(/,(?: and)? /).map((pair) => pair.replaceAll('`', '').split(/ ?= ?/));
    const told = pairs.flatMap(([name, said = '']) => {
      const value = literalOf(said) ?? (/^[\w.@-]+$/.test(said) ? said : undefined);
      return name === undefined || value === undefined || !(isColumn(shape, name) || shape.columns.includes('*')) ? [] : [everyRow(name, '=', value)];
    });
    return told.length === pairs.length ? [rowCount(1), ...told] : null;
  }],
  // "3 columns of type VARCHAR(255)".
  [new RegExp(`^${MANY} (?:rows|columns)(?: with| of)?(?: type)? \`?(?:varchar|character varying)\\((\\d+)\\)\`?$`, 'i'), ([, many = '', size = ''], shape) => {
    const [length, type] = [onlyColumn(shape, /^character_maximum_length$/i), onlyColumn(shape, /^data_type$/i)];
    const rows = numberOf(many);
    return length === undefined || rows === null ? null : [rowCount(rows), ...(type === undefined ? [] : [everyRow(type, '=', 'character varying')]), everyRow(length, '=', Number(size))];
  }],
  // "SELECT, INSERT, UPDATE for all tables".
  [new RegExp(`^(${COMMAND}(?:(?:, | and |, and )${COMMAND})+) (?:for|on) (?:all|each|every|both)(?: of)?(?: the)? tables?$`), ([, list = ''], shape) => {
    const command = onlyColumn(shape, /^(?:privilege_type|cmd|polcmd|event_manipulation)$/i);
    const table = tableColumn(shape);
    const commands = list.match(/[A-Z]+/g) ?? [];
    const tables = table === undefined || shape.soughtIn?.toLowerCase() !== table.toLowerCase() ? [] : (shape.sought ?? []);
    return table === undefined || command === undefined || tables.length < 2 ? null : [{ type: 'includes', columns: [table, command], rows: tables.flatMap((one) => commands.map((each) => [one, each])) }];
  }],
  // "each table has SELECT, INSERT and UPDATE policies", of the tables that it looks for.
  [new RegExp(`^(?:each|every) table (?:should |must )?(?:have|has) (${COMMAND}(?:(?:, | and |, and )${COMMAND})*) polic(?:y|ies)$`), ([, list = ''], shape) => {
    const [table, command] = [tableColumn(shape), onlyColumn(shape, /^(?:cmd|polcmd)$/i)];
    const tables = shape.soughtIn?.toLowerCase() === table?.toLowerCase() ? (shape.sought ?? []) : [];
    return table === undefined || command === undefined || tables.length < 2 ? null : [{ type: 'includes', columns: [table, command], rows: tables.flatMap((one) => (list.match(/[A-Z]+/g) ?? []).map((each) => [one, each])) }];
  }],
  // "111 rows with kind = 'sail'", of a query that counts the rows of each kind.
  [/^(?:exactly )?(\d[\d,]*) (?:rows?|records?|entries) (?:with|where|having) `?([a-z]\w*)`? ?= ?'([^']*)'$/i, ([, many = '', name, kind = ''], shape) => {
    const [counting, ...others] = shape.counted ?? [];
    return shape.groups === 1 && counting !== undefined && others.length === 0 && isColumn(shape, name) && name !== counting ? [{ ...everyRow(counting, '=', Number(many.replaceAll(',', ''))), where: { column: name, value: kind } }] : null;
  }],
  // "orders 201, 202 and 204", by their numbers.
  [/^(\p{L}+)s (\d+(?:, \d+)+(?:,? and \d+)?)$/iu, ([, thing = '', list = ''], shape) => {
    const [id] = shape.columns;
    const meant = id != null && !shape.oneRow && (id.toLowerCase() === `${thing.toLowerCase()}_id` || (/^id$/i.test(id) && isOf(`${thing}s`, shape)));
    return !meant ? null : [{ type: 'includes', columns: [id], rows: (list.match(/\d+/g) ?? []).map((one) => [one]) }];
  }],
  // "250, 100, 5000", of a query that counts as many things, each under its name.
  [/^(?:counts?:? )?\d[\d,]*(?:, \d[\d,]*)+$|^`\d+(?:, ?\d+)+`$/, ([text = ''], shape) => {
    const figures = text.replaceAll('`', '').split(/,\s+|,(?!\d{3}(?!\d))/).map((one) => one.replaceAll(',', ''));
    const [label, figure, ...more] = shape.columns;
    const named = shape.branches === figures.length && shape.constants?.length === figures.length;
    return !named || label == null || figure == null || more.length > 0 ? null : [{ type: 'includes', columns: [label, figure], rows: figures.map((one, index) => [shape.constants?.[index] ?? '', one]) }];
  }],
  // "all 3 tables listed with column counts > 0".
  [new RegExp(`^all ${MANY} \\p{L}+ (?:are )?(?:listed|shown|returned|present) with (?:\\p{L}+ )?counts? (>|>=) ?(\\d+)$`, 'iu'), ([, many = '', sign = '>', least = ''], shape) => {
    const counting = onlyColumn(shape, /(?:^|_)(?:count|total|num)(?:$|_)/i);
    const rows = numberOf(many);
    return counting === undefined || rows === null || shape.oneRow ? null : [rowCount(rows), everyRow(counting, sign === '>=' ? '>=' : '>', Number(least))];
  }],
  // "3 rows, all with state 'OK'", in other languages too.
  [/^(\d+) (?:rows?|lignes?|filas?|linhas?|righe|riga|zeilen?),? (?:all|toutes|todas|tutte|alle)(?: (?:with|as|en|em|con|com|avec|mit|in))?(?: (?:status|state|statut|état|estado|stato))? (["'`])([\w -]{2,30})\2$/iu, ([, many = '', , value = ''], shape) => {
    const [column, ...others] = shape.columns.filter((name, index): name is string => name !== null && shape.texts?.[index]?.includes(value) === true);
    const state = others.length === 0 ? (column ?? onlyColumn(shape, TELLS_STATE)) : undefined;
    return state === undefined || shape.oneRow ? null : [rowCount(Number(many)), everyRow(state, '=', value)];
  }],
  // "1 row with ida@pier.example".
  [/^(?:exactly )?(?:1|one|a) row (?:with|for|showing) ([\w.+-]+@[\w.-]+\w)$/i, ([, address = ''], shape) => (shape.oneRow ? null : [rowCount(1), { type: 'contains', values: [address] }])],
  // "one row, or none when the queue is empty".
  [/^(?:exactly )?(?:1|one|a single) row,? or (?:zero|no|0|none)(?: rows?)?(?: (?:if|when|where) .*)?$/i, (_, shape) => (shape.oneRow ? null : [{ type: 'rows', op: '<=', value: 1 }])],
  // "2 rows with names: north, south".
  [new RegExp(`^${MANY} \\p{L}+ (?:with (?:the )?names?|named|called):? ([\\w.-]+(?:(?:, | and |, and )[\\w.-]+)+)$`, 'iu'), ([, many = '', list = ''], shape) => {
    const [rows, names] = [numberOf(many), list.split(/, (?:and )?| and /)];
    return rows === null || rows !== names.length || shape.oneRow ? null : [rowCount(rows), { type: 'contains', values: names }];
  }],
  // "boats=11, boats_old=18, log=26+", of a query that counts each under its name.
  [/^`?[a-z]\w*`? ?[=:]? ?\d[\d,]*\+?(?:,? (?:and )?`?[a-z]\w*`? ?[=:]? ?\d[\d,]*\+?)+(?: \((?![^()]*\b(?:or|if|about)\b)[^()\d]*\))?$/i, ([text = ''], shape) => {
    if (!text.includes('+') && /[=:]/.test(text)) return null;
    const pairs = [...text.replace(/ \([^()]*\)$/, '').matchAll(/`?([a-z]\w*)`? ?[=:]? ?(\d[\d,]*?)(\+?)(?=,? |,?$|,(?!\d))/gi)];
    const naming = shape.columns.find((name) => name !== null && shape.counted?.includes(name) !== true);
    const [counting, ...others] = shape.counted ?? shape.columns.filter((name): name is string => name !== null && name !== naming);
    const named = pairs.every(([, name = '']) => shape.constants?.includes(name) === true) || (shape.groups === 1 && pairs.every(([, name = '']) => name.includes('_')));
    return naming == null || counting === undefined || others.length > 0 || !named || shape.oneRow ? null : pairs.map(([, name = '', figure = '', more]) => ({ ...everyRow(counting, more === '+' ? '>=' : '=', Number(figure.replaceAll(',', ''))), where: { column: naming, value: name } }));
  }],
  // "2 rows – anon/SELECT and crew/SELECT", of a result of such pairs.
  [new RegExp(`^${MANY} rows? ?[-–—:]+ ?((?:[\\w-]+\\/[\\w-]+(?:, | and |, and |$))+)$`, 'i'), ([, many = '', list = ''], shape) => {
    const pairs = list.split(/, (?:and )?| and /).map((pair) => pair.split('/'));
    const columns = shape.columns.filter((name): name is string => name !== null && name !== '*');
    return numberOf(many) !== pairs.length || columns.length !== 2 || shape.columns.length !== 2 || !pairs.every((pair) => pair.length === 2) ? null : [rowCount(pairs.length), { type: 'includes', columns, rows: pairs }];
  }],
  // "one tool_result row", of the one column that tells the kind.
  [new RegExp(`^${MANY} \`?([a-z]+(?:_[a-z]+)+)\`? (?:rows?|entr(?:y|ies)|events?)$`), ([, many = '', kind = ''], shape) => {
    const state = onlyColumn(shape, TELLS_STATE);
    const rows = numberOf(many);
    return state === undefined || rows === null || shape.oneRow || shape.tables.includes(kind) || isColumn(shape, kind) ? null : [rowCount(rows), everyRow(state, '=', kind)];
  }],
  // "at least: id, email, berth_no", of a query for columns or other things by their names.
  [/^(?:contains? )?(?:at least|at (?:a )?minimum|minimum)\s*:? ?(`?[a-z_]\w*`?(?:(?:, | and |, and )`?[a-z_]\w*`?)+)$/i, ([, list = ''], shape) => (listsColumns(shape) || namingColumn(shape) !== null ? [{ type: 'contains', values: list.split(/, (?:and )?| and /).map((name) => name.replaceAll('`', '')) }] : null)],
  // "Boat count returns 0 (the pier is gone)", of the one count there is.
  [/^(?:the )?(?:\p{L}+ )?count (?:returns|is|shows|equals) (\d[\d,]*)(?: \((?![^()]*\b(?:or|if|unless|may|might|about)\b)[^()]*\))?$/iu, ([, figure = ''], shape) => (shape.oneRow && shape.singleColumn && shape.counts ? counted('=', figureOf(figure), shape, false) : null)],
  // "'sail' with count of boats", of a row of a count by kinds.
  [/^(["'`])([^"'`]{2,60})\1 with (?:the |a |its )?counts? of [\p{L} ]+$/iu, ([, , name = ''], shape) => (shape.oneRow || (shape.groups ?? 0) < 1 ? null : [{ type: 'contains', values: [name] }])],
  // "only `grantee = 'mate'` with `privilege_type = 'EXECUTE'` for all functions"; "no `grantee = 'public'` or `grantee = 'cook'`".
  [new RegExp(`^only ${EQUALS}(?: (?:with|and) ${EQUALS})?(?: for (?:all|each|every)(?: the)? \\p{L}+)?$`, 'iu'), ([, one, first, other, second], shape) => pairsOf([[one, first], [other, second]], '=', shape)],
  [new RegExp(`^no(?:ne with)? ${EQUALS}(?:(?:,| or| nor|, or) ${EQUALS})?$`, 'i'), ([, one, first, other, second], shape) => pairsOf([[one, first], [other, second]], '!=', shape)],
];

/** How many rows there are, with what is said of them in one breath. */
export const readCountForms = readerOf(FORMS);
