import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { readStatements } from '../../src/guide/statement.js';
import { compilePath } from '../../src/project/guides.js';
import { root, shippedBaseline } from '../cli/support.js';

const seeds = process.env['SEEDS'] ?? '';

/** What each page's statements stand on: a guide's baseline, and files of its migrations. */
const grounds: [page: string, guide: string, files: string[]][] = [
  // The document's own migrations are not ours to ship: SEEDS names the folder that holds them.
  ...(existsSync(seeds) ? [['000', 'settings-administration', []] as [string, string, string[]]] : []),
  ['001', 'database-refactoring', readdirSync(join(root, 'migrations/database-refactoring')).filter((name) => /^\d{14}_.*\.sql$/.test(name)).sort()],
  ['002', 'role-and-ai-usage', []],
  ['003', 'migration-framework', []],
  ['004', 'enhanced-schema', []],
];

/** The statements of a page's last `sql` block, each with the answer that the page says PostgreSQL gives. */
function statementsOf(page: string): { sql: string; answer: string | null }[] {
  const text = readFileSync(join(root, `docs/faults/${page}.md`), 'utf8');
  const block = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].at(-1)?.[1] ?? '';
  const lines = block.split('\n');
  return readStatements(block, 1).statements.map(({ sql, endLine }) => ({ sql, answer: /^-- => (.*)$/.exec(lines[endLine] ?? '')?.[1] ?? null }));
}

/** The writing statements of a document's way forward, up to its checks by a test user. */
async function migrationsOf(page: string): Promise<string[]> {
  const graph = await compilePath(join(seeds, readdirSync(seeds).find((name) => name.startsWith(`${page}_`)) ?? ''));
  return graph.steps.filter((step) => step.title.startsWith('Migration')).flatMap((step) => step.statements).filter((one) => one.writes).map((one) => one.sql);
}

/** The first value, else the command and how many rows it changed; of an error its SQLSTATE and message. */
async function answerOf(client: pg.Client, sql: string): Promise<string> {
  try {
    const { rows, command, rowCount } = await client.query<unknown[]>({ text: sql, rowMode: 'array', types: { getTypeParser: () => (value: unknown) => value } });
    return rows.length > 0 ? String(rows[0]?.[0]) : `${command} ${rowCount ?? 0}`;
  } catch (thrown) {
    const { code, message } = thrown as pg.DatabaseError;
    return `error ${code ?? ''} ${message}`;
  }
}

describe('statements under "Reproduced by"', () => {
  beforeAll(loadGrammar);

  it.each(grounds)('of docs/faults/%s.md get the answers that the page shows', async (page, guide, files) => {
    const database = await shippedBaseline(guide);
    const client = new pg.Client(database.connection);
    await client.connect();
    try {
      if (page === '000') for (const sql of await migrationsOf(page)) await client.query(sql);
      for (const file of files) await client.query(readFileSync(join(root, 'migrations', guide, file), 'utf8'));
      const statements = statementsOf(page);
      expect(statements.filter((one) => one.answer !== null).length).toBeGreaterThan(4);
      for (const { sql, answer } of statements) {
        const given = await answerOf(client, sql);
        if (answer === null) expect(given, sql).not.toMatch(/^error /);
        else expect(given, sql).toContain(answer);
      }
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
