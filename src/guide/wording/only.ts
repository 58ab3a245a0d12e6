import type { Found } from './reading.js';
import { enumerated } from './normal.js';
import { isExplain, type StatementShape } from './shape.js';
import { literalPattern } from '../../text/literal-pattern.js';

const TICKED = /^(?:`[^`]+`|'[^']+'|"[^"]+"|[a-z]+(?:_[a-z\d]+)+)$/;
/** "Only `a` and `b`", "`a`, `b` and nothing else". */
const ALONE = /^(?:(?:only|just|nothing but|no others? than) (?:(?:show|return|contain|include|be|have|see)s?:? |: )?(?:the )?(?:(?:tables|columns|policies|roles|users|values|rows|types|functions) )?(.+?)(?: (?:remains?|(?:should |must )?(?:appear|remain|exist|be (?:there|listed|returned|shown|present|left)|(?:is|are) (?:left|listed|returned|shown|there))))?|(.+?) only|(.+?),? (?:and|but) (?:nothing|no(?:body| one)?) (?:else|more|others?))$/i;
/** Columns that name what a row is about. */
const NAMING = /^(?:grantee|rolname|tablename|table_name|relname|policyname|polname|proname|routine_name|indexname|extname|enumlabel|unnest|typname|trigger_name|tgname|conname|constraint_name|viewname|schemaname|nspname|role|status|state|kind|type|category|name)$/i;

/** Names that are all there is: each of them is there, and no other. */
export function readAlone(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || shape.oneRow || isExplain(shape)) return null;
  const said = ALONE.exec(text);
  const parts = said === null ? [] : enumerated(said[1] ?? said[2] ?? said[3] ?? '').map((part) => part.trim());
  // "Only show: easy, hard", of a query that counts by it.
  const [kind] = shape.columns;
  const byKind = shape.groups === 1 && kind != null && shape.counted?.length === shape.columns.length - 1 && !shape.counted.includes(kind);
  const words = byKind && parts.length > 1 && /:/.test(text) && parts.every((part) => /^[a-z][\w-]*$/.test(part));
  if (parts.length === 0 || !(words || parts.every((part) => TICKED.test(part)))) return null;
  const naming = shape.singleColumn ? shape.columns : byKind ? [kind] : shape.columns.filter((name) => name !== null && NAMING.test(name));
  const [column, ...others] = naming;
  if (column == null || column === '*' || others.length > 0) return null;
  const values = parts.map((part) => part.replace(/^(["'`])(.*)\1$/, '$2'));
  // What may be done is no grantee; a state is one where the sentence says so.
  if (values.some((value) => /^(?:select|insert|update|delete|all|usage|execute|truncate|references|trigger)$/i.test(value))) return null;
  const grouped = shape.columns.every((name) => name === column || /count|total|num|sum/i.test(name ?? ''));
  if (!shape.singleColumn && !grouped && !byKind && /^(?:role|status|state|kind|type|category)$/i.test(column) && !new RegExp(`\\b${column.replace(/s$/, '')}`, 'i').test(text)) return null;
  if (values.some((value) => value.toLowerCase() === column.toLowerCase())) return null;
  // "Only 'a' and 'b'", of what there is of a kind: not each of them need be there.
  return { assertions: [...(values.length > 1 && !(said?.[1] !== undefined && (shape.distinct === true || (shape.groups ?? 0) > 0)) ? [{ type: 'contains' as const, values }] : []), { type: 'column', column, quantifier: 'every', ...(values.length > 1 ? { op: 'in' as const, value: values } : { op: '=' as const, value: values[0] ?? '' }) }] };
}

/** "kind: sail, motor": the words that a column of the result holds. */
export function readWordsOf(text: string, shape: StatementShape | null): Found | null {
  const [, name = '', list = ''] = /^`?([a-z_]\w*)`?\s*(?:[:=]|is one of|in)\s*((?:`?[a-z][\w-]*`?)(?:, `?[a-z][\w-]*`?)+)$/i.exec(text) ?? [];
  const column = shape?.returnsRows === true && !isExplain(shape) ? shape.columns.find((one) => one?.toLowerCase() === name.toLowerCase()) : undefined;
  const words = list.split(', ').map((word) => word.replaceAll('`', ''));
  if (column == null || column === '*' || words.some((word) => /^(?:true|false|null|etc|more|others?|and|or|not|none|any|t|f)$/i.test(word) || shape?.columns.some((one) => one?.toLowerCase() === word.toLowerCase()))) return null;
  return { assertions: [{ type: 'column', column, quantifier: 'every', op: 'in', value: words }] };
}

