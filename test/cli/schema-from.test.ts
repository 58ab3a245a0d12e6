import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { createScratch } from '../../src/postgres/scratch.js';
import { startLocalServer } from '../../src/rehearsal/embedded.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const installed = spawnSync('pg_dump', ['--version']).status === 0 && spawnSync('psql', ['--version']).status === 0;

it.runIf(installed)('starts a rehearsal from the schema of another database, roles included, and only reads there', async () => {
  const server = await startLocalServer();
  try {
    const source = await createScratch(server.url);
    const role = `reader_${source.database.slice(-6)}`;
    await applySqlFiles(source.url, [{ path: 'source', text: `CREATE ROLE ${role}; CREATE TABLE public.price (id int PRIMARY KEY, amount numeric); INSERT INTO public.price VALUES (1, 2); GRANT SELECT ON public.price TO ${role};` }]);
    const guide = guideFile('# From\n\n## Deployment\n\n```sql id=add\nALTER TABLE public.price ADD COLUMN note text;\n```\n\n```sql id=look\nSELECT * FROM public.price;\n```\n\n```expect\nno rows\n```\n\n## Rollback\n\n```sql reverts=add\nALTER TABLE public.price DROP COLUMN note;\n```\n');
    const logs = folder();
    const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--logs', logs, '--schema-from', source.url, '--server-version', '17']);
    expect(ended.code, ended.err).toBe(0);
    expect(logOf(logs).rollback?.proof?.clean).toBe(true);
    await source.drop();
  } finally {
    await server.stop();
  }
});
