import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording, type Extra } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const POLICIES = { ...SHAPES.policies, columns: ['policyname', 'command', 'roles'], sources: { cmd: 'command' } };
const shapes = {
  ...SHAPES, own: POLICIES, nullness: { ...SHAPES.columns, columns: ['column_name', 'data_type', 'is_nullable'] }, labelled: { ...SHAPES.branches, columns: ['label', 'rows'], counted: ['rows'], constants: ['north sees south boat', 'all-pier boat stays (north)'] },
  settings: { ...SHAPES.berth, columns: ['settings'] }, nameless: { ...SHAPES.berth, columns: [null] }, list: { ...SHAPES.all, columns: ['id', 'name', 'mail', 'role'] }, commands: { ...SHAPES.jobs, columns: ['jobid', 'jobname', 'command'] }, numbers: { ...SHAPES.berth, columns: ['value'] },
};
type Shape = keyof typeof shapes;
const read = (shape: Shape, text: string, extra: Extra = null): string[] => readWording(text, { shape: shapes[shape], extra }).assertions.map(formatExpect);
const list = (...lines: string[]): Extra => ({ kind: 'list', lines });
const output = (text: string): Extra => ({ kind: 'output', text });
/** A table, its cells between pipes, the header first. */
function table(...lines: string[]): Extra {
  const [columns = [], ...rows] = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return { kind: 'table', columns, rows };
}
const rows = (kind: 'is' | 'includes', head: string, ...lines: string[]): string => [`result ${kind}`, `| ${head} |`, `|${' --- |'.repeat(head.split('|').length)}`, ...lines.map((line) => `| ${line} |`)].join('\n');
const asks = (shape: Shape, text: string, extra: Extra = null): void => { expect(read(shape, text, extra).every((one) => one.startsWith('operator'))).toBe(true); };

describe('a cell that stands for a value', () => {
  test('is none, and the other columns are judged', () => {
    expect(read('list', 'Expected:', table('id | name | mail | role', 'boat_xxx | Heron | h@boats.example | skipper'))).toEqual([rows('is', 'name | mail | role', 'Heron | h@boats.example | skipper')]);
    expect(read('list', 'Expected:', table('id | name | mail | role', 'uuid | Your Name | your@mail.example | skipper'))).toEqual([rows('is', 'role', 'skipper')]);
  });

  test('in one row of several leaves the table to a person', () => {
    asks('list', 'Expected:', table('id | name | mail | role', 'boat_xxx | Heron | h@boats.example | skipper', 'boat_7 | Tern | t@boats.example | mate'));
  });

  test('of the reader’s own takes the row’s number with it', () => {
    asks('all', 'Expected:', table('id | name', '1 | Your Name'));
  });

  test('may be its beginning, in two words at least, of what the server does not write in its own', () => {
    expect(read('commands', 'Expected:', output(' jobid | jobname | command\n-------+---------+--------\n 1 | tide_check | DELETE FROM tides WHERE ...'))).toEqual([rows('is', 'jobname | command', 'tide_check | DELETE FROM tides WHERE ...')]);
    asks('commands', 'Expected:', output(' jobid | jobname | command\n-------+---------+--------\n 1 | tide_check | DELETE...'));
    asks('indexes', 'Expected:', table('indexname | indexdef', 'boats_at | CREATE INDEX boats_at ON ...'));
  });
});

describe('a figure in a table', () => {
  test('counts with its commas, its stress and its sign', () => {
    expect(read('perTable', 'Expected:', table('tablename | policy_count', 'boats | 1,000', 'berths | **0** ✓'))).toEqual([rows('is', 'tablename | policy_count', 'boats | 1000', 'berths | 0')]);
  });

  test('counts with its commas between pipes, too', () => {
    expect(read('perTable', 'Expected: `boats | 1,204`')).toEqual([rows('is', ' | ', 'boats | 1204')]);
  });

  test('in a column of texts stays as it is written', () => {
    expect(read('all', 'Expected:', table('id | name', '1 | 1,000'))).toEqual([rows('is', 'id | name', '1 | 1,000')]);
  });
});

describe('a table beside prose', () => {
  test('is judged by the one column that it has of the result', () => {
    expect(read('indexes', 'Expected: 2 rows:', table('indexname | où', '`boats_pkey` | clé primaire uuid', '`boats_at` | ON (pier, moored_at)'))).toEqual([rows('is', 'indexname', 'boats_pkey', 'boats_at')]);
  });

  test('is judged by the places of its columns where they hold values, or are called so', () => {
    expect(read('perTable', 'Expected:', table('tablename | Anzahl', 'boats | 8'))).toEqual([rows('is', ' | ', 'boats | 8')]);
    expect(read('users', 'Expected:', table('email | role', 'h@boats.example | skipper of all'))).toEqual([rows('is', 'email | role', 'h@boats.example | skipper of all')]);
  });

  test('of which another column than the first is the result’s is asked', () => {
    asks('indexes', 'Expected:', table('what it is | indexdef', 'the key of boats | ON (pier)'));
  });
});

