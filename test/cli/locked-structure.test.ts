import { expect, it } from 'vitest';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { ownDatabase } from '../support/own-database.js';
import { folder, guideFile, wizard } from './support.js';

const own = ownDatabase('CREATE TABLE held (id int); CREATE VIEW seen AS SELECT id FROM held; CREATE TABLE free (id int)');

// What a view says is read behind the locks of its tables: the run stood there without a word, and heard no Ctrl-C.
it('a table that another session has locked keeps no run waiting that does nothing with it', async () => {
  await own.client.query('BEGIN; LOCK TABLE held');
  const seen = expect(snapshotDatabase(own.url)).rejects.toMatchObject({ problem: { code: 'catalog-in-use' }, exitCode: 3 });
  const ended = await wizard(['run', guideFile('# Free\n\n## Deployment\n\n```sql\nINSERT INTO free VALUES (1);\n```\n'), '--database', own.url, '--headless', '--yes', '--logs', folder()]);
  await seen;
  expect(ended.code, ended.err).toBe(0);
  await own.client.query('ROLLBACK');
});
