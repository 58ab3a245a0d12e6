import { describe, expect, it } from 'vitest';
import { isSecretName } from '../../src/guide/parameters.js';
import type { Step } from '../../src/graph/graph.js';
import { formatExpect } from '../../src/assertions/format.js';
import { compile, forward } from './compile.js';

const sql = (body: string): string => `\`\`\`sql\n${body}\n\`\`\`\n`;
const steps = async (text: string): Promise<Step[]> => forward(await compile(`# Boats\n\nAbout boats.\n\n${text}`));
const expected = (step: Step | undefined): string[] => (step?.expectations ?? []).map(({ assertion }) => formatExpect(assertion));

describe('names of values that are not to be shown', () => {
  it.each(['db_password', 'encryption_key', 'anon_key', 'service_role_key', 'api_key', 'jwt_secret', 'your_key', 'webhook_key', 'credentials'])('%s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['boat_key_id', 'primary_key', 'foreign_key', 'boat_id', 'key_count'])('not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('the id of a thing in capitals', () => {
  it('is asked where an id is compared, and nowhere else', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql("UPDATE boats SET kind = 'OLD_ID' WHERE pier_id = 'PIER_ID';")}`);
    expect(graph.parameters.map(({ name }) => name)).toEqual(['pier_id']);
  });
});

describe('what speaks of the way back', () => {
  it('is shown with the rollback', async () => {
    const graph = await compile(`# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Rollback\n\n${sql('DROP TABLE boats;')}\nThe crews lose their lists.\n`);
    expect(graph.steps.filter(({ role }) => role === 'rollback').map(({ context }) => context)).toEqual(['The crews lose their lists.']);
  });

  it('in a part of the work is shown there', async () => {
    const [save] = await steps(`## Apply\n\n### Save\n\n${sql('CREATE TABLE kept AS SELECT 1 AS id;')}\nNothing can be restored without it.\n`);
    expect(save?.context).toBe('Nothing can be restored without it.');
  });
});

describe('sign-off', () => {
  const boxes = '- [ ] harbour master\n- [ ] mate\n';
  it('is obtained before where the guide says so', async () => {
    const found = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Sign-off\n\nBefore applying the migration, obtain it from:\n\n${boxes}`);
    expect(found.map(({ kind }) => kind)).toEqual(['checklist', 'approval', 'sql']);
  });

  it('is obtained behind the work where it does not', async () => {
    const found = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Sign-off\n\nObtain it from:\n\n${boxes}`);
    expect(found.map(({ kind }) => kind)).toEqual(['sql', 'checklist', 'approval']);
  });
});

describe('a session of psql in a fence of commands', () => {
  it('is SQL, without what psql shows', async () => {
    const [session] = await steps('## Apply\n\n```bash\npsql "$DATABASE_URL"\n\\timing on\nSET lock_timeout = \'2s\';\nCREATE TABLE boats (id int);\n\\d boats\n```\n');
    expect([session?.kind, session?.statements.map((one) => one.sql)]).toEqual(['sql', ["SET lock_timeout = '2s'", 'CREATE TABLE boats (id int)']]);
  });
});

describe('boxes under the time at which they are ticked', () => {
  it('stand before and behind the work', async () => {
    const found = await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Checklist\n\nBefore running the migration:\n\n- [ ] crews told\n\nAfter running the migration:\n\n- [ ] boats seen\n`);
    expect(found.map(({ kind, items, role }) => [kind, items.map(({ text }) => text).join(), role])).toEqual([['checklist', 'crews told', 'prepare'], ['sql', '', 'deploy'], ['checklist', 'boats seen', 'verify']]);
  });
});

describe('an expectation of each table', () => {
  it('is that of each query about one', async () => {
    const [look] = await steps(`## Verify\n\n${sql('SELECT * FROM boats;\nSELECT * FROM piers;')}\nExpected: 4 rows for each table\n`);
    expect(look?.expectations.map(({ assertion, statement }) => [formatExpect(assertion), statement])).toEqual([['rows = 4', 0], ['rows = 4', 1]]);
  });
});

describe('a label above a line that says it for itself', () => {
  it('is not asked', async () => {
    const [look] = await steps(`## Verify\n\n${sql('SELECT * FROM boats;\n-- Expected result:\n-- Should return 3 rows')}`);
    expect(expected(look)).toEqual(['rows = 3']);
  });
});

describe('comments that ask for something before the SQL below is run', () => {
  it.each(['Replace the id with your own', 'Paste the list of crews here', 'Make sure that the harbour is closed'])('%s', async (comment) => {
    const [step] = await steps(`## Apply\n\n${sql(`-- ${comment}\nCREATE TABLE boats (id int);`)}`);
    expect(step?.context).toContain(comment);
  });
});

describe('what a rollback asks a person to do', () => {
  const back = async (text: string): Promise<[string, string][]> => (await compile(`# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n${text}`)).steps.flatMap((step) => (step.role === 'rollback' && step.kind === 'sql' ? [[step.title, step.context] as [string, string]] : []));

  it('is said with the SQL that follows it, and behind the last with that', async () => {
    expect(await back(`## Rollback\n\nThe crews lose their lists.\n\n- [ ] Stop the ferry\n\n${sql('DROP TABLE boats;')}\n- [ ] Start the ferry\n`)).toEqual([['Rollback', 'The crews lose their lists.\nby hand: Stop the ferry\nby hand: Start the ferry']]);
  });

  it('in the section behind it too, but no box that its SQL stands under', async () => {
    expect(await back(`## Rollback\n\n### First\n\n- [ ] Drop the table:\n\n  ${sql('DROP TABLE boats;').replaceAll('\n', '\n  ')}\n### Afterwards\n\n- [ ] Tell the crews\n`)).toEqual([['Drop the table', 'by hand: Tell the crews']]);
  });
});
