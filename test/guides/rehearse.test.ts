import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePath } from '../../src/project/guides.js';
import { configSchema } from '../../src/project/config-schema.js';
import { parse } from '../../src/text/yaml.js';
import { folder, logOf, root, shippedBaseline, wizard } from '../cli/support.js';
import { formOf, readFixture, worked } from '../log/form-fixture.js';

const shipped = readdirSync(join(root, 'guides')).filter((name) => name.endsWith('.md'));

describe.each(shipped)('%s', (name) => {
  it('compiles without a fault, every expectation exact', async () => {
    const graph = await compilePath(join(root, 'guides', name));
    expect(graph.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
    const expectations = graph.steps.flatMap((step) => step.expectations);
    expect(expectations.length).toBeGreaterThan(20);
    expect(expectations.filter((one) => !['explicit', 'read'].includes(one.source) || one.assertion.type === 'operator')).toEqual([]);
    // Nor is a step a bare question: people tick, fill, approve; what SQL can decide is SQL.
    expect(graph.steps.filter((step) => step.kind === 'operator').map((step) => step.id)).toEqual([]);
    const writing = graph.steps.filter((step) => step.role === 'deploy' && step.statements.some((statement) => statement.writes) && !step.discard);
    const reverted = new Set(graph.rollback.flatMap((part) => part.reverts));
    expect(writing.map((step) => step.id).filter((id) => !reverted.has(id))).toEqual([]);
  });

  // One rehearsal proves the guide and fills its form: the form's fixture is written by hand.
  it('rehearses: forward, back without a trace, forward again; its form says what happened, field by field', async () => {
    const logs = folder();
    const { answersPath, form, blank } = readFixture(name.replace('.md', ''), folder());
    const ended = await wizard(['rehearse', `guides/${name}`, '--headless', '--yes', '--answers', answersPath, '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    const log = logOf(logs);
    expect(log.outcome).toBe('passed');
    expect(log.rollback?.proof).toMatchObject({ clean: true, residue: [], rowsChanged: [] });
    expect(ended.err).toContain('Second application: clean');
    expect(log.triggers?.findings).toEqual([]);
    expect(formOf(log)).toEqual({ form: worked(form, log), blank });
    const verified = await wizard(['log', log.run, '--verify', '--logs', logs]);
    expect(verified.code, verified.out).toBe(0);
    expect(verified.out.match(/log: what the journal gives, byte for byte$/gm)).toHaveLength(3);
  });
});

it('shows the rules of the framework\'s environments as a configuration that is accepted, and names no other environment', async () => {
  const graph = await compilePath(join(root, 'guides/migration-framework.md'));
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'guides/migration-framework.md'), 'utf8')) ?? [];
  const { environments } = configSchema.parse(parse(yaml));
  expect(Object.keys(environments)).toEqual(graph.guide.environments);
  expect(environments['production']).toMatchObject({ protected: true, rollback: 'manual', privacy: 'safe', requires: { rehearsal: '14d' } });
  expect(environments['development']).toMatchObject({ protected: false, rollback: 'automatic', privacy: 'full' });
});

it('runs a directory of migrations on a database, and rolls it back', async () => {
  const database = await shippedBaseline('migration-framework');
  const logs = folder();
  try {
    const flags = ['--database', database.url, '--headless', '--yes', '--logs', logs];
    const ended = await wizard(['run', 'migrations/migration-framework', ...flags]);
    expect(ended.code, ended.err).toBe(0);
    const back = await wizard(['rollback', logOf(logs).run, ...flags]);
    expect(back.code, back.err).toBe(5);
  } finally {
    await database.drop();
  }
});

it('rehearses a directory of migrations', async () => {
  const ended = await wizard(['rehearse', 'migrations/migration-framework', '--baseline', 'supabase', '--headless', '--yes', '--logs', folder()]);
  expect(ended.code, ended.err).toBe(0);
});
