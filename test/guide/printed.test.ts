import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { compile, expectations, withSql } from './compile.js';

const fence = (text: string, lang = '') => `\`\`\`${lang}\n${text}\n\`\`\`\n`;

/** Statement and reading of each expectation; `?` for one that a person decides. */
async function readings(text: string): Promise<string[]> {
  return expectations(await compile(text)).map((one) => `${one.statement ?? '-'}: ${one.assertion.type === 'operator' ? '?' : formatExpect(one.assertion)}`);
}

it('a comment behind a column of a query is about that column, in every row that it finds', async () => {
  expect(await readings(withSql('SELECT id, state, -- should be "afloat"\n  moored_at -- should be NULL\nFROM boat WHERE id = 3;'))).toEqual(['0: column state = "afloat"', '0: column moored_at = null']);
  expect(await readings(withSql('SELECT id, state -- should be one of ours\nFROM boat WHERE id = 3;'))).toEqual(['0: ?']);
});

it('what a statement looks for is a name of its result only where it selects that column', async () => {
  const sought = (columns: string) => readings(withSql(`SELECT ${columns} FROM pg_policies WHERE tablename IN ('boats', 'berths');\n-- Expected: boats and berths both listed`));
  expect(await sought('tablename AS t, cmd')).toEqual(['0: rows contain "boats", "berths"']);
  expect(await sought('policyname, cmd')).toEqual(['0: ?']);
});

describe('an answer behind its statement, without a cue', () => {
  it.each([
    ['SELECT count(*) FROM shelf; -- 1250', ['0: value = 1250']],
    ['SELECT count(*) FROM shelf;\n-- 1,250', ['0: value = 1250']],
    ['SELECT has_shelf(1); -- => t', ['0: value = true']],
    ['SELECT id FROM shelf WHERE lost;  -- no rows', ['0: no rows']],
    ['SELECT id FROM shelf;\n-- 4 rows', ['0: rows = 4']],
    ['UPDATE shelf SET lost = false; -- 48213 rows', ['0: ?']],
    ['UPDATE shelf SET lost = false; -- UPDATE 14', ['0: affected = 14']],
    ['INSERT INTO shelf SELECT 1; -- INSERT 0 3', ['0: affected = 3']],
    ['-- Expected: zero rows for each\nSELECT id FROM shelf WHERE lost;\nSELECT count(*) FROM shelf WHERE torn;', ['0: no rows', '1: value = 0']],
    ['SELECT policyname, cmd FROM pg_policies;\n-- Expected: 2 rows:\n--   shelf_read   (SELECT)\n--   shelf_write  (ALL)', ['0: rows = 2', '0: result includes\n| policyname | cmd |\n| --- | --- |\n| shelf_read | SELECT |\n| shelf_write | ALL |']],
    ['-- should be true\nSELECT has_shelf(1);\nSELECT has_shelf(2);', ['0: value = true', '1: value = true']],
    ['SELECT count(*) AS a_count, max(id) AS b_top FROM shelf;\n\n-- =====\n-- EXPECTED RESULT\n-- =====\n-- a_count: 9\n-- b_top: 5\n-- =====', ['0: column a_count = 9', '0: column b_top = 5']],
    ['INSERT INTO shelf SELECT 1;\n-- INSERT 0 3 on the test system', ['0: ?']],
  ])('%s', async (sql, want) => {
    expect(await readings(withSql(sql))).toEqual(want);
  });

  it.each([
    'CREATE TABLE shelf (id int); -- 1',
    '-- 1\nCREATE TABLE shelf (id int);',
    'SELECT count(*) FROM shelf;\n\n-- 2\nSELECT count(*) FROM book;',
    'SELECT 1; -- 2. then the books',
    'CREATE INDEX shelf_id ON shelf (id); -- -> used by the search',
  ])('numbers and arrows that are none: %s', async (sql) => {
    expect(await readings(withSql(sql))).toEqual([]);
  });
});

