import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { assertionSchema } from '../../../src/assertions/assertion.js';
import { formatExpect } from '../../../src/assertions/format.js';
import { isExpectation } from '../../../src/guide/wording/cue.js';
import { readWording, type Extra } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const reading = (text: string, shape: keyof typeof SHAPES, extra: Extra): string[] => readWording(text, { shape: SHAPES[shape], extra }).assertions.map(formatExpect);
const list = (...lines: string[]): Extra => ({ kind: 'list', lines });

describe('what stands under a label', () => {
  test('names in a list must appear', () => {
    expect(reading('You should see **2 tables**:', 'names', list('`ai_usage`', '`ai_settings` - per user'))).toEqual(['rows = 2', 'rows contain "ai_usage", "ai_settings"']);
  });

  test('expectations in a list are read one by one; what is not understood is asked', () => {
    expect(reading('**Expected Result:**', 'star', list("All users should have `role = 'user'`", '`total_users` should equal `users_with_role`'))).toEqual([
      'column role = "user"', 'operator "`total_users` should equal `users_with_role`"',
    ]);
    expect(reading('**Expected Result:**', 'create', list('‚úÖ Query executed successfully'))).toEqual(['success']);
  });

  test('a row in the sentence and more below it are one result, of which one that is so in one case only leaves all to be asked', () => {
    expect(reading('Expected: boats | 2', 'perTable', list('piers | 3'))).toEqual([expect.stringMatching(/^result is[^]*\| boats \| 2 \|\n\| piers \| 3 \|$/)]);
    expect(reading('Expected: boats | 2', 'perTable', list('piers | 3 (if they were built)'))).toEqual([expect.stringMatching(/^operator "/)]);
  });

  test('rows between commas, and a name with what stands beside it', () => {
    expect(reading('Expected:', 'users', list('1, ida@pier.example, mate', '2, ole@pier.example, cook'))).toEqual([expect.stringMatching(/includes[^]*\| 2 \| ole@pier\.example \| cook \|/)]);
    expect(reading('Expected:', 'buckets', list('boat-papers (public: true)', 'crew-photos (public: true)'))).toEqual([expect.stringMatching(/includes[^]*\| crew-photos \| true \|/)]);
    expect(reading('Expected:', 'policies', list('Crews see boats (SELECT)', 'Crews add boats (INSERT)'))).toEqual([expect.stringMatching(/policyname \| cmd[^]*\| Crews add boats \| INSERT \|/)]);
    // Three ids, one after the other, are no row.
    expect(reading('Expected:', 'users', list('crews 201, 202, 204'))).toEqual([expect.stringMatching(/^operator/)]);
  });

  test('pieces of a function are there, and such as it must not hold are not', () => {
    const source = { ...SHAPES.definition, columns: ['pg_get_functiondef'], tables: [] };
    const read = (shape: typeof source) => readWording('Function body should contain:', { shape, extra: list('`berths_of(v)`', '`b.pier = ANY(v)`', 'NOT `v_old`') }).assertions.map(formatExpect);
    expect(read(source)).toEqual(['rows contain "berths_of(v)", "b.pier = ANY(v)"', 'rows exclude "v_old"']);
    expect(read({ ...source, columns: ['pg_get_viewdef'] })[0]).toMatch(/^operator/);
  });

  test('rows of a result that has more are among them', () => {
    expect(reading('9 rows total:', 'flags', list('boats | t', 'piers | f'))).toEqual(['rows = 9', 'result includes\n|  |  |\n| --- | --- |\n| boats | t |\n| piers | f |']);
    expect(reading('2 rows:', 'flags', list('boats | t', 'piers | f'))[1]).toMatch(/^result is/);
  });

  test('names told by what they are of are names, and what they are of is none', () => {
    expect(reading('Expected:', 'names', list('boats: boats_name_idx, boats_pier_idx', 'piers: piers_name_idx'))).toEqual(['rows contain "boats_name_idx", "boats_pier_idx", "piers_name_idx"']);
  });

  test('columns called type and column are told with their types', () => {
    expect(reading('Expected Columns:', 'columns', list('hull (text, NOT NULL)', 'type (text, nullable)'))).toEqual(['result includes\n| column_name | data_type | is_nullable |\n| --- | --- | --- |\n| hull | text | NO |\n| type | text | YES |']);
  });

  test('labels of one row are the columns that guides call so', () => {
    expect(reading('Expected policy:', 'policies', list('Name: `Crews read`', 'Command: `SELECT`'))).toEqual(['result includes\n| policyname | cmd |\n| --- | --- |\n| Crews read | SELECT |']);
  });

  test('what a list says beside a figure is asked, once', () => {
    expect(reading('Expected: 8 policies:', 'names', list('3 on boats', '5 on the crews'))).toEqual(['rows = 8', 'operator "3 on boats\\n5 on the crews"']);
  });

  test('a label that denies names those that must not be there', () => {
    for (const label of ['**Should NOT include**:', 'Must not contain:', 'Expected (should NOT include):', 'Should NOT appear:']) expect(reading(label, 'names', list('`idx_old_a` ❌', '❌ `idx_old_b`'))).toEqual(['rows exclude "idx_old_a", "idx_old_b"']);
    expect(reading('Should not include:', 'names', list('anything of the old kind'))).toHaveLength(1);
    expect(reading('Should not include:', 'names', list('anything of the old kind'))[0]).toMatch(/^operator/);
  });

  test('output may have the names of its columns above it without a rule, and a plan its scans without figures', () => {
    expect(readWording('Expected output:', { shape: SHAPES.perTable, extra: { kind: 'output', text: 'tablename | policy_count\nboats | 5\n(1 row)' } }).assertions).toMatchObject([{ type: 'table', columns: ['tablename', 'policy_count'], rows: [['boats', '5']] }]);
    expect(reading('Expected output:', 'plan', { kind: 'output', text: 'Index Scan using idx_boats on boats  (cost=0.1..2 rows=1)\nExecution Time: 10-50ms' })).toEqual(['plan uses index idx_boats', 'operator "Execution Time: 10-50ms"']);
  });

  test('names in a fence may have a sign in front and a remark behind', () => {
    expect(reading('**Expected tables:**', 'names', { kind: 'output', text: '✅ boats_old (kept)\n✅ berths (new)' })).toEqual(['rows contain "boats_old", "berths"']);
  });

  test('a label may say after what; output may say how many rows there are, or stand in columns', () => {
    const table: Extra = { kind: 'table', columns: ['tablename', 'rowsecurity'], rows: [['boats', 't']] };
    expect(readWording('**Expected Result After Completion:**', { shape: SHAPES.flags, extra: table }).assertions.map((one) => one.type)).toEqual(['table']);
    for (const said of ['0 rows', '(0 rows)', 'no rows']) expect(reading('Expected:', 'names', { kind: 'output', text: said })).toEqual(['no rows']);
    const [aligned] = readWording('Expected output:', { shape: SHAPES.perTable, extra: { kind: 'output', text: 'boats     5\nberths   10' } }).assertions;
    expect(aligned).toMatchObject({ type: 'table', rows: [['boats', '5'], ['berths', '10']] });
  });

  test('names may have a scope, and a remark behind an arrow', () => {
    expect(reading('Expected: 2 rows:', 'users', list('boats:read', 'boats:write ← new'))).toEqual(['rows = 2', 'rows contain "boats:read", "boats:write"']);
  });

  test('the columns of a result are none of its cells, and a default is shown with its cast', () => {
    expect(reading('You should see an empty table with these columns:', 'star', list('`id` (uuid)', '`country` (text)'))).toHaveLength(1);
    expect(reading('Should return:', 'columns', list('`column_name`: `notes`', "`column_default`: `'[]'::jsonb`"))).toEqual(['column column_name = "notes"', 'column column_default = "\'[]\'::jsonb"']);
  });

  test('a row that only names the columns is the header', () => {
    const shown = readWording('Expected result:', { shape: SHAPES.flags, extra: list('tablename | rowsecurity', 'boats | t') });
    expect(shown.assertions).toEqual([{ type: 'table', columns: ['tablename', 'rowsecurity'], rows: [['boats', 't']], ordered: false }]);
  });

  test('criteria to pass stand over their list', () => {
    expect(isExpectation('**Pass criteria:**')).toBe('backward');
    expect(reading('**Pass criteria:**', 'perTable', list('`policy_count` is between 2 and 6', '`tablename` should be one of ours'))).toEqual(['column policy_count between 2 and 6', 'operator "`tablename` should be one of ours"']);
  });

  test("a table's heading that says how many rows it has, or of what, says no more than the table", () => {
    const table: Extra = { kind: 'table', columns: ['tablename', 'rowsecurity'], rows: [['boats', 't'], ['berths', 't']] };
    const typed = (text: string): string[] => readWording(text, { shape: SHAPES.flags, extra: table }).assertions.map((one) => one.type);
    expect(typed('**Expected: 2 rows, exact match:**')).toEqual(['table']);
    expect(typed('**Expected per table:**')).toEqual(['table']);
    for (const said of ['Expected: 3 rows, exact match:', 'Expected, for example:', 'Expected, unless they were there:', 'Expected: not these:']) expect(typed(said)).toEqual(['operator']);
  });

  test('a table with a cell that stands for a value, or tells of one, is no result to compare with', () => {
    for (const cell of ['X', '<uuid>', '~12', '(old - may stay)', '0.5.0 (or similar)', '???', '12 ← about', '[your name]']) {
      expect(reading('Expected:', 'perTable', list('boats | 1', `berths | ${cell}`))).toHaveLength(1);
      expect(reading('Expected:', 'perTable', list('boats | 1', `berths | ${cell}`))[0]).toMatch(/^operator/);
      expect(reading('Expected:', 'perTable', { kind: 'table', columns: ['tablename', 'policy_count'], rows: [['boats', '1'], ['berths', cell]] })[0]).toMatch(/^operator/);
    }
    expect(reading('Expected:', 'perTable', list('boats | 1', 'berths | (owner = current_user)'))[0]).toMatch(/^result is/);
  });

  test('a text in quotes keeps its brackets', () => {
    expect(reading('You should see:', 'columns', list('`column_name`: "notes"', '`column_default`: "lower(name())"'))).toEqual(['column column_name = "notes"', 'column column_default = "lower(name())"']);
  });

  test('names, one a line, are what a label over a fence counts', () => {
    expect(reading('Expected: 2 tables in this order:', 'names', { kind: 'output', text: 'berths\nboats\n' })).toEqual(['rows = 2', 'rows contain "berths", "boats"']);
    expect(reading('Expected:', 'names', { kind: 'output', text: 'success\ndone\n' })).toHaveLength(1);
  });

  test('a new row is one among others', () => {
    expect(reading('Expected: New row with:', 'users', list('`role: admin`', '`email`: about now'))).toEqual(['any column role = "admin"', 'operator "`email`: about now"']);
  });

  test('a table is the result, its cells as written', () => {
    const table: Extra = { kind: 'table', columns: ['tablename', 'policyname', 'cmd'], rows: [['ai_usage', 'Read own', '‚úÖ Correct']] };
    expect(readWording('**Expected Result (1 policies):**', { shape: SHAPES.policies, extra: table }).assertions).toEqual([
      { type: 'table', columns: ['tablename', 'policyname', 'cmd'], rows: [['ai_usage', 'Read own', '‚úÖ Correct']], ordered: false },
    ]);
  });

  test('a table with other columns is asked', () => {
    expect(readWording('Expected:', { shape: SHAPES.policies, extra: { kind: 'table', columns: ['Metric', 'Wanted'], rows: [['x', '3']] } }).source).toBe('operator');
  });

  test('output as psql prints it, notices, errors and tags', () => {
    const psql = ' tablename | policyname | cmd\n-----------+------------+-----\n a | b | SELECT\n(1 row)';
    expect(readWording('Expected:', { shape: SHAPES.policies, extra: { kind: 'output', text: psql } }).assertions[0]).toMatchObject({ type: 'table', rows: [['a', 'b', 'SELECT']] });
    expect(reading('Expected:', 'block', { kind: 'output', text: 'NOTICE:  TEST 1 PASSED: accepted' })).toEqual(['notice "TEST 1 PASSED: accepted"']);
    expect(reading('Expected:', 'create', { kind: 'output', text: 'CREATE TABLE\nCREATE INDEX' })).toEqual(['success']);
    expect(reading('Expected:', 'insert', { kind: 'output', text: 'INSERT 0 4' })).toEqual(['affected = 4']);
  });

  test('an If sentence is the remedy, not an assertion', () => {
    expect(readWording('Expected: 3 policies. If fewer, run the second part again.', { shape: SHAPES.policies, extra: null })).toMatchObject({
      assertions: [{ type: 'rows', op: '=', value: 3 }], remedy: 'If fewer, run the second part again.',
    });
  });

  test('all queries: every statement', () => {
    expect(readWording('-- All should return 0 rows', { shape: SHAPES.policies, extra: null })).toMatchObject({ quantifier: 'every-statement', assertions: [{ type: 'rows', value: 0 }] });
  });
});

describe('cues', () => {
  test.each([
    ['-- Expected: 3', 'backward'], ['-- Should return 0 rows', 'backward'], ['-- Count should be 3', 'backward'], ['**Résultat attendu** : 0', 'backward'], ['-- 預期: 15', 'backward'],
    ['-- Verify causes (should be 45)', 'forward'], ['-- This should return one row', 'forward'], ['-- TEST 2: bad value (Should Fail)', 'forward'],
    ['-- Create the table', null], ['If you see errors, stop', null], ['-- 3. Count policies', null],
  ])('%s', (text, side) => {
    expect(isExpectation(text)).toBe(side);
  });
});

test('any text gives assertions of the schema; unread text is exactly one question', () => {
  const words = fc.array(fc.constantFrom('Expected:', 'should', 'return', '3', 'rows', '(', ')', 'or', 'not', '`a_b`', '=', "'x'", 'true', 'no', 'If', '<', '5ms', ',', 'Index Scan', '|', '✅'), { maxLength: 12 });
  const keys = Object.keys(SHAPES) as (keyof typeof SHAPES)[];
  fc.assert(fc.property(fc.oneof(fc.string(), words.map((one) => one.join(' '))), fc.constantFrom(...keys), (text, key) => {
    const read = readWording(text, { shape: SHAPES[key], extra: null });
    expect(read.assertions.length).toBeGreaterThan(0);
    for (const one of read.assertions) expect(assertionSchema.safeParse(one).success).toBe(true);
    if (read.source === 'operator') expect(read.assertions).toEqual([{ type: 'operator', text: text.trim() }]);
  }), { numRuns: 3000 });
});