describe('JSON below a query of one column', () => {
  const boats = '[{"boat": "heron", "crew": 4}, {"boat": "tern + tow", "crew": 2}]';
  test('is its value, each object with its members in any order', () => {
    const [heron = '', tern = '', many = '', ...more] = readWording('Expected:', { shape: shapes.nameless, extra: output(boats) }).assertions.map((one) => (one.type === 'value' && one.op === 'matches' ? String(one.value) : '?'));
    expect(more).toEqual([]);
    const written = '[{"crew": 4, "boat": "heron"}, {"crew": 2, "boat": "tern + tow"}]';
    for (const form of [heron, tern, many]) expect(written).toMatch(new RegExp(form, 'u'));
    expect('[{"crew": 2, "boat": "heron"}, {"crew": 4, "boat": "tern + tow"}]').not.toMatch(new RegExp(heron, 'u'));
    expect('[{"crew": 4, "boat": "heron"}]').not.toMatch(new RegExp(many, 'u'));
  });

  test('is rows where its keys are the columns', () => {
    expect(read('settings', 'Expected:', output('[{"settings": "open"}, {"settings": "shut"}]'))).toEqual([rows('is', 'settings', 'open', 'shut')]);
    expect(read('settings', 'Expected: `{"pier": "north"}`')).toEqual(['value matches /"pier"\\s*:\\s*"north"/']);
    asks('settings', 'Expected: `{"settings": "open"}`');
  });

  test('that shows what it may look like is asked', () => {
    asks('nameless', 'Expected:', output('[{"boat": "heron", "seen": "2031-01-01T..."}]'));
    asks('nameless', 'Expected:', output('[{"boat": {"name": "heron"}}]'));
  });
});

describe('rows in a sentence', () => {
  test('in back-ticks, and another sentence behind them', () => {
    expect(read('flags', 'Expected: `boats | t`. Any `f` means that it did not run – go back.')).toEqual([rows('is', ' | ', 'boats | t')]);
    expect(read('flags', 'Expected: `boats | t`. Berths are another matter.')).toContain('operator "Berths are another matter"');
  });

  test('in back-ticks each are rows among others', () => {
    expect(read('flags', 'Expected: `boats | t` and `berths | f`')[0]).toContain('| boats | t |\n| berths | f |');
    expect(read('flags', 'Expected: `boats | t` and `berths | f`')[0]).toMatch(/^result includes/);
    asks('flags', 'Expected: `boats | t` or `berths | f`');
  });

  test('by their figures, as many as are counted', () => {
    expect(read('numbers', 'Expected: 3 rows: 1, 2, 3')).toEqual(['rows = 3', rows('includes', 'value', '1', '2', '3')]);
    expect(read('numbers', 'Expected: 3 rows: 1, 2')).toEqual(['rows = 3', 'operator "1, 2"']);
    expect(read('all', 'Expected: 3 rows: 1, 2, 3')).toContain('operator "1, 2, 3"');
  });

  test('named in brackets, all of those that there are', () => {
    expect(read('listed', 'Should contain 4 boats (A-1, A-2, B-1, B-2)')).toEqual(['rows = 4', 'rows contain "A-1", "A-2", "B-1", "B-2"']);
    expect(read('listed', 'Should contain 3 boats (A-1, A-2, B-1, B-2)')[0]).not.toBe('rows = 3');
    expect(read('listed', 'Should contain 4 rows')).toEqual(['rows >= 4']);
  });

  test('a label and its figure in one pair of back-ticks', () => {
    expect(read('labelled', 'Expected rows: `north sees south boat = 0`, `all-pier boat stays (north) = 1`.')[0]).toContain('| north sees south boat | 0 |\n| all-pier boat stays (north) | 1 |');
    asks('labelled', 'Expected rows: `north sees south boat = 0`, any others = 1.');
  });
});

