import type { Assertion } from '../../assertions/assertion.js';
import { readColumn } from './columns.js';
import { readCount } from './counts.js';
import { catalogType } from './catalog.js';
import { literalOf } from './literal.js';
import { namesKind, namesOf, readLabelled, readNamed, readNames } from './names.js';
import { enumerated, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { readTypedNames } from './row-of.js';
import { hasColumn, type StatementShape } from './shape.js';

/** "berth_ids (one row only)": how many rows there are. */
export function readAsideCount(aside: string): Assertion[] {
  const said = /^(?:exactly |only )?(\d+|one|two|three|four|five) rows?(?: only)?$/i.exec(aside)?.[1];
  const count = said === undefined ? null : numberOf(said);
  return count === null || count === 0 ? [] : [{ type: 'rows', op: '=', value: count }];
}

/** Words that tell about things rather than naming one. */
const ABOUT = /^(?:new|old|first|last|one|two|three|each|every|both|all|none|other|others|total|active|inactive|enabled|disabled|valid|unique|distinct|sorted|ordered|created|deleted|updated|yes|no|true|false|null|id|name|and|or)$/i;

const VERBS = /^(?:select|insert|update|delete|all|create|read|write|add|remove|change|before|after|truncate)s?$/i;

/** "boats_fk, piers_fk, etc.": these names, whatever others there are. */
const AND_SO_ON = /,? (?:etc\.?|dll|dsb|usw\.?|\.{3}|…)$/i;

/** "3 columns (id, email, role)": as many names as are counted. */
export function namedAside(main: string, aside: string, { assertions: [count, ...more] }: Found, shape: StatementShape | null): Found | null {
  if (AND_SO_ON.test(aside)) return count?.type === 'rows' && more.length === 0 ? someOf(aside.replace(AND_SO_ON, '').split(/, /), count, shape) : null;
  // "1 trigger (boats_touch on boats)".
  const names = enumerated(aside).map((name) => name.replace(/(?<=^`?[a-z]\w*_\w+`?) on [\w.`]+$/i, ''));
  // "(pkey and boats_name)": of what kind one is.
  const kinds = names.filter((name) => /^(?:pkey|pk|fkey|fk|primary key|foreign key)$/i.test(name));
  if (kinds.length > 0 && kinds.length < names.length) return { assertions: [{ type: 'operator', text: aside }] };
  if (count?.type !== 'rows' || more.length > 0 || count.value !== names.length || names.some((name) => VERBS.test(name))) return null;
  // "4 roles (admin, mate, skipper, guest)": as many words as there are things, none of which is about them.
  const allLarge = names.length > 2 && names.every((name) => /^\p{Lu}/u.test(name));
  const allValues = names.length > 2 && names.every((name) => /^[a-z][a-z\d-]*$/.test(name) && !COLUMNS.test(name));
  const allWords = names.length > 2 && (allLarge || allValues || !/\b(?:rows?|records?|results?|entr(?:y|ies)|lines?|columns?|fields?)\b/i.test(main)) && (names.every((name) => /^\p{L}[\p{L}\d_-]*$/u.test(name) && !ABOUT.test(name)) || names.every((name) => /^\p{Lu}[\p{L}\d'-]*(?: [\p{Lu}\d][\p{L}\d'-]*){0,2}$/u.test(name)) && names.filter((name) => ABOUT.test(name)).length < 2);
  // "3 rows (first_touch, last_touch, linear)": one that is a name for certain makes them all such.
  const allNames = names.length > 1 && (names.every((name) => /^[A-Z][A-Z\d]{1,9}$/.test(name)) || (names.every((name) => /^[a-z][\w.-]*$/.test(name)) && names.some((name) => /[a-z]_[a-z]/.test(name))));
  const found = count.op === '=' && (allWords || allNames) ? readNamed(names, shape, false) : null;
  if (found !== null || (count.op !== '=' && count.op !== '>=')) return found;
  const [alone = '', ...others] = names;
  if (others.length === 0 && /^[a-z]\w*_\w+_\w+$/.test(alone)) return readNamed([alone], shape, false);
  if (namesKind(main)) return readLabelled(main, names, shape);
  return names.length > 1 ? readNames(aside, shape, false) : null;
}

/** Fewer names than are counted, each of them a name for certain. */
function someOf(names: readonly string[], { op, value }: Extract<Assertion, { type: 'rows' }>, shape: StatementShape | null): Found | null {
  return (op === '=' || op === '>=') && typeof value === 'number' && names.length < value && names.every((name) => /^`?[a-z]\w*_\w+`?$/.test(name)) ? readNamed(names.map((name) => name.replaceAll('`', '')), shape, false) : null;
}

/** Words that columns are called rather than what stands in them. */
const COLUMNS = /^(?:id|uuid|name|email|title|status|type|kind|date|time|count|total|role|key|value|user|users|amount|price|description|created|updated|slug|code|url|text|data|number|phone|address|columns?|rows?|fields?)$/;

/** "1 row (text type)", "2 rows (id uuid; kind text)", "1 row (FOREIGN KEY)": of which type the columns are that are listed, or of which kind a constraint. */
export function typeAside(aside: string, shape: StatementShape | null): Found | null {
  const typed = readTypedNames(aside.split(/\s*[;,]\s*(?![^()]*\))/), shape);
  if (typed !== null) return { assertions: typed };
  const kind = shape?.columns.find((one) => one !== null && /^constraint_type$/i.test(one));
  if (kind != null && /^(?:FOREIGN KEY|PRIMARY KEY|UNIQUE|CHECK)$/.test(aside)) return { assertions: [{ type: 'column', column: kind, quantifier: 'every', op: '=', value: aside }] };
  const type = catalogType(/^(?:type:? )?`?([a-z][a-z ]*?(?:\([\d, ]+\))?)`?(?: type)?$/i.exec(aside)?.[1] ?? '');
  const column = shape?.columns.find((one) => one !== null && /^data_type$/i.test(one));
  return type === undefined || column == null || !/\btype\b/i.test(aside) ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value: type }] };
}

