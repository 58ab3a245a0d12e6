import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const guide = guideFile(`# Sample

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.note (id int);
\`\`\`

## Monitoring

### Day 1

- [ ] Nobody complained

\`\`\`sql id=still-there
SELECT count(*) FROM public.note;
\`\`\`

\`\`\`expect
value = 0
\`\`\`

### Week 2

- [ ] Dashboards are quiet
`);

interface Due { step: string; label: string; from: string }

describe('follow-ups', () => {
  it('are left for their day, listed when due, walked by resume, and the log grows with them', async () => {
    const target = await freshDatabase();
    const logs = folder();
    const act = (...args: string[]): ReturnType<typeof wizard> => wizard([...args, '--logs', logs]);
    const ran = await act('run', guide, '--database', target.url, '--headless', '--yes');
    expect(ran.code, ran.err).toBe(0);
    const first = logOf(logs);
    expect(first.steps.map((step) => step.verdict)).toEqual(['passed', 'pending', 'pending', 'pending']);
    const open = JSON.parse((await act('runs', '--due', '--json')).out) as Due[];
    expect(open.map((one) => one.label)).toEqual(['Day 1', 'Day 1', 'Week 2']);
    expect((await act('runs', '--due')).out).toContain(`deploy-wizard resume ${first.run}`);
    const went = await act('resume', first.run, '--database', target.url, '--headless', '--yes');
    expect(went.code, went.err).toBe(0);
    const grown = logOf(logs);
    expect(grown.steps.map((step) => step.verdict)).toEqual(['passed', 'passed', 'passed', 'pending']);
    expect(grown.durationMs).toBe(first.durationMs);
    expect((await act('log', first.run, '--verify')).code).toBe(0);
    expect((await act('log', first.run, '--format', 'json')).out).toBe(readFileSync(join(logs, `${await base(logs)}.json`), 'utf8').trimEnd());
    const early = await act('resume', first.run, '--database', target.url, '--headless', '--yes');
    expect(early.code).toBe(3);
    expect(early.err).toContain('Week 2');
    // Counted from when the run passed, not from when it was gone on with.
    expect((JSON.parse((await act('runs', '--due', '--json')).out) as Due[]).map((one) => one.from)).toEqual(open.slice(2).map((one) => one.from));
  });
});

async function base(logs: string): Promise<string> {
  const { readdirSync } = await import('node:fs');
  return (readdirSync(logs).find((name) => name.endsWith('.json')) ?? '').replace(/\.json$/, '');
}
