import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePath } from '../../src/project/guides.js';
import { folder, logOf, root, wizard } from '../cli/support.js';

const shipped = readdirSync(join(root, 'guides')).filter((name) => name.endsWith('.md'));

describe.each(shipped)('%s', (name) => {
  it('compiles without a fault, every expectation exact', async () => {
    const graph = await compilePath(join(root, 'guides', name));
    expect(graph.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
    const expectations = graph.steps.flatMap((step) => step.expectations);
    expect(expectations.length).toBeGreaterThan(20);
    expect(expectations.filter((one) => one.source === 'operator' || one.assertion.type === 'operator')).toEqual([]);
    const writing = graph.steps.filter((step) => step.role === 'deploy' && step.statements.some((statement) => statement.writes) && !step.discard);
    const reverted = new Set(graph.rollback.flatMap((part) => part.reverts));
    expect(writing.map((step) => step.id).filter((id) => !reverted.has(id))).toEqual([]);
  });

  it('rehearses: forward, back without a trace, forward again', async () => {
    const logs = folder();
    const ended = await wizard(['rehearse', `guides/${name}`, '--headless', '--yes', '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    const log = logOf(logs);
    expect(log.outcome).toBe('passed');
    expect(log.rollback?.proof).toMatchObject({ clean: true, residue: [], rowsChanged: [] });
    expect(ended.err).toContain('Second application: clean');
    expect(log.triggers?.findings).toEqual([]);
  });
});

it('rehearses a directory of migrations', async () => {
  const ended = await wizard(['rehearse', 'migrations/migration-framework', '--baseline', 'supabase', '--headless', '--yes', '--logs', folder()]);
  expect(ended.code, ended.err).toBe(0);
});
