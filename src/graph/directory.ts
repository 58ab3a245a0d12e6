import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { Remarks, type FileReader } from '../guide/guide.js';
import { slug } from '../guide/plain.js';
import { readGuide } from '../guide/read-guide.js';
import { readSource } from '../guide/source.js';
import { loadGrammar } from '../guide/sql-parse.js';
import { readStatements } from '../guide/statement.js';
import { buildGraph } from './build.js';
import { checksOf } from './directory-checks.js';
import type { Diagnostic, Graph } from './graph.js';

const NAME = /^(\d{4})(\d{2})(\d{2})(\d{3})_([a-z0-9]+(?:_[a-z0-9]+)*)\.sql$/;
const ROLLBACK = /(?:[._](?:rollback|down|undo|revert))\.sql$/i;

interface Migration {
  file: string;
  base: string;
  text: string;
  /** Text and rows of the migration and of what undoes it, for the hash of all. */
  content: string[];
  rollback: string | null;
}

/**
 * Compiles a directory of migrations (`YYYYMMDDNNN_name.sql`): checks before, each
 * migration in order as one step, checks after; `rollback/NAME.sql`,
 * `NAME_rollback.sql` and `NAME.down.sql` undo NAME. Names that break the
 * convention are diagnostics: an error where the order cannot be told.
 */
export async function compileDirectory(folder: string, files: FileReader): Promise<Graph> {
  await loadGrammar();
  const remarks = new Remarks();
  const migrations = readMigrations(folder, files, remarks);
  const text = guideText(folder, migrations);
  const read = readGuide(readSource(`${folder}/.`, text, folder), files);
  const graph = buildGraph(read);
  const hash = createHash('sha256').update(text);
  for (const part of migrations.flatMap(({ content }) => content)) hash.update(part);
  graph.guide.path = folder;
  graph.guide.sha256 = hash.digest('hex');
  const own = migrations.length === 0 ? [] : graph.diagnostics.map((one) => behind(one, folder, graph, migrations));
  graph.diagnostics = [...remarks.list, ...own];
  return graph;
}

/** A remark about the written-out guide is one about the file behind its line. */
function behind(remark: Diagnostic, folder: string, graph: Graph, migrations: Migration[]): Diagnostic {
  if (remark.file !== undefined) return remark;
  const step = graph.steps.find((one) => one.line === remark.line);
  const migration = migrations.find((one) => one.base === step?.title);
  if (migration === undefined) return { ...remark, file: basename(folder) };
  const hint = remark.code === 'no-rollback' ? `write what undoes it to rollback/${migration.file}` : remark.hint;
  return { ...remark, file: migration.file, line: 1, column: 1, hint };
}

function readMigrations(folder: string, files: FileReader, remarks: Remarks): Migration[] {
  const names = (files.list(folder) ?? []).filter((name) => name.endsWith('.sql')).sort();
  const place = (file: string) => ({ line: 1, file });
  if (names.length === 0) remarks.error('no-migrations', 'the directory holds no migrations', place(basename(folder)), 'name them YYYYMMDDNNN_name.sql');
  const forward = names.filter((name) => !ROLLBACK.test(name));
  const rollbacks = new Map<string, string>();
  for (const name of names) if (ROLLBACK.test(name)) rollbacks.set(name.replace(ROLLBACK, ''), name);
  for (const sub of ['rollback', 'rollbacks', 'down']) {
    for (const name of files.list(join(folder, sub)) ?? []) if (name.endsWith('.sql')) rollbacks.set(name.replace(ROLLBACK, '').replace(/\.sql$/, ''), `${sub}/${name}`);
  }
  const versions = new Map<string, string>();
  const migrations: Migration[] = [];
  for (const file of forward) {
    checkName(file, versions, remarks);
    const read = contentOf(files, join(folder, file));
    const base = file.replace(/\.sql$/, '');
    const undo = rollbacks.get(base) ?? null;
    rollbacks.delete(base);
    migrations.push({ file, base, text: read[0] ?? '', content: [...read, ...(undo === null ? [] : contentOf(files, join(folder, undo)))], rollback: undo });
  }
  for (const file of rollbacks.values()) remarks.warning('untied-rollback', `\`${file}\` undoes no migration of this directory`, place(file), 'give it the name of its migration');
  return migrations;
}

/** The text of a file, and the hashes of the rows that stay in it. */
function contentOf(files: FileReader, path: string): string[] {
  const file = files.read(path);
  return file === null || file === 'too large' ? [''] : [file.text, ...file.kept.map(({ sha256 }) => sha256)];
}

function checkName(file: string, versions: Map<string, string>, remarks: Remarks): void {
  const at = { line: 1, file };
  const version = /^\d+/.exec(file)?.[0];
  const match = NAME.exec(file);
  if (version === undefined) remarks.error('migration-name', `\`${file}\` has no version: its place in the order cannot be told`, at, 'name it YYYYMMDDNNN_name.sql');
  else {
    const before = versions.get(version);
    if (before !== undefined) remarks.error('migration-name', `\`${file}\` has the version of \`${before}\``, at, 'give every migration a version of its own');
    versions.set(version, file);
    if (!match) remarks.warning('migration-name', `\`${file}\` is not named YYYYMMDDNNN_name.sql`, at, 'eight digits of the date, three of the number, then words in snake case');
    else {
      const [, year, month, day] = match.map(Number);
      const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
      if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day) remarks.error('migration-name', `\`${file}\` begins with no date`, at, 'the first eight digits are year, month and day');
    }
  }
}

/** The directory written out as a guide: what the compiler then reads as any other. */
function guideText(folder: string, migrations: Migration[]): string {
  const all = migrations.map((one) => one.text).join('\n');
  const supabase = /\bauth\.(?:uid|role|jwt|users)\b|\bto\s+(?:authenticated|anon|service_role)\b/i.test(all);
  const facts = migrations.flatMap((one) => readStatements(one.text.replaceAll('\0', ' '), 1).statements);
  const checks = migrations.length === 0 ? { before: [], after: [] } : checksOf(facts);
  const title = `Migrations of ${basename(folder) || 'this directory'}`;
  const lines = ['---', `guide: ${(slug(basename(folder)).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')) || 'migrations'}`, `title: ${JSON.stringify(title)}`, `database: ${supabase ? 'supabase' : 'postgres'}`, '---', '', `# ${title}`, ''];
  if (checks.before.length > 0) lines.push('## Pre-migration checks', '');
  for (const check of checks.before) lines.push(`### ${check.title}`, '', '```sql', check.sql, '```', '', '```expect', check.expect, '```', '');
  lines.push('## Migrations', '');
  for (const one of migrations) lines.push(`### ${one.base}`, '', `\`\`\`sql id=${idOf(one)} role=deploy file=${JSON.stringify(one.file)}`, '```', '');
  if (checks.after.length > 0) lines.push('## Post-migration checks', '');
  for (const check of checks.after) lines.push(`### ${check.title}`, '', '```sql', check.sql, '```', '', '```expect', check.expect, '```', '');
  const undone = migrations.filter((one) => one.rollback !== null);
  if (undone.length > 0) lines.push('## Rollback', '');
  for (const one of [...undone].reverse()) lines.push(`### Rollback ${one.base}`, '', `\`\`\`sql id=rollback-${idOf(one)} reverts=${idOf(one)} role=rollback file=${JSON.stringify(one.rollback ?? '')}`, '```', '');
  return `${lines.join('\n')}\n`;
}

function idOf(migration: Migration): string {
  return migration.base.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[._-]+/, '') || 'migration';
}
