import { randomUUID } from 'node:crypto';
import type { TriggerFinding } from '../../engine/event.js';
import type { Graph } from '../../graph/graph.js';
import type { QueryClient } from '../snapshot/client.js';
import { changedTriggers, commands, seeTriggers, writersOf, type TriggerCommand, type TriggerSeen, type TriggersSeen } from './catalog.js';
import { stopped, type Attempt, type TriggerError } from './experiment.js';
import { ACCOUNTS, anyRow, insertFor, updateFor } from './row.js';

/** What a probe found, and which writes it could not try. */
export interface Probed { findings: Omit<TriggerFinding, 'step' | 'line' | 'file'>[]; untried: string[] }

/**
 * Tries what the roles that may write to a table can still write, for every
 * trigger that is new or changed since `before`: an account signing up, a user
 * saving an own row. Everything happens in transactions that are rolled back.
 */
export async function probeTriggers(client: QueryClient, before: TriggersSeen): Promise<Probed> {
  const after = await seeTriggers(client);
  const changed = changedTriggers(before, after);
  const probed: Probed = { findings: [], untried: [] };
  if (changed.length === 0) return probed;
  const restore = await sequencePositions(client);
  for (const table of new Set(changed.map((one) => one.table))) {
    const triggers = changed.filter((one) => one.table === table);
    for (const command of commands.filter((one) => triggers.some((trigger) => trigger.commands.includes(one)))) {
      for (const role of await writersOf(client, table, command)) {
        const errors = await tried(client, table, triggers, command, role);
        if (errors === 'untried') probed.untried.push(`${command} on ${table} by ${role}`);
        else if (errors.length > 0) note(probed, { table, command, role, errors, triggers, broke: before.tables.has(table) }, after.triggers);
      }
    }
  }
  await restore();
  return probed;
}

/** Numbers that functions draw from sequences are not taken back by a rollback: the positions are put back by hand. */
async function sequencePositions(client: QueryClient): Promise<() => Promise<void>> {
  const { rows } = await client.query("SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences");
  const read = async (name: string): Promise<string> => JSON.stringify((await client.query(`SELECT last_value::text AS at, is_called AS called FROM ${name}`)).rows[0] ?? {});
  const before = new Map<string, string>();
  for (const row of rows) before.set(String(row['name']), await read(String(row['name'])));
  return async () => {
    for (const [name, was] of before) {
      if (await read(name) === was) continue;
      const { at, called } = JSON.parse(was) as { at: string; called: boolean };
      await client.query('SELECT setval($1, $2, $3)', [name, at, called]);
    }
  };
}

async function tried(client: QueryClient, table: string, triggers: readonly TriggerSeen[], command: TriggerCommand, role: string): Promise<TriggerError[] | 'untried'> {
  await client.query("BEGIN; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '5s'");
  try {
    for (const attempt of await attemptsFor(client, table, command, role)) {
      const errors = await stopped(client, table, triggers.map((one) => one.name), attempt);
      if (errors !== 'untried') return errors;
    }
    return 'untried';
  } catch {
    // A rehearsal does without what it cannot try: no right to switch triggers off, no such type, a lock.
    return 'untried';
  } finally {
    await client.query('ROLLBACK');
  }
}

/** The statement, for each account that the row might belong to. */
async function attemptsFor(client: QueryClient, table: string, command: TriggerCommand, role: string): Promise<Attempt[]> {
  const account = table === ACCOUNTS ? null : await newAccount(client);
  if (command === 'INSERT') {
    const sql = await insertFor(client, table, account ?? randomUUID());
    return sql === null ? [] : signedIn(role, account === null ? [] : [account]).map((one) => ({ sql, role, account: one }));
  }
  const row = await anyRow(client, table) ?? await madeRow(client, table, account);
  if (!row) return [];
  const sql = command === 'DELETE' ? `DELETE FROM ${table} WHERE ${row.where}` : await updateFor(client, table, role, row);
  return sql === null ? [] : signedIn(role, row.uuids).map((one) => ({ sql, role, account: one }));
}

/** Visitors are nobody; everybody else may be anybody, or nobody. */
function signedIn(role: string, accounts: readonly string[]): (string | null)[] {
  return role === 'anon' ? [null] : [...accounts, null];
}

/** An account of this transaction, so that no row of another account is in the way; null where there are no accounts. */
async function newAccount(client: QueryClient): Promise<string | null> {
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [ACCOUNTS]);
  if (rows[0]?.['there'] !== true) return null;
  const id = randomUUID();
  return await withoutTriggers(client, `INSERT INTO ${ACCOUNTS} (id, email) VALUES ('${id}', 'probe-${id}@example.com')`) ? id : null;
}

async function madeRow(client: QueryClient, table: string, account: string | null): Promise<Awaited<ReturnType<typeof anyRow>>> {
  const sql = await insertFor(client, table, account ?? randomUUID());
  return sql !== null && await withoutTriggers(client, sql) ? anyRow(client, table) : null;
}

async function withoutTriggers(client: QueryClient, sql: string): Promise<boolean> {
  await client.query('SAVEPOINT quiet');
  try {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(sql);
    await client.query('SET LOCAL session_replication_role = origin');
    return true;
  } catch {
    await client.query('ROLLBACK TO SAVEPOINT quiet');
    return false;
  }
}

interface Noted { table: string; command: TriggerCommand; role: string; errors: TriggerError[]; triggers: readonly TriggerSeen[]; broke: boolean }

/** One finding per table, role and message; further commands join it. */
function note(probed: Probed, { table, command, role, errors, triggers, broke }: Noted, all: readonly TriggerSeen[]): void {
  const context = errors[0]?.context ?? '';
  const named = (one: TriggerSeen): number => context.search(new RegExp(`\\b${one.function.replace(/[^\w]/g, '\\$&')}\\(`));
  const [innermost] = all.filter((one) => named(one) >= 0).sort((a, b) => named(a) - named(b));
  const trigger = triggers.find((one) => one.commands.includes(command) && named(one) >= 0) ?? triggers.find((one) => one.commands.includes(command));
  const told = errors.map(({ sqlstate, message }) => ({ sqlstate, message }));
  const same = probed.findings.find((one) => one.table === table && one.role === role && one.trigger === trigger?.name && JSON.stringify(one.errors) === JSON.stringify(told));
  if (same) same.commands.push(command);
  else probed.findings.push({ trigger: trigger?.name ?? '', table, commands: [command], role, function: innermost?.function ?? trigger?.function ?? '', errors: told, severity: broke ? 'fault' : 'warning' });
}

/** Ties each finding to the statement of the guide that makes its trigger. */
export function placed(findings: Probed['findings'], graph: Graph): TriggerFinding[] {
  return findings.map((one) => {
    const makes = new RegExp(`\\bTRIGGER\\s+"?${one.trigger.replace(/[^\w]/g, '\\$&')}"?\\s`, 'i');
    const [table = ''] = one.table.replaceAll('"', '').split('.').slice(-1);
    for (const step of graph.steps.filter((each) => each.role !== 'rollback' && !each.discard)) {
      const statement = step.statements.find((each) => /^CREATE/i.test(each.command) && makes.test(each.sql) && each.sql.includes(table));
      if (statement) return { ...one, step: step.id, line: statement.line, file: statement.file };
    }
    return { ...one, step: null, line: null, file: null };
  });
}
