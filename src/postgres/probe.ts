import type { Measured } from '../assertions/assertion.js';
import type { Probe } from '../engine/ports.js';

type Query = (sql: string, parameters?: unknown[]) => Promise<Measured>;

const NAME = String.raw`((?:"(?:[^"]|"")+"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$]+))?)`;
const CREATE_INDEX = new RegExp(String.raw`^\s*create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?!concurrently\b)${NAME}\s+on\s+(?:only\s+)?${NAME}`, 'i');
const DROP_INDEX = new RegExp(String.raw`^\s*drop\s+index\s+(?:concurrently\s+)?(?:if\s+exists\s+)?${NAME}`, 'i');
const REINDEX = new RegExp(String.raw`^\s*reindex\s+(?:\([^)]*\)\s*)?index\s+(?:concurrently\s+)?${NAME}`, 'i');
const ADD_VALUE = new RegExp(String.raw`^\s*alter\s+type\s+${NAME}\s+add\s+value\s+(?:if\s+not\s+exists\s+)?'((?:[^']|'')*)'`, 'i');
const SHARED = new RegExp(String.raw`^\s*(create|drop)\s+(database|tablespace|subscription)\s+(?:if\s+exists\s+)?${NAME}`, 'i');
/** Where the server keeps what is no part of a schema. */
const CATALOGS: Record<string, string> = { database: 'pg_database WHERE datname', tablespace: 'pg_tablespace WHERE spcname', subscription: 'pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND subname' };
const DETACH = new RegExp(String.raw`^\s*alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+detach\s+partition\s+${NAME}\s+(?:concurrently|finalize)`, 'i');

/** The index's name in the schema of its table, as PostgreSQL finds it. */
function inSchemaOf(index: string, table: string): string {
  return index.includes('.') || !table.includes('.') ? index : `${table.slice(0, table.lastIndexOf('.'))}.${index}`;
}

async function indexState(name: string, query: Query): Promise<'absent' | 'invalid' | 'valid'> {
  const { rows } = await query('SELECT indisvalid AND indisready FROM pg_index WHERE indexrelid = to_regclass($1)', [name]);
  return rows.length === 0 ? 'absent' : rows[0]?.[0] === 't' ? 'valid' : 'invalid';
}

/** What the database's state says of a statement whose outcome is in doubt. Never runs it. */
export async function probeStatement(sql: string, query: Query): Promise<Probe> {
  const create = CREATE_INDEX.exec(sql);
  if (create) {
    const name = inSchemaOf(create[1] ?? '', create[2] ?? '');
    const state = await indexState(name, query);
    return state === 'valid' ? { state: 'done', detail: `the index ${name} is valid` }
      : state === 'absent' ? { state: 'not done', detail: `there is no index ${name}` } : { state: 'half done', detail: `the index ${name} is invalid; drop it concurrently, then run the statement again` };
  }
  const drop = DROP_INDEX.exec(sql);
  if (drop) {
    const state = await indexState(drop[1] ?? '', query);
    return state === 'absent' ? { state: 'done', detail: `the index ${drop[1]} is gone` } : state === 'valid' ? { state: 'not done', detail: `the index ${drop[1]} is there (valid)` }
      : { state: 'half done', detail: `the index ${drop[1]} is there (invalid): no query uses it, every write keeps it up; the same statement ends it` };
  }
  const value = ADD_VALUE.exec(sql);
  if (value) {
    const { rows } = await query('SELECT 1 FROM pg_enum WHERE enumtypid = to_regtype($1) AND enumlabel = $2', [value[1], (value[2] ?? '').replaceAll("''", "'")]);
    return rows.length > 0 ? { state: 'done', detail: `${value[1]} has the value` } : { state: 'not done', detail: `${value[1]} does not have the value` };
  }
  const shared = SHARED.exec(sql);
  if (shared) {
    const [, verb = '', kind = '', written = ''] = shared;
    const name = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
    const exists = (await query(`SELECT 1 FROM ${CATALOGS[kind.toLowerCase()] ?? ''} = $1`, [name])).rows.length > 0;
    return { state: exists === (verb.toLowerCase() === 'create') ? 'done' : 'not done', detail: `the ${kind.toLowerCase()} ${name} ${exists ? 'exists' : 'does not exist'}` };
  }
  const [, parent, partition] = DETACH.exec(sql) ?? [];
  if (parent !== undefined && partition !== undefined) {
    const { rows } = await query('SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL, (SELECT inhdetachpending FROM pg_inherits WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2))', [parent, partition]);
    const [found, pending] = rows[0] ?? [];
    // A name that nothing has here tells nothing: another search path may have been meant.
    if (found !== 't') return { state: 'unknown', detail: `there is no ${parent} or no ${partition} to look at` };
    return pending == null ? { state: 'done', detail: `${partition} is no partition of ${parent}` }
      : pending === 'f' ? { state: 'not done', detail: `${partition} is a partition of ${parent}` }
      : { state: 'half done', detail: `the partition is about to be detached; to end it: ALTER TABLE ${parent} DETACH PARTITION ${partition} FINALIZE` };
  }
  const reindex = REINDEX.exec(sql);
  // These may run any number of times.
  if (reindex || /^\s*(vacuum|analyze|reindex|cluster|checkpoint|discard|refresh|alter\s+system)\b/i.test(sql)) return { state: 'not done', detail: 'it can be run again without harm' };
  return { state: 'unknown', detail: 'no probe knows this kind of statement' };
}

/** Name of the index that a CREATE INDEX left invalid, or null. */
export async function invalidIndexOf(sql: string, query: Query): Promise<string | null> {
  const create = CREATE_INDEX.exec(sql);
  if (!create) return null;
  const name = inSchemaOf(create[1] ?? '', create[2] ?? '');
  return await indexState(name, query) === 'invalid' ? name : null;
}

/** What a statement that failed has begun and left half done, so that another try meets it; null: nothing. */
export async function halfDone(sql: string, query: Query): Promise<string | null> {
  if (!DETACH.test(sql) && !(DROP_INDEX.test(sql) && /\bconcurrently\b/i.test(sql))) return null;
  const { state, detail } = await probeStatement(sql, query);
  return state === 'half done' ? detail : null;
}

const REINDEXED = new RegExp(String.raw`^\s*reindex\s+(?:\([^)]*\)\s*)?(index|table)\s+(?:concurrently\s+)?${NAME}`, 'i');
const UNNAMED = new RegExp(String.raw`^\s*create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?on\s+(?:only\s+)?${NAME}`, 'i');
const STRAYS = `SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE NOT indisvalid AND relkind = 'i' AND indrelid = coalesce((SELECT own.indrelid FROM pg_index own WHERE own.indexrelid = to_regclass($1)), to_regclass($1)) AND ($2 OR relname ~ '_cc(new|old)\\d*$') ORDER BY 1`;

/** Invalid indexes that a build whose index has no name in its statement left on the table: `…_ccnew` of a REINDEX, or any where CREATE INDEX names none. */
export async function strayIndexes(sql: string, query: Query): Promise<string[]> {
  const unnamed = UNNAMED.exec(sql)?.[1];
  const name = unnamed ?? REINDEXED.exec(sql)?.[2];
  return name === undefined ? [] : (await query(STRAYS, [name, unnamed !== undefined])).rows.map(([index]) => index ?? '');
}
