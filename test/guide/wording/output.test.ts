import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const SOLE = { ...SHAPES.count, columns: ['harbour'] };
const PAIR = { ...SHAPES.all, columns: ['boat', 'crew'] };
const shapes = { ...SHAPES, sole: SOLE, pair: PAIR, typed: { ...SHAPES.columns, columns: ['column_name', 'data_type'] }, dated: { ...SHAPES.all, columns: ['id', 'created_at'] } };
const read = (shape: keyof typeof shapes, text: string, label = 'Expected:'): string[] => readWording(label, { shape: shapes[shape], extra: { kind: 'output', text } }).assertions.map(formatExpect);
const table = (...rows: string[]): string => ['result is', rows[0], (rows[0] ?? '').replace(/[^| ]+/g, '---').replace(/---( ---)+/g, '---'), ...rows.slice(1)].join('\n');
const asks = (shape: keyof typeof shapes, text: string, label?: string): void => { expect(read(shape, text, label).every((one) => one.startsWith('operator'))).toBe(true); };

describe('output under a label', () => {
  test('a table as psql prints it, whatever draws its lines; an empty cell is NULL', () => {
    const drawn = table('| boat | crew |', '| heron | 4 |', '| tern | NULL |');
    expect(read('pair', ' boat  | crew\n-------+------\n heron |    4\n tern  |\n(2 rows)')).toEqual([drawn]);
    expect(read('pair', ' boat  │ crew\n═══════╪══════\n heron │    4\n tern  │\n(2 rows)')).toEqual([drawn]);
  });

  test('columns apart by blanks alone, over a rule', () => {
    expect(read('perTable', 'tablename        policy_count\n─────────────────────────────\nboats            5\nberths           0')).toEqual([table('| tablename | policy_count |', '| boats | 5 |', '| berths | 0 |')]);
  });

  test('what it says of its rows counts, also where it shows fewer', () => {
    expect(read('names', ' table_name\n------------\n boats\n berths\n(6 rows)')).toEqual(['rows = 6', expect.stringMatching(/^operator/)]);
    expect(read('users', ' id | email | role\n----+-------+------\n(0 rows)')).toEqual(['no rows']);
    expect(read('names', 'boats_new\nberths_new\n(2 rows)')).toEqual(['rows = 2', 'rows contain "boats_new", "berths_new"']);
    asks('names', 'boats_new\nberths_new\n… (10 more)');
  });

  test('one line below a query for one value is that value', () => {
    expect(read('sole', 'northport')).toEqual(['value = "northport"']);
    expect(read('sole', '1.4.2')).toEqual(['value = "1.4.2"']);
    expect(read('count', '5')).toEqual(['value = 5']);
    expect(read('count', '> 0')).toEqual(['value > 0']);
    expect(read('sole', 't')).toEqual(['value = true']);
    for (const said of ['Ada, or whoever is there', '~5000', '15.x on ...', 'XX']) asks('sole', said);
  });

  test('records, a column a line or all in one, as psql or as JSON', () => {
    expect(read('pair', 'boat: heron\ncrew: 4')).toEqual(['column boat = "heron"', 'column crew = 4']);
    expect(read('pair', 'boat = heron, crew = 4')).toEqual(['column boat = "heron"', 'column crew = 4']);
    expect(read('pair', '-[ RECORD 1 ]\nboat | heron\ncrew | 4\n-[ RECORD 2 ]\nboat | tern\ncrew |')).toEqual([table('| boat | crew |', '| heron | 4 |', '| tern | NULL |')]);
    expect(read('pair', '[{"boat": "heron", "crew": 4}, {"boat": "tern", "crew": null}]')).toEqual([table('| boat | crew |', '| heron | 4 |', '| tern | NULL |')]);
    expect(read('users', 'email: a@b.example\nrole: skipper')).toEqual(['column email = "a@b.example"', 'column role = "skipper"']);
    expect(read('users', 'email: a@b.example\nrole: any')).toEqual(['column email = "a@b.example"', 'operator "role: any"']);
    asks('pair', '{"vessel": "heron"}');
    expect(read('pair', 'boat: whichever comes first\ncrew: 4')).toEqual(['column crew = 4', 'operator "boat: whichever comes first"']);
    expect(read('fleet', 'harbour_name: north\nboat_count: 10+\ncrew_count: 1 (CRITICAL)')).toEqual(['column harbour_name = "north"', 'column boat_count >= 10', 'operator "crew_count: 1 (CRITICAL)"']);
  });

  test('a row a line: between commas, or a name and what belongs to it', () => {
    const rows = [table('| boat | crew |', '| heron | 4 |', '| tern | 2 |')];
    for (const text of ['boat,crew\nheron,4\ntern,2', 'heron, 4\ntern, 2', 'heron: 4\ntern: 2', 'heron - 4\ntern - 2', 'heron → 4\ntern → 2']) expect(read('pair', text)).toEqual(rows);
    expect(read('typed', 'id: uuid\nnote: text')).toEqual([table('| column_name | data_type |', '| id | uuid |', '| note | text |')]);
    expect(read('typed', 'id: UUID\nnote: VARCHAR(50)')).toEqual([table('| column_name | data_type |', '| id | uuid |', '| note | character varying |')]);
    asks('typed', 'id: uuid\nkind: boat_kind');
    asks('pair', 'The boats come home, then they rest');
    asks('pair', 'heron: 4\ntern: 2\ntotal: 6');
    asks('pair', 'heron: about four');
    expect(read('flags', 'boats: enabled\nberths: disabled')).toEqual([table('| tablename | rowsecurity |', '| boats | true |', '| berths | false |')]);
    asks('flags', 'boats: ready\nberths: ready');
    asks('perTable', 'boats: some\nberths: none');
  });

  test('names with remarks, or all in one line', () => {
    expect(read('names', 'boats_new   -- the boats\nberths_new  -- where they lie')).toEqual(['rows contain "boats_new", "berths_new"']);
    expect(read('names', 'boats_new, berths_new, piers_new')).toEqual(['rows contain "boats_new", "berths_new", "piers_new"']);
  });

  test('what is not understood beside a figure that is, is asked', () => {
    expect(read('users', 'whoever was there\nand nobody else', 'You should see one row with:')).toEqual(['rows = 1', 'operator "whoever was there\\nand nobody else"']);
    expect(read('names', ' table_name\n------------\n boats\n(1 row)', 'Expected: 6 rows, such as:')).not.toContain('rows = 1');
  });

  test('when a row was written is a sample', () => {
    asks('dated', ' id | created_at\n----+------------\n  1 | 2025-01-01');
  });

  test('a label over some of the rows is not one over all of them', () => {
    for (const label of ['Expected output should include:', 'Should contain at least:', 'You should see at least these rows:']) {
      expect(read('pair', ' heron | 4\n tern  | 2', label)).toEqual(['result includes\n|  |  |\n| --- | --- |\n| heron | 4 |\n| tern | 2 |']);
      const rows = readWording(label, { shape: SHAPES.names, extra: { kind: 'table', columns: ['table_name'], rows: [['boats'], ['berths']] } });
      expect(rows.assertions.map(formatExpect)).toEqual(['rows contain "boats", "berths"']);
    }
  });
});
