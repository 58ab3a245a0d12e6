import type { Measured } from '../assertions/assertion.js';
import type { Probe, Tried } from '../engine/ports.js';

type Query = (sql: string, parameters?: unknown[]) => Promise<Measured>;

const PART = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const NAME = String.raw`(${PART}(?:\s*\.\s*${PART})?)`;
const pattern = (text: string): RegExp => new RegExp(`^\\s*${text.replaceAll(' ', '\\s+').replaceAll('NAME', NAME)}`, 'i');

const RELATION = 'SELECT to_regclass($1) IS NOT NULL';
const COLUMN = 'SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attname = (parse_ident($2))[1])';
const CONSTRAINT = 'SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass($1) AND conname = (parse_ident($2))[1])';
const POLICY = 'SELECT EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass($1) AND polname = (parse_ident($2))[1])';
const TRIGGER = 'SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass($1) AND tgname = (parse_ident($2))[1])';
const TYPE = 'SELECT to_regtype($1) IS NOT NULL';
const SCHEMA = 'SELECT to_regnamespace($1) IS NOT NULL';
const ROLE = 'SELECT to_regrole($1) IS NOT NULL';
const EXTENSION = 'SELECT EXISTS (SELECT FROM pg_extension WHERE extname = (parse_ident($1))[1])';
/** Any function of the name: a new one may stand beside others of other arguments, so that only its absence tells. */
const FUNCTION = `SELECT EXISTS (SELECT FROM pg_proc p, parse_ident($1) AS name WHERE proname = name[array_length(name, 1)] AND (array_length(name, 1) = 1 OR pronamespace = to_regnamespace(quote_ident(name[1]))))`;
const ENUM_VALUE = 'SELECT EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype($1) AND enumlabel = $2)';

interface Form {
  pattern: RegExp;
  what: string;
  exists: string;
  /** Whether the object is there once the statement took effect. */
  after: boolean;
  /** The groups of the pattern in the order of the query's parameters. */
  order?: readonly number[];
  /** Only an object that is not there tells anything. */
  absenceOnly?: boolean;
  literal?: boolean;
}

/**
 * Statements that PostgreSQL refuses where the object is there already (or is
 * not): without `IF [NOT] EXISTS` and `OR REPLACE`. Such a statement ran once
 * at most, so the object's presence tells whether its transaction committed.
 */
const FORMS: readonly Form[] = [
  { pattern: pattern('create (?:unlogged )?table (?!if )NAME'), what: 'table', exists: RELATION, after: true },
  { pattern: pattern('create (?:materialized )?(?:recursive )?view (?!if )NAME'), what: 'view', exists: RELATION, after: true },
  { pattern: pattern('create sequence (?!if )NAME'), what: 'sequence', exists: RELATION, after: true },
  { pattern: pattern('create (?:type|domain) NAME'), what: 'type', exists: TYPE, after: true },
  { pattern: pattern('create schema (?!if |authorization )NAME'), what: 'schema', exists: SCHEMA, after: true },
  { pattern: pattern('create (?:role|user|group) (?!mapping )NAME'), what: 'role', exists: ROLE, after: true },
  { pattern: pattern('create extension (?!if )NAME'), what: 'extension', exists: EXTENSION, after: true },
  { pattern: pattern('create (?:function|procedure) NAME'), what: 'function', exists: FUNCTION, after: true, absenceOnly: true },
  { pattern: pattern('create policy NAME on NAME'), what: 'policy', exists: POLICY, after: true, order: [2, 1] },
  { pattern: pattern('create (?:constraint )?trigger NAME (?:before|after|instead of)\\b[\\s\\S]*?\\bon NAME'), what: 'trigger', exists: TRIGGER, after: true, order: [2, 1] },
  { pattern: pattern('alter table (?:only )?(?!if )NAME add column (?!if )NAME'), what: 'column', exists: COLUMN, after: true },
  { pattern: pattern('alter table (?:only )?(?!if )NAME add constraint NAME'), what: 'constraint', exists: CONSTRAINT, after: true },
  { pattern: pattern("alter type NAME add value (?!if )'((?:[^']|'')*)'"), what: 'value', exists: ENUM_VALUE, after: true, literal: true },
  { pattern: pattern('drop (?:table|view|materialized view|sequence|index) (?!if |concurrently )NAME\\s*(?:cascade|restrict|$)'), what: 'relation', exists: RELATION, after: false },
  { pattern: pattern('drop (?:type|domain) (?!if )NAME'), what: 'type', exists: TYPE, after: false },
  { pattern: pattern('drop schema (?!if )NAME'), what: 'schema', exists: SCHEMA, after: false },
  { pattern: pattern('drop role (?!if )NAME'), what: 'role', exists: ROLE, after: false },
  { pattern: pattern('drop extension (?!if )NAME'), what: 'extension', exists: EXTENSION, after: false },
  { pattern: pattern('drop policy (?!if )NAME on NAME'), what: 'policy', exists: POLICY, after: false, order: [2, 1] },
  { pattern: pattern('drop trigger (?!if )NAME on NAME'), what: 'trigger', exists: TRIGGER, after: false, order: [2, 1] },
  { pattern: pattern('alter table (?:only )?(?!if )NAME drop column (?!if )NAME'), what: 'column', exists: COLUMN, after: false },
  { pattern: pattern('alter table (?:only )?(?!if )NAME drop constraint (?!if )NAME'), what: 'constraint', exists: CONSTRAINT, after: false },
];

