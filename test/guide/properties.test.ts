import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphSchema } from '../../src/graph/graph.js';
import { fillParameters, findSlots, parametersOf, quoteLiteral } from '../../src/guide/parameters.js';
import { loadGrammar, parseSql } from '../../src/guide/sql-parse.js';
import { sqlTokens } from '../../src/guide/sql-tokens.js';
import { compile } from './compile.js';
import { documents, mutated, random, runs, timeout } from './documents.js';

describe('any document', () => {
  it('compiles to a valid graph, with every line inside the document, and no rollback on the way', async () => {
    await fc.assert(fc.asyncProperty(documents, async (text) => {
      const graph = await compile(text);
      graphSchema.parse(graph);
      const lines = text.split(/\r\n|\r|\n/).length;
      const ids = new Set(graph.steps.map((step) => step.id));
      expect(ids.size).toBe(graph.steps.length);
      for (const step of graph.steps) {
        expect(step.line).toBeLessThanOrEqual(lines);
        for (const one of step.statements) expect(one.file !== null || (one.line <= one.endLine && one.endLine <= lines)).toBe(true);
        for (const one of step.expectations) expect(one.line <= lines && (one.statement === null || one.statement < step.statements.length)).toBe(true);
      }
      for (const edge of graph.edges) expect(ids.has(edge.from) && ids.has(edge.to)).toBe(true);
      for (const one of graph.diagnostics) expect(one.file !== undefined || one.line <= lines).toBe(true);
    }), { numRuns: runs });
  }, timeout);

  it('compiles the same twice', async () => {
    await fc.assert(fc.asyncProperty(mutated, async (text) => {
      expect(await compile(text)).toEqual(await compile(text));
    }), { numRuns: Math.min(runs, 100) });
  }, timeout);
});

describe('SQL text', () => {
  it('is cut into tokens without gap or overlap', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), random), (text) => {
      let at = 0;
      for (const token of sqlTokens(text)) {
        expect(token.start).toBe(at);
        expect(token.end).toBeGreaterThan(at);
        at = token.end;
      }
      expect(at).toBe(text.length);
    }), { numRuns: runs });
  });

  it('keeps a filled value inside one literal, whatever it holds', async () => {
    await loadGrammar();
    const forms = ["SELECT :'v'", "SELECT 'x <test-user-id> y'", "SELECT E'a <test-user-id>'", 'SELECT :v', 'SELECT <test-user-id>', "DO $$ BEGIN PERFORM '<test-user-id>'; END $$", 'SELECT :"v" FROM t', 'DO $$ BEGIN PERFORM <test-user-id>; END $$'];
    fc.assert(fc.property(fc.constantFrom(...forms), fc.oneof(fc.string(), fc.constantFrom("'; DROP TABLE t; --", '\\', "\\'; SELECT 1", '$$; DROP TABLE t; DO $$', '"', "'||(select 1)||'", '1; DELETE FROM t', '-1')), (sql, value) => {
      const { sql: filled, missing } = fillParameters(sql, { v: value, test_user_id: value });
      if (missing.length > 0) return;
      const parsed = parseSql(filled.replaceAll(':', '.').length === filled.length ? filled : filled);
      // A value with a colon or a placeholder in it is still inside its literal: the count of statements tells.
      if (!Array.isArray(parsed)) throw new Error(`${filled}: ${parsed.message}`);
      expect(parsed).toHaveLength(1);
    }), { numRuns: runs });
  });

  it('quotes literals so that they read back', async () => {
    expect(quoteLiteral("a'b")).toBe("'a''b'");
    expect(quoteLiteral('a\\b').trim()).toBe("E'a\\\\b'");
  });
});

