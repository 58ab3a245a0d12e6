import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import type { LogDocument } from '../../src/log/schema.js';
import { runResident } from '../support/resident.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

export const root = resolve(import.meta.dirname, '../..');
export const main = join(root, 'dist/main.js');

export interface Ended { code: number; out: string; err: string }

/**
 * Runs the built program, without a terminal: in a process that has run it before, which costs a tenth.
 * `own`: in a process of its own, as everybody gets whose arguments reach Node itself or who comes while the others work.
 */
export async function wizard(args: readonly string[], options: { cwd?: string; env?: Record<string, string>; own?: boolean } = {}): Promise<Ended> {
  const cwd = options.cwd ?? root;
  const env: Record<string, string> = { DEPLOY_WIZARD_OPERATOR: 'operator', ...options.env };
  const resident = options.own || env['NODE_OPTIONS'] !== undefined ? null : runResident({ main, args, cwd, env: { ...process.env, ...env } });
  if (resident) return resident;
  const result = await execa(process.execPath, [main, ...args], { cwd, env, reject: false, stdin: 'ignore' });
  return { code: result.exitCode ?? -1, out: result.stdout, err: result.stderr };
}

/** An empty folder. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'wizard-'));
}

/** A guide of a test's own: front matter and body. */
export function guideFile(body: string, front = 'guide: sample\n'): string {
  const path = join(folder(), 'sample.md');
  writeFileSync(path, `---\n${front}---\n${body}`);
  return path;
}

/** The one JSON log of a folder. */
export function logOf(logs: string): LogDocument {
  const names = readdirSync(logs).filter((name) => name.endsWith('.json'));
  return JSON.parse(readFileSync(join(logs, names[0] ?? ''), 'utf8')) as LogDocument;
}

/** A database that holds what a shipped guide expects to start from. */
export async function shippedBaseline(guide: string): Promise<TestDatabase> {
  const database = await freshDatabase();
  const own = join(root, 'migrations', guide, 'baseline');
  const files = readdirSync(own).sort().map((name) => join(own, name));
  await applySqlFiles(database.url, [...supabaseBaseline(), ...files].map((path) => ({ path })));
  return database;
}

export const smallGuide = `# Sample

## Pre-flight

- [ ] Told the team

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.note (id int PRIMARY KEY, text text NOT NULL);
INSERT INTO public.note VALUES (1, 'one'), (2, 'two');
\`\`\`

\`\`\`expect
statement 2: affected = 2
\`\`\`

## Verification

\`\`\`sql id=verify
SELECT count(*) FROM public.note;
\`\`\`

\`\`\`expect
value = 2
\`\`\`

## Rollback

\`\`\`sql id=undo reverts=apply
DROP TABLE public.note;
\`\`\`
`;
