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

describe('a comment that titles a query for one fact', () => {
  const exists = "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'boats');";
  it('is expected of it where it says that something exists, or has rows', async () => {
    const [look] = await steps(`## Verify\n\n${sql(`-- 1. boats exists\n${exists}\n\n-- 2. piers has rows (after 003)\nSELECT count(*) FROM piers;`)}`);
    expect(look?.expectations.map(({ assertion, statement }) => [formatExpect(assertion), statement])).toEqual([['value = true', 0], ['value >= 1', 1]]);
  });

  it.each(['boats exists already', 'old boats exists', 'check if boats exists', 'boats exists?'])('is none where it says: %s', async (comment) => {
    expect((await steps(`## Verify\n\n${sql(`-- ${comment}\n${exists}`)}`))[0]?.expectations.filter(({ source }) => source === 'read')).toEqual([]);
  });
});

describe('what is compared with figures noted before', () => {
  it.each(['Row counts match the pre-flight numbers.', 'Compare with harbour_boats'])('is asked: %s', async (comment) => {
    expect(expected((await steps(`## Verify\n\n${sql(`-- ${comment}\nSELECT count(*) FROM boats;`)}`))[0])).toEqual([`operator "${comment}"`]);
  });
});

describe('"at least one" above a block of queries', () => {
  it('is said of each', async () => {
    const [look] = await steps(`## Verify\n\n${sql('-- Should return > 0 rows\nSELECT count(*) FROM boats;\nSELECT count(*) FROM piers;')}`);
    expect(look?.expectations.map(({ assertion, statement }) => [formatExpect(assertion), statement])).toEqual([['value > 0', 0], ['value > 0', 1]]);
  });
});

describe('expected results that are told case by case', () => {
  it('are asked of the query above them', async () => {
    const [first, second] = await steps(`## Look\n\n${sql('SELECT name FROM boats;')}\n### Expected Results\n\n**If it is current:**\n- the new list\n\n**If it is old:**\n- the old list\n\n## Look again\n\n${sql('SELECT 1;')}`);
    expect([expected(first), second?.context]).toEqual([['operator "If it is current:\\n- the new list\\nIf it is old:\\n- the old list"'], '']);
  });
});

describe('numbered parts of a chapter on how to apply', () => {
  it('that only tell what to do are asked', async () => {
    const found = await steps(`## How to apply\n\n### 1. Run the migration\n\nIn the editor, execute:\n\n\`\`\`\nboats.sql\n\`\`\`\n\n### 2. Deploy the ferry app\n\nIt takes a while.\n\n### 3. Background\n\nWhy it is so.\n\n## Verify\n\n${sql('SELECT 1;')}`);
    expect(found.map(({ kind, prompt }) => [kind, prompt])).toEqual([['operator', 'In the editor, execute:\nboats.sql'], ['operator', 'It takes a while.'], ['sql', null]]);
  });
});

describe('a check before the work, as a part of one of two ways', () => {
  it('stays behind the choice', async () => {
    const graph = await compile(`# Boats\n\n## Quick test guide\n\n### Option 1: all at once\n\n${sql('SELECT 1;')}\n### Option 2: step by step\n\n#### Step 1: Pre-migration check\n\n${sql('SELECT 2;')}\n#### Step 2: Run\n\n${sql('CREATE TABLE boats (id int);')}`);
    expect(forward(graph)[0]?.kind).toBe('choice');
  });
});

describe('parts for one environment each', () => {
  it('are ways to choose among', async () => {
    const found = await steps(`## Strategy\n\n### For new installs (no data)\n\n${sql('SELECT 1;')}\n### For production (with existing data)\n\n${sql('SELECT 2;')}\n### For development\n\n${sql('SELECT 3;')}`);
    expect(found.map(({ kind, choice }) => [kind, choice?.option])).toEqual([['choice', undefined], ['sql', 'NEW'], ['sql', 'PRODUCTION'], ['sql', 'DEVELOPMENT']]);
  });
});

describe('a restore before the work', () => {
  const restore = '```bash\ntool restore\n```\n';
  it('to another place prepares', async () => {
    expect((await steps(`## Pre-flight: test on a snapshot\n\n### Restore the snapshot to a temp instance\n\n${restore}\n## Apply\n\n${sql('SELECT 1;')}`)).map(({ kind }) => kind)).toEqual(['shell', 'sql']);
  });

  it('to the same place, or behind the work, is a way back', async () => {
    expect((await steps(`## Pre-flight\n\n### Restore the snapshot\n\n${restore}\n## Apply\n\n${sql('SELECT 1;')}\n## Restore the snapshot to a new instance\n\n${restore}`)).map(({ kind }) => kind)).toEqual(['sql']);
  });
});

describe('partition maintenance behind the work', () => {
  it('is off the way', async () => {
    expect((await steps(`## Apply\n\n${sql('SELECT 1;')}\n## Partition maintenance\n\n${sql('DROP TABLE boats_2025;')}`)).length).toBe(1);
  });
});

describe('notes behind the boxes of a list', () => {
  it('are asked for behind the boxes', async () => {
    expect((await steps('## Progress\n\n### Boats\n\n- [ ] Opened\n- [ ] Run\n- **Expected:** "done"\n- **Notes:** ________\n')).map(({ kind }) => kind)).toEqual(['checklist', 'operator', 'input']);
  });
});

describe('SQL in a note of a chapter on the way', () => {
  const note = (led: string): string => `# Boats\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n### Important note about ids\n\n1. Create the crews\n2. ${led}\n\n${sql("UPDATE boats SET id = 2;")}`;
  it('is told of where the note says to run it', async () => {
    expect((await compile(note('Update the boats by running:'))).diagnostics.filter(({ code }) => code === 'left-out').map(({ line }) => line)).toEqual([14]);
    expect((await compile(note('They look like this:'))).diagnostics.filter(({ code }) => code === 'left-out')).toEqual([]);
  });
});

describe('an order that is drawn at random', () => {
  const result = `${sql("SELECT boat_order FROM trips WHERE crew = 'x' LIMIT 1;")}\nExpected: \`["b5", "b2"]\`\n`;
  it('is a sample, and asked', async () => {
    expect(expected((await steps(`## Verify\n\n### Randomization\n\n${result}`))[0])).toEqual([expect.stringMatching(/^operator /)]);
    expect(expected((await steps(`## Verify\n\n### Order\n\n${result}`))[0])).toEqual([expect.stringMatching(/^column boat_order matches /)]);
  });
});
