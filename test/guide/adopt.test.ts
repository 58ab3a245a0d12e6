import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileGuide } from '../../src/graph/compile.js';
import type { Graph } from '../../src/graph/graph.js';
import { adopt } from '../../src/guide/adopt.js';
import { nodeFiles } from '../../src/guide/files.js';
import { examples } from './examples.js';

/** What a graph says, without lines, wording and source. */
function meaning(graph: Graph): unknown {
  return graph.steps.map((step) => ({
    id: step.id, kind: step.kind, role: step.role, title: step.title, reverts: step.reverts, tolerate: step.tolerate, needs: step.needs, optional: step.optional,
    sql: step.statements.map((one) => one.sql), shell: step.shell, items: step.items.map((one) => [one.text, one.depth, one.waitsFor]), fields: step.fields.map((one) => one.label),
    expectations: step.expectations.map((one) => JSON.stringify([one.statement, Object.entries(one.assertion).sort(([a], [b]) => a.localeCompare(b))])).sort(),
  }));
}

const seeds = process.env['SEEDS'];
const documents: [string, string][] = [
  ...Object.entries(examples),
  ...(seeds ? readdirSync(seeds).map((name): [string, string] => [name, readFileSync(join(seeds, name), 'utf8')]) : []),
];

describe('adopt', () => {
  it.each(documents)('keeps the graph of %s, now explicit, and changes nothing the second time', async (name, text) => {
    const path = `/guides/${name}.md`;
    const before = await compileGuide({ path, text }, nodeFiles);
    const once = await adopt({ path, text });
    const twice = await adopt({ path, text: once.text });
    expect(twice.text).toBe(once.text);
    const after = await compileGuide({ path, text: once.text }, nodeFiles);
    expect(after.guide.reviewed).toBe(true);
    expect(after.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
    expect(meaning(after)).toEqual(meaning(before));
    const withFence = after.steps.filter((step) => step.statements.length > 0 || step.shell !== null);
    expect(withFence.flatMap((step) => step.expectations).filter((one) => one.source !== 'explicit')).toEqual([]);
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
});
