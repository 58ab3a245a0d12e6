import { beforeAll, describe, expect, it, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { loadGrammar } from '../../../src/guide/sql-parse.js';
import { readStatements } from '../../../src/guide/statement.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { compile } from '../compile.js';
import { LATER } from './corpus-later.js';

beforeAll(loadGrammar);

function reading(sql: string, said: string, lines: string[] = []): string {
  const shape = readStatements(sql, 1).statements.at(-1)?.shape ?? null;
  const { source, assertions, alternative } = readWording(said, { shape, extra: lines.length === 0 ? null : { kind: 'list', lines } });
  return source === 'operator' ? '?' : assertions.map(formatExpect).join(' & ') + (alternative ? ` ~ ${formatExpect(alternative)}` : '');
}

test('wordings of later rounds are read as by hand', () => {
  expect(LATER.filter(([sql, said, want]) => reading(sql, said) !== want).map(([sql, said, want]) => ({ sql, said, want, got: reading(sql, said) }))).toEqual([]);
});

const cells = (...rows: string[]): string => `result includes\n${rows.join('\n')}`;

describe('lines that name a row and tell facts of it', () => {
  const columns = "SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'boats'";

  it('are rows with the columns that show these facts, each with its own', () => {
    expect(reading(columns, 'Expected columns:', ['id (text, NOT NULL)', '`size` (numeric, default 0)', '`note` (text, nullable)'])).toBe(`${cells('| column_name | data_type | is_nullable |', '| --- | --- | --- |', '| id | text | NO |', '| note | text | YES |')} & ${cells('| column_name | data_type | column_default |', '| --- | --- | --- |', '| size | numeric | 0… |')}`);
    expect(reading(columns, 'Expected columns:', ['`id` (bigint or uuid) - Primary key', '`pier` (bigint) - where it lies'])).toBe(`${cells('| column_name | data_type |', '| --- | --- |', '| pier | bigint |')} & column data_type in "bigint", "uuid" where column_name = "id"`);
    expect(reading('SELECT id, name, public FROM storage.buckets', 'Expected buckets:', ['`hulls` — public', '`bills` — private'])).toBe(cells('| name | public |', '| --- | --- |', '| hulls | true |', '| bills | false |'));
    expect(reading('SELECT trigger_name, event_manipulation, action_timing FROM information_schema.triggers', 'Expected:', ['`boat_touch` (BEFORE UPDATE)', '`boat_log` (BEFORE INSERT/UPDATE)'])).toBe(cells('| trigger_name | action_timing | event_manipulation |', '| --- | --- | --- |', '| boat_touch | BEFORE | UPDATE |', '| boat_log | BEFORE | INSERT |', '| boat_log | BEFORE | UPDATE |'));
    expect(reading('SELECT trigger_name, event_object_table FROM information_schema.triggers', 'Expected:', ['`boat_touch` on boats', '`pier_touch` on piers'])).toBe(cells('| trigger_name | event_object_table |', '| --- | --- |', '| boat_touch | boats |', '| pier_touch | piers |'));
    expect(reading('SELECT kind, title, rank FROM kinds', 'Should return 2 rows:', ['`sail` - "Under sail - fast"', '`oar` - "By hand - slow"'])).toBe(`rows = 2 & ${cells('| kind | title |', '| --- | --- |', '| sail | Under sail - fast |', '| oar | By hand - slow |')}`);
  });

  it('ask for what no column of the result shows', () => {
    expect(reading("SELECT policyname, cmd, roles FROM pg_policies WHERE tablename = 'boats'", 'Expected policies:', ['`Crews see boats (now)` (SELECT, anon/crew)', '`Mates mend boats` (UPDATE, crew)'])).toMatch(/^result includes\n\| policyname \| cmd \|\n[^&]* & operator /);
  });

  it('are no rows where they name a value or a column', () => {
    expect(reading("SELECT column_name, is_nullable FROM information_schema.columns WHERE table_name = 'boats'", 'Expected: Both should be `YES` (nullable).')).toBe('column is_nullable = "YES"');
  });
});

describe('conditions under "all tables should show"', () => {
  const query = 'SELECT tablename, rowsecurity AS secured, (SELECT count(*) FROM pg_policies) AS policies FROM pg_tables';

  it('are of every row, where each names a column', () => {
    expect(reading(query, 'All tables should show:', ['`secured = true`', '`policies >= 3`'])).toBe('column secured = true & column policies >= 3');
    expect(reading(query, 'All tables should show:', ['`secured = true`', '`size >= 3`'])).toBe('?');
  });
});

test('names in a line of their own group are names', () => {
  const query = "SELECT column_name FROM information_schema.columns WHERE table_name = 'boats'";
  expect(reading(query, 'Expected columns:', ['`id`, `name`', 'Timestamps: `made_at`, `moored_at`'])).toBe('rows contain "id", "name", "made_at", "moored_at"');
  expect(reading(query, 'Expected columns:', ['`id`, `name`', 'Removed: `made_at`, `moored_at`'])).not.toContain('"made_at"');
});

describe('records in comments', () => {
  const expectations = async (comments: string): Promise<string[]> => {
    const { steps } = await compile(`# G\n\n## Verify\n\n\`\`\`sql\nSELECT policyname, cmd FROM pg_policies WHERE tablename = 'boats';\n${comments}\n\`\`\`\n`);
    return steps.flatMap((step) => step.expectations.map((one) => (one.source === 'operator' ? '?' : formatExpect(one.assertion))));
  };

  it('with the same key again are a row each', async () => {
    expect(await expectations('-- Expected output:\n-- policyname: "Crews see"\n-- policyname: "Mates mend"')).toEqual(['result is\n| policyname |\n| --- |\n| Crews see |\n| Mates mend |']);
    expect(await expectations('-- Expected output:\n-- policyname: "Crews see"\n-- cmd: "SELECT"  ✅ as before\n--\n-- policyname: "Mates mend"\n-- cmd: "UPDATE" (theirs)')).toEqual(['result is\n| policyname | cmd |\n| --- | --- |\n| Crews see | SELECT |\n| Mates mend | UPDATE |']);
  });

  it('told once are the one row', async () => {
    expect(await expectations('-- Expected output:\n-- policyname: "Crews see"\n-- cmd: "SELECT"')).toEqual(['result is\n| policyname | cmd |\n| --- | --- |\n| Crews see | SELECT |']);
  });
});

describe('printed rows of which cells are open', () => {
  const piers = 'SELECT name, berths, moored_at FROM piers';
  it('are the certain cells, and the bounds that are told', () => {
    expect(reading(piers, 'Expected:', ['| tern | 5 | [timestamp] |', '| gull | 133+ | [timestamp] |'])).toBe('result includes\n| name | berths |\n| --- | --- |\n| tern | 5 | & column berths >= 133 where name = "gull"');
  });

  it('are included where more rows follow', () => {
    expect(reading(piers, 'Expected:', ['tern | 5 | [timestamp]', '... and so on'])).toBe('result includes\n| name | berths |\n| --- | --- |\n| tern | 5 |');
  });
});
