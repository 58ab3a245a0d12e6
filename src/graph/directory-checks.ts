import { quoteLiteral } from '../guide/parameters.js';
import type { StatementRead } from '../guide/statement.js';

/** A check that a directory of migrations gets without being asked. */
export interface DirectoryCheck {
  title: string;
  sql: string;
  expect: string;
}

/** What a list of names must not lack, as a query that returns what is missing. */
function missing(names: string[], found: string): string {
  return `SELECT wanted.name\nFROM (VALUES ${names.map((name) => `(${quoteLiteral(name).trim()})`).join(', ')}) AS wanted(name)\nWHERE NOT EXISTS (${found})\nORDER BY 1;`;
}

/** Checks before and after, from what the migrations create and do not drop again. Names count in any schema. */
export function checksOf(statements: StatementRead[]): { before: DirectoryCheck[]; after: DirectoryCheck[] } {
  const alive = new Set<string>();
  for (const statement of statements) {
    for (const name of statement.drops) alive.delete(name);
    for (const name of statement.creates) alive.add(name);
  }
  const dropped = new Set(statements.flatMap((statement) => statement.drops.filter((name) => name.startsWith('table ')).map((name) => name.slice(6))));
  const named = (kind: string) => [...alive].filter((name) => name.startsWith(`${kind} `)).map((name) => name.slice(kind.length + 1)).filter((name) => name !== '' && !name.startsWith('pg_temp'));
  const before: DirectoryCheck[] = [{ title: 'Connection', sql: 'SELECT current_database(), current_user;', expect: 'rows = 1' }];
  const extensions = [...new Set(statements.flatMap((statement) => statement.creates.filter((name) => name.startsWith('extension ')).map((name) => name.slice(10))))];
  if (extensions.length > 0) before.push({ title: 'Extensions are available', sql: missing(extensions, 'SELECT FROM pg_available_extensions one WHERE one.name = wanted.name'), expect: 'no rows' });
  const after: DirectoryCheck[] = [];
  const tables = named('table');
  if (tables.length > 0) after.push({ title: 'Tables exist', sql: missing(tables, "SELECT FROM pg_class one WHERE one.relname = wanted.name AND one.relkind IN ('r', 'p', 'f')"), expect: 'no rows' });
  const secured = named('rls').filter((name) => !dropped.has(name));
  if (secured.length > 0) after.push({ title: 'Row level security is on', sql: missing(secured, 'SELECT FROM pg_class one WHERE one.relname = wanted.name AND one.relrowsecurity'), expect: 'no rows' });
  const policies = named('policy').filter((name) => !dropped.has(/ on (.+)$/.exec(name)?.[1] ?? '')).map((name) => name.replace(/ on [^ ]+$/, ''));
  if (policies.length > 0) after.push({ title: 'Policies exist', sql: missing([...new Set(policies)], 'SELECT FROM pg_policies one WHERE one.policyname = wanted.name'), expect: 'no rows' });
  const indexes = named('index');
  if (indexes.length > 0 && dropped.size === 0) after.push({ title: 'Indexes exist', sql: missing(indexes, "SELECT FROM pg_class one WHERE one.relname = wanted.name AND one.relkind IN ('i', 'I')"), expect: 'no rows' });
  const functions = named('function');
  if (functions.length > 0) after.push({ title: 'Functions exist', sql: missing([...new Set(functions)], 'SELECT FROM pg_proc one WHERE one.proname = wanted.name'), expect: 'no rows' });
  return { before, after };
}
