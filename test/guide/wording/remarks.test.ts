import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording, type Extra } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const reading = (text: string, shape: keyof typeof SHAPES, extra: Extra): string[] => readWording(text, { shape: SHAPES[shape], extra }).assertions.map(formatExpect);
const list = (...lines: string[]): Extra => ({ kind: 'list', lines });

describe('a remark behind a name', () => {
  test('may be several, and a sign with a word', () => {
    expect(reading('Expected columns:', 'columns', list('`hull` (text) – how it is built', '`keel_kind` (text, nullable) ← **has to be here**', '`is_new` (boolean) ✨ NEW'))).toEqual(['rows contain "hull", "keel_kind", "is_new"']);
  });

  test('that says it is gone names what must not be there', () => {
    for (const line of ['`old_keel` (REMOVED)', '`old_keel` – dropped by this migration', '`old_keel` (must not exist)', 'old_keel (no longer there)']) {
      expect(reading('Expected columns:', 'columns', list('`hull_kind` (the new one)', line))).toEqual(['rows contain "hull_kind"', 'rows exclude "old_keel"']);
    }
    expect(reading('Expected: `old_keel` (removed)', 'columns', null)).toEqual(['rows exclude "old_keel"']);
    expect(reading('Expected columns: `hull_kind`, `old_keel` (removed)', 'columns', null)).toEqual(['rows contain "hull_kind"', 'operator "`old_keel` (removed)"']);
    expect(reading('Expected columns:', 'columns', { kind: 'output', text: 'hull_kind\nold_keel (removed)' })[0]).toMatch(/^operator/);
  });

  test('that tells its type is judged, of a query that shows types', () => {
    for (const line of ['`hull_kind` (text)', '`hull_kind` - uuid']) {
      expect(reading('Expected columns:', 'columns', list(line))).toEqual([expect.stringMatching(/^result includes\n\| column_name \| data_type \|\n.*\n\| hull_kind \| (?:text|uuid) \|$/)]);
    }
    expect(reading('Expected columns:', 'columns', list('`load` – numeric (4,1) ✅ **CRITICAL**'))).toEqual([expect.stringMatching(/^rows contain/), expect.stringMatching(/^operator/)]);
    expect(reading('Expected columns:', 'columns', list('`hull_kind` - of the boat'))).toEqual(['rows contain "hull_kind"']);
    expect(reading('Expected tables:', 'names', list('`dates` (date)'))).toEqual(['rows contain "dates"']);
  });

  test('that leaves it open, and a sign that refuses it, are asked', () => {
    for (const line of ['`keel` (optional)', '`keel` (if enabled)', '❌ `keel`', '~~`keel`~~']) {
      expect(reading('Expected columns:', 'columns', list('`hull_kind`', line))).toEqual(['rows contain "hull_kind"', `operator "${line}"`]);
    }
  });

  test('that it bears another name now is asked', () => {
    for (const line of ['`keel` (renamed to `hull`)', '`keel` → `hull`', '`keel`: replaced by `hull`', '`keel` – moved to another pier']) expect(reading('Expected columns:', 'columns', list(line))[0]).toMatch(/^operator/);
  });

  test('may say "if" of what the thing does, and of whether it is there', () => {
    expect(reading('Expected columns:', 'columns', list('`keel` - tells if there is one', '`hull` - boat type'))).toEqual(['rows contain "keel", "hull"']);
    for (const line of ['`keel` - if you use keels', '`keel` (if enabled)', '`keel` - only if it was there', '`keel` - present if you ran the extra step', '`keel`: optional']) expect(reading('Expected columns:', 'columns', list(line))[0]).toMatch(/^operator/);
  });

  test('that the list goes on names nothing', () => {
    expect(reading('You should see:', 'names', list('hull_logs ✨ NEW', 'piers', '(and other tables that were there...)'))).toEqual(['rows contain "hull_logs", "piers"']);
    expect(reading('You should see:', 'names', list('other_boats', 'more_piers'))).toEqual(['rows contain "other_boats", "more_piers"']);
  });

  test('in a table may stand for a value, and is none', () => {
    const table = (...cells: string[]): Extra => ({ kind: 'table', columns: ['id', 'name'], rows: [cells] });
    expect(reading('Expected result:', 'all', table('uuid', 'Ada'))[0]).toBe('result is\n| name |\n| --- |\n| Ada |');
    expect(reading('Expected result:', 'all', table('1', 'Your Name'))[0]).toMatch(/^operator/);
    expect(reading('Expected result:', 'all', table('1', 'Ada'))[0]).toMatch(/^result is/);
    expect(reading('Expected result:', 'columns', { kind: 'table', columns: ['column_name', 'data_type'], rows: [['hull_id', 'uuid']] })[0]).toMatch(/^result is/);
  });

  test('of a figure explains it as before', () => {
    expect(reading('Expected: 0 rows (old policies removed)', 'policies', null)).toEqual(['no rows']);
    expect(reading('Expected: 2 rows (the old one was dropped)', 'policies', null)).toEqual(['rows = 2']);
  });
});

describe('a label that says what is gone', () => {
  test('denies the names below it, whatever leads to them', () => {
    for (const label of ['These columns should be gone:', 'The following columns no longer exist:', 'Verify these columns no longer exist:', 'Confirm the following columns are gone:']) {
      expect(reading(label, 'columns', list('`old_keel`', '`old_hull`'))).toEqual(['rows exclude "old_keel", "old_hull"']);
    }
    expect(reading('These columns should be gone or empty:', 'columns', list('`old_keel`'))[0]).toMatch(/^operator/);
  });
});