describe('parameters', () => {
  it.each([
    ["SELECT :'a', :\"b\", :c", ['a', 'b', 'c']],
    ["SELECT x::text, '12:30', y[1:2], a := 1", []],
    ["SELECT ':a' -- :b\n/* :c */", []],
    ['DO $$ BEGIN x := :y; END $$', []],
    ["SELECT '<user-id>', '<b>', '[1]', '{}', '[a-z]+'", ['user_id']],
  ])('of %s', (sql, names) => {
    expect(parametersOf(sql)).toEqual(names);
  });

  it('fill as data and list what is missing', () => {
    expect(fillParameters("SELECT :'a', :\"b\", :c, :d", { a: "it's", b: 'we"ird', c: '7' })).toEqual({ sql: "SELECT 'it''s', \"we\"\"ird\", 7, :d", missing: ['d'] });
    expect(fillParameters("SELECT :'a', :c", { a: null, c: '1; DROP TABLE t' })).toEqual({ sql: "SELECT NULL, '1; DROP TABLE t'", missing: [] });
    expect(findSlots("UPDATE t SET a = 'your-user-uuid-here'")[0]).toMatchObject({ name: 'your_user_uuid_here', form: 'inside' });
  });
});

describe('input that could hang', () => {
  const cases: [string, string][] = [
    ['nothing', ''],
    ['one line of a megabyte', 'a *b `c [d] '.repeat(90_000)],
    ['one SQL line of a megabyte', `# G\n\n## Apply\n\n\`\`\`sql\nSELECT '${'x'.repeat(1_000_000)}';\n\`\`\`\n`],
    ['deep quotes', `${'> '.repeat(5_000)}x`],
    ['deep lists', Array.from({ length: 300 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n')],
    ['deep SQL', `# G\n\n## Apply\n\n\`\`\`sql\nSELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n\`\`\`\n`],
    ['a hundred thousand quotes', '> '.repeat(100_000) + 'x'],
    ['a hundred thousand items on one line', '- '.repeat(100_000) + 'x'],
    ['a hundred thousand numbers on one line', '1. '.repeat(100_000) + 'x'],
    ['quotes and items, a hundred thousand', '> - 1. '.repeat(33_333) + 'x'],
    ['items indented by tabs without end', Array.from({ length: 1_000 }, (_, index) => `${'\t'.repeat(index)}- x`).join('\n')],
    ['boxes indented without end', Array.from({ length: 1_000 }, (_, index) => `${' '.repeat(index * 2)}- [ ] x`).join('\n')],
    ['a quotation of many lines', '> x\n'.repeat(10_000)],
    ['an item of many lines', `- x\n${'  words of it\n'.repeat(10_000)}`],
    ['a line of bars', '|'.repeat(1_000_000)],
    ['a million attributes', `<!-- step: ${'a=b '.repeat(250_000)}-->\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`],
    ['many parameters', `# G\n\n## Apply\n\n\`\`\`sql\nSELECT ${':a, '.repeat(20_000)}1;\n\`\`\`\n`],
    ['many expectations of one statement', `# G\n\n## Apply\n\n\`\`\`sql\nSELECT 1;\n${'-- Expected: 3 rows\n'.repeat(5_000)}\`\`\`\n`],
    ['front matter of many keys', `---\nguide: g\nparameters:\n${Array.from({ length: 20_000 }, (_, index) => `  p${index}: { type: text }`).join('\n')}\n---\n# G\n`],
    ['many needs of nothing', `---\nguide: g\n---\n${Array.from({ length: 2_000 }, (_, index) => `\`\`\`sql id=a${index} needs=zz${index}\nSELECT 1;\n\`\`\`\n`).join('')}`],
    ['an open fence', `# G\n\n\`\`\`sql\n${'SELECT 1;\n'.repeat(2_000)}`],
    ['many backticks', '`'.repeat(200_000)],
    ['many brackets', '['.repeat(100_000)],
    ['a long list', '- [ ] x\n'.repeat(20_000)],
    ['a wide table', `|${'a|'.repeat(2_000)}\n|${'-|'.repeat(2_000)}\n|${'1|'.repeat(2_000)}`],
    ['zeros', '\0'.repeat(10_000)],
    ['underscores', `Label: ${'_'.repeat(100_000)}`],
    ['blank lines', '\n'.repeat(200_000)],
    ['spaces', `${' '.repeat(200_000)}x`],
  ];
  it.each(cases)('%s', async (_name, text) => {
    // Processor time: other programs on the machine do not count.
    const before = process.cpuUsage();
    await compile(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5_000);
  });

  it('bytes that are no text', async () => {
    const bytes = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256);
    expect((await compile(bytes)).diagnostics.map((one) => one.code)).toEqual(['binary']);
  });
});
