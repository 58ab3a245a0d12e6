import { describe, expect, it } from 'vitest';
import { asWritten } from '../../src/guide/wording/anew.js';
import { formatExpect } from '../../src/assertions/format.js';
import { bindings, compile, expectations } from './compile.js';

const F = '```';
const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;
const told = async (text: string) => expectations(await compile(`# G\n\n## Verify\n\n${text}\n`)).map((one) => formatExpect(one.assertion));

describe('a title that says that all of them exist', () => {
  const query = "SELECT indexname FROM pg_indexes WHERE indexname IN ('boats_by_pier', 'crews_by_boat');";

  it('expects those which the query below it looks for', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n${sql(`-- Check the new indexes exist\n${query}`)}`);
    expect(expectations(graph).map((one) => formatExpect(one.assertion))).toEqual(['rows contain "boats_by_pier", "crews_by_boat"']);
    expect(bindings(graph)).toEqual([[6, 7]]);
  });

  it('says nothing of a query that looks for others, or for none', async () => {
    expect(await told(sql('-- Check the new indexes exist\nSELECT indexname FROM pg_indexes;'))).toEqual([]);
    expect(await told(sql("-- Check that the triggers exist\nSELECT trigger_name, event_object_table FROM information_schema.triggers WHERE event_object_table IN ('boats', 'crews');"))).toEqual([]);
    expect(await told(sql("-- Check that the triggers exist\nSELECT trigger_name FROM information_schema.triggers WHERE trigger_name IN ('a_one', 'b_two') AND trigger_name LIKE '%_new%';"))).toEqual([]);
  });
});

describe('lists below a number', () => {
  const policies = sql("SELECT policyname, cmd, roles FROM pg_policies WHERE tablename = 'boats';\n-- Should show 2 policies:\n-- 1. Crews can see their own boats\n-- 2. Crews can change their own boats");

  it('of as many lines are the names of policies, also in several words', async () => {
    expect(await told(policies)).toEqual(['rows = 2', 'rows contain "Crews can see their own boats", "Crews can change their own boats"']);
    expect(await told(policies.replace('2 policies', '3 policies'))).toEqual(['rows = 3', expect.stringMatching(/^operator/)]);
  });

  it('with dashes between as many cells as there are columns are rows', async () => {
    const query = sql("SELECT policyname, cmd, roles FROM pg_policies WHERE tablename = 'boats';");
    const [read] = await told(`${query}\nExpected output:\n- \`boats_own\` - SELECT - {crew}\n- \`boats_new\` - INSERT - {crew}\n`);
    expect(read).toBe('result includes\n| policyname | cmd | roles |\n| --- | --- | --- |\n| boats_own | SELECT | {crew} |\n| boats_new | INSERT | {crew} |');
  });

  it('have their least number in the label', async () => {
    expect(await told(`${sql('SELECT policyname FROM pg_policies;')}\nExpected policies (at minimum 12):\n- boats_own\n- boats_new\n`)).toEqual(['rows >= 12', 'rows contain "boats_own", "boats_new"']);
    expect(await told(`${sql('SELECT policyname FROM pg_policies;')}\nExpected policies (12+):\n- boats_own\n- boats_new\n`)).toEqual(['rows >= 12', 'rows contain "boats_own", "boats_new"']);
  });
});

describe('what goes on in a further line', () => {
  it('of columns and their values is told one by one, explanations in brackets aside', async () => {
    expect(await told(sql("SELECT raw_cost, billed_cost, in_tokens, out_tokens FROM bills WHERE id = 1;\n-- Expect: raw_cost = 1.5, billed_cost = 3.0 (ceil(1.5 * 200) / 100 = 300 / 100)\n--         in_tokens = 23000, out_tokens = 11500"))).toEqual(['column raw_cost = 1.5', 'column billed_cost = 3', 'column in_tokens = 23000', 'column out_tokens = 11500']);
  });
});

describe('boxes right below a query', () => {
  it('say what it returns where they name a column of it, or all of its figures', async () => {
    const query = sql("SELECT name, moored_at FROM boats WHERE id = 1;");
    expect(await told(`${query}\n- [ ] \`moored_at\` is populated\n- [ ] The crew was told\n`)).toEqual(['column moored_at != null']);
    expect(await told(`${query}\n- [ ] \`left_at\` is populated\n`)).toEqual([]);
    expect(await told(`${query}\n- [ ] Returns exactly 1 row ✅\n- [ ] The boat is at its pier\n`)).toEqual(['rows = 1']);
    expect(await told(`${query}\n- [ ] Returns 1 row (it is there)\n- [ ] Returns 0 rows ← has to be added\n`)).toEqual([]);
    expect(await told(`${sql('SELECT (SELECT count(*) FROM a) AS boats, (SELECT count(*) FROM b) AS crews;')}\n- [ ] All counts should be > 0\n`)).toEqual(['column boats > 0', 'column crews > 0']);
  });
});

