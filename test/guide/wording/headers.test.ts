import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const shapes = { ...SHAPES, rls: { ...SHAPES.flags, columns: ['relname', 'relrowsecurity'] }, perBoat: { ...SHAPES.perTable, columns: ['table_name', 'row_count'] }, settings: { ...SHAPES.all, columns: ['mode', 'billing_enabled'] } };
/** Reads a table, its cells between pipes, the header first. */
function read(shape: keyof typeof shapes, ...lines: string[]): string[] {
  const [columns = [], ...rows] = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return readWording('Expected:', { shape: shapes[shape], extra: { kind: 'table', columns, rows } }).assertions.map((one) => (one.type === 'operator' ? '?' : formatExpect(one)));
}
const table = (...rows: string[]): string => ['result is', rows[0], (rows[0] ?? '').replace(/[^| ]+/g, '---').replace(/---( ---)+/g, '---'), ...rows.slice(1)].join('\n');

describe('a table whose header has words of its own', () => {
  test('is one of the columns that they mean, in whatever order', () => {
    expect(read('policies', 'Policy | Table | Command', 'read own | boats | SELECT')).toEqual([table('| policyname | tablename | cmd |', '| read own | boats | SELECT |')]);
    expect(read('perBoat', 'Table | Rows', 'boats | 8')).toEqual([table('| table_name | row_count |', '| boats | 8 |')]);
    expect(read('rls', 'Table | RLS enabled', 'boats | true')).toEqual([table('| relname | relrowsecurity |', '| boats | true |')]);
  });

  test('that mean no column, or two, is asked', () => {
    expect(read('policies', 'Who | Where | What', 'read own | boats | SELECT')).toEqual(['?']);
    expect(read('rls', 'Table | Size', 'boats | 8')).toEqual(['?']);
  });

  test('and explains its rows is a list of names', () => {
    expect(read('names', 'Table | Purpose', 'boats_new | where they are', '`berths_new` | where they lie')).toEqual(['rows contain "boats_new", "berths_new"']);
    expect(read('names', 'Table | Columns | Purpose', 'boats_new | 4 | where they are')).toEqual(['?']);
  });

  test('and tells how it was before is asked', () => {
    expect(read('settings', 'Column | Old value', 'mode | open')).toEqual(['?']);
    expect(read('settings', 'Mode before | Billing enabled', 'open | false')).toEqual(['?']);
  });

  test('may have a line for each column of the one row', () => {
    expect(read('settings', 'Column | Value', '`mode` | `open`', 'billing_enabled | false')).toEqual(['column mode = "open"', 'column billing_enabled = false']);
    expect(read('settings', 'Column | Value', 'mode | whichever was chosen')).toEqual(['?']);
  });
});

describe('cells of the catalog', () => {
  test('are compared in its own words', () => {
    expect(read('columns', 'Column | Type | Default | Nullable', 'mode | VARCHAR(20) | \'open\' | No', 'tags | text[] | - | NULL')).toEqual([table('| column_name | data_type | column_default | is_nullable |', "| mode | character varying | 'open'… | NO |", '| tags | ARRAY | NULL | YES |')]);
    expect(read('columns', 'column_name | data_type | column_default | is_nullable', 'mode | boat_mode | - | NO')).toEqual(['?']);
  });

  test('row security is on or off in whatever words', () => {
    expect(read('flags', 'tablename | rowsecurity', 'boats | Enabled', 'berths | f')).toEqual([table('| tablename | rowsecurity |', '| boats | true |', '| berths | f |')]);
    expect(read('flags', 'tablename | rowsecurity', 'boats | pending')).toEqual(['?']);
  });

  test('a sign stands for a value that a person tells', () => {
    expect(read('flags', 'tablename | rowsecurity', 'boats | ✅')).toEqual(['?']);
    expect(read('outcomes', 'what | status', 'boats | ✅ PASS')).toEqual([table('| what | status |', '| boats | ✅ PASS |')]);
  });
});

test('a sign of comparison may stand behind the column and its colon', () => {
  const list = readWording('**Expected:**', { shape: SHAPES.fleet, extra: { kind: 'list', lines: ['`boat_count`: > 0', '`crew_count`: 4'] } });
  expect(list.assertions.map(formatExpect)).toEqual(['column boat_count > 0', 'column crew_count = 4']);
});
