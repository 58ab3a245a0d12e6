import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { compile } from './compile.js';

const F = '```';
/** What is expected of a fence: each with the line in the fence that its statement begins at. */
async function read(...lines: string[]): Promise<string[]> {
  const graph = await compile(`# G\n\n## Verify\n\n${F}sql\n${lines.join('\n')}\n${F}\n`);
  return graph.steps.flatMap((step) => step.expectations.map((one) => `${one.statement === null ? '-' : (step.statements[one.statement]?.line ?? 0) - 5}: ${formatExpect(one.assertion)}`));
}
const COUNTS = 'SELECT pier, boat_count FROM piers;';

describe('a list of figures under a label', () => {
  it('goes on over lines that name what is counted', async () => {
    expect(await read(COUNTS, '-- Expected results:', '-- North: 4 boats', '-- South: 5 boats')).toEqual([expect.stringContaining('| North | 4 |\n| South | 5 |')]);
  });

  it('leaves out the sum below it', async () => {
    const [table] = await read(COUNTS, '-- Expected:', '-- North: 4 boats', '-- South: 5 boats', '-- Total: 9');
    expect(table).toContain('South');
    expect(table).not.toContain('Total');
  });

  it('is asked whole where a line of it cannot be read', async () => {
    expect((await read(COUNTS, '-- Should see:', '-- North: 4 boats, 2 of them red', '-- South: 5 boats, none red')).join()).toMatch(/North[^]*South/);
  });

  it('ends before a remark, and is asked where that leaves it open', async () => {
    expect(await read(COUNTS, '-- Expected:', '-- North: 4', '-- South: 5', '-- Note: run it each night')).toEqual([expect.stringContaining('| South | 5 |')]);
    expect((await read(COUNTS, '-- Expected:', '-- North: 4', '-- South: 5', '-- Note: figures may differ')).join()).toContain('operator');
  });
});

describe('an answer right behind a query', () => {
  const BOATS = 'SELECT name, berths FROM boats;';
  it('is what its columns hold', async () => {
    expect(await read(BOATS, '-- name = heron, berths = 4')).toEqual(['1: column name = "heron"', '1: column berths = 4']);
    expect(await read(BOATS, '-- pier = 4')).toEqual([]);
    expect(await read('-- berths = 4', BOATS)).toEqual([]);
  });

  it('is that each row has what a column is called after', async () => {
    expect(await read('SELECT name, slug FROM boats; -- every row has a slug')).toEqual(['1: column slug != null']);
    expect(await read('-- Every row has a slug', 'SELECT name, slug FROM boats;')).toEqual([]);
  });

  it('is that there is none of what it looks for', async () => {
    expect(await read('SELECT id FROM boats GROUP BY id HAVING count(*) > 1; -- no duplicates', 'SELECT id FROM boats; -- no duplicates')).toEqual(['1: no rows', '2: operator "no duplicates"']);
  });

  it('is the error that row security makes', async () => {
    expect(await read('INSERT INTO boats VALUES (1); -- row-level security error', 'INSERT INTO boats VALUES (2); -- row-level security')).toEqual(['1: error 42501']);
  });

  it('is a list of figures by name', async () => {
    expect(await read('SELECT pier, count(*) FROM boats GROUP BY pier;', '-- North: 4', '-- South: 5')).toEqual([expect.stringContaining('| South | 5 |')]);
    expect((await read(BOATS, '-- Heron: true, 4', '-- Swan: false, 2')).join()).toMatch(/Heron[^]*Swan/);
    expect(await read('-- North: 4', '-- South: 5', 'SELECT pier, count(*) FROM boats GROUP BY pier;')).toEqual([]);
    expect(await read(BOATS, '', '-- Step 1: 4 boats', '-- Step 2: 5 boats')).toEqual([]);
  });

  it('is a field a line under a label', async () => {
    expect(await read('SELECT column_name, data_type FROM information_schema.columns;', '-- You should see:', '-- COLUMN_NAME: berth', '-- DATA_TYPE: text')).toEqual(['1: column column_name = "berth"', '1: column data_type = "text"']);
  });
});

