import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { catalogCell } from './catalog.js';
import { literalOf } from './literal.js';
import { named, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { FLAG } from './states.js';
import { withoutRemark } from './row-remarks.js';

/** What is said of one row among others, which is known by its name: "`role` should be of type `text`", "`version`: 1.2.0". */

/** Columns that name what a row is about. */
const NAMING = /^(?:column_?name|attname|table_?name|tablename|relname|policy_?name|policyname|polname|proname|routine_name|index_?name|indexname|extname|trigger_name|tgname|conname|constraint_name|viewname|jobname|rolname|slot_name|pubname|subname|nspname|rulename|setting_?name|key|name|slug|code|email)$/i;
/** Of a result of two columns, those whose rows are a name and its value. */
const KEYED = /^(?:key|name|setting|setting_?name|config_?key|parameter|option|metric|check_?name|item|property|attribute)$/i;

const NAME = '(`[^`]+`|"[^"]+"|\'[^\']+\'|[a-z]+(?:_[a-z\\d]+)+)';
const KIND = '(?:column|field|table|policy|function|index|trigger|constraint|extension|job|role|view|setting|row|user|bucket)';

/** The one column of a result that names what a row is about. */
export function namingColumn(shape: StatementShape): string | null {
  const all = shape.columns.filter((column) => column !== null && NAMING.test(column));
  // A trigger's row has its table's name beside its own.
  const own = all.filter((column) => !/^(?:table_?name|tablename|relname)$/i.test(column ?? ''));
  const [only, ...more] = own.length > 0 ? own : all;
  return only != null && more.length === 0 ? only : null;
}

const canHold = (shape: StatementShape | null): shape is StatementShape => shape?.returnsRows === true && !shape.oneRow && !isExplain(shape) && !shape.columns.includes('*') && shape.columns.length > 1;

/** A column of the result itself, or a word that is a value. */
const isNoName = (name: string, shape: StatementShape): boolean => /^(?:yes|no|not|true|false|null|all|any|each|every|both|none|type|column)$/i.test(name) || shape.columns.some((one) => one?.toLowerCase() === name.toLowerCase());

const included = (columns: string[], rows: Scalar[][]): Found => ({ assertions: [{ type: 'includes', columns, rows }] });

/** A type, or that it may be null, of the column that holds such; null where there is none. */
export function ofCatalog(said: string, shape: StatementShape): [string, Scalar] | null {
  const plain = said.trim().replace(/^(?:(?:of )?type|data type):? /i, '').replace(/^`([^`]*)`$/, '$1');
  const column = (form: RegExp): string | undefined => shape.columns.find((name) => name !== null && form.test(name)) ?? undefined;
  const nullness = /^(?:not null|non-?null(?:able)?|not nullable|required)$/i.test(plain) ? 'NO' : /^nullable$/i.test(plain) ? 'YES' : null;
  // The server writes a default with its cast behind it.
  const given = /^default:? (`(?!true|false|null|-?\d|\w+\()[^`]+`|'[^']*')$/i.exec(said.trim())?.[1];
  const preset = given === undefined ? undefined : column(/^column_default$/i);
  if (preset !== undefined && given !== undefined) return [preset, `'${given.slice(1, -1).replace(/^'(.*)'$/, '$1')}'…`];
  const own = column(nullness === null ? /^data_type$/i : /^is_nullable$/i);
  if (own === undefined) return null;
  // Many write `timestamp` for one with a zone, too.
  const value = nullness ?? (/^timestamp$/i.test(plain) ? undefined : /^[a-z][\w ]*(?:\(\d+(?:, ?\d+)?\))?(?:\[\])?$/i.test(plain) ? catalogCell('data_type', plain) : undefined);
  return value === undefined || value === null ? null : [own, value];
}

/** `is_nullable = 'NO'`: a column of the result and what it holds. */
export function pairOf(said: string, shape: StatementShape): [string, Scalar] | null {
  const [, name = '', value = ''] = /^(?:an? |the )?`?([a-z_]\w*)`? ?(?:=|:|is|of|as|set to) ?(.+)$/i.exec(said.replace(/^`([^`]+)`$/, '$1').trim()) ?? [];
  const column = shape.columns.find((one) => one !== null && one.toLowerCase() === name.toLowerCase());
  if (column == null) return null;
  const plain = value.trim();
  const literal = literalOf(plain) ?? (/^`[^`]+`$|^"[^"]+"$/.test(plain) ? named(plain) : /^(?:t|f)$/.test(plain) ? plain === 't' : undefined);
  if (literal === undefined) return null;
  const cell = catalogCell(column, literal);
  return cell === undefined ? null : [column, cell];
}

/** Flags by the word for their state: "enabled", "active", "valid". */
export function flagOf(said: string, shape: StatementShape): [string, Scalar] | null {
  // As the catalog has it of a trigger.
  const switched = /^(en|dis)abled$/i.exec(said.trim())?.[1];
  const trigger = shape.columns.find((one) => one !== null && /^tgenabled$/i.test(one));
  if (switched !== undefined && trigger != null) return [trigger, /^en/i.test(switched) ? 'O' : 'D'];
  const word = /^(?:(not|in|un|dis)[ -]?)?(active|enabled?|valid(?:ated)?|public|private)d?$/i.exec(said.trim());
  const form = /^active|^enabl/i.test(word?.[2] ?? '') ? /^(?:active|enabled|is_active|is_enabled)$/i : /^valid/i.test(word?.[2] ?? '') ? /^(?:indisvalid|convalidated|valid|is_valid)$/i : /^(?:public|is_public)$/i;
  const columns = word === null ? [] : shape.columns.filter((one) => one !== null && form.test(one));
  return word === null || columns.length !== 1 || columns[0] == null ? null : [columns[0], (word[1] === undefined) !== /^private/i.test(word[2] ?? '')];
}

const HOLDS = new RegExp(`^(?:the )?(?:${KIND} )?${NAME}(?: ${KIND})?(?: (?:(?:should|must|will) (?:now |also )?(?:be|have|show)|has|have|is|shows?|with|:|=|→|->|—|–|-)(?: of)?|,|(?= [a-z]\\w*: )) (.+)$`, 'i');

/** "`quote_id` has `is_nullable = 'NO'` and `data_type = 'uuid'`": the row of that name, and what it holds. */
export function readRowOf(text: string, shape: StatementShape | null): Found | null {
  if (!canHold(shape)) return null;
  const naming = namingColumn(shape);
  const [, said = '', rest = ''] = HOLDS.exec(text) ?? [];
  const name = named(said) ?? said;
  if (naming === null || name === '' || isNoName(name, shape) || !/^[\p{L}\p{N}_.:@ -]{2,60}$/u.test(name)) return null;
  const cells = rest.split(/,? and |, /i).map((part) => pairOf(part, shape) ?? flagOf(part, shape) ?? ofCatalog(part.replace(/^(?:an? |the )/i, ''), shape));
  if (!cells.every((cell) => cell !== null) || new Set(cells.map(([column]) => column)).size !== cells.length || cells.some(([column]) => column === naming)) return null;
  return included([naming, ...cells.map(([column]) => column)], [[name, ...cells.map(([, value]) => value)]]);
}

/** "(text, NO)": whether it may be null, in the catalog's own words, where its column stands in that place. */
const inWords = (said: string, column: string | null): string => (/^null$/i.test(said) ? 'nullable' : /^is_nullable$/i.test(column ?? '') && /^(?:yes|no)$/i.test(said) ? (/^y/i.test(said) ? 'nullable' : 'not null') : said);

const STAMPED = /^[-*•]?\s*`?([a-z_]\w*)`?(?:\s*\(timestamp\)|\s*[:–—-]\s+timestamp|\s+timestamp)$/i;

/** "`id` (uuid), `name` (text, not null)": the columns of a table with their types; null unless each has one that is known. */
export function readTypedNames(all: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (!canHold(shape) || all.length === 0) return null;
  const naming = namingColumn(shape);
  let more = false;
  const typing = shape.columns.find((name) => name !== null && /^data_type$/i.test(name));
  // "(timestamp)": with a zone or without.
  const stamped = typing == null ? [] : all.flatMap((part) => STAMPED.exec(withoutRemark(part).trim())?.[1] ?? []);
  const parts = all.map(withoutRemark).filter((part) => stamped.length === 0 || !STAMPED.test(part.trim()));
  if (parts.length === 0) return null;
  const rows = parts.map((part) => {
    const [, said = '', inside, behind, beside] = /^[-*•]?\s*(`[^`]+`|"[^"]+"|[a-z_]\w*)(?:\s*\(([^()]*(?:\([^()]*\)[^()]*)?)\)|\s*(?:(?::|—|–|-)\s+|=\s*)(.+)|\s+(`?[a-z][\w ]*(?:\([\d, ]+\))?(?:\[\])?`?))$/i.exec(part.trim()) ?? [];
    const type = inside ?? behind ?? beside ?? '';
    const facts = type.split(/,\s*(?!\d)/);
    // What it is set to where nothing is given, the server writes in its own way.
    const own = facts.filter((one) => !/^default\b/i.test(one.trim()));
    more ||= own.length < facts.length;
    const cells = said === '' ? [] : own.map((one, index) => ofCatalog(inWords(one.trim(), shape.columns[index + 1] ?? null), shape));
    // "type (text, not null)" is a column of that name.
    if (isNoName(named(said) ?? said, shape) && !(inside !== undefined && /^(?:type|column)$/.test(said) && !shape.columns.includes(said))) return null;
    return cells.length === 0 || cells.some((cell) => cell === null) ? null : { name: named(said) ?? said, cells: cells.flatMap((cell) => (cell === null ? [] : [cell])) };
  });
  if (naming === null || !/^(?:column_?name|attname)$/i.test(naming) || !rows.every((row) => row !== null)) return null;
  const columns = rows[0]?.cells.map(([column]) => column) ?? [];
  if (new Set(columns).size !== columns.length || !rows.every(({ cells }) => cells.map(([column]) => column).join() === columns.join())) return null;
  const told: Assertion = { type: 'includes', columns: [naming, ...columns], rows: rows.map(({ name, cells }) => [name, ...cells.map(([, value]) => value)]) };
  const dated = stamped.map((value): Assertion => ({ type: 'column', column: typing ?? '', quantifier: 'every', op: 'matches', value: '^timestamp', where: { column: naming, value } }));
  return [told, ...dated, ...(more ? [{ type: 'operator' as const, text: parts.map((part) => part.trim()).join('\n') }] : [])];
}

/** "`version`: 1.2.0" of a result whose rows are a name and its value. */
export function readKeyed(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (!canHold(shape) || shape.columns.length !== 2 || lines.length === 0 || shape.counted !== undefined) return null;
  const [key, value] = shape.columns;
  if (key == null || value == null || !KEYED.test(key) || /count|total|num/i.test(value)) return null;
  const rows = lines.map((line) => /^[-*•]?\s*`?([a-z][\w.-]*)`?\s*(?:[:=]|should be|must be|is)\s*(`[^`]+`|"[^"]+"|'[^']+'|[\w.:/@+-]+)$/i.exec(line.trim()));
  // A size or a time with its unit is kept in another.
  const isOne = (row: RegExpExecArray | null): row is RegExpExecArray => row !== null && !/^\d[\d.]*(?:kB|[KMGT]B|ms|s|min|h|d)$/i.test(row[2] ?? '') && !shape.columns.some((one) => one?.toLowerCase() === row[1]?.toLowerCase());
  if (!rows.every(isOne)) return null;
  return [{ type: 'includes', columns: [key, value], rows: rows.map((row) => [row[1] ?? '', named(row[2] ?? '') ?? row[2] ?? '']) }];
}

/** What guides call a column of a catalog. */
const CALLED: Readonly<Record<string, RegExp>> = {
  column: /^(?:column_?name|attname)$/i, type: /^data_type$/i, nullable: /^is_nullable$/i, command: /^(?:cmd|polcmd)$/i, operation: /^(?:cmd|polcmd|event_manipulation)$/i, using: /^(?:qual|using)$/i, 'with check': /^with_check$/i, table: /^(?:tablename|table_name|relname)$/i,
};

/** "Name: `Crews read`", "Command: `SELECT`", a line each: what the columns of one row hold, under what guides call them. */
export function readLabelledRow(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (!canHold(shape) || lines.length < 2) return null;
  const cells = lines.map((line): [string, Scalar] | null => {
    const [, label = '', said = ''] = /^([A-Za-z][\w ]{1,20}?):\s+(\S.*)$/.exec(line.trim()) ?? [];
    const form = CALLED[label.toLowerCase()];
    const columns = form === undefined ? [] : shape.columns.filter((name) => name !== null && form.test(name));
    const column = label.toLowerCase() === 'name' ? namingColumn(shape) : columns.length === 1 ? columns[0] : undefined;
    const value = named(said) ?? literalOf(said) ?? (/^[A-Z]+$/.test(said) ? said : undefined);
    const cell = column == null || value === undefined ? undefined : catalogCell(column, value);
    return column == null || cell === undefined ? null : [column, cell];
  });
  if (!cells.every((cell) => cell !== null) || new Set(cells.map(([column]) => column)).size < cells.length) return null;
  return [{ type: 'includes', columns: cells.map(([column]) => column), rows: [cells.map(([, value]) => value)] }];
}

/** "Expected: `id` (uuid), `name` (text)", in one sentence. */
export function readTypedList(text: string, shape: StatementShape | null): Found | null {
  const parts = text.replace(/^(?:the )?(?:\d+ )?(?:columns?|fields?):?\s+/i, '').replace(/,\s*(?:etc\.?|\.{3}|…)$/i, '').split(/,\s*(?:and\s+)?(?![^()]*\))|\s+and\s+(?![^()]*\))/);
  const assertions = readTypedNames(parts, shape);
  return assertions === null ? null : { assertions };
}

/** "All TRUE values", "both monthly fields as TRUE": each of the columns that hold truths, or of those that are called so. */
export function readAllTruths(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape) || shape.columns.includes('*')) return null;
  const [, whole] = /^all (?:of them )?`?(true|false)`?(?: values?)?(?: for (?:all|every|each|existing) [\w ]{3,30})?$/i.exec(text) ?? [];
  const [, word = '', some] = /^both (?:of the )?([a-z]+) (?:fields|columns|values|flags)(?: (?:as|=|are|is|to be|should be|must be|set to))? `?(true|false)`?(?: (?:despite|although|even though|because|for|in) .{3,60})?$/i.exec(text) ?? [];
  const flags = shape.columns.flatMap((name) => (name !== null && FLAG.test(name) && (whole !== undefined || name.toLowerCase().includes(word.toLowerCase())) ? [name] : []));
  const value = whole ?? some;
  if (value === undefined || (whole === undefined ? flags.length !== 2 : flags.length < 2)) return null;
  return { assertions: flags.map((column) => ({ type: 'column', column, quantifier: 'every', op: '=', value: /^t/i.test(value) })) };
}

