import type { Found } from './reading.js';
import { isExplain, listsColumns, NAMES_COLUMNS, type StatementShape } from './shape.js';
import { enumerated, named } from './normal.js';
import { deniesItsName, nameIn } from './remarks.js';

const IDENTIFIER = /^[a-z][a-z0-9]*(?:[_.][A-Za-z0-9]+)+$|^[a-z]+[A-Z]\w*$/;

/** A name that cannot be mistaken for an English word: quoted, in backticks, or with an underscore, dot or hump. */
export function nameOf(text: string): string | null {
  const plain = text.trim().replace(/^\d+[.)]\s+/, '');
  // `INV-00XXX` shows what it may look like.
  if (/X{2,}|#{2,}|Y{4}|_{3,}/.test(plain)) return null;
  const quoted = named(plain);
  // `total: 2` is a pair, and a piece of SQL is no name: the server writes definitions in its own way.
  if (quoted !== null) return !/^[a-z_]\w*: \S/.test(quoted) && !/ (?:IS|NOT|NULL|AND|OR|FROM|IN|ON)\b|^(?:WHERE|AND|OR|CREATE|SELECT) /.test(quoted) && /^[\p{L}\p{N}_.$:-]+(?: [\p{L}\p{N}_.$:-]+){0,7}$/u.test(quoted) ? quoted : null;
  if (/^[A-Z]{2,10}(?:[-_](?:\d+|[A-Z]{2,10}))+$/.test(plain)) return plain;
  // "FK_boats_pier", "Boat_pierId_fkey": names that keep their capitals.
  if (/^(?:FK|PK|UQ|UX|IX|IDX|CK|AK)_[A-Za-z]\w*$|^[A-Z][a-z]\w*_(?:fkey|pkey|key|idx|check)$/.test(plain)) return plain;
  // An address, or a code.
  if (/^[A-Z]{4,}\d{2,}$/.test(plain) || (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(plain) && !/example\.|^(?:your|my|user|name|email)\b|your/i.test(plain))) return plain;
  return IDENTIFIER.test(plain) && !/\.(?:sql|md|ts|js|sh|json)$/.test(plain) ? plain : null;
}

/** Names joined by commas or "and"; null unless every part is one. */
export function namesOf(text: string): string[] | null {
  const parts = enumerated(text).filter((part) => part !== '');
  const names = parts.map(nameOf);
  return names.length > 0 && names.every((name) => name !== null) ? names : null;
}