describe('names under a label', () => {
  const TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'x';";
  it('may be one word each', async () => {
    expect(await read(TABLES, '-- Expected tables:', '-- boats', '-- pier_lists (4 of them)', '-- crews (new)')).toEqual(['1: rows contain "boats", "pier_lists", "crews"']);
    expect(await read(TABLES, '-- Should not include:', '-- boats', '-- crews')).toEqual([expect.stringContaining('operator')]);
    expect(await read('SELECT count(*) FROM boats;', '-- Expected tables:', '-- some', '-- none')).toEqual([expect.stringContaining('operator')]);
  });

  it('may stand in the line below their number', async () => {
    expect(await read(TABLES, '/* Expected: 3 rows', '   boats, berths, crews */')).toEqual(['1: rows = 3', '1: rows contain "boats", "berths", "crews"']);
  });

  it('may stand in columns that are not set apart', async () => {
    const [table] = await read('SELECT column_name, data_type FROM information_schema.columns;', '-- Expected columns:', '-- boat_id | uuid', '-- berth_list| text');
    expect(table).toContain('| berth_list | text |');
  });
});

it('the names of the columns head a table, whatever its columns may hold', async () => {
  const [table] = await read('SELECT column_name, data_type FROM information_schema.columns;', '-- Expected result:', '-- column_name | data_type', '-- berths      | jsonb');
  expect(table).toContain('result is');
  expect(table).toContain('| berths | jsonb |');
  expect(table).toContain('| column_name | data_type |\n| --- | --- |\n| berths |');
});

it('rows that are cut short are asked', async () => {
  const [count, ...more] = await read('SELECT c.relname, t.tgname, t.tgtype FROM pg_trigger t;', '-- expect exactly 3 rows:', '--   boats | boats_stamp | BEFORE INSERT ...', '--   piers | piers_stamp | AFTER ...');
  expect(count).toBe('1: rows = 3');
  expect(more.join()).toContain('operator');
  expect(more.join()).not.toContain('result is');
});

describe('what should be, in words that no rule knows', () => {
  it.each(['The second call should add one: BOAT-2', 'North, South should have boat_count above those of the east'])('is asked behind a query: %s', async (said) => {
    expect(await read(COUNTS, `-- ${said}`)).toEqual([`1: operator ${JSON.stringify(said)}`]);
  });

  it('is asked in one breath with an expectation', async () => {
    expect(await read(COUNTS, '', '-- Expected: 2 rows', '-- North, South should have more than the east')).toEqual(['1: rows = 2', '1: operator "North, South should have more than the east"']);
  });

  it('is asked above a query whose column it names, and not of a title or what is to be done', async () => {
    expect(await read('-- North, South should have boat_count above the east', COUNTS)).toHaveLength(1);
    for (const said of ['You should run this each week', 'Step 2: boats should be counted', 'If it should be slow, stop', 'Crews should keep their lists']) expect(await read(`-- ${said}`, COUNTS)).toEqual([]);
  });

  it('is nothing beside a statement that returns no rows', async () => {
    expect(await read('CREATE TABLE piers (boat_count int);', '-- North, South should have boat_count above the east')).toEqual([]);
  });
});

describe('a comment that goes on', () => {
  it('does so within brackets, whatever word begins the line', async () => {
    expect((await read(COUNTS, '-- Expected: something else (written on', '-- insert by its trigger)')).join()).toContain('insert by its trigger');
  });

  it('says in one breath what is not there', async () => {
    expect((await read('SELECT column_name FROM information_schema.columns;', '-- Expected: columns are boat_id, pier_id', "-- NO 'id' column: boat_id is the key"))).toEqual(['1: rows contain "boat_id", "pier_id"', '1: operator "NO \'id\' column: boat_id is the key"']);
    expect(await read("-- NO 'id' column: boat_id is the key", 'SELECT column_name FROM information_schema.columns;')).toEqual([]);
  });

  it('says what it is for, and at its end what there is', async () => {
    expect(await read('-- Catches what has drifted. Zero rows expected.', 'SELECT name FROM boats WHERE lost;')).toEqual(['2: no rows']);
    expect(await read('-- Load them. Zero rows expected before that', 'SELECT name FROM boats WHERE lost;')).toEqual([]);
  });

  it('tells a total in its title', async () => {
    expect(await read('-- V.3 Total boats = 9 (8 + this one)', 'SELECT count(*) FROM boats;')).toEqual(['2: value = 9']);
  });
});

