import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, guideFile, smallGuide, wizard } from './support.js';

describe('check', () => {
  it('lists every step with what it holds and what undoes it, and counts the way back apart', async () => {
    const path = guideFile(`${smallGuide.replace('# Sample', '# Sample\n\n## Overview\n\nWords.\n')}\n## Migration Log Template\n\n\`\`\`\nDate: ____\n\`\`\`\n`);
    const { code, out } = await wizard(['check', path]);
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
    expect(lines).toEqual(expect.arrayContaining([
      '1 | Pre-flight | checklist | 13 | 1 item',
      '2 | Deployment | sql | 17 | 2 statements | undone by undo',
      '3 | Verification | sql | 28 | 1 statement',
      'R1 | Rollback | sql | 38 | 1 statement | undoes apply',
      'rollback, run only when rolling back: Rollback (line 36)',
      'form of the log, filled: Migration Log Template (line 42)',
      'reference, never run: Overview (line 6)',
    ]));
    expect(out).toContain('3 steps and 1 rollback step, 4 statements');
    const json = JSON.parse((await wizard(['check', path, '--json'])).out) as { steps: unknown[]; asides: unknown[] };
    expect(json.steps).toMatchObject([{ id: 'pre-flight/1', items: 1, undoes: null }, { id: 'apply', statements: 2, undoneBy: ['undo'], notUndone: false }, { id: 'verify', notUndone: false }, { id: 'undo', role: 'rollback', undoes: ['apply'] }]);
    expect(json.asides).toMatchObject([{ title: 'Overview', role: 'reference' }, { title: 'Rollback', role: 'rollback' }, { title: 'Migration Log Template', role: 'log' }]);
  });

  it.each([['empty', ''], ['nonsense', 'Words,\nand more words.\n'], ['a rollback alone', '# G\n\n## Rollback\n\n```sql\nDROP TABLE t;\n```\n']])('refuses a document that holds no step to pass: %s', async (_name, text) => {
    const path = join(folder(), 'g.md');
    writeFileSync(path, text);
    const checked = await wizard(['check', path]);
    expect(checked.code).toBe(2);
    expect(checked.out).toContain('error[no-steps]');
    const walked = await wizard(['rehearse', path, '--headless']);
    expect(walked.code).toBe(2);
    expect(walked.err).toContain('error[no-steps]');
  });

  it('says that a Rollback section keeps its SQL in its text, where nothing runs it', async () => {
    const inText = guideFile('# G\n\n## Deployment\n\n```sql id=slow\nCREATE TABLE slow_a (id int);\n```\n\n## Rollback\n\nDrop the table: `DROP TABLE slow_a;`\n');
    const { out } = await wizard(['check', inText]);
    expect(out).toContain('the section "Rollback" at line 12 holds no `sql` or `sh` fence');
    expect(out).toContain('```sql reverts=slow');
    expect(out).toMatch(/Deployment .*nothing undoes it/);
    const without = await wizard(['check', guideFile('# G\n\n## Deployment\n\n```sql id=slow\nCREATE TABLE slow_a (id int);\n```\n')]);
    expect(without.out).toContain('under `## Rollback`; it begins ```sql reverts=slow');
  });

  it('names the file beside the one that was mistyped', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'my'));
    writeFileSync(join(cwd, 'my/tags.md'), smallGuide);
    for (const meant of ['my/tag.md', 'my/tags', 'my/tagz.md']) expect((await wizard(['check', meant], { cwd })).err).toContain('Did you mean my/tags.md?');
  });
});

describe('a usage error', () => {
  it('names the flag that a longer or shorter word means', async () => {
    expect((await wizard(['run', 'x', '--enviroment', 'staging'])).err).toContain('(Did you mean --env?)');
    expect((await wizard(['check', 'x', '--jsn'])).err).toContain('(Did you mean --json?)');
    expect((await wizard(['check', 'x', '--zzzzzz'])).err).not.toContain('Did you mean');
  });

  it('says what is missing, and shows how it is written', async () => {
    const bare = await wizard(['rehearse']);
    expect(bare.code).toBe(2);
    expect(bare.err).toMatch(/^error: rehearse needs a GUIDE: a Markdown file/);
    expect(bare.err).toMatch(/try: .*deploy-wizard rehearse guides\/role-and-ai-usage\.md/);
    expect((await wizard(['rollback'])).err).toMatch(/that (?:npx )?deploy-wizard runs lists/);
  });
});
