import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, guideFile, main, root, smallGuide, wizard } from './support.js';

describe('usage', () => {
  it('shows help with an example for every command', async () => {
    const help = await wizard(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['run', 'rehearse', 'check', 'lint', 'graph', 'adopt', 'resume', 'rollback', 'runs', 'log', 'watch', 'audit', 'new', 'completion']) {
      expect(help.out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
      const own = await wizard([command, '--help']);
      expect(own.code).toBe(0);
      expect(own.out, command).toContain('Example:');
    }
  });

  it('makes no guide of a document without a step', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'notes.md'), '# Notes\n\nThe boats are in.\n');
    const refused = await wizard(['adopt', 'notes.md', '-o', 'new.md'], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('no-steps');
    expect(existsSync(join(cwd, 'new.md'))).toBe(false);
  });

  it('adopts to a new file, and writes over none that holds something else', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'old.md'), smallGuide.replace(/^---\n[\s\S]*?\n---\n/, ''));
    writeFileSync(join(cwd, 'mine.md'), 'mine\n');
    const refused = await wizard(['adopt', 'old.md', '-o', 'mine.md'], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('there already');
    expect(readFileSync(join(cwd, 'mine.md'), 'utf8')).toBe('mine\n');
    expect((await wizard(['adopt', 'old.md', '-o', 'missing/new.md'], { cwd })).err).toContain('mkdir -p missing');
    for (const _twice of [1, 2]) expect((await wizard(['adopt', 'old.md', '-o', 'new.md'], { cwd })).code).toBe(0);
  });

  it('prints its version', async () => {
    expect((await wizard(['--version'])).out).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
  });

  it.each([
    ['run', 'x', '--databse=postgresql://u:planted@h'], ['--databse=postgresql://u:planted@h'], ['postgresql://u:planted@h'], ['run', 'postgresql://u:planted@h/d'], ['rollback', 'postgresql://u:planted@h/d'],
    ['run', 'guides/role-and-ai-usage.md', '--env', 'postgresql://u:planted@h'], ['run', 'guides/role-and-ai-usage.md', '--param', 'postgresql://u:planted@h'],
    ['rehearse', 'guides/role-and-ai-usage.md', '--baseline', 'postgresql://u:planted@h'], ['rehearse', 'guides/role-and-ai-usage.md', '--on', 'mysql://u:planted@h'],
  ])('a password in a mistyped command is not repeated: %s %s %s %s', async (...args) => {
    const ended = await wizard(args.filter((one) => one !== undefined));
    expect(ended.code).toBe(2);
    expect(`${ended.out}${ended.err}`).not.toContain('planted');
  });

  it('names the nearest flag, command and guide for a mistyped one', async () => {
    const flag = await wizard(['run', 'x', '--databse', 'y']);
    expect(flag.code).toBe(2);
    expect(flag.err).toContain('--database');
    const command = await wizard(['reherse', 'x']);
    expect(command.code).toBe(2);
    expect(command.err).toContain('rehearse');
    const guide = await wizard(['check', 'role-and-ai-usag']);
    expect(guide.code).toBe(2);
    expect(guide.err).toContain('Did you mean role-and-ai-usage?');
  });

  it('never prompts without a terminal', async () => {
    const ended = await wizard([]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('no terminal');
  });

  it('refuses a password in the configuration, and an unknown key', async () => {
    const cwd = folder();
    const path = join(cwd, 'deploy-wizard.config.yaml');
    writeFileSync(path, 'environments: { live: { database: "postgresql://a:secret@h/d" } }\n');
    const literal = await wizard(['runs'], { cwd });
    expect(literal.code).toBe(2);
    expect(literal.err).toContain('env:NAME');
    expect(literal.err).not.toContain('secret@');
    writeFileSync(path, 'guidez: x\n');
    expect((await wizard(['runs'], { cwd })).code).toBe(2);
  });

  it('refuses a guide with errors before anything is touched', async () => {
    const ended = await wizard(['run', guideFile(smallGuide.replace('CREATE TABLE', 'CREATE TABEL')), '--database', 'postgresql://nobody@127.0.0.1:1/none', '--headless']);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/syntax error/);
    expect(ended.err).toContain('TABEL');
  });

  it('checks several guides and gives their graphs', async () => {
    const ended = await wizard(['check', 'guides/role-and-ai-usage.md', guideFile(smallGuide)]);
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('value = 2');
    const graph = JSON.parse((await wizard(['graph', guideFile(smallGuide)])).out) as { steps: { id: string }[] };
    expect(graph.steps.map((step) => step.id)).toContain('apply');
    expect((await wizard(['graph', guideFile(smallGuide), '--format', 'dot'])).out).toContain('digraph');
  });

  it('lints files and guides: exit 1 with an error, 2 for what cannot be read', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'bad.sql'), 'ALTER TABLE t\n  DROP COLUMN a;\n');
    writeFileSync(join(cwd, 'good.sql'), 'SELECT 1;\n');
    const bad = await wizard(['lint', 'bad.sql', 'good.sql', guideFile(smallGuide)], { cwd });
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('error[drop-column]: drops the column a: ');
    expect(bad.out).toContain('  --> bad.sql:2:3\n   |\n 2 |   DROP COLUMN a;\n   |   ^^^^^^^^^^^\n  = hint: ');
    expect((await wizard(['lint', 'good.sql'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'wrong.sql'), 'SELCT 1;\n');
    expect((await wizard(['lint', 'wrong.sql', 'bad.sql'], { cwd })).code).toBe(2);
    expect((await wizard(['lint', 'gone.sql'], { cwd })).err).toContain('error[file-missing]');
    const json = JSON.parse((await wizard(['lint', '--json', 'bad.sql'], { cwd })).out) as unknown;
    expect(json).toMatchObject([{ path: 'bad.sql', errors: [], findings: [{ rule: 'drop-column', severity: 'error', line: 2, column: 3, allowed: null }] }]);
  });

  it('checks every guide although one is not there', async () => {
    const ended = await wizard(['check', 'no-such-guide.md', guideFile(smallGuide)]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('error[guide-not-found]');
    expect(ended.out).toContain('value = 2');
    const json = JSON.parse((await wizard(['check', '--json', 'no-such-guide.md', guideFile(smallGuide)])).out) as { problem?: { code: string }; diagnostics?: unknown[] }[];
    expect(json).toMatchObject([{ problem: { code: 'guide-not-found' } }, { diagnostics: [] }]);
  });

  it('makes a guide that passes its own check and never writes over one', async () => {
    const cwd = folder();
    const made = await wizard(['new', 'guide', 'Add invoices'], { cwd });
    expect(made.code).toBe(0);
    expect((await wizard(['check', 'guides/add-invoices.md'], { cwd })).code).toBe(0);
    expect((await wizard(['rehearse', 'guides/add-invoices.md', '--headless', '--yes'], { cwd })).code).toBe(0);
    expect((await wizard(['new', 'guide', 'Add invoices'], { cwd })).code).toBe(2);
    const migration = await wizard(['new', 'migration', 'add_invoices'], { cwd });
    expect(migration.out).toMatch(/migrations\/\d{11}_add_invoices\.sql/);
    expect(existsSync(join(cwd, migration.out.split('\n')[0] ?? ''))).toBe(true);
  });

  it('completes in three shells', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) expect((await wizard(['completion', shell])).out).toContain('rehearse');
    expect((await wizard(['completion', 'tcsh'])).code).toBe(2);
  });

  it('loads neither React, the SQL parser nor the driver for --help', () => {
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const [, name] of readFileSync(path, 'utf8').matchAll(/(?:^|[;}])import\s*(?:[^'"();]*?from\s*)?["'](\.\/[^"']+)["']/g)) visit(join(path, '..', name ?? ''));
    };
    visit(main);
    const text = [...seen].map((path) => readFileSync(path, 'utf8')).join('\n');
    for (const mark of ['libpg-query.wasm', 'react.transitional.element', 'SASLInitialResponse']) expect(text).not.toContain(mark);
    expect(text).toContain('deploy-wizard');
  });
});