describe('what psql prints, shown below a fence', () => {
  const query = `# G\n\n## Verify\n\n${fence('SELECT kind, pages FROM book ORDER BY 1;', 'sql')}\n`;
  const table = ' kind  | pages\n-------+-------\n atlas |   310\n novel |   200\n(2 rows)';

  it.each(['', 'Output:\n\n', '**Result**\n\n', 'Returns:\n\n'])('is its result, below %j', async (label) => {
    expect(await readings(`${query}${label}${fence(table)}`)).toEqual([expect.stringMatching(/^0: result is/)]);
  });

  it.each(['Sample output (yours will differ):\n\n', 'The query planner is told in the next chapter.\n\n', 'Before the migration this printed:\n\n'])('is none below words that say otherwise: %j', async (label) => {
    expect(await readings(`${query}${label}${fence(table)}`)).toEqual([]);
  });

  it('is for a person to compare where it shows times or sizes', async () => {
    expect(await readings(`${query}${fence(table.replace('310', '8192 kB'))}`)).toEqual(['0: ?']);
  });

  it('a transcript gives each statement its own tag', async () => {
    const steps = fence('BEGIN;\nCREATE TABLE shelf (id int);\nINSERT INTO shelf VALUES (1), (2);\nCOMMIT;', 'sql');
    expect(await readings(`# G\n\n## Apply\n\n${steps}\n${fence('BEGIN\nCREATE TABLE\nINSERT 0 2\nCOMMIT')}`)).toEqual(['0: success', '1: affected = 2']);
  });

  it('a transcript of other commands is a question', async () => {
    expect(await readings(`# G\n\n## Apply\n\n${fence('CREATE TABLE shelf (id int);\nCREATE TABLE book (id int);', 'sql')}\n${fence('DROP TABLE\nINSERT 0 2')}`)).toEqual(['1: ?']);
  });
});

describe('a table with a column of expected values', () => {
  const rows = '| check | expected |\n|---|---|\n| books without shelf | 0 |\n| books | 1250 |\n';
  const books = ['SELECT count(*) FROM book WHERE shelf IS NULL;', 'SELECT count(*) FROM book;'];

  it('goes row by row to as many counts', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${fence(books.join('\n'), 'sql')}\n${rows}`)).toEqual(['0: value = 0', '1: value = 1250']);
  });

  it('is asked where its rows cannot be told apart', async () => {
    expect(await readings(`# G\n\n## Verify\n\n${fence('SELECT * FROM book;', 'sql')}\n${rows}`)).toEqual(['0: ?']);
  });
});

describe('results printed one below the other', () => {
  const output = (...results: string[]) => fence(results.join('\n\n'), 'text');
  const count = (name: string, value: number) => ` ${name}\n-------\n     ${value}\n(1 row)`;
  const two = 'SELECT count(*) AS boats FROM boats;\nSELECT count(*) AS crews FROM crews;';

  it('are each of their own statement, in order', async () => {
    expect(await readings(`${withSql(two)}\n**Expected:**\n\n${output(count('boats', 3), count('crews', 0))}`)).toEqual([expect.stringContaining('0: result is'), expect.stringContaining('1: result is')]);
    const graph = await compile(`${withSql(two)}\n**Expected:**\n\n${output(count('boats', 3).slice(0, -8), count('crews', 0).slice(0, -8))}`);
    expect(expectations(graph).map(({ statement, assertion }) => [statement, assertion.type === 'table' && assertion.rows])).toEqual([[0, [['3']]], [1, [['0']]]]);
  });

  it('or of each that returns rows, and tags of those that change some', async () => {
    const change = 'UPDATE boats SET berth = 1;\nSELECT count(*) AS boats FROM boats;\nSELECT count(*) AS crews FROM crews;';
    const tables = [expect.stringContaining('1: result is'), expect.stringContaining('2: result is')];
    expect(await readings(`${withSql(change)}\nOutput:\n\n${output(count('boats', 3), count('crews', 0))}`)).toEqual(tables);
    expect(await readings(`${withSql(change)}\nOutput:\n\n${output('UPDATE 3', count('boats', 3), count('crews', 0))}`)).toEqual(['0: affected = 3', ...tables]);
  });

  it('are asked where they are more or fewer than the statements', async () => {
    expect(await readings(`${withSql('SELECT count(*) AS boats FROM boats;')}\n**Expected:**\n\n${output(count('boats', 3), count('crews', 0))}`)).toEqual(['0: ?']);
    expect(await readings(`${withSql(`${two}\nSELECT 1 AS x;`)}\n**Expected:**\n\n${output(count('boats', 3), count('crews', 0))}`)).toEqual(['2: ?']);
  });
});

it.each(['The output looks like this:', "You'll get:", 'psql prints:', 'The query returns the following:'])('"%s" right below a statement answers it', async (label) => {
  const graph = await compile(`# Boats\n\n## Verify\n\n\`\`\`sql\nSELECT boat, crew FROM boats;\n\`\`\`\n\n${label}\n\n\`\`\`\n boat  | crew\n-------+------\n heron |    4\n(1 row)\n\`\`\`\n`);
  expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'table', columns: ['boat', 'crew'], rows: [['heron', '4']], ordered: false }]);
});