describe('a condition within a definition', () => {
  const shape = { returnsRows: true, oneRow: false, singleColumn: true, counts: false, filtered: true, columns: ['indexdef'], tables: [], command: 'SELECT', ordered: false };

  it('is found as the server writes it: with brackets, and casts behind texts', () => {
    const matches = (condition: string, definition: string): boolean => {
      const [one] = asWritten([{ type: 'contains', values: [condition] }], shape);
      return one?.type === 'column' && new RegExp(String(one.value), 'u').test(definition);
    };
    const written = "CREATE UNIQUE INDEX i ON public.boats USING btree (pier) WHERE ((left_at IS NULL) AND (kind = 'sail'::text))";
    expect(matches('WHERE left_at IS NULL', written)).toBe(true);
    expect(matches("left_at IS NULL AND kind = 'sail'", written)).toBe(true);
    expect(matches('WHERE left_at IS NOT NULL', written)).toBe(false);
    expect(matches("kind = 'motor'", written)).toBe(false);
    // A name is no condition, and is looked for as it stands.
    expect(asWritten([{ type: 'contains', values: ['boats_by_pier'] }], shape)).toEqual([{ type: 'contains', values: ['boats_by_pier'] }]);
  });
});

describe('a bold bullet right above code', () => {
  const guide = `- **The kinds are known**:\n\n${sql('SELECT kind, count(*) FROM boats GROUP BY kind;')}\nExpected kinds: \`sail\`, \`motor\` only.\n\n- **Only the harbour may sink one (must fail with ERRCODE 42501)**:\n\n${sql('SELECT sink_boat(7);')}\nExpected: error \`no harbour\` with SQLSTATE \`42501\`.\n`;

  it('is the title of it, and no line of what was expected before', async () => {
    expect(await told(guide)).toEqual(['column kind in "sail", "motor"', 'error 42501', 'error 42501 "no harbour"']);
    const graph = await compile(`# G\n\n## Verify\n\n${guide}`);
    expect(bindings(graph)).toEqual([[11, 8], [13, 16], [19, 16]]);
  });
});

describe('"all queries return data"', () => {
  it('is said of each of them', async () => {
    expect(await told(`${sql('SELECT name FROM boats;\nSELECT name FROM crews;')}\n**Expected Result**: All queries return data (the crew sees its own)\n`)).toEqual(['rows >= 1', 'rows >= 1']);
  });
});

describe('results under a heading of their own', () => {
  it('with a row for each numbered check are each of its query', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n### Verification query\n\n${sql("-- V1: the boats are guarded\nSELECT relname, relrowsecurity FROM pg_class WHERE relname = 'boats';\n\n-- V2: and have their policies\nSELECT policyname FROM pg_policies WHERE tablename = 'boats';")}\n### Expected verification output\n\n| Check | Expected |\n| --- | --- |\n| V1 | 1 row, \`relrowsecurity = true\` |\n| V2 | 3 rows |\n`);
    expect(expectations(graph).map((one) => [one.statement, formatExpect(one.assertion)])).toEqual([[0, 'rows = 1'], [0, 'column relrowsecurity = true'], [1, 'rows = 3']]);
  });

  it('that are not numbered by the queries are asked as a whole', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n### Query\n\n${sql('SELECT name FROM boats;\nSELECT name FROM crews;')}\n### Expected output\n\n| Check | Expected |\n| --- | --- |\n| Crews | 1 row |\n| Boats | 3 rows |\n`);
    expect(expectations(graph).map((one) => one.source)).toEqual(['operator']);
  });
});

