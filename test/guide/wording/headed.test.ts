import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording, type Extra } from '../../../src/guide/wording/read.js';
import type { StatementShape } from '../../../src/guide/wording/shape.js';
import { compile, expectations } from '../compile.js';
import { SHAPES } from './shapes.js';

const list = (...lines: string[]): Extra => ({ kind: 'list', lines });
const reading = (extra: Extra, shape: StatementShape | null, text = 'Expected:'): string[] => readWording(text, { shape, extra }).assertions.map(formatExpect);
const read = async (sql: string, text: string) => expectations(await compile(`# G\n\n## Verify\n\n\`\`\`sql\n${sql}\n\`\`\`\n\n${text}\n`)).map((one) => one.assertion);

describe('figures below a figure', () => {
  test('are parts of it, and asked', () => {
    expect(reading(list('1 `shared` fleet (3 boats)', '31 fleets with 2 boats each'), SHAPES.names, 'Expected result: 32 fleets')).toEqual(['rows = 32', 'operator "1 `shared` fleet (3 boats)\\n31 fleets with 2 boats each"']);
  });
});

describe('rows of one result, told one by one', () => {
  test('must be there by their names; what is said of each is one question', () => {
    expect(reading(list('`hull`: `text`, `NOT NULL`', '`keel_kind`: `text`, nullable'), SHAPES.columns)).toEqual(['result includes\n| column_name | data_type | is_nullable |\n| --- | --- | --- |\n| hull | text | NO |\n| keel_kind | text | YES |']);
    expect(reading(list('`boats`: 4+ policies', '`piers`: 2+ policies'), SHAPES.perTable)).toEqual(['column policy_count >= 4 where tablename = "boats"', 'column policy_count >= 2 where tablename = "piers"']);
    expect(reading(list('`berth_fkey`: `boat_id` → `boats(id)`'), SHAPES.named)[0]).toBe('rows contain "berth_fkey"');
    expect(reading(null, SHAPES.perTable, 'Expected: `boats`: 4+ policies')).toEqual(['column policy_count >= 4 where tablename = "boats"']);
    expect(reading(list('`boats`: open to 4+ crews', '`piers`: read by 2+ crews'), SHAPES.perTable)).toEqual(['rows contain "boats", "piers"', 'operator "`boats`: open to 4+ crews\\n`piers`: read by 2+ crews"']);
  });

  test('are asked where it may not be there, or the name is that of a column or a table', () => {
    for (const line of ['`keel`: removed', '`keel`: should not be listed', '`keel`: 0 policies', '`keel`: optional', '`keel`: 3 or 4']) expect(reading(list(line, '`hull`: 2+'), SHAPES.perTable).every((one) => one.startsWith('operator'))).toBe(true);
    expect(reading(list('`tablename`: 4+ of them', '`hull`: 2+'), SHAPES.perTable)[0]).toMatch(/^operator/);
    expect(reading(list('`users`: 4+ rows', '`hull`: 2+ rows'), SHAPES.users).every((one) => one.startsWith('operator'))).toBe(true);
    expect(reading(list('`boats`: 4+ rows'), SHAPES.star).every((one) => one.startsWith('operator'))).toBe(true);
    expect(reading(list('`boats`: 4+ rows'), SHAPES.totals).every((one) => one.startsWith('operator'))).toBe(true);
  });

  test('may bear names in quotes, and name others', () => {
    expect(reading(list('"Crews read" for SELECT to anon', '"Mates write" for ALL to service_role'), SHAPES.policies)).toEqual(['rows contain "Crews read", "Mates write"', 'operator "\\"Crews read\\" for SELECT to anon\\n\\"Mates write\\" for ALL to service_role"']);
    expect(reading(list('`boats` table: "Crews read", "Mates write"', '`piers` table: "Mates read"'), SHAPES.policies)[0]).toBe('rows contain "boats", "piers", "Crews read", "Mates write", "Mates read"');
    for (const line of ['`keel` to disappear', '`mood`: "calm"', '`mood`: true']) expect(reading(list(line), SHAPES.policies).every((one) => one.startsWith('operator'))).toBe(true);
  });

  test('of a query that writes the names itself are found by them', async () => {
    const sql = "SELECT 'ropes' AS what, count(*) AS n FROM ropes UNION ALL SELECT 'sails', count(*) FROM sails;";
    expect((await read(sql, '**Expected:**\n- `ropes` > 20 rows\n- `sails` > 5 rows'))[0]).toEqual({ type: 'contains', values: ['ropes', 'sails'] });
  });

  test('may have no figure where the query writes their names itself', async () => {
    const sql = "SELECT 'torn sails' AS what, count(*) FROM sails UNION ALL SELECT 'good sails', count(*) FROM sails;";
    expect(await read(sql, 'Expected rows: `torn sails = 0`, `good sails = 3`.')).toMatchObject([{ type: 'table', rows: [['torn sails', '0'], ['good sails', '3']] }]);
    expect((await read('SELECT kind, count(*) FROM sails GROUP BY kind;', 'Expected rows: `torn = 0`, `good = 3`.')).every((one) => one.type === 'operator')).toBe(true);
  });

  test('are of the one query that counts, among lines of another', async () => {
    const sql = "SELECT tablename, rowsecurity FROM pg_tables WHERE tablename IN ('boats', 'piers');\n\nSELECT tablename, count(*) AS policy_count FROM pg_policies GROUP BY tablename;";
    const found = expectations(await compile(`# G\n\n## Verify\n\n\`\`\`sql\n${sql}\n\`\`\`\n\n**Expected Result:**\n- Both tables: \`rowsecurity = true\`\n- boats: 4 policies\n- piers: 5 policies\n`));
    expect(found.map(({ statement, assertion }) => [statement, assertion.type])).toEqual([[0, 'rows'], [0, 'column'], [1, 'table']]);
    // Two that count: which of them is meant, the lines do not say.
    const twice = await read(`${sql}\nSELECT tablename, count(*) AS n FROM pg_indexes GROUP BY tablename;`, '**Expected Result:**\n- Both tables: `rowsecurity = true`\n- boats: 4 policies\n- piers: 5 policies');
    expect(twice.some((one) => one.type === 'table')).toBe(false);
  });

  test('have the column that is called as what is counted', async () => {
    const sql = 'SELECT p.title, count(b.id) AS boat_count, sum(b.crew) AS crew_total FROM piers p JOIN boats b ON true GROUP BY p.title;';
    expect(await read(sql, 'Expected Results:\n- Blue Pier: 5 boats\n- Old Mole: 4 boats')).toMatchObject([{ type: 'table', columns: ['title', 'boat_count'] }]);
    expect((await read(sql, 'Expected Results:\n- Blue Pier: 5 ropes\n- Old Mole: 4 ropes')).every((one) => one.type === 'operator')).toBe(true);
  });

  test('have their figures where each gives one', async () => {
    const rows = [['Blue Pier', '5'], ['Old Mole', '4']];
    expect(await read('SELECT p.title, count(b.id) AS berthed FROM piers p LEFT JOIN boats b ON true GROUP BY p.title;', '**Expected:**\n- Blue Pier: 5 boats ✅\n- Old Mole: 4 boats ✅')).toMatchObject([{ type: 'table', columns: null, rows }]);
    expect(await read('SELECT p.title, min(b.id), max(b.id), count(*) AS boat_count FROM piers p JOIN boats b ON true GROUP BY p.title;', '**Expected:**\n- Blue Pier: 5 boats\n- Old Mole: 4 boats')).toMatchObject([{ type: 'table', columns: ['title', 'boat_count'], rows }]);
    expect(await read('SELECT tablename, count(*) AS policies FROM pg_policies GROUP BY tablename;', 'Should show:\n```\nboats:   1 ✅\nberths:  2 ✅\n```')).toMatchObject([{ type: 'table', rows: [['boats', '1'], ['berths', '2']] }]);
    // Two groups make no name unique.
    expect((await read('SELECT p.title, p.kind, min(b.id), count(*) AS boat_count FROM piers p JOIN boats b ON true GROUP BY p.title, p.kind;', '**Expected:**\n- Blue Pier: 5 boats\n- Old Mole: 4 boats')).every((one) => one.type === 'operator')).toBe(true);
  });
});
