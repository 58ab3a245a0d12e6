import { describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';
import { live } from './live.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const database = ownDatabase('CREATE TABLE entry (id int); CREATE TABLE busy (id int)');

const flags = (logs: string): string[] => ['--database', database.url, '--headless', '--yes', '--logs', logs];

describe('a step outside a transaction', () => {
  const guide = (sql: string, expected: string): string => guideFile(`# Outside\n\n## Deployment\n\n\`\`\`sql id=outside transaction=off lock-timeout=100ms retries=20\n${sql}\n\`\`\`\n\n\`\`\`expect\n${expected}\n\`\`\`\n`);

  // What the first try had measured was forgotten: the false expectation was of "a statement that did not run".
  it.each([['affected = 5', 1, 'failed'], ['affected = 0', 0, 'passed']])('is judged by all its statements, also where a later one was tried again: %s', async (expected, code, verdict) => {
    const logs = folder();
    await database.client.query('BEGIN; LOCK TABLE busy');
    const run = live(['run', guide('UPDATE entry SET id = 1;\nALTER TABLE busy ADD COLUMN text text;', `statement 1: ${expected}`), ...flags(logs)]);
    await run.until('attempt.retried');
    await database.client.query('ROLLBACK');
    const ended = await run.ended;
    expect(ended.code, ended.err).toBe(code);
    expect(logOf(logs).steps[0]).toMatchObject({ verdict, expectations: [{ verdict }] });
  });

  it('is not said to be rolled back where its expectation is false: it stands', async () => {
    const ended = await wizard(['run', guide('INSERT INTO entry VALUES (1);', 'affected = 2'), ...flags(folder())]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('The step is applied');
    expect(ended.err).not.toContain('nothing of the step was applied');
    expect((await database.client.query('SELECT FROM entry')).rowCount).toBe(1);
  });
});

it('a value that was added to a type, and is used in the same step, is told to wait for the next', async () => {
  await database.client.query("CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE person (mood mood)");
  const ended = await wizard(['run', guideFile("# Mood\n\n## Deployment\n\n```sql\nALTER TYPE mood ADD VALUE 'glad';\nINSERT INTO person VALUES ('glad');\n```\n"), ...flags(folder())]);
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(/55P04[\s\S]*a step of its own, after this one/);
});