describe('what tells several things of each name', () => {
  it('in groups is each name in its group', async () => {
    expect(await told(`${sql("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public';")}\nExpected: 3 policies:\n- boats: boats_read, boats_write\n- crews: crews_read\n`)).toEqual(['rows = 3', 'result includes\n| tablename | policyname |\n| --- | --- |\n| boats | boats_read |\n| boats | boats_write |\n| crews | crews_read |']);
  });

  it('of columns is their type and whether they may be NULL; what the server writes anew is asked', async () => {
    const read = await told(`${sql("SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'boats';")}\nExpected columns:\n- \`state\`: text, NOT NULL, default 'moored'\n- \`pier\`: text, NULL\n`);
    expect(read).toEqual(['result includes\n| column_name | data_type | is_nullable |\n| --- | --- | --- |\n| state | text | NO |\n| pier | text | YES |', expect.stringMatching(/^operator/)]);
  });

  it('that are of a kind is said of the query that lists the kind', async () => {
    const fence = sql("SELECT tablename FROM pg_tables WHERE tablename IN ('boats', 'papers');\nSELECT id FROM storage.buckets;");
    const graph = await compile(`# G\n\n## Verify\n\n${fence}\nExpected: \`papers\` bucket exists\n\nExpected: \`boats\` table exists\n`);
    expect(expectations(graph).map((one) => one.statement)).toEqual([1, 0]);
  });

  it('as a title says what the query below it looks for', async () => {
    expect(await told(sql("-- Check the boat snap trigger exists\nSELECT tgname FROM pg_trigger WHERE tgname = 'boat_snap';"))).toEqual(['rows >= 1']);
    expect(await told(sql('-- Check the boat snap trigger exists\nSELECT tgname FROM pg_trigger;'))).toEqual([]);
  });
});

describe('a comment behind the last of several columns', () => {
  it('is of that column, where it says no more than its value', async () => {
    expect(await told(sql("SELECT\n  has_table_privilege('crew', 'boats', 'SELECT') AS can_read,\n  has_table_privilege('crew', 'boats', 'DELETE') AS can_sink; -- expect false"))).toEqual(['column can_sink = false']);
  });
});

describe('a table whose head has other words than the result', () => {
  it('is one of its rows where the statement itself names each', async () => {
    const query = sql("SELECT 'boats' AS t, count(*) FROM boats UNION ALL SELECT 'crews', count(*) FROM crews;");
    expect(await told(`${query}\n**Expected results:**\n\n| Table | Rows |\n| --- | --- |\n| boats | 12 |\n| crews | 30 |\n`)).toEqual(['result is\n|  |  |\n| --- | --- |\n| boats | 12 |\n| crews | 30 |']);
    expect(await told(`${query}\n**Expected results:**\n\n| Check | Meaning |\n| --- | --- |\n| all | fine |\n`)).toEqual([expect.stringMatching(/^operator/)]);
  });
});

describe('all columns of a query that the statement itself defines', () => {
  it('are those of the query', async () => {
    expect(await told(sql("WITH late AS (SELECT id, state FROM boats WHERE due < now())\nSELECT * FROM late;\n-- Expected: 2 rows, each with state 'adrift'"))).toEqual(['rows = 2', 'column state = "adrift"']);
    expect(await told(sql("WITH late AS (SELECT * FROM boats)\nSELECT * FROM late;\n-- Expected: 2 rows, each with state 'adrift'"))).toEqual(['rows = 2', expect.stringMatching(/^operator/)]);
  });
});

describe('a count in another language', () => {
  it('comes in one row, and a column that is called so does not', async () => {
    expect(await told(sql("SELECT * FROM cypher('harbour', $$ MATCH (n) RETURN count(n) $$) AS (count agtype);\n-- should return 0"))).toEqual(['value = 0']);
    expect(await told(sql('WITH late AS (SELECT count FROM boats)\nSELECT * FROM late;\n-- should return 0 rows'))).toEqual(['no rows']);
  });
});

describe('a table of checks over one query', () => {
  const query = sql('SELECT id, state, pier FROM boats ORDER BY id;');
  const table = (...rows: string[]): string => `${query}\n**Expected after the move:**\n\n| Check | Expected |\n|---|---|\n${rows.join('\n')}\n`;

  it('is judged row by row where a row names a column, or the number of rows; the others are asked', async () => {
    expect(await told(table('| Row count | 3 |', "| `state` | All `moored` |", '| Main boat | lies outside |'))).toEqual(['rows = 3', 'column state = "moored"', 'operator "Main boat | lies outside"']);
  });

  it('is asked as a whole where no two rows are understood', async () => {
    expect(await told(table('| Row count | 3 |', '| Main boat | lies outside |'))).toEqual([expect.stringMatching(/^operator/)]);
  });
});