it.each([
  ['No `boats_old` rows.', 'excludes'], ['`boats_old` is gone.', 'excludes'], ['Only `boats` and `berths` remain.', 'contains'], ['→ 4 rows', 'rows'], ['_Expected: 4 rows_', 'rows'],
])('"%s" below a query is asked or judged, not passed over', async (said, type) => {
  const graph = await compile(`# Boats\n\n## Verify\n\n\`\`\`sql\nSELECT tablename FROM pg_tables;\n\`\`\`\n\n${said}\n`);
  expect(expectations(graph)[0]?.assertion.type).toBe(type);
});

it('a form below an expectation is filled in, and no output of the statement', async () => {
  const graph = await compile('# Boats\n\n## Verify\n\n```sql\nSELECT boat FROM boats;\n```\n\nExpected: no rows\n\n```\nCounted by: ________\n```\n');
  expect(expectations(graph).map((one) => one.assertion.type)).toEqual(['rows']);
  expect(graph.steps.flatMap((step) => step.fields.map((field) => field.label))).toEqual(['Counted by']);
});

it('results below the names of their columns, one a query, are each of its own', async () => {
  const sql = 'SELECT true AS boats_there, true AS piers_there;\nSELECT count(*) AS berths FROM berths;';
  const text = (head: string) => `${withSql(sql)}\n**Expected Output:**\n\`\`\`\nboats_there | piers_there\n-----|-----\ntrue | true\n\n${head}\n4\n\`\`\`\n`;
  expect(await readings(text('berths'))).toEqual(['0: result is\n| boats_there | piers_there |\n| --- | --- |\n| true | true |', '1: result is\n| berths |\n| --- |\n| 4 |']);
  expect((await readings(text('something'))).every((one) => one.endsWith('?'))).toBe(true);
});

it('rows with empty lines between them, as wide as their queries, are each of its own', async () => {
  const sql = "SELECT tablename, cmd FROM pg_policies WHERE tablename = 'boats';\nSELECT tablename, cmd FROM pg_policies WHERE tablename = 'piers';";
  expect(await readings(`${withSql(sql)}\n**Expected Output:**\n\`\`\`\nboats | SELECT\nboats | INSERT  ← NEW\n\npiers | SELECT\n\`\`\`\n`)).toEqual([
    '0: result is\n| tablename | cmd |\n| --- | --- |\n| boats | SELECT |\n| boats | INSERT |', '1: result is\n| tablename | cmd |\n| --- | --- |\n| piers | SELECT |',
  ]);
});

describe('what is raised, printed line by line below the code', () => {
  const raises = (...texts: string[]) => texts.map((text) => `DO $$ BEGIN RAISE NOTICE '${text}'; END $$;`).join('\n');
  const printed = (...lines: string[]) => `\n**Expected output:**\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;

  it('is each of the statement that raises it, and tags of theirs', async () => {
    const sql = `${raises('✅ Boats added', "It''s done")}\nUPDATE piers SET open = true;`;
    expect(await readings(withSql(sql) + printed('✅ Boats added', 'DO', "It's done", 'UPDATE 3'))).toEqual(['0: notice "✅ Boats added"', '0: success', '1: notice "It\'s done"', '2: affected = 3']);
    expect(await readings(withSql(sql) + printed('NOTICE:  ✅ Boats added', 'COMMIT'))).toEqual(['0: notice "✅ Boats added"']);
  });

  it('is asked where a line is of none, of two, or holds values', async () => {
    expect((await readings(withSql(raises('Boats added')) + printed('Boats added', 'Piers added'))).every((one) => one.endsWith('?'))).toBe(true);
    expect((await readings(withSql(raises('Added', 'Added')) + printed('Added'))).every((one) => one.endsWith('?'))).toBe(true);
    expect((await readings(withSql("DO $$ BEGIN RAISE NOTICE '% boats added', 3; END $$;") + printed('3 boats added'))).every((one) => one.endsWith('?'))).toBe(true);
  });
});

it('"Result: PASS" of a test, below its query, is no expectation; of a query that answers so, it is', async () => {
  expect(await readings(`${withSql('SELECT id FROM boats;\n-- Expected: 0 rows')}\n**Result:** ⏳ Pending\n`)).toEqual(['0: no rows']);
  expect(await readings(`${withSql('SELECT id FROM boats;\n-- Expected: 0 rows')}\n**Result:** PASS\n`)).toEqual(['0: no rows']);
  expect(await readings(`${withSql("SELECT CASE WHEN count(*) = 3 THEN 'PASS' ELSE 'FAIL' END FROM boats;")}\n**Result:** PASS\n`)).toEqual(['0: column case = "PASS"']);
});

describe('printed rows in which something stands for another value', () => {
  const printed = (text: string) => `${withSql('SELECT id, name, state, moored_at FROM boats ORDER BY name;')}\n**Expected output:**\n\`\`\`\n${text}\n\`\`\`\n`;

  it('are judged in all other columns', async () => {
    expect(await readings(printed('id | name | state | moored_at\n---|---|---|---\n<uuid> | Ada | afloat | [timestamp]\n<uuid> | Bo | ashore | [timestamp]'))).toEqual(['0: result is\n| name | state |\n| --- | --- |\n| Ada | afloat |\n| Bo | ashore |']);
    expect(await readings(printed('<uuid> | Ada | afloat | [timestamp]\n<uuid> | Bo | ashore | [timestamp]'))).toEqual(['0: result is\n| name | state |\n| --- | --- |\n| Ada | afloat |\n| Bo | ashore |']);
    expect(await readings(printed('<uuid> | Ada | afloat | [timestamp]\n<uuid> | Bo | <state> | [timestamp]'))).toEqual(['0: ?']);
  });

  it('with the times at which they were written are a sample: only of states it says that such rows are there', async () => {
    const dated = (sql: string, text: string) => readings(`${withSql(sql)}\n**Expected output:**\n\`\`\`\n${text}\n\`\`\`\n`);
    expect(await dated('SELECT id, state, moored_at FROM boats;', 'id | state | moored_at\n---|---|---\n1 | afloat | 2026-01-02 10:00:00')).toEqual(['0: result includes\n| state |\n| --- |\n| afloat |']);
    expect(await dated('SELECT id, name, moored_at FROM boats;', 'id | name | moored_at\n---|---|---\n1 | Ada | 2026-01-02 10:00:00')).toEqual(['0: ?']);
  });
});