describe('lines of a list that are rows', () => {
  test('a job and its schedule', () => {
    expect(read('jobs', 'Expected jobs:', list('`tide_check` — `*/5 * * * *`', '`night_watch` — `0 23 * * *`'))).toEqual([rows('includes', 'jobname | schedule', 'tide_check | */5 * * * *', 'night_watch | 0 23 * * *')]);
    expect(read('jobs', 'Expected jobs:', list('`tide_check` — every five minutes', '`night_watch` — at night'))).toEqual(['rows contain "tide_check", "night_watch"']);
  });

  test('a name and its state, and no definition', () => {
    expect(read('slots', 'Expected:', list('`north` — `t`', '`south` — `f`'))).toEqual([rows('includes', 'slot_name | active', 'north | t', 'south | f')]);
    expect(read('indexes', 'Expected:', list('`boats_at` — `boats(pier)`', '`boats_by` — `boats(crew)`')).join()).not.toContain('includes');
  });

  test('a policy, its command and whom it is for', () => {
    expect(read('own', 'Expected: 2 policies:', list('1. `Own boats` - FOR ALL to skippers', '2. `All boats` - FOR SELECT to mates'))).toEqual(['rows = 2', rows('includes', 'policyname | command | roles', 'Own boats | ALL | {skippers}', 'All boats | SELECT | {mates}')]);
    expect(read('own', 'Expected: 1 policy:', list('`Own boats` (cmd: ALL)'))[1]).toContain('| Own boats | ALL |');
    expect(read('policies', 'Expected:', list('`Own boats` - FOR ALL to skippers')).join()).not.toContain('includes');
  });

  test('a column, its type and whether it may be null', () => {
    expect(read('nullness', 'Expected: `pier` (text, NO), `moored` (date, YES).')).toEqual([rows('includes', 'column_name | data_type | is_nullable', 'pier | text | NO', 'moored | date | YES')]);
    expect(read('columns', 'Expected: `pier` (text, NO), `moored` (date, YES).').join()).not.toContain('is_nullable');
  });

  test('names among others, however many there are', () => {
    expect(read('names', 'Expected: Multiple tables including:', list('boats_new', 'berths_new'))).toEqual(['rows contain "boats_new", "berths_new"']);
    expect(read('nullness', 'Expected: Returns ~40+ columns including:', list('`id`, `pier`', '`mast`'))).toEqual(['rows contain "id", "pier", "mast"', 'operator "~40+ columns"']);
    asks('names', 'Expected: Multiple tables, maybe including:', list('boats_new', 'berths_new'));
  });
});

describe('what stands behind a row', () => {
  test('is a remark where it says no more than that it is there', () => {
    expect(read('nullness', 'Expected columns:', list('`pier` (text) ← Should be present', '`moored` (date)'))).toEqual([rows('includes', 'column_name | data_type', 'pier | text', 'moored | date')]);
    expect(read('flags', 'Expected:', output(' tablename | rowsecurity\n-----------+-----\n boats | t   <-- Open water!'))).toEqual([rows('is', 'tablename | rowsecurity', 'boats | t')]);
  });

  test.each(['should be f', 'wrong', 'or any other', 'your table', 'not always there', 'may differ'])('and is none where it says %s', (remark) => {
    asks('flags', 'Expected:', output(` tablename | rowsecurity\n-----------+-----\n boats | t   <-- ${remark}`));
  });
});

test('what a plan costs is none of it', () => {
  expect(read('plan', 'Expected: Index Scan using boats_at_idx (cost ~10ms)')).toEqual(['plan uses index boats_at_idx']);
  asks('plan', 'Expected: Index Scan using boats_at_idx (or a Seq Scan)');
});

describe('names under headings of the guide\'s own', () => {
  const table = (columns: string[], ...rows: string[][]) => ({ kind: 'table' as const, columns, rows });

  test('are there; what stands beside them in a column that the result has, too, is asked', () => {
    expect(read('typed', 'Expected:', table(['Function', 'Made by'], ['`moor`', '00001'], ['`sink`', '00004']))).toEqual(['rows contain "moor", "sink"']);
    expect(read('typed', 'Expected:', table(['Function', 'Return type', 'Made by'], ['`moor`', 'a boat', '00001']))).toEqual(['rows contain "moor"', 'operator "`moor` | a boat"']);
    expect(read('typed', 'Expected:', table(['Function', 'Made by'], ['moors a boat', '00001']))).toEqual(['operator "Expected:"']);
  });

  test('are some of those that there are where the label says so', () => {
    expect(read('policies', 'Key policies to verify:', table(['Table', 'Policy name', 'Command'], ['`boats`', '`Crews see boats`', 'SELECT']))).toEqual(['result includes\n| tablename | policyname | cmd |\n| --- | --- | --- |\n| boats | Crews see boats | SELECT |']);
  });
});

describe('lines of a list', () => {
  test('of one column are a row each, and of a table, its policy and the command', () => {
    expect(read('tanks', 'Expected:', list('tank_no: 1 (at the pier)', 'tank_no: 2 (at sea)'))).toEqual(['operator "tank_no: 1 (at the pier)"', 'operator "tank_no: 2 (at sea)"']);
    expect(read('star', 'Expected:', list('tank_no: 1 (at the pier)', 'tank_no: 2 (at sea)'))).toEqual(['result includes\n| tank_no |\n| --- |\n| 1 |\n| 2 |']);
    expect(read('policies', 'Expected policies:', list('boats: see_own (SELECT)', 'boats: add_own (INSERT)'))).toEqual(['result includes\n| tablename | policyname | cmd |\n| --- | --- | --- |\n| boats | see_own | SELECT |\n| boats | add_own | INSERT |']);
  });
});
