import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGuide } from '../../src/graph/compile.js';
import type { Graph } from '../../src/graph/graph.js';
import { adopt } from '../../src/guide/adopt.js';
import { nodeFiles } from '../../src/guide/files.js';
import { documents as anyDocument, isLong, runs, timeout } from './documents.js';
import { examples } from './examples.js';

/** What a graph says, without lines, wording and source. */
function meaning(graph: Graph): unknown {
  const sorted = (assertion: object): [string, unknown][] => Object.entries(assertion).sort(([a], [b]) => a.localeCompare(b));
  return {
    steps: graph.steps.map((step) => ({
      id: step.id, kind: step.kind, role: step.role, title: step.title, phase: step.phase, path: step.path, reverts: step.reverts, needs: step.needs, when: step.when, onFail: step.onFail,
      optional: step.optional, discard: step.discard, transaction: step.transaction, as: step.as, claims: step.claims, capture: step.capture, repeat: step.repeat, choice: step.choice,
      tolerate: [...step.tolerate].sort(), followUp: step.followUp, prompt: step.prompt, rehearse: step.rehearse, hash: step.hash,
      sql: step.statements.map((one) => one.sql), shell: step.shell, items: step.items.map((one) => [one.text, one.depth, one.waitsFor]), fields: step.fields.map((one) => [one.label, one.unit]),
      expectations: [...new Set(step.expectations.map((one) => JSON.stringify([one.statement, sorted(one.assertion)])))].sort(),
    })),
    edges: graph.edges, parameters: graph.parameters.map(({ line: _line, ...rest }) => rest).sort((a, b) => a.name.localeCompare(b.name)), rollback: graph.rollback.map((part) => [part.id, part.reverts, part.verifies]),
    triggers: graph.triggers.map((one) => one.text), hints: graph.hints.map((one) => [one.pattern, one.remedy]), phases: graph.phases.map((one) => [one.id, one.title, one.role]),
    log: graph.log?.fields.map((field) => [field.label, field.fact, field.steps, field.boxes]) ?? null,
  };
}

const read = (folder: string, wanted: (name: string) => boolean): [string, string][] => readdirSync(folder).filter(wanted).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
const seeds = process.env['SEEDS'];
const guides = join(import.meta.dirname, '../../guides');
/** A shipped guide as its author might have written it before: no front matter, no exact expectations. */
const plain = read(guides, (name) => name.endsWith('.md')).map(([name, text]): [string, string] => [
  `plain ${name}`, text.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/\n```expect\n[\s\S]*?\n```\n/g, ''),
]);

const documents: [string, string][] = [...Object.entries(examples), ...plain, ...(seeds ? read(seeds, () => true) : [])];