/** "RLS enabled (`rowsecurity = t`)", "All constraints should be validated (`convalidated = t`)": the aside says exactly what the words do. */
export function readAside(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  const [aside = ''] = asides;
  const said = asides.length === 1 && /^(?:[\p{L}_-]+ ){0,6}[\p{L}_-]+$/u.test(main) && !/\b(?:not|no|never|but|or|one|any|none|without)\b/i.test(main);
  return said && hasColumn(shape, /^`?(\w+)`?\s*(?:=|is (?:not )?null$)/i.exec(aside)?.[1] ?? '') === true ? readColumn(aside, shape) : null;
}

/** `boats_read (not boats_all)`: what must not be there beside it. */
export function readNotAside(aside: string, found: Found, shape: StatementShape | null): Found | null {
  const said = /^(?:not|no|and not|instead of|rather than|no longer) (.+)$/i.exec(aside)?.[1];
  return said === undefined || !found.assertions.some((one) => one.type === 'contains') || namesOf(said) === null ? null : readNames(said, shape, true);
}

/** "is_open (TRUE), crew (4)": columns that there are, each with what it holds; a type is asked. */
export function readBracketed(text: string, shape: StatementShape | null): Found | null {
  const parts = text.split(/,\s+/).map((part) => /^`?([a-z_]\w*)`? \(([^()]+)\)$/i.exec(part.trim()));
  if (shape?.returnsRows !== true || parts.length < 2 || !parts.every((part) => part !== null && hasColumn(shape, part[1] ?? '') === true)) return null;
  const values = parts.map((part) => literalOf(part?.[2] ?? ''));
  if (values.every((value) => value === undefined)) return null;
  return { assertions: parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? { type: 'operator', text: part?.[0] ?? '' } : { type: 'column', column: part?.[1] ?? '', quantifier: 'every', op: '=', value };
  }) };
}

/** `Update blocked (0 rows affected)`: the figure says what row security does. */
export function readBlocked(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  if (asides.length !== 1 || !/^(?:UPDATE|DELETE)/.test(shape?.command ?? '') || !/^(?:the )?(?:update|delete|write|change)s? (?:is |was )?(?:blocked|denied|rejected|refused|ignored)$/i.test(main)) return null;
  const changed = /^(\d+) rows? (?:affected|updated|deleted|changed)$/i.exec(asides[0] ?? '')?.[1];
  return changed === undefined ? null : { assertions: [{ type: 'affected', op: '=', value: Number(changed) }] };
}

/** "`done = 6` (or more)": a bound, put behind. */
export function readOrMore(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  const more = /^or (more|higher|greater|above|less|fewer|lower)$/i.exec(asides[0] ?? '')?.[1];
  if (more === undefined || asides.length !== 1) return null;
  const [only, ...rest] = (readColumn(main, shape) ?? readCount(main, shape))?.assertions ?? [];
  const op = /^[mhga]/i.test(more) ? '>=' : '<=';
  return only !== undefined && rest.length === 0 && (only.type === 'column' || only.type === 'rows' || only.type === 'value') && only.op === '=' && typeof only.value === 'number' ? { assertions: [{ ...only, op }] } : null;
}

/** `(public = true)` of a query for every column there is: one of them. */
export function isPairOfAny(aside: string, shape: StatementShape | null): boolean {
  return shape?.returnsRows === true && shape.columns.length === 1 && shape.columns[0] === '*' && /^`?[a-z_][a-z0-9_]*`? ?= ?(?:true|false|'[^']*'|\d+)`?$/.test(aside);
}

/** "(red at rate=16000, blue at rate=2)": what columns hold, in which rows. */
export function givesValues(aside: string, shape: StatementShape | null): boolean {
  return [...aside.matchAll(/(?<![\w.])([a-z_]\w*)`?\s?=\s?[\w'"-]/gi)].some(([, name = '']) => hasColumn(shape, name) === true);
}
