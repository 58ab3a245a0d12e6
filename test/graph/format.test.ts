import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { formatGraph, toDot, toJson, toMermaid } from '../../src/graph/format.js';
import { schemaText } from '../../src/graph/schema.js';
import { allSchemas } from '../../scripts/schemas.js';
import { graphSchema } from '../../src/graph/graph.js';
import { renderCheck, renderDiagnostics } from '../../src/headless/check.js';
import { compile, withSql } from '../guide/compile.js';
import { examples } from '../guide/examples.js';

describe('published schemas', () => {
  it.each(['config.schema.json', 'front-matter.schema.json'])('%s describes every key, for editors', (name) => {
    const undescribed = (schema: unknown, path: string): string[] => {
      if (schema === null || typeof schema !== 'object') return [];
      const { properties = {}, additionalProperties, anyOf = [] } = schema as { properties?: Record<string, { description?: string }>; additionalProperties?: unknown; anyOf?: unknown[] };
      const own = Object.entries(properties).flatMap(([key, one]) => [...(one.description === undefined ? [`${path}${key}`] : []), ...undescribed(one, `${path}${key}.`)]);
      return [...own, ...undescribed(additionalProperties, `${path}*.`), ...anyOf.flatMap((one) => undescribed(one, path))];
    };
    expect(undescribed(allSchemas()[name as keyof ReturnType<typeof allSchemas>], '')).toEqual([]);
  });

  it.each(Object.entries(allSchemas()))('%s is current: run npx tsx scripts/schemas.ts', (name, schema) => {
    expect(readFileSync(join(import.meta.dirname, '../../schemas', name), 'utf8')).toBe(schemaText(schema));
  });

  it.each(Object.entries(examples))('hold of the graph of %s', async (_name, text) => {
    const written: unknown = JSON.parse(toJson(await compile(text)));
    expect(graphSchema.safeParse(written).error).toBeUndefined();
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/graph.schema.json'), 'utf8')) as Parameters<typeof z.fromJSONSchema>[0];
    expect(z.fromJSONSchema(schema).safeParse(written).error).toBeUndefined();
    expect(z.fromJSONSchema(schema).safeParse({ ...(written as object), version: 99 }).success).toBe(false);
  });
});

describe('formats', () => {
  it('draw every step and edge', async () => {
    const graph = await compile(examples['plain'] ?? '');
    for (const step of graph.steps) expect(toDot(graph)).toContain(`"${step.id}" [`);
    expect(toMermaid(graph).match(/-->|-\.->/g)).toHaveLength(graph.edges.length);
    expect(toDot(graph).match(/ -> /g)).toHaveLength(graph.edges.length);
    expect(formatGraph(graph, 'mermaid')).toMatch(/^flowchart TD\n/);
  });

  it('escape titles', async () => {
    const graph = await compile('# G "q"\n\n## Apply `a` "b" <c> \\\\ ]\n\n- [ ] x\n');
    expect(toMermaid(graph)).toContain('&quot;b&quot; &lt;c&gt;');
    expect(toDot(graph)).toContain('\\"b\\"');
  });

  it('hide from Mermaid what it would read as Markdown or as an entity', async () => {
    const graph = await compile('# G\n\n## `users` table: issue #12; "x"\n\n- [ ] x\n\n## Verify\n\n- [ ] y\n');
    expect(toMermaid(graph)).toContain('subgraph p0["users table: issue #35;12; &quot;x&quot;"]');
    expect(graph.phases[0]?.title).toBe('users table: issue #12; "x"');
  });
});

describe('check', () => {
  it('points at the place with a caret', async () => {
    const text = '---\nguide: g\n---\n\n# G\n\n```sql tiemout=5s\nSELECT 1;\n```\n';
    expect(renderDiagnostics((await compile(text)).diagnostics, text, 'g.md')).toBe([
      'error[unknown-attribute]: unknown attribute `tiemout`', '  --> g.md:7:8', '   |', ' 7 | ```sql tiemout=5s', '   |        ^^^^^^^^^^', '  = hint: did you mean `timeout`?',
    ].join('\n'));
  });

  it('tells how every expectation is read', async () => {
    const text = withSql('SELECT count(*) FROM t;\n-- Expected: 3');
    const shown = renderCheck(await compile(text), text, 'g.md');
    expect(shown).toMatch(/7 +Expected: 3 +read +value = 3 +1: SELECT, line 6/);
    expect(shown).toMatch(/0 errors, 0 warnings; 1 step, 1 statement, 1 expectation \(0 explicit, 1 read, 0 left to the operator\)/);
  });

  it('shows the line of a file that the guide names, and where its statements stand', async () => {
    const files = { '/guides/sql/a.sql': 'SELECT count(*) FROM t;\n\nUPDATE t SET a = WHERE b;\n' };
    const text = '---\nguide: g\n---\n# G\n\n## Verify\n\n```sql file=sql/a.sql\n```\n\n```expect\nstatement 1: value = 3\n```\n';
    const graph = await compile(text, files);
    const shown = renderCheck(graph, text, 'g.md', (file) => (file === 'sql/a.sql' ? files['/guides/sql/a.sql'] : null));
    expect(shown).toContain('  --> sql/a.sql:3:18\n   |\n 3 | UPDATE t SET a = WHERE b;\n   |                  ^^^^^\n');
    expect(shown).toMatch(/1: SELECT, sql\/a\.sql:1/);
  });

  it('shows a part of a very long line, and no escape codes', async () => {
    const text = `---\nguide: g\n---\n\n\`\`\`sql ${'timeout=1s '.repeat(100)} \u001b[31mbad=1\nSELECT 1;\n\`\`\`\n`;
    const shown = renderDiagnostics((await compile(text)).diagnostics, text, 'g.md');
    expect(shown).not.toContain('\u001b');
    for (const line of shown.split('\n')) expect(line.length).toBeLessThan(400);
  });
});
