import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { factOfLabel } from '../../src/log/fact-labels.js';
import { logJson } from '../../src/log/json.js';
import { compilePath } from '../../src/project/guides.js';
import { packageRoot } from '../../src/text/package-root.js';
import { result, Script } from './support.js';

const folder = join(packageRoot(), 'guides');

/** A run of the whole guide in which every step does what it says. */
function smooth(graph: Graph): Script {
  const script = new Script({ guide: { id: graph.guide.id, title: graph.guide.title, path: graph.guide.path, sha256: graph.guide.sha256 } }).target();
  for (const step of graph.steps.filter((one) => one.role !== 'rollback')) {
    const envelope = { pass: 'forward', step: step.id, attempt: 1 };
    script.add({ type: 'step.started', ...envelope, attemptId: `attempt-${step.id}` });
    step.statements.forEach((one, index) => script.add({ type: 'statement.finished', ...envelope, result: result({ index, sql: one.sql, command: one.command, affected: one.command === 'UPDATE' ? 14 : null }) }));
    step.capture.forEach((name, index) => script.add({ type: 'capture.set', ...envelope, name, value: String(40 + index) }));
    step.expectations.forEach((one, index) => script.add({ type: 'expectation.judged', ...envelope, index, verdict: 'passed', expected: one.text, actual: one.text, note: null, by: null }));
    step.items.forEach((_, item) => script.add({ type: 'item.ticked', ...envelope, item, ticked: true, note: null, by: 'dana' }));
    step.fields.forEach((one, field) => script.add({ type: 'field.filled', ...envelope, field, label: one.label, value: String(100 + field), unit: one.unit, by: 'dana' }));
    script.add({ type: 'step.finished', ...envelope, verdict: 'passed', applied: true, durationMs: 1234, reason: null, problem: null });
  }
  return script.finished();
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.md')))('the form of %s', (name) => {
  it('is filled but for what only a person knows', async () => {
    const graph = await compilePath(join(folder, name));
    const { template } = logJson(smooth(graph).state(), graph);
    expect(template.source).toBe('guide');
    expect(template.contradictions).toEqual([]);
    expect(template.filled.length).toBeGreaterThan(6);
    // The run knows no project name and signs nothing; rows only where a statement told them.
    for (const one of template.left) expect(['project', 'approval', 'rowsAffected', null]).toContain(factOfLabel(one.label.split(': ').at(-1) ?? ''));
    expect(template.text).toContain('dana');
    expect(template.text).toContain('2026-03-01');
    expect(template.text).not.toMatch(/\[x\] (?:Failed|FAIL)\b/i);
  });
});
