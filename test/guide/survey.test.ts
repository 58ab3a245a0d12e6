import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

/** Roles of the sections that hold something to do, by their titles. */
async function rolesOf(...titles: string[]): Promise<(string | undefined)[]> {
  const text = `# Guide\n\n${titles.map((title, index) => `${title}\n\n- [ ] box ${index}\n`).join('\n')}`;
  const { steps } = await compile(text);
  return titles.map((_, index) => steps.find((step) => step.items.some((item) => item.text === `box ${index}`))?.role);
}

const CODE = '```sql\nUPDATE t SET a = 1 WHERE b;\n```\n';
const runsForward = async (text: string) => forward(await compile(`# Guide\n\n${text}`)).flatMap((step) => step.statements).length;

/** What guides that nobody had compiled before were found to break, each in words of our own. */
describe('titles of guides met for the first time', () => {
  it.each(['## Test 2: Reference Field Validation', '## Create the Support System', '## Step 4: Seed reference data', '## Add foreign key references', '## Install customer support tables'])(
    'a word inside a name makes no reference section: %s', async (title) => {
      expect(await runsForward(`${title}\n\n${CODE}`)).toBe(1);
    });

  it.each([
    '## Support', '## 📞 Support & Contacts', '## Getting Support', '## Help and Support', '## References', '## Quick Reference', '## Reference SQL', '## API reference',
    '## Common Post-Release Issues', '## Common Migration Scenarios', '## Issue: nothing shows up', '## 常見問題排除', '## 疑难解答', '## O que foi corrigido?', '## Next steps', '## Próximos passos',
    '## Step 3: add colours (optionnel)', '## 步驟三（選用）', '## 回滾', '## 還原步驟',
  ])('what is told, optional or undone does not run: %s', async (title) => {
    expect(await runsForward(`${title}\n\n${CODE}`)).toBe(0);
  });

  it('two halves of a comparison do not run, in any language', async () => {
    expect(await runsForward(`## The new policy\n\n### Before (broken)\n\n${CODE}\n### After (fixed)\n\n${CODE}`)).toBe(0);
    expect(await runsForward(`## A política\n\n### Antes (problema):\n\n${CODE}\n### Depois (solução):\n\n${CODE}`)).toBe(0);
  });

  it('boxes under "Before" and "After" stay boxes', async () => {
    expect(await rolesOf('### Before', '### After')).toEqual(['deploy', 'deploy']);
  });

  it('a checklist at the end is asked last, whatever it is called', async () => {
    expect(await rolesOf('## Apply', '## Verification', '## Checklist')).toEqual(['deploy', 'verify', 'signoff']);
    expect(await rolesOf('## Apply', '## Verification', '## Production checklist')).toEqual(['deploy', 'verify', 'signoff']);
    expect(await rolesOf('## Deployment Complete Checklist', '## Final Deployment Checklist')).toEqual(['signoff', 'signoff']);
    expect((await rolesOf('## Checklist', '## Apply'))[0]).toBe('prepare');
  });

  it('boxes of the next steps are ticked last', async () => {
    expect(await rolesOf('## Apply', '## Next steps')).toEqual(['deploy', 'signoff']);
  });

  it('a title that only mentions an approval asks for none', async () => {
    const kinds = async (title: string) => (await compile(`# ${title}\n\n## Apply\n\n${CODE}`)).steps.map((step) => step.kind);
    expect(await kinds('Approval bug: how to mend it')).toEqual(['sql']);
    const { steps } = await compile(`# Guide\n\n## Add approval column\n\n${CODE}\n## Final approval\n\nBoth teams agree.\n`);
    expect(steps.map((step) => [step.kind, step.role])).toEqual([['sql', 'deploy'], ['approval', 'signoff']]);
  });

  it('a recovery point is a backup, no rollback', async () => {
    const text = '## Step 1: Take a snapshot\n\n**Objective:** have a recovery point\n\n```bash\npg_dump -f before.sql\n```\n';
    expect(forward(await compile(`# Guide\n\n${text}`)).map((step) => step.kind)).toEqual(['shell']);
  });
});
