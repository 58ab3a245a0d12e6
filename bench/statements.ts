// A script of 20,200 statements as one step, against psql with the same file in one transaction, in the same run: tsx bench/statements.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { perform, target, workOf } from '../test/postgres/support.js';
import { databaseUrl, startEmbedded, type EmbeddedServer } from '../src/rehearsal/embedded.js';

const STATEMENTS = 20_200;
const ROUNDS = 3;
const main = join(resolve(import.meta.dirname, '..'), 'dist/main.js');

interface Figures {
  statements: number;
  /** Wall time of `psql -1 -f`, in milliseconds. */
  psqlMs: number;
  /** The step's own time: ledger, journal and its copy in the ledger included. */
  stepMs: number;
  'step / psql -1 -f': number;
  /** The transaction alone, with its row of the ledger and a result for each statement, without journal and log. */
  transactionMs: number;
  'transaction / psql -1 -f': number;
}

async function fresh(server: EmbeddedServer, name: string): Promise<string> {
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return databaseUrl({ ...server.connection, database: name });
}

function psql(url: string, file: string): number {
  const start = performance.now();
  const ended = spawnSync('psql', ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', file, url], { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`psql: ${ended.stderr || String(ended.error)}`);
  return performance.now() - start;
}

function wizard(url: string, guide: string, folder: string): number {
  const logs = mkdtempSync(join(folder, 'logs-'));
  const ended = spawnSync(process.execPath, [main, 'run', guide, '--database', url, '--headless', '--yes', '--logs', logs], { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`the run: ${ended.stderr}`);
  const log = JSON.parse(readFileSync(join(logs, readdirSync(logs).find((name) => name.endsWith('.json')) ?? ''), 'utf8')) as { steps: { durationMs: number }[] };
  return log.steps[0]?.durationMs ?? NaN;
}

async function transaction(url: string, sql: string): Promise<number> {
  const on = await target(url);
  const work = await workOf(sql);
  const start = performance.now();
  const done = await perform(on, work);
  const took = performance.now() - start;
  await on.close();
  if (done.state !== 'committed' || done.finished.length !== STATEMENTS) throw new Error(`the transaction: ${done.error?.message ?? done.state}`);
  return took;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Null where psql is not installed. */
export async function benchStatements(): Promise<Figures | null> {
  if (spawnSync('psql', ['--version']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'bench-statements-'));
  const script = Array.from({ length: STATEMENTS - 1 }, (_, n) => `INSERT INTO entry VALUES (${n}, 'row ${n}');`);
  const sql = ['CREATE TABLE entry (id int PRIMARY KEY, text text);', ...script, ''].join('\n');
  writeFileSync(join(folder, 'script.sql'), sql);
  const guide = join(folder, 'guide.md');
  writeFileSync(guide, '---\nguide: script\n---\n# Script\n\n## Deployment\n\n```sql id=script file=script.sql\n```\n');
  const server = await startEmbedded({});
  try {
    const peers: number[] = [];
    const steps: number[] = [];
    const transactions: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      peers.push(psql(await fresh(server, 'peer'), join(folder, 'script.sql')));
      steps.push(wizard(await fresh(server, 'ours'), guide, folder));
      transactions.push(await transaction(await fresh(server, 'ours'), sql));
    }
    const [peer, step, own] = [peers, steps, transactions].map(median) as [number, number, number];
    const ratio = (ms: number): number => Number((ms / peer).toFixed(2));
    return { statements: STATEMENTS, psqlMs: Math.round(peer), stepMs: Math.round(step), 'step / psql -1 -f': ratio(step), transactionMs: Math.round(own), 'transaction / psql -1 -f': ratio(own) };
  } finally {
    await server.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${JSON.stringify(await benchStatements(), null, 2)}\n`);