/** "The latest version should be `20240101`": the value of a query that gives one row at most. */
export function readNewest(text: string, shape: StatementShape | null): Found | null {
  const said = /^(?:the )?(?:latest|last|current|newest|highest|maximum|most recent|first|top|oldest) (?:[\w-]+ ){0,2}?(?:should |must )?(?:now )?(?:be|is|=|:|equals?|reads?) (?:`([^`]+)`|'([^']+)'|(\d[\w.]*))$/i.exec(text)?.slice(1).find((one) => one !== undefined);
  if (said === undefined || shape?.returnsRows !== true || !shape.singleColumn || !(shape.oneRow || shape.atMostOne === true)) return null;
  return { assertions: [{ type: 'value', op: '=', value: /^(?:0|[1-9]\d{0,14})$/.test(said) ? Number(said) : said }] };
}

/** "email should contain '@'": a part of what a column holds in every row. */
export function readPartOf(text: string, shape: StatementShape | null): Found | null {
  const [, name, , part = ''] = /^(?:the |every |each )?`?(\w+)`?(?: column| value)? (?:should |must )?(?:contain|include)s? ([`'"])([^`'"]+)\2$/i.exec(text) ?? [];
  const column = shape?.returnsRows === true && !isExplain(shape) && name !== undefined ? shape.columns.find((one) => one?.toLowerCase() === name.toLowerCase()) : undefined;
  return column == null || column === '*' ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: 'contains', value: part }] };
}


/** "name should start with 'A'", "starts with `PostgreSQL`"; "PostgreSQL 15" of `version()`. */
export function readBeginning(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const [, name, , said = ''] = /^(?:the )?(?:`?(\w+)`? )?(?:should |must )?(?:starts?|begins?) with ([`'"])([^`'"]+)\2$/i.exec(text) ?? [];
  const column = name === undefined ? (shape.singleColumn ? shape.columns[0] : undefined) : shape.columns.find((one) => one?.toLowerCase() === name.toLowerCase());
  if (said !== '' && column != null && column !== '*') return { assertions: [shape.oneRow && name === undefined ? { type: 'value', op: 'matches', value: `^${literalPattern(said)}` } : { type: 'column', column, quantifier: 'every', op: 'matches', value: `^${literalPattern(said)}` }] };
  const version = shape.oneRow && shape.singleColumn && shape.columns[0] === 'version' ? /^`?postgres(?:ql)? v?(\d+(?:\.\d+)?)(\.x)?`?$/i.exec(text) : null;
  return version === null ? null : { assertions: [{ type: 'value', op: 'contains', value: `PostgreSQL ${version[1] ?? ''}${version[2] === undefined ? '' : '.'}` }] };
}

/** What is answered with one name: who and where one is. */
const NAMED = /^(?:current_database|current_user|session_user|current_role|current_schema|user)$/i;
/** "Must be production", of `current_database()`. */
export function readWhere(text: string, shape: StatementShape | null): Found | null {
  const word = /^`?([a-z][\w-]+)`?$/.exec(text)?.[1];
  return word !== undefined && shape?.oneRow === true && shape.singleColumn && NAMED.test(shape.columns[0] ?? '') && !/^(?:correct|valid|right|empty|null|set|true|false|yours|yes|no|superuser|non-superuser|owner|unprivileged)$/i.test(word) ? { assertions: [{ type: 'value', op: '=', value: word }] } : null;
}

/** "`anon` must not appear", "anon should not have any privileges", of who has which rights. */
export function readRoleOut(text: string, shape: StatementShape | null): Found | null {
  const role = /^(?:the )?(?:role )?[`"']?(anon|authenticated|service_role|public)[`"']?(?: role)? (?:should|must) (?:not|never) (?:appear|be (?:listed|there|present|returned|shown)|have (?:any )?(?:privileges?|grants?|access|rights?|permissions?|entries|rows?)(?: (?:here|at all|left))?|be granted anything)$/i.exec(text)?.[1];
  return role !== undefined && shape?.returnsRows === true && !shape.oneRow && shape.columns.some((name) => /^(?:grantee|rolname|roles?)$/i.test(name ?? '')) ? { assertions: [{ type: 'excludes', values: [/^public$/i.test(role) ? 'PUBLIC' : role.toLowerCase()] }] } : null;
}
