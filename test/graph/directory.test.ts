import { describe, expect, it } from 'vitest';
import { compileDirectory } from '../../src/graph/compile.js';
import { memoryFiles } from '../guide/compile.js';

const codes = (graph: Awaited<ReturnType<typeof compileDirectory>>) => graph.diagnostics.map((one) => `${one.severity} ${one.code} ${one.file ?? ''}`);

describe('a directory of migrations', () => {
  const files = {
    '/m/20250102001_second.sql': 'CREATE INDEX i ON one (id);\nALTER TABLE one ENABLE ROW LEVEL SECURITY;',
    '/m/20250101001_first.sql': 'CREATE TABLE one (id int);',
    '/m/20250101001_first_rollback.sql': 'DROP TABLE one;',
    '/m/rollback/20250102001_second.sql': 'DROP INDEX i;',
  };

  it('compiles to checks, each migration in order, checks, and rollbacks', async () => {
    const graph = await compileDirectory('/m', memoryFiles(files));
    expect(codes(graph).filter((one) => one.startsWith('error'))).toEqual([]);
    expect(graph.guide).toMatchObject({ id: 'm', path: '/m', reviewed: true });
    expect(graph.steps.map((step) => [step.role, step.statements[0]?.file ?? null])).toEqual([
      ['prepare', null], ['deploy', '20250101001_first.sql'], ['deploy', '20250102001_second.sql'], ['verify', null], ['verify', null], ['verify', null],
      ['rollback', 'rollback/20250102001_second.sql'], ['rollback', '20250101001_first_rollback.sql'],
    ]);
    expect(graph.rollback.map((part) => part.reverts)).toEqual([['20250102001_second'], ['20250101001_first']]);
    expect(graph.steps.filter((step) => step.role === 'verify').flatMap((step) => step.expectations.map((one) => one.assertion))).toEqual(Array(3).fill({ type: 'rows', op: '=', value: 0 }));
  });

  it.each(['note', 'faq', 'risks', 'example', 'rollback_plan', 'troubleshooting'])('leaves no migration out for its name: %s', async (name) => {
    const graph = await compileDirectory('/m', memoryFiles({ [`/m/20250101001_${name}.sql`]: 'CREATE TABLE one (id int);', [`/m/20250101001_${name}.down.sql`]: 'DROP TABLE one;' }));
    expect(codes(graph).filter((one) => one.startsWith('error'))).toEqual([]);
    expect(graph.steps.filter((step) => step.statements[0]?.file != null).map((step) => step.role)).toEqual(['deploy', 'rollback']);
  });

  it('knows Supabase by its functions and roles', async () => {
    const graph = await compileDirectory('/m', memoryFiles({ '/m/20250101001_a.sql': 'CREATE POLICY p ON t USING (auth.uid() = id);' }));
    expect(graph.guide.database).toBe('supabase');
  });

  it('names what breaks the convention', async () => {
    const graph = await compileDirectory('/m', memoryFiles({
      '/m/first.sql': 'SELECT 1;', '/m/20251301001_a.sql': 'SELECT 1;', '/m/20250101001_Big-Name.sql': 'SELECT 1;', '/m/20250101001_b.sql': 'SELECT 1;', '/m/20250101009_gone.down.sql': 'SELECT 1;',
    }));
    expect(codes(graph).filter((one) => one.includes('migration-name') || one.includes('untied'))).toEqual([
      'warning migration-name 20250101001_Big-Name.sql', 'error migration-name 20250101001_b.sql', 'error migration-name 20251301001_a.sql', 'error migration-name first.sql', 'warning untied-rollback 20250101009_gone.down.sql',
    ]);
  });

  it('is an error without a migration, and shows the place of a mistake in a file', async () => {
    expect(codes(await compileDirectory('/m', memoryFiles({})))).toContain('error no-migrations m');
    const graph = await compileDirectory('/m', memoryFiles({ '/m/20250101001_a.sql': 'SELECT 1;\nCREATE TABEL x (a int);' }));
    expect(graph.diagnostics.find((one) => one.code === 'sql-syntax')).toMatchObject({ line: 2, file: '20250101001_a.sql' });
  });

  it('changes its hash with any file', async () => {
    const one = await compileDirectory('/m', memoryFiles(files));
    const two = await compileDirectory('/m', memoryFiles({ ...files, '/m/20250101001_first_rollback.sql': 'DROP TABLE IF EXISTS one;' }));
    expect(one.guide.sha256).not.toBe(two.guide.sha256);
  });
});