it('a comment above the setting of a role is of what is done as that role', async () => {
  expect(await readings(withSql("-- As a crew, this should return NO rows\nSET ROLE crew;\nSELECT set_config('request.jwt.claims', '{}', true);\nSELECT * FROM boats;\nRESET ROLE;"))).toEqual(['2: no rows']);
  expect(await readings(withSql('-- As a crew, this should return no rows\nSELECT * FROM boats;'))).toEqual(['0: ?']);
});

it('a title of what is denied is of that command below, where it is the only one', async () => {
  const tried = (below: string) => readings(withSql(`-- 4. UPDATE denied (should raise P0001)\nBEGIN;\nINSERT INTO boats VALUES (1);\n${below}\nROLLBACK;`));
  expect(await tried('UPDATE boats SET id = 2;')).toEqual(['1: error P0001']);
  expect(await tried('UPDATE boats SET id = 2;\nUPDATE boats SET id = 3;')).toEqual(['0: ?']);
});

it('figures such as "10+" in a table are each of the row that is named beside them', async () => {
  const sql = "SELECT 'boats' AS kind, count(*) FROM boats UNION ALL SELECT 'piers', count(*) FROM piers;";
  const table = (last: string) => `${withSql(sql)}\n**Expected:**\n\n| Kind | Count |\n|---|---|\n| boats | 6 |\n| piers | ${last} |\n`;
  expect(await readings(table('10+'))).toEqual(['0: column count = 6 where kind = "boats"', '0: column count >= 10 where kind = "piers"']);
  expect(await readings(table('3-5'))).toEqual(['0: column count = 6 where kind = "boats"', '0: column count between 3 and 5 where kind = "piers"']);
  expect(await readings(table('some'))).toEqual(['0: result includes\n| kind | count |\n| --- | --- |\n| boats | 6 |', '0: ?']);
  expect(await readings(table('1 or more ← there must be some'))).toEqual(['0: result includes\n| kind | count |\n| --- | --- |\n| boats | 6 |', '0: column count >= 1 where kind = "piers"']);
  expect(await readings(table('X (your own)'))).toEqual(['0: result includes\n| kind | count |\n| --- | --- |\n| boats | 6 |', '0: ?']);
  expect(await readings(table('some').replace('| boats | 6 |', '| crews | 6 |'))).toEqual(['0: ?']);
});

it('lines of a list are each of the query that looks for what they begin with', async () => {
  const query = (name: string) => `SELECT column_name FROM information_schema.columns WHERE table_name = '${name}';`;
  const said = (...lines: string[]) => readings(`${withSql(`${query('boats')}\n${query('piers')}`)}\nYou should see:\n\n${lines.map((line) => `- ✅ ${line}`).join('\n')}\n`);
  expect(await said('`boats` with columns `name` and `pier_no`', '`piers`')).toEqual(['0: rows contain "name", "pier_no"', '1: rows >= 1']);
  expect(await said('`boats` with all that it needs', '`piers` with the new ones')).toEqual(['0: ?', '1: ?']);
});

