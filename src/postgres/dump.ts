import { spawn } from 'node:child_process';
import { EXIT, ProblemError } from '../text/problem.js';
import { resolveConnection, safeUrl } from './connection.js';
import { connectionEnvironment } from './connection-environment.js';
import { Session } from './session.js';

/** Roles belong to the server, not to the dump: those that the schema may name are made where they are missing, without a login. */
async function missingRoles(url: string): Promise<string> {
  const session = await Session.open(await resolveConnection({ url, env: process.env }), 'deploy-wizard');
  try {
    const { rows } = await session.run("SELECT format('DO $role$ BEGIN CREATE ROLE %I NOLOGIN%s; EXCEPTION WHEN duplicate_object THEN NULL; END $role$;', rolname, CASE WHEN rolbypassrls THEN ' BYPASSRLS' ELSE '' END) FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1");
    return rows.map(([sql]) => `${sql ?? ''}\n`).join('');
  } finally {
    await session.close();
  }
}

/** Schema of a database, by pg_dump, read-only. The password goes through the environment, never the command line. */
export async function dumpSchema(url: string, command = 'pg_dump'): Promise<string> {
  const spec = await resolveConnection({ url, env: process.env });
  const fail = (what: string, remedy: string): ProblemError => new ProblemError({ code: 'dump-failed', what, where: safeUrl(spec), remedy }, EXIT.noConnection);
  const child = spawn(command, ['--schema-only', '--no-owner', '--no-subscriptions', '--no-publications', '--exclude-schema=deploy_wizard'], {
    // Nothing of ours that libpq reads may stay: a PGSERVICE would outdo the database that was asked for.
    env: { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))), ...connectionEnvironment(spec) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = async (stream: AsyncIterable<Buffer>): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  };
  const ended = new Promise<number | null>((resolve, reject) => { child.on('error', reject); child.on('close', resolve); });
  try {
    const [code, text, errors] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
    if (code !== 0) throw fail(`pg_dump ended with ${code ?? 'a signal'}: ${errors.trim().split('\n')[0] ?? ''}`, 'A pg_dump older than the server refuses it: install the server\'s version.');
    return `${await missingRoles(url)}${text.replace(/^CREATE SCHEMA public;$/m, '')}`;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw fail('There is no pg_dump on this machine.', 'Install the PostgreSQL client programs, or give the schema as a file with --baseline.');
  }
}