describe('"all" on the line of a query for several rows', () => {
  it('is said of those rows alone', async () => {
    expect(await read('SELECT count(*) FROM boats; -- Should be 3', 'SELECT pier_id, count(*) FROM boats GROUP BY pier_id; -- All should be pier 1')).toEqual(['1: value = 3', '2: column pier_id = 1']);
  });

  it('is said of every query where each gives one figure', async () => {
    expect(await read('SELECT count(*) FROM boats;', 'SELECT count(*) FROM piers; -- All should be 0')).toEqual(['1: value = 0', '2: value = 0']);
  });
});

it('a name may come without the piece that another branch of the condition looks for', async () => {
  const sql = "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%boat%' OR table_name = 'piers';";
  expect(await read(sql, '-- Should see:', '-- boat_lists', '-- pier_lists')).toEqual(['1: rows contain "boat_lists", "pier_lists"']);
});

it.each(["SELECT 'boats' AS what, count(*) FROM boats;", "SELECT 'x'::text AS what, sum(n) AS count FROM boats;"])('the one figure beside constants is what is counted: %s', async (sql) => {
  expect(await read(sql, '-- Should be 4')).toEqual(['1: column count = 4']);
});

it('a column that is selected under another name keeps its own', async () => {
  expect(await read('SELECT pubname AS what, owner FROM pubs;', "-- Expected: one row with pubname = 'boats'")).toEqual(['1: rows = 1', '1: column what = "boats"']);
  expect(await read('SELECT a.name AS boat, b.name AS pier FROM a, b;', "-- Expected: one row with name = 'boats'")).toEqual(['1: rows = 1', '1: operator "name = \'boats\'"']);
});

describe('rows behind a query for every column', () => {
  const EVERY = 'SELECT * FROM berths;';
  it('stand below the names of its columns, without a rule', async () => {
    expect(await read(EVERY, '-- berth_id | state', '-- 1 | Moored')).toEqual(['1: result is\n| berth_id | state |\n| --- | --- |\n| 1 | Moored |']);
  });

  it('are asked where they tell when they were written', async () => {
    expect((await read(EVERY, '-- id | event_time | crew', '-- 1 | 2031-01-15 10:30:00 | Ada')).join()).toMatch(/^1: operator/);
    expect((await read(EVERY, '-- id | event_time | state', '-- 1 | 2031-01-15 10:30:00 | Moored')).join()).toBe('1: result includes\n| state |\n| --- |\n| Moored |');
  });

  it('have no header where the line above is like them', async () => {
    expect((await read(EVERY, '-- Expected:', '-- north_pier | open', '-- south_pier | shut')).join()).not.toContain('| north_pier | open |\n| --- |');
  });
});

it('each line that a block says is read, or asked, for itself', async () => {
  const block = "DO $$ BEGIN RAISE NOTICE 'boats: 4'; RAISE NOTICE 'berths: %', 5; END $$;";
  expect(await read(block, '-- NOTICE:  boats: 4', '-- NOTICE:  berths: 5', '-- DO')).toEqual(['1: notice "boats: 4"', '1: operator "berths: 5"']);
});

describe('settings beside a comment', () => {
  const bound = async (...lines: string[]): Promise<string[]> => (await compile(`# G\n\n## Verify\n\n\`\`\`sql\n${lines.join('\n')}\n\`\`\`\n`)).steps.flatMap((step) => step.expectations).map(({ statement, assertion }) => `${String(statement)}: ${formatExpect(assertion)}`);

  it('are passed over: what must be is said of what is done as that role', async () => {
    expect(await bound('SET ROLE anon; SELECT count(*) FROM boats; RESET ROLE; -- expect: permission denied', 'SELECT count(*) FROM piers; -- expect 0')).toEqual(['1: error 42501', '3: value = 0']);
    expect(await bound("SELECT set_config('app.user', 'ida', true);", '-- expect 3', 'SELECT count(*) FROM boats;')).toEqual(['1: value = 3']);
  });
});