const NAMED_INDEX = pattern('create (?:unique )?index (?!if |concurrently |on )NAME on (?:only )?NAME');

/** `names`: the object's and its table's, without schema; `qualified`: found whatever the search path is. */
interface Trace { key: string; shown: string; exists: string; parameters: string[]; names: string[]; qualified: boolean; after: boolean; absenceOnly: boolean }

const bare = (name: string): string => (/(?:"(?:[^"]|"")+"|[^".\s]+)\s*$/.exec(name)?.[0] ?? name).trim().replace(/^"|"$/g, '').replaceAll('""', '"').toLowerCase();
/** What need not stand in a schema that is named: these have none. */
const EVERYWHERE: ReadonlySet<string> = new Set([SCHEMA, ROLE, EXTENSION]);
/** A further action of the same ALTER TABLE may undo the first. */
const MORE_ACTIONS = /,\s*(?:add|drop|alter|rename)\b/i;
const RENAMES = /\b(?:rename|drop|set\s+schema|attach|detach)\b/i;

/**
 * Whether another statement of the transaction may make or drop an object too, so that it is there (or is not) before
 * and after alike: a DROP or a block of code that names it or its table, or that reaches further than it says.
 */
function touches(other: string, names: readonly string[]): boolean {
  const named = (): boolean => names.some((name) => other.toLowerCase().includes(name));
  if (/^\s*drop\b/i.test(other)) return named() || /\bcascade\b|^\s*drop\s+(?:schema|owned|extension)\b/i.test(other);
  if (/^\s*(?:do|call)\b/i.test(other)) return named() || /\bexecute\b|^\s*call\b/i.test(other);
  return /^\s*alter\b/i.test(other) && RENAMES.test(other) && named();
}

/** Names without a schema mean other objects once this has run. */
const MOVES = /^\s*(?:set|reset)\s+(?:(?:session|local)\s+)?(?:search_path|schema|role|authorization|session\s+authorization|all)\b|\bset_config\b/i;

function traceOf(sql: string): Trace | null {
  const index = NAMED_INDEX.exec(sql);
  if (index) {
    const [, name = '', table = ''] = index;
    // An index lies in the schema of its table.
    const full = table.includes('.') ? `${table.slice(0, table.lastIndexOf('.'))}.${name}` : name;
    return { key: `relation ${full}`, shown: `the index ${full}`, exists: RELATION, parameters: [full], names: [bare(name), bare(table)], qualified: full.includes('.'), after: true, absenceOnly: false };
  }
  for (const form of FORMS) {
    const match = form.pattern.exec(sql);
    if (!match) continue;
    if (MORE_ACTIONS.test(sql) && /^\s*alter\b/i.test(sql)) return null;
    const groups = (form.order ?? [1, 2]).map((group) => match[group]).filter((text) => text !== undefined);
    const parameters = form.literal ? [groups[0] ?? '', (groups[1] ?? '').replaceAll("''", "'")] : groups;
    const kind = form.exists === RELATION ? 'relation' : form.what;
    return { key: `${kind} ${parameters.join(' ').toLowerCase()}`, shown: `the ${form.what} ${parameters.toReversed().join(' of ')}`, exists: form.exists, parameters, names: groups.slice(0, form.literal ? 1 : 2).map(bare), qualified: EVERYWHERE.has(form.exists) || (parameters[0] ?? '').includes('.'), after: form.after, absenceOnly: form.absenceOnly ?? false };
  }
  return null;
}

/**
 * Whether a transaction of these statements committed, by the objects that
 * they make and drop: for a COMMIT in doubt where no ledger can be asked. Sure
 * only where every object that tells says the same; an object that another of
 * the statements may make or drop tells nothing.
 */
export async function probeTransaction(statements: readonly Tried[], query: Query): Promise<Probe> {
  const moved = statements.some(({ sql }) => MOVES.test(sql));
  const found = statements.flatMap((one) => { const trace = traceOf(one.sql); return trace === null ? [] : [{ one, trace }]; });
  const telling = found.filter(({ one, trace }) => !one.mayFail && (trace.qualified || !moved) && found.filter((other) => other.trace.key === trace.key).length === 1
    && !statements.some((other) => other !== one && touches(other.sql, trace.names))).map(({ trace }) => trace);
  const took: string[] = [];
  const not: string[] = [];
  for (const { shown, exists, parameters, after, absenceOnly } of telling) {
    const there = (await query(exists, parameters)).rows[0]?.[0] === 't';
    if (absenceOnly && there) continue;
    (there === after ? took : not).push(`${shown} is ${there ? 'there' : 'not there'}`);
  }
  if (took.length > 0 && not.length === 0) return { state: 'done', detail: took.join(', ') };
  if (not.length > 0 && took.length === 0) return { state: 'not done', detail: not.join(', ') };
  if (not.length > 0) return { state: 'unknown', detail: `the database contradicts itself: ${[...took, ...not].join(', ')}` };
  return { state: 'unknown', detail: 'it makes and drops nothing that would tell' };
}
