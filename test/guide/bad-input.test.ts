import { describe, expect, it } from 'vitest';
import { compileDirectory } from '../../src/graph/compile.js';
import { adopt } from '../../src/guide/adopt.js';
import { codes, compile, memoryFiles } from './compile.js';

/** `Buffer` in Latin-1: what an old editor saves. */
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('input that is wrong is named, and nothing of it passes unread', () => {
  it.each(['', '# Title\n\nOnly prose.\n', '---\nguide: g\n---\n'])('a document without a step is told of: %j', async (text) => {
    expect(codes(await compile(text))).toEqual(['no-steps']);
  });

  it('bytes that are no UTF-8 are a warning in prose, an error in a statement', async () => {
    const prose = await compile(latin1('# T\n\n- [ ] caf\xe9 is open\n'));
    expect(prose.diagnostics.map((one) => [one.severity, one.code, one.line, one.column])).toEqual([['warning', 'encoding', 3, 10]]);
    const sql = await compile(latin1("# T\n\n```sql\nINSERT INTO t VALUES ('caf\xe9');\n```\n"));
    expect(sql.diagnostics.filter((one) => one.severity === 'error').map((one) => [one.code, one.line])).toEqual([['encoding', 4]]);
    const good = await compile(Buffer.from("# T\n\n```sql\nINSERT INTO t VALUES ('café');\n```\n"));
    expect(codes(good)).not.toContain('encoding');
    await expect(adopt({ path: '/guides/g.md', text: latin1('# T\n\ncaf\xe9\n') })).rejects.toMatchObject({ problem: { code: 'encoding' } });
  });

  it.each([['SELEC 1;', 'SELECT'], ['CRAETE TABLE t (id int);', 'CREATE'], ['UPDAT t SET a = 1;', 'UPDATE'], ['select 1;\ninsrt into t values (1);', 'INSERT']])('a mistyped verb is a mistake in SQL, not prose: %s', async (sql, meant) => {
    const graph = await compile(`# T\n\n\`\`\`sql\n${sql}\n\`\`\`\n`);
    expect(graph.diagnostics.filter((one) => one.severity === 'error').map((one) => [one.code, one.hint])).toEqual([['sql-syntax', `did you mean ${meant}?`]]);
  });

  it.each(['Selected rows must be three;', 'Updates all the rows;', 'Started at noon, see the log;'])('a sentence in a SQL fence is prose: %s', async (sentence) => {
    expect(codes(await compile(`# T\n\n\`\`\`sql\n${sentence}\n\`\`\`\n`))).toEqual(['not-sql']);
  });

  it('a file outside the tree is one error, at its name', async () => {
    const graph = await compile('# T\n\n```sql file=../../x.sql\n```\n');
    expect(graph.diagnostics.map((one) => [one.code, one.line, one.column, one.length])).toEqual([['file-outside', 3, 13, 11]]);
  });

  it('a directory without migrations has nothing else to tell', async () => {
    const graph = await compileDirectory('/m', memoryFiles({ '/m/notes.txt': 'x' }));
    expect([codes(graph), graph.steps]).toEqual([['no-migrations'], []]);
  });

  it('a migration that nothing undoes is named by its file', async () => {
    const graph = await compileDirectory('/m', memoryFiles({ '/m/20250101001_a.sql': 'CREATE TABLE a (id int);' }));
    expect(graph.diagnostics.map((one) => [one.code, one.file, one.hint])).toEqual([['no-rollback', '20250101001_a.sql', 'write what undoes it to rollback/20250101001_a.sql']]);
  });
});