/** "SELECT: "Anyone reads"": the kind before the name of a policy. */
const KIND = /^(?:SELECT|INSERT|UPDATE|DELETE|ALL)(?: policy)?\s*:\s+(?=["'`])/i;

function canHold(shape: StatementShape | null): boolean {
  return shape !== null && shape.returnsRows && !isExplain(shape) && (!shape.oneRow || !shape.singleColumn);
}

/** A role: one of the usual ones, or a name in back-ticks. */
const ROLE = '(?:`([a-z]\\w*)`|(anon|authenticated|service_role|authenticator|postgres|\\w+_(?:role|user|app|admin)))';
const ONLY_ROLE = new RegExp(`^(?:[Oo]nly ${ROLE}|${ROLE} only)(?: (?:role|grantee|row)s?)?(?: (?:(?:is |are )?(?:listed|shown|returned|there|left)|appears?|remains?|can execute(?: (?:it|this|the function))?|(?:has|have) (?:access|rights|execute|grants?|(?:the )?privileges?)))?$`);

/** "Exactly {SELECT, INSERT}", "only app_role": a set, of a result with one column. */
export function readSet(text: string, shape: StatementShape | null): Found | null {
  const [only] = /^only [`'"]?([a-z]+(?:_[a-z\d]+)+)[`'"]?$/.exec(text)?.slice(1) ?? [];
  const column = shape?.columns[0];
  if (only !== undefined && shape?.singleColumn === true && !shape.oneRow && column != null) return { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value: only }] };
  // "authenticated only", of who has a right.
  const role = ONLY_ROLE.exec(text)?.slice(1).find((said) => said !== undefined);
  const whose = shape?.columns.find((name) => /^(?:grantee|rolname)$/i.test(name ?? ''));
  if (role !== undefined && whose != null && shape?.oneRow === false) return { assertions: [{ type: 'column', column: whose, quantifier: 'every', op: '=', value: role }] };
  const [, exactly, inner = ''] = /^(exactly |only )?`?\{([^{}=]+)\}`?$/i.exec(text) ?? [];
  if (inner === '' || shape === null || !canHold(shape) || !shape.singleColumn) return null;
  const values = inner.split(/\s*,\s*/).map((one) => one.trim().replace(/^(['"`])(.*)\1$/, '$2'));
  if (!values.every((one) => /^[\w.:$-]+$/.test(one))) return null;
  return { assertions: [...(exactly === undefined ? [] : [{ type: 'rows' as const, op: '=' as const, value: values.length }]), { type: 'contains', values }] };
}

/** `audit.log` of a result that has the schema in a column of its own. */
function withoutSchema(name: string, shape: StatementShape | null): string {
  const apart = shape?.columns.some((column) => column !== null && /^(?:schemaname|table_schema|routine_schema|nspname|schema)$/i.test(column)) === true;
  return apart && /^\w+\.\w+$/.test(name) ? name.slice(name.indexOf('.') + 1) : name;
}

/** `boats.pier` of a result that lists columns by their names alone. */
function withoutTable(name: string, shape: StatementShape | null): string {
  const [, column] = /^\w+\.(\w+)$/.exec(name) ?? [];
  return column !== undefined && listsColumns(shape) ? column : name;
}

/** `is_open(uuid)` of a result that lists functions by their names alone. */
function withoutArguments(text: string, shape: StatementShape | null | undefined): string {
  const alone = shape === undefined || shape?.columns.some((one) => one !== null && /^(?:routine_name|proname|function_name)$/i.test(one)) === true;
  return alone ? text.replace(/`(\w+(?:\.\w+)?)\([^()`]*\)`/g, '`$1`') : text;
}

/** `LIKE '%idx_boats%'`: a name without that is a part of one at most. */
function inPart(names: readonly string[], shape: StatementShape | null): boolean {
  const [piece, ...more] = shape?.like ?? [];
  return piece !== undefined && more.length === 0 && names.some((name) => !name.toLowerCase().includes(piece.replaceAll('\\', '')));
}

const THINGS = '(?:tables|columns|fields|views|policies|index(?:es)?|indices|functions|triggers|constraints|extensions|types|enums|buckets|roles)';
/** "No policies named a / b". */
/** "No `anon` or `public` grants". */
const NO_TICKED = /^no (`[^`]+`(?:(?:,|,? n?or|,? and) `[^`]+`)*)(?: (?:rows?|grants?|privileges?|entr(?:y|ies)|polic(?:y|ies)|tables?|columns?|ind(?:ex|exes|ices)|functions?|triggers?|roles?))?(?: (?:left|remain(?:s|ing)?|listed|shown|returned))?$/i;
const NO_NAMED = new RegExp(`^no (?:\\w+ )?${THINGS} (?:named|called) (.+)$`, 'i');
/** "Columns including a, b", "policies named a / b", "columns are a, b": what leads to names. */
const LISTED = new RegExp(`^(?:the )?${THINGS}(?:(?: (?:including|include|are|named|called|such as))(?: at least)?:? (?=[\`"'a-z])|:? (?=[\`"'][^\`"']+[\`"'](?:,| and |$)))`, 'i');
/** "Columns like `id`, `name`, etc.": these, and others. */
const LIKE = new RegExp(`^((?:the )?${THINGS}) (?:like|such as|including) ([\`"'][^%*]+?(?:, | and )[\`"'][^%*]+?)(?:,? (?:etc|and (?:so on|others|more))\\.?)?$`, 'i');

/** "updated_at triggers": what several are for, and the name of none. */
export const FOR_WHAT = /^`?[a-z]\w*_(?:at|by|on|id)`? (?:triggers|indexes|indices|policies|functions)$/i;

/** Names that must appear (or, negated, must not). A name of a column is about the result's form, not its cells. */
export function readNames(text: string, shape: StatementShape | null, negated: boolean): Found | null {
  if (!canHold(shape) || FOR_WHAT.test(text)) return null;
  const absent = NO_NAMED.exec(text)?.[1] ?? NO_TICKED.exec(text)?.[1]?.replaceAll(/,? (?:n?or|and) /g, ', ');
  if (absent !== undefined) return negated ? null : readNames(absent.replaceAll(' / ', ', '), shape, true);
  const plain = text.replace(LIKE, '$1 including $2').replace(LISTED, (whole) => (/named|called/i.test(whole) ? '/' : '')).replace(/^\/(.+)$/, (_, names: string) => names.replaceAll(' / ', ', ')).replace(KIND, '').replace(/^(?:an? |one |the )?(?:table|index|policy|function|trigger|column|constraint|extension|view|type|bucket|role|row|record|job)s? (?:named|called|for) (?=["'`])/i, '').replace(/^(?:(?:colunas|columnas|colonnes|spalten|tabelas|tablas|tabellen|políticas|índices|índexes)(?: [\p{L}]+){0,2}):?\s+(?=[`"'])/iu, '').replace(/^(?:include|contain|list|the (?:tables?|columns?|names?|polic(?:y|ies)|index(?:es)?):?)s?\s+/i, '').replace(/^(?:the )?`?([^`]+)`? (?:table|index|policy|function|trigger|column|constraint|extension|view|type|bucket|role)s?(?: exists?| is (?:listed|present|shown))?$/i, (whole, name: string) => (whole.includes('`') ? `\`${name}\`` : name));
  if (/^(?:colunas|columnas|colonnes|spalten)(?![\p{L}])/iu.test(text) && shape?.columns.some((column) => column !== null && NAMES_COLUMNS.test(column)) !== true) return null;
  // "legacy_id is gone": it must not be there.
  const gone = /^(.+?) (?:(?:is|are|(?:should|must) be) (?:both )?(?:gone|absent|removed|dropped|not (?:there|listed|present|in the list))|(?:should |must )?(?:no longer|not) (?:appear|exist|be (?:there|listed|present)))$/i.exec(plain)?.[1];
  if (gone !== undefined && /^(?:it|this|that|they|should|must|all|both|the|table|column|policy|row|rows)$/i.test(gone)) return null;
  if (gone !== undefined && !negated && shape?.singleColumn === true && /^[a-z][a-z0-9_]*$/.test(gone)) return { assertions: [{ type: 'excludes', values: [gone] }] };
  if (gone !== undefined && !negated) return readNames(gone.replace(/^(?:the )?(?:table|index|policy|function|trigger|column|constraint|view|type|role)s? (?=[`"'])/i, ''), shape, true);
  const names = namesOf(withoutArguments(plain, shape))?.map((name) => withoutTable(withoutSchema(name, shape), shape)) ?? null;
  // `pier text NO` of a result that lists columns: a row of it, in short.
  if (names?.some((name) => name.includes(' ')) && listsColumns(shape)) return null;
  const deeds = names?.every((name) => DEEDS.test(name)) === true && !/[`"']/.test(plain);
  // "select, write": what may be done, which only a column of such words holds, in capitals.
  if (deeds && !negated) return shape?.columns.some((name) => /^(?:cmd|privilege_type|event_manipulation)$/i.test(name ?? '')) === true && names?.every((name) => !/^(?:read|write)$/i.test(name)) ? { assertions: [{ type: 'contains', values: names.map((name) => name.toUpperCase()) }] } : null;
  // A truth value in quotes is a value, not the name of something.
  if (names && (inPart(names, shape) || names.some((name) => /^(?:current_user|session_user|current_role|current_database|current_schema)$/i.test(name)))) return null;
  if (!names || names.some((name) => /^(?:true|false|t|f|null|\d+)$/i.test(name)) || names.some((name) => shape?.columns.some((column) => column?.toLowerCase() === name.toLowerCase()))) return null;
  return { assertions: [negated ? { type: 'excludes', values: names } : { type: 'contains', values: names }] };
}

/** The same of names that are told one by one. */
export const readNamed = (names: readonly string[], shape: StatementShape | null, negated: boolean): Found | null => readNames(names.map((name) => `\`${name}\``).join(', '), shape, negated);

const DEEDS = /^(?:select|insert|update|delete|read|write|all|execute|usage)$/i;

/** `orders:read`, as rights and keys are called. */
const SCOPED = /^[a-z][a-z0-9_-]*(?::[a-z][a-z0-9_-]*)+$/;

/** The names that list lines give, one each (a description may follow); null when one line gives none. */
export function listedNames(lines: readonly string[], shape?: StatementShape | null): string[] | null {
  const plain = lines.map((line) => nameIn(withoutArguments(line, shape)).replace(/^\d+[.)]\s+/, '').replace(KIND, ''));
  const scoped = plain.length > 1 && plain.every((line) => SCOPED.test(line));
  const names = plain.map((line) => (scoped ? line : nameOf(line)));
  return names.length > 0 && names.every((name) => name !== null) ? names : null;
}

/** "(and other tables that were there)": that a list goes on, which names nothing. */
const REST = /^\W*(?:and |plus )?(?:(?:any |all |the |many |some )*(?:others?|more|existing|remaining|additional)\b(?: [\p{L}-]+){0,6}|etc|so on|dll|dsb|usw|ecc|entre (?:otros|outros|otras|outras))\W*$/iu;
/** The lines of a list that name something. */
export const withoutRest = (lines: readonly string[]): readonly string[] => {
  const own = lines.filter((line) => !REST.test(line));
  return own.length > 0 ? own : lines;
};

/** The same of lines as they are written: with a sign before the name, or one with a word behind it. */
export const namesIn = (lines: readonly string[], shape?: StatementShape | null): string[] | null => listedNames(withoutRest(lines).map(unsigned), shape);

/** A line without the sign before it. */
export const unsigned = (line: string): string => line.replace(/^[\s✅✓✔☑]+\ufe0f?\s*/u, '');

/** What a label counts or lists, and how the column that holds its names is called. */
const KINDS: [RegExp, RegExp][] = [
  [/\b(?:columns?|fields?|colunas?|columnas?|colonnes?|spalten?|campos?)\b/i, NAMES_COLUMNS],
  [/\b(?:tables?|tab(?:el|l?a|ela)s?)\b/i, /^(?:table_?name|tablename|relname|table|name)$/i],
  [/\bviews?\b/i, /^(?:viewname|table_name|matviewname|relname|view)$/i],
  [/\bindex(?:es)?\b|\bindices\b/i, /^(?:index_?name|indexname|relname|index)$/i],
  [/\bpolic(?:y|ies)\b/i, /^(?:policy_?name|policyname|polname|policy)$/i],
  [/\bfunctions?\b/i, /^(?:routine_name|proname|function(?:_name)?)$/i],
  [/\btriggers?\b/i, /^(?:trigger_name|tgname|trigger)$/i],
  [/\bconstraints?\b|\bkeys?\b/i, /^(?:constraint_name|conname|constraint)$/i],
  [/\bextensions?\b/i, /^extname$/i],
  [/\b(?:types?|enums?)\b/i, /^(?:typname|enumlabel|enum_value|type|unnest)$/i],
];

/** "These columns": of no other kind than it says. */
const THESE = /\b(?:these|following|all(?: of)? the) (?:columns|fields|tables|views|policies|index(?:es)?|functions|triggers|constraints|extensions|types|enums)\b/i;

/** Whether a text names a kind of things in the plural, or a list of them, and one of the columns holds the names of such. */
export const listsKind = (said: string, columns: readonly (string | null)[]): boolean => KINDS.some(([word, column]) => new RegExp(`(?:${word.source})(?=\\s+list\\b)|(?:${word.source})(?<=s)`, 'i').test(said) && columns.some((name) => name !== null && column.test(name)));

/** Whether a label says of what kind the names below it are. */
export const namesKind = (label: string): boolean => KINDS.some(([said]) => said.test(label));

/** Words that are an outcome rather than the name of something. */
export const OUTCOMES = /^(?:success\w*|ok|done|none|empty|true|false|null|yes|no|errors?|fail\w*|pass\w*|active|enabled|disabled|valid|rows?|data|something|etc|more|others?)$/i;

/** Names as a schema has them, though no label says so: small letters, and no outcome among them. */
function onlyNames(words: readonly string[]): boolean {
  return words.every((word) => /^[a-z_][a-z0-9_-]*$/.test(word) && !OUTCOMES.test(word));
}

/**
 * Single words that a label calls names ("Expected columns: id, email"), of a result
 * that has a column for such names; null for anything else.
 */
export function readLabelled(label: string, words: readonly string[], shape: StatementShape | null): Found | null {
  if (!canHold(shape) || words.length < 2 || shape?.columns.includes('*') || words.some(deniesItsName)) return null;
  const plain = words.map((word) => nameIn(word.trim().replace(/^(?:\d+[.)]|[-*•])\s+/, '')).replace(/^(['"`])(.*)\1$/, '$2'));
  // What may be done is no name.
  if (!plain.every((word) => /^[A-Za-z_][\w$-]*$/.test(word)) || plain.every((word) => DEEDS.test(word)) || inPart(plain, shape)) return null;
  const fits = KINDS.some(([said, column]) => shape?.columns.some((name) => name !== null && column.test(name)) && (said.test(label) || (!THESE.test(label) && onlyNames(plain) && column.test(shape?.columns[0] ?? ''))));
  return fits ? { assertions: [{ type: 'contains', values: plain }] } : null;
}