/** "RLS enabled (`true`) for:" over names: each of them with row security as it says. */
export function readSecuredList(label: string, lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const said = /\b(?:rls|row[- ]level security|rowsecurity) ?(?:is |should be |must be |= ?)?(enabled|disabled|on|off|true|false)(?: \(`?(?:true|false|t|f)`?\))? (?:for|on)(?: (?:all|these|the following|all of)(?: (?:these|the following))?)?(?: tables)?\W*$/i.exec(label)?.[1];
  const naming = canHold(shape) ? namingColumn(shape) : null;
  const [flag, ...others] = shape?.columns.filter((name) => name !== null && /^(?:rowsecurity|relrowsecurity|rls_?enabled)$/i.test(name)) ?? [];
  const names = lines.map((line) => /^[-*•]?\s*`?([a-z_][\w.]*)`?$/i.exec(line.trim())?.[1]);
  if (said === undefined || naming === null || flag == null || others.length > 0 || !names.every((name) => name !== undefined)) return null;
  return [{ type: 'includes', columns: [naming, flag], rows: names.map((name) => [name.replace(/^public\./, ''), /^(?:enabled|on|true)$/i.test(said)]) }];
}

const DEFINES = /(?:def|definition|src|source|qual|with_check|command|query|body|expr)$|^pg_get_/i;
const PIECES = /^(?:the |its )?(?:(?:function|view|policy|trigger|index) )?(?:(?:body|definition|source|code|expression|text|output|result) )?(?:(?:should|must) )?(?:contains?|includes?|references?|mentions?) ((?:`[^`]+`|"[^"]+")(?:(?:,| and|, and| &) (?:`[^`]+`|"[^"]+"))*)(?: (?:from|on|in) (`[^`]+`))?$/i;

/** "The body contains `FOR UPDATE` and `SKIP LOCKED`", of a query that shows a definition. */
export function readPieces(text: string, shape: StatementShape | null): Found | null {
  const [, list = '', more] = PIECES.exec(text) ?? [];
  if (list === '' || shape?.returnsRows !== true || isExplain(shape) || !shape.columns.some((column) => column !== null && DEFINES.test(column))) return null;
  if (/security (?:definer|invoker)|search_path/i.test(list) && shape.columns.some((column) => /src$/i.test(column ?? ''))) return null;
  return { assertions: [{ type: 'contains', values: [...list.matchAll(/`[^`]+`|"[^"]+"/g), ...(more === undefined ? [] : [[more]])].map(([one = '']) => one.slice(1, -1)) }] };
}

/** Columns with the source of a function, which the server keeps as it was written; any other definition it writes in its own way. */
const SOURCE = /^(?:pg_get_functiondef|prosrc|routine_definition|func(?:tion)?_?(?:def|definition|body|source|src))$/i;

/** "The body should contain:" over pieces of code, and such as it must not hold ("NOT `x`"). */
export function readPieceList(label: string, lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (shape?.returnsRows !== true || isExplain(shape) || !/\b(?:contain|include|reference)s?\W*$/i.test(label) || !shape.columns.some((column) => column !== null && SOURCE.test(column))) return null;
  const pieces = lines.map((line) => /^(NOT |no |never )?`([^`]+)`$/i.exec(line));
  if (!pieces.every((piece) => piece !== null)) return null;
  const of = (not: boolean): string[] => pieces.filter((piece) => (piece[1] !== undefined) === not).map(([, , text = '']) => text);
  return [...(of(false).length > 0 ? [{ type: 'contains' as const, values: of(false) }] : []), ...(of(true).length > 0 ? [{ type: 'excludes' as const, values: of(true) }] : [])];
}

/** "2 rows — `a` (UPDATE) and `b` (DELETE)", "4 columns: `id` (uuid), …": as many as there are, and what each is. */
export function readCountedRows(text: string, shape: StatementShape | null): Found | null {
  const [, said = '', rest = ''] = /^(?:exactly )?(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|records?|polic(?:y|ies)|rules?|triggers?|columns?|fields?|entries)(?:\s*[:—–-]|,| with| for)?\s+(.+)$/i.exec(text) ?? [];
  const found = said === '' ? null : (readCommandsOf(rest, shape) ?? readTypedList(rest, shape));
  const [only] = found?.assertions ?? [];
  const count = numberOf(said);
  return only?.type === 'includes' && count !== null && count >= only.rows.length ? { assertions: [{ type: 'rows', op: '=', value: count }, only] } : null;
}

/** `{ kind: 'mate', paid: true }`: what the columns of a row hold, written as an object. */
export function readObject(text: string, shape: StatementShape | null): Found | null {
  const inside = /^`?\{\s*(["'\w][^{}]*)\}`?$/.exec(text)?.[1];
  if (inside === undefined || shape?.returnsRows !== true || isExplain(shape) || shape.singleColumn) return null;
  const cells = inside.split(/,\s*(?=["']?\w+["']?\s*:)/).map((part) => pairOf(part.trim().replace(/^["'](\w+)["']/, '$1').replace(/,$/, ''), shape));
  if (!cells.every((cell) => cell !== null)) return null;
  return shape.oneRow || shape.atMostOne === true ? { assertions: cells.map(([column, value]) => ({ type: 'column', column, quantifier: 'every', op: '=', value })) } : included(cells.map(([column]) => column), [cells.map(([, value]) => value)]);
}

/** "Should show version 1.2.0": the value of a name, of such a result. */
export function readKeyValue(text: string, shape: StatementShape | null): Found | null {
  const keyed = /^(?:the )?`?([a-z][\w.-]*)`? (?:(?:should|must) be |is |= ?|: ?)?(`[^`]+`|"[^"]+"|'[^']+'|\d[\w.-]*)$/i.exec(text);
  // A plain word names no key, but for a few.
  if (keyed !== null && !/[_.-]|^(?:(?:schema|app|db|data) ?)?version$|^(?:environment|mode)$/i.test(keyed[1] ?? '') && !text.startsWith('`')) return null;
  const assertions = keyed === null ? null : readKeyed([`${keyed[1] ?? ''}: ${keyed[2] ?? ''}`], shape);
  return assertions === null ? null : { assertions };
}

/** "`audit_no_update` (UPDATE) and `audit_no_delete` (DELETE)", `"Crews read" / SELECT`: names, and the command of each. */
export function readCommandsOf(text: string, shape: StatementShape | null): Found | null {
  if (!canHold(shape)) return null;
  const naming = namingColumn(shape) ?? shape.columns.find((name) => name !== null && /^grantee$/i.test(name)) ?? null;
  const [command, ...others] = shape.columns.filter((one) => one !== null && /^(?:cmd|polcmd|event|event_manipulation|operation|privilege_type)$/i.test(one));
  const only = /^exactly:? /i.test(text);
  const parts = text.replace(/^exactly:? /i, '').split(/\s*,\s*(?:and\s+)?|\s+and\s+/i).map((part) => /^(?:the )?(`[^`]+`|"[^"]+"|[a-z]+(?:_[a-z\d]+)+|[a-z]+(?=\/[A-Z]))\s*(?:[/→]\s*|for |\((?:for )?)`?(SELECT|INSERT|UPDATE|DELETE|ALL)`?\)?$/i.exec(part.trim()));
  if (naming === null || command == null || others.length > 0 || !parts.every((part) => part !== null)) return null;
  const rows = parts.map((part) => [named(part[1] ?? '') ?? part[1] ?? '', (part[2] ?? '').toUpperCase()]);
  return only && shape.columns.length === 2 ? { assertions: [{ type: 'table', columns: [naming, command], rows, ordered: false }] } : included([naming, command], rows);
}

/** "boats_at (on boats table)": a name, and the table that another column holds. */
const ON_TABLE = /^`?([a-z][a-z\d]*(?:_[a-z\d]+)+)`? \((?:on|for) (?:the )?`?([a-z_]\w*)`?(?: table)?\)$/i;

/** Such lines, of a result that has a column for the table: these rows are there. */
export function readOnTables(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const naming = canHold(shape) ? namingColumn(shape) : null;
  const [table, ...others] = shape?.columns.filter((name) => name !== null && name !== naming && /^(?:event_object_table|tablename|table_name|relname)$/i.test(name)) ?? [];
  const rows = lines.map((line) => ON_TABLE.exec(line)?.slice(1));
  if (naming === null || table == null || others.length > 0 || rows.length === 0 || !rows.every((row) => row !== undefined)) return null;
  return { type: 'includes', columns: [naming, table], rows };
}
