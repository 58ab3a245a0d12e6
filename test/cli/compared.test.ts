import { expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const own = ownDatabase('CREATE TABLE entry (id int)');
const guide = (attributes: string, write: string): string => guideFile(`# Sample\n\n## Deployment\n\n\`\`\`sql id=first${attributes}\n${write};\n\`\`\`\n\n\`\`\`expect\nvalue = (SELECT 1 / count(*) FROM entry)\n\`\`\`\n\n\`\`\`sql id=second\nINSERT INTO entry VALUES (7);\n\`\`\`\n`);

it.each([
  ['in a transaction: nothing is applied, and the step is run again', '', 'CREATE TABLE made (id int); SELECT 1', 0],
  ['outside a transaction: what stands is not run again, and a person decides', ' transaction=off', 'CREATE INDEX CONCURRENTLY entry_id ON entry (id); SELECT 1', 1],
])('a query that an expectation compares with is refused by the server, %s', async (_, attributes, write, resumed) => {
  await own.client.query('TRUNCATE entry; DROP TABLE IF EXISTS made; DROP SCHEMA IF EXISTS deploy_wizard CASCADE');
  const logs = folder();
  const run = await wizard(['run', guide(attributes, write), '--database', own.url, '--headless', '--logs', logs]);
  expect(run.code).toBe(1);
  expect(run.err).toContain('the query (SELECT 1 / count(*) FROM entry) has no result: division by zero (it may only read)');
  expect((await own.client.query("SELECT to_regclass('made') AS made")).rows).toEqual([{ made: null }]);
  await own.client.query('INSERT INTO entry VALUES (1)');
  const id = logOf(logs).run;
  const again = await wizard(['resume', id, '--database', own.url, '--headless', '--logs', logs]);
  expect(again.code).toBe(resumed);
  expect(logOf(logs).steps.find((one) => one.id === 'first')).toMatchObject({ verdict: resumed === 0 ? 'passed' : 'failed', attempts: resumed === 0 ? 2 : 1, applied: true });
  expect((await own.client.query('SELECT count(*)::int AS n FROM entry WHERE id = 7')).rows).toEqual([{ n: 1 - resumed }]);
});

it('what a failed step would have been compared with is not evaluated, rather than compared with nothing', async () => {
  const logs = folder();
  await wizard(['run', guide('', 'SELECT 1; SELECT none'), '--database', own.url, '--headless', '--logs', logs]);
  expect(logOf(logs).steps[0]?.expectations).toMatchObject([{ verdict: 'not evaluated', actual: 'the step failed before it could be compared' }]);
});

it('of an expectation that is judged in part, a person is asked the rest', async () => {
  const asking = guideFile("# Sample\n\n## Verification\n\n```sql\nSELECT 1 AS id, 'afloat' AS state;\n```\n\nExpected: 1 row. `state = 'afloat'`. The name is on the bow.\n");
  const run = await wizard(['run', asking, '--database', own.url, '--headless', '--logs', folder()]);
  expect(run.code).toBe(4);
  expect(run.err).toContain('A person has to judge: The name is on the bow.');
});
