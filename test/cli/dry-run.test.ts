import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const guide = `# Sample

## Pre-flight

- [ ] Told the team

\`\`\`sql id=before capture=before_count
SELECT count(*) FROM pg_class WHERE relname = 'note';
\`\`\`

\`\`\`expect
value = 0
\`\`\`

## Deployment

\`\`\`sql id=apply capture=made
CREATE TABLE public.note (id int PRIMARY KEY DEFAULT :first);
INSERT INTO public.note DEFAULT VALUES RETURNING id;
\`\`\`

\`\`\`sh id=announce
echo "deployed $first"
\`\`\`

## Verification

\`\`\`sql id=table
SELECT count(*) FROM public.note;
\`\`\`

\`\`\`expect
value = 1
\`\`\`

\`\`\`sql id=column
SELECT column_name FROM information_schema.columns WHERE table_name = 'note';
\`\`\`

\`\`\`expect
rows = 1
\`\`\`

\`\`\`sql id=captured
SELECT :made;
\`\`\`

\`\`\`sql id=server
SELECT current_setting('server_encoding');
\`\`\`

\`\`\`expect
value = "UTF8"
\`\`\`

## Sign-off

- [ ] All is well
`;
const front = 'guide: sample\nparameters:\n  first: { type: integer, default: 7 }\n';

describe('a dry run', () => {
  it('reads what can be read, shows the rest filled in, and judges nothing that builds on what it left out', async () => {
    const target = await freshDatabase();
    const logs = folder();
    const ended = await wizard(['run', guideFile(guide, front), '--database', target.url, '--dry-run', '--headless', '--param', 'first=41', '--confirm', target.connection.database ?? '', '--logs', logs]);
    const log = logOf(logs);
    expect(Object.fromEntries(log.steps.map((step) => [step.id, step.verdict]))).toMatchObject({
      before: 'passed', apply: 'not evaluated', announce: 'not evaluated', table: 'not evaluated', column: 'not evaluated', captured: 'not evaluated', server: 'passed', 'pre-flight/1': 'not evaluated',
    });
    expect(ended.code, ended.err).toBe(0);
    const apply = log.steps.find((step) => step.id === 'apply');
    expect(apply?.statements.map((one) => [one.executed, one.command])).toEqual([[false, 'CREATE TABLE'], [false, 'INSERT']]);
    expect(ended.err).toContain('CREATE TABLE public.note (id int PRIMARY KEY DEFAULT 41)');
    expect(ended.err).toContain('echo "deployed $first"');
    expect(log.steps.find((step) => step.id === 'column')?.expectations[0]).toMatchObject({ verdict: 'not evaluated' });
    expect(log.steps.find((step) => step.id === 'captured')?.reason).toContain('made');
  });

  it('fails where something does not hold before anything was left out', async () => {
    const target = await freshDatabase();
    const ended = await wizard(['run', guideFile(guide.replace('value = 0', 'value = 3'), front), '--database', target.url, '--dry-run', '--headless', '--yes', '--logs', folder()]);
    expect(ended.code, ended.err).toBe(1);
  });
});

describe('environments of a guide', () => {
  it('refuses a database that no environment names', async () => {
    const ended = await wizard(['run', guideFile(guide, `${front}environments: [staging]\n`), '--database', 'postgres://nobody@localhost:1/none', '--headless', '--yes', '--logs', folder()]);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('it names staging');
  });
});