it('names with the table that another column holds are rows of both', async () => {
  const sql = 'SELECT trigger_name, event_object_table FROM information_schema.triggers;';
  expect(await readings(`${withSql(sql)}\n**Expected:**\n- ✅ boats_at (on boats table)\n- ✅ piers_at (on piers table)\n`)).toEqual(['0: result includes\n| trigger_name | event_object_table |\n| --- | --- |\n| boats_at | boats |\n| piers_at | piers |']);
});

it('rows that are written down in another order than the query gives them in are these, in whatever order', async () => {
  const listed = async (order: string, ...rows: string[]) => expectations(await compile(`${withSql(`SELECT tablename, permissive FROM pg_policies ORDER BY ${order};`)}\n**Expected output:**\n\`\`\`\n${rows.join('\n')}\n\`\`\`\n`)).map(({ assertion }) => (assertion.type === 'table' ? [assertion.ordered, ...assertion.rows] : assertion.type));
  const falling = [['piers', 'PERMISSIVE'], ['boats', 'RESTRICTIVE']];
  expect(await listed('tablename', 'piers | Yes', 'boats | No')).toEqual([[false, ...falling]]);
  expect(await listed('1', 'piers | Yes', 'boats | No')).toEqual([[false, ...falling]]);
  expect(await listed('tablename DESC', 'piers | Yes', 'boats | No')).toEqual([[true, ...falling]]);
  expect(await listed('permissive, tablename', 'piers | Yes', 'boats | No')).toEqual([[true, ...falling]]);
});

it('a result in a list below its query, behind a box, is expected of it', async () => {
  const listed = (text: string) => readings(`${withSql('SELECT name, open FROM piers;')}\n- [ ] Ran it\n- **Result:** ${text}\n`);
  expect(await listed('`open` = true ✅')).toEqual(['0: column open = true']);
  expect(await listed('three or so')).toEqual(['0: ?']);
  expect(await listed('PASS')).toEqual([]);
});

it('a column of either kind of timestamp, among columns with their types', async () => {
  const sql = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'boats';";
  expect(await readings(`${withSql(sql)}\n**Expected columns:**\n- ✅ \`id\` (uuid)\n- ✅ \`name\` (text) **← NEW**\n- ✅ \`moored_at\` (timestamp)\n`)).toEqual(['0: result includes\n| column_name | data_type |\n| --- | --- |\n| id | uuid |\n| name | text |', '0: column data_type matches "^timestamp" where column_name = "moored_at"']);
});

it('a number of rows that contradicts the names below it is asked', async () => {
  const named = (count: number) => readings(`${withSql("SELECT indexname FROM pg_indexes WHERE tablename = 'boats';")}\n**Expected Result:** Should show ${count} indexes:\n- \`boats_pkey\`\n- \`boats_name_key\`\n- \`boats_pier_idx\`\n`);
  expect(await named(3)).toEqual(['0: rows = 3', '0: rows contain "boats_pkey", "boats_name_key", "boats_pier_idx"']);
  expect(await named(2)).toEqual(['0: ?', '0: rows contain "boats_pkey", "boats_name_key", "boats_pier_idx"']);
});

describe('a table right below a query that counts under names of its own', () => {
  const sql = withSql("SELECT 'boats' AS table_name, count(*) AS total FROM boats\nUNION ALL SELECT 'berths', count(*) FROM berths;");
  it('is what it gives, whatever its figures are set off with', async () => {
    expect(await readings(`${sql}\n| Table | Count |\n|---|---|\n| \`boats\` | **0** ✓ |\n| berths | 1,204 |\n`)).toEqual(['0: result is\n|  |  |\n| --- | --- |\n| boats | 0 |\n| berths | 1204 |']);
  });

  it.each([
    ['of other things', '| Table | Count |\n|---|---|\n| piers | 4 |'],
    ['of no figures', '| Table | Count |\n|---|---|\n| boats | some |'],
    ['under other heads', '| Table | Owner |\n|---|---|\n| boats | 4 |'],
    ['below words of their own', 'How it was at night, before the flood:\n\n| Table | Count |\n|---|---|\n| boats | 4 |'],
  ])('and none where it is one %s', async (_, table) => {
    expect(await readings(`${sql}\n${table}\n`)).toEqual([]);
  });
});
