import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileGuide } from '../../src/graph/compile.js';
import { nodeFiles } from '../../src/guide/files.js';
import { MOST_CHARACTERS, readSqlFile, type SqlFile } from '../../src/guide/sql-file.js';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { readStatements } from '../../src/guide/statement.js';
import type { Graph } from '../../src/graph/graph.js';
import { errors } from './compile.js';

const folder = mkdtempSync(join(tmpdir(), 'sql-file-'));
const path = join(folder, 'load.sql');
/** More than a file may hold that is read whole. */
const filler = `-- ${'x'.repeat(97)}\n`.repeat(11_000);

function written(text: string): SqlFile {
  writeFileSync(path, text);
  const file = readSqlFile(path);
  if (file === 'too large') throw new Error('too large');
  return file;
}

function rowsIn({ start, end }: { start: number; end: number }): string {
  return readFileSync(path).subarray(start, end).toString('utf8');
}

function compiled(sql: string): Promise<Graph> {
  writeFileSync(path, sql);
  const guide = join(folder, 'guide.md');
  return compileGuide({ path: guide, text: '# Load\n\n## Steps\n\n### Load\n\n```sql file=load.sql\n```\n', root: folder }, nodeFiles);
}

const rows = (count: number): string => Array.from({ length: count }, (_, n) => `${n}\trow ${n} ä \\\\. \\N ;'\n`).join('');

describe('a large file of SQL', () => {
  beforeAll(loadGrammar);

  it('keeps its many rows to itself, with place and hash; few rows stay in the text', () => {
    const many = rows(5000);
    const { text, kept } = written(`${filler}COPY a FROM stdin;\n1\tone\n\\.\nCOPY public.b (n,\n t) FROM stdin WITH (FORMAT text);\n${many}\\.\nSELECT 1;\n`);
    expect(kept).toMatchObject([{ line: 11_006, sha256: createHash('sha256').update(many).digest('hex') }]);
    expect(kept.map(rowsIn)).toEqual([many]);
    expect(text.split('\n').slice(11_000, 11_007)).toEqual(['COPY a FROM stdin;', '1\tone', '\\.', 'COPY public.b (n,', ' t) FROM stdin WITH (FORMAT text);', '', '']);
    expect(text.split('\n').slice(16_005)).toEqual(['\\.', 'SELECT 1;', '']);
  });

  it('is read whole where it is small, and where it is asked for', () => {
    const many = `COPY b FROM stdin;\n${rows(5000)}\\.\n`;
    expect(written(many)).toEqual({ text: many, kept: [] });
    writeFileSync(path, filler + many);
    expect(readSqlFile(path, true)).toEqual({ text: filler + many, kept: [] });
  });

  it('has the statements and lines that it has when it is read whole, wherever a piece of it ends', () => {
    const block = fc.record({
      rows: fc.array(fc.constantFrom('1\tone', '2\t\\\\.', '\\.x', '\\\\.', '3\tä\r', '', '4\t\\N', 'COPY x FROM stdin;'), { maxLength: 6 }),
      times: fc.constantFrom(1, 900, 24_000), end: fc.constantFrom('\\.\n', '\\. \t\n', '\\.\r\n'), eof: fc.boolean(),
    });
    fc.assert(fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), fc.boolean(), (blocks, long) => {
      const whole = `${long ? filler : filler.slice(0, 1_048_577)}\n${blocks.map(({ rows: some, times, end, eof }, index) => `CREATE TABLE t${index} ();\nCOPY t${index} FROM stdin;\n${some.map((row) => `${row}\n`).join('').repeat(times)}${eof && index === blocks.length - 1 ? end.trimEnd() : end}`).join('')}`;
      const { text, kept } = written(whole);
      const plain = readStatements(whole.replace(/\r\n?/g, '\n'), 1, 'load.sql').statements;
      const cut = readStatements(text.replace(/\r\n?/g, '\n'), 1, 'load.sql', kept).statements;
      expect(cut.map(({ sql, line }) => [sql, line])).toEqual(plain.map(({ sql, line }) => [sql, line]));
      expect(cut.map((one) => (one.copyRows === null ? one.copyData : rowsIn(one.copyRows).replace(/\r\n?/g, '\n')))).toEqual(plain.map((one) => one.copyData));
    }), { numRuns: 30 });
  });

  it('is read whole where rows that seemed to be those of a COPY are a part of a literal', async () => {
    const literal = `SELECT '\nCOPY t FROM stdin;\n${'x\n'.repeat(40_000)}\\.\n';\n`;
    const graph = await compiled(filler + literal);
    expect(errors(graph)).toEqual([]);
    expect(graph.steps[0]?.statements).toMatchObject([{ sql: literal.trim().slice(0, -1), copyRows: null }]);
  });

  it('gives the COPY its rows, and the step another hash for other rows', async () => {
    const first = await compiled(`${filler}COPY t FROM stdin;\n${rows(5000)}\\.\n`);
    const second = await compiled(`${filler}COPY t FROM stdin;\n${rows(5000).replace('row 7 ', 'row 8 ')}\\.\n`);
    expect(first.steps[0]?.statements).toMatchObject([{ copyData: null, copyRows: { path, line: 11_002 } }]);
    expect(first.steps[0]?.hash).not.toBe(second.steps[0]?.hash);
  });

  it('says so where its statements are too many, and where its marker is missing', async () => {
    expect(errors(await compiled('SELECT 1;\n'.repeat(MOST_CHARACTERS / 10 + 1)))).toEqual(['file-too-large']);
    expect(errors(await compiled(`${filler}COPY t FROM stdin;\n${rows(5000)}`))).toContain('sql-syntax');
  });
});

it('a file that \\i reads may be remarked on behind its name, as psql passes that over', async () => {
  writeFileSync(path, 'SELECT 1;\n');
  const guide = (line: string) => compileGuide({ path: join(folder, 'guide.md'), text: `# Load\n\n## Steps\n\n\`\`\`sql\n${line}\n\`\`\`\n`, root: folder }, nodeFiles);
  for (const line of ['\\i load.sql', '\\i load.sql   -- NEW: the fix']) {
    const graph = await guide(line);
    expect(errors(graph)).toEqual([]);
    expect(graph.steps.flatMap((step) => step.statements.map((one) => one.sql))).toEqual(['SELECT 1']);
  }
});