/** Adopts a document, and holds what comes out against it. */
async function adopted(path: string, text: string): Promise<Graph> {
  const before = await compileGuide({ path, text }, nodeFiles);
  if (before.diagnostics.some((one) => one.code === 'binary')) {
    await expect(adopt({ path, text })).rejects.toThrow('no text');
    return before;
  }
  const once = await adopt({ path, text });
  expect((await adopt({ path, text: once.text })).text).toBe(once.text);
  // What is wrong in the document is to be mended first.
  if (before.diagnostics.some((one) => one.severity === 'error')) return before;
  const after = await compileGuide({ path, text: once.text }, nodeFiles);
  expect(after.guide.reviewed).toBe(true);
  expect(after.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
  expect(meaning(after)).toEqual(meaning(before));
  const withFence = after.steps.filter((step) => step.statements.length > 0 || step.shell !== null);
  expect(withFence.flatMap((step) => step.expectations).filter((one) => one.source !== 'explicit')).toEqual([]);
  return after;
}

describe('adopt', () => {
  it.each(documents)('keeps the graph of %s, now explicit, and changes nothing the second time', async (name, text) => {
    await adopted(join(guides, name.endsWith('.md') ? name.replace(/^plain /, '') : `${name}.md`), text);
  });

  it('keeps the graph of any document', async () => {
    await fc.assert(fc.asyncProperty(anyDocument, async (text) => {
      await adopted('/guides/g.md', text);
    }), { numRuns: isLong ? runs : 75 });
  }, timeout);

  it('keeps front matter that is no YAML to be seen, and changes nothing the second time', async () => {
    const once = await adopt({ path: '/guides/g.md', text: '---\nExpected: 0 rows\n\\i file.sql\n---\n\n# G\n\n## Apply\n\n```sql\nSELECT 1;\n```\n' });
    expect(once.text).toContain('# Expected: 0 rows\n# \\i file.sql\n');
    expect((await adopt({ path: '/guides/g.md', text: once.text })).text).toBe(once.text);
  });

  it("names psql's variables, which a plain document leaves to be asked", async () => {
    const graph = await adopted('/guides/g.md', "# G\n\n## Apply\n\n```sql\nUPDATE users SET token = :'api_token' WHERE id = :user_id AND name = '<name>';\n```\n");
    expect(graph.parameters.map((one) => [one.name, one.type, one.secret])).toEqual(expect.arrayContaining([['api_token', 'text', true], ['user_id', 'uuid', false], ['name', 'text', false]]));
  });

  it('leaves a shipped guide as it is', async () => {
    for (const [name, text] of read(guides, (one) => one.endsWith('.md'))) expect((await adopt({ path: join(guides, name), text })).text).toBe(text);
  });

  it('marks what it could not read', async () => {
    const text = '# G\n\n## Apply\n\n```sql\nSELECT relname FROM pg_class;\n```\n\nExpected: a sensible list, more or less\n';
    const adopted = await adopt({ path: '/g.md', text });
    expect(adopted.todo).toBe(1);
    expect(adopted.text).toContain('<!-- TODO: ');
    expect(adopted.text).toContain('statement 1: operator "');
  });

  it('leaves the prose as it was', async () => {
    const text = '# G\n\nSome *prose*.\n\n## Apply\n\nMore prose.\n\n```sql\nSELECT 1;\n```\n\nThe end.\n';
    const adopted = await adopt({ path: '/g.md', text });
    for (const line of text.split('\n')) expect(adopted.text).toContain(line);
  });

  it.each(['sql title="one.sql"', 'sql:one.sql', '{.sql .numberLines}', 'sql showLineNumbers'])('takes the words of other tools off a fence: %s', async (info) => {
    const text = `# G\n\n## Apply\n\n\`\`\`${info}\nSELECT 1;\n\`\`\`\n`;
    await adopted('/guides/g.md', text);
    expect((await adopt({ path: '/guides/g.md', text })).text).toContain('```sql id=apply/1\n');
  });

  it('rows in a list come in any order, also where the query sorts them', async () => {
    const graph = await adopted('/guides/g.md', '# G\n\n## Verify\n\n```sql\nSELECT name, count(*) FROM t GROUP BY name ORDER BY count(*) DESC;\n-- Expected:\n-- open: 3\n-- done: 5\n```\n');
    expect(graph.steps[0]?.expectations.map((one) => one.assertion)).toEqual([expect.objectContaining({ type: 'table', ordered: false })]);
  });

  it('a lone angle bracket opens no HTML that would hide a fence', async () => {
    await adopted('/guides/g.md', '<A\n- [ ] item\n```# Add\n\n## Before\n\n- [ ] A\n\n```sql\nSELECT 1;\n```\n\n## Two\n\n```sql\nSELECT 2;\n```\n');
  });

  it('code written further left than its fence in an item stays in the fence', async () => {
    const graph = await adopted('/guides/g.md', '# A\n\n## Steps\n\n- [ ] Run the report\n  ```bash\n  make report\n make clean\n```\n\n## Sign-off\n\n**Done by**: ________\n');
    expect(graph.steps.map((step) => [step.kind, step.shell])).toEqual([['shell', 'make report\nmake clean'], ['checklist', null], ['approval', null]]);
  });

  it('code written so far right of its item that Markdown would take it for words stays code', async () => {
    const graph = await adopted('/guides/g.md', '# A\n\n## Verify\n\n- [ ] The tables are there\n      ```sql\n      SELECT 1\n        AS x;\n      ```\n- [ ] All is well\n');
    expect(graph.steps.flatMap((step) => step.statements.map((one) => one.sql))).toEqual(['SELECT 1\n  AS x']);
  });

  it('closes a fence that the document leaves open', async () => {
    await adopted('/guides/g.md', '# G\n\n## Apply\n\n```sql\nSELECT count(*) FROM t;\n-- Expected: 3');
    await adopted('/guides/g.md', '# G\n\n## Verify\n\n- [ ] Run the report\n  ```bash\n  make report\n- [ ] **Expected**: no output\n');
  });

  it('a mark inside an item is no label of what follows', async () => {
    await adopted('/guides/g.md', '# G\n\n## Apply\n\n- [ ] Look\n  ```bash\n  make report\n  # Should be sensible\n  ```\n\nTime: ______ ms\n');
  });

  it.each([
    ['parts of a rollback, with what is expected of each', '## Undo\n\n```sql\n-- Rollback 2: b\nDROP TABLE b;\nSELECT count(*) FROM b;\n-- Expected: 0\n\n-- Rollback 1: a\nDROP TABLE a;\nSELECT count(*) FROM a;\n-- Expected: 0\n```\n'],
    ['what stands above a fence that is cut', '## Apply\n\nExpected: 0 rows\n\n```sql\nCREATE TABLE a (id int);\n-- Rollback 1: a\nDROP TABLE a;\n```\n\n```sql\nSELECT 1;\n```\n'],
    ['parts in a quotation', '## Undo\n\n> ```sql\n> -- Rollback 2: b\n> DROP TABLE b;\n> -- Rollback 1: a\n> DROP TABLE a;\n> ```\n'],
    ['parts of which each keeps the attributes', '## Undo\n\n<!-- step: on-fail=continue timeout=1m30s -->\n\n```sql\n-- Rollback 2: b\nDROP TABLE b;\n-- Rollback 1: a\nDROP TABLE a;\n```\n'],
    ['statements that lack their semicolons', '## Apply\n\n```sql\nCREATE TABLE a (id int) -- the first\nCREATE TABLE b (id int)\nSELECT count(*) FROM a\n-- Expected: 0\n```\n'],
    ['words between statements', '## Apply\n\n```sql\nCREATE TABLE a (id int);\nAnd then\nCREATE TABLE b (id int);\n```\n'],
    ['words of other tools on a fence that does not run', '## Overview\n\n```sql one.sql\nSELECT 1;\n```\n\n## Apply\n\n```sql\nSELECT 1;\n```\n'],
    ['front matter of another tool', '---\nlayout: post\ntags: [a]\n---\n\n## Apply\n\n```sql\nSELECT 1;\n```\n'],
    ['a fence of an item that is closed at the margin', '## Apply\n\n- [ ] Look\n  ```bash\n  make report\n  # Should be sensible\n```\n\n## Sign-off\n\nBy: ____\n'],
    ['a title that is a number', '# 1\n\n## Apply\n\n```sql\nSELECT 1;\n```\n'],
    ['words in front matter that are no key', '---\nRollback if:\n---\n\n## Apply\n\n```sql\nSELECT 1;\n```\n'],
  ])('keeps %s', async (_what, text) => {
    await adopted('/guides/g.md', text);
  });

  it('keeps the title of a document that has none but its name', async () => {
    const { text } = await adopt({ path: '/guides/add-colour.md', text: '## Apply\n\n```sql\nSELECT 1;\n```\n' });
    expect((await compileGuide({ path: '/guides/other.md', text }, nodeFiles)).guide.title).toBe('add-colour');
  });

  it('refuses what is no text', async () => {
    await expect(adopt({ path: '/g.md', text: '\0\0\0' })).rejects.toThrow('no text');
  });
});
