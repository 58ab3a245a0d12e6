import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { compile } from './compile.js';

const F = '```';
const sql = (...lines: string[]) => `${F}sql\n${lines.join('\n')}\n${F}\n`;
/** What is expected, with the statement that it is of. */
async function read(...parts: string[]): Promise<string[]> {
  const graph = await compile(`# Harbour\n\n## Verify\n\n${parts.join('\n\n')}\n`);
  return graph.steps.flatMap((step) => step.expectations.map(({ statement, assertion }) => `${statement === null ? '-' : (step.statements[statement]?.sql ?? '')}: ${formatExpect(assertion)}`));
}
const LOST = 'SELECT id FROM boats WHERE pier IS NULL';
const COUNT = 'SELECT count(*) FROM boats';

/** A sentence that leads to code says what the code must give, also behind other words. */
describe('what leads to code', () => {
  it.each([
    ['behind a semicolon', 'Check the piers first; this query must return no rows:'],
    ['behind a dash', 'Harbour check — this must return zero rows:'],
    ['behind a sentence', 'Boats may have moved in the night. This query must return no rows:'],
    ['behind when it is', 'After the import, orphaned-boat rows must return no rows:'],
    ['as the last item of a list', '3. This must return zero rows:'],
    ['with a subject of several words', 'Boat-to-pier mismatches must return zero rows:'],
  ])('%s', async (_name, text) => {
    expect(await read(text, sql(`${LOST};`))).toEqual([`${LOST}: no rows`]);
  });

  it('below it: what is so afterwards, where a line tells before and a line after', async () => {
    expect(await read(sql(`${COUNT};`), '**Before the move:** Returns `0`  \n**After the move:** Should return `1` or more')).toEqual([`${COUNT}: value >= 1`]);
  });

  it('of a printed row with a cell that leaves its middle out: a person compares it', async () => {
    expect(await read(sql('SELECT indexname, indexdef FROM pg_indexes;'), `Expected:\n\n${F}\n indexname | indexdef\n-----------+---------\n boats_one | CREATE UNIQUE INDEX ... WHERE berth IS NOT NULL\n${F}`)).toEqual([expect.stringContaining('operator "Expected:')]);
  });

  it('of each of several statements', async () => {
    expect(await read('Re-run these; all must return zero rows:', sql(`${LOST};`, `${COUNT};`))).toEqual([`${LOST}: no rows`, `${COUNT}: value = 0`]);
    expect(await read(sql(`${LOST};`, 'SELECT id FROM piers WHERE boat IS NULL;'), '**Pass criteria**: Both queries return 0 rows.\n**What it proves**: nothing was lost.')).toEqual([`${LOST}: no rows`, 'SELECT id FROM piers WHERE boat IS NULL: no rows']);
  });

  it('that things are there, which is the title of the step as well', async () => {
    const jobs = 'SELECT jobname FROM cron.job';
    const graph = await compile(`# Harbour\n\n## Verify\n\nCheck that all 4 cron jobs are running:\n\n${sql(`${jobs};`)}`);
    expect(graph.steps.map(({ title }) => title)).toEqual(['Check that all 4 cron jobs are running']);
    expect(graph.steps[0]?.expectations.map(({ assertion }) => formatExpect(assertion))).toEqual(['rows = 4']);
  });

  it('over the names that the query below the next label is to show', async () => {
    const indexes = "SELECT indexname FROM pg_indexes WHERE tablename = 'boats'";
    expect(await read('**Expected Indexes:**\n- `boats_pkey` - primary key\n- `boats_pier_idx` - by pier', '**Verification Query:**', sql(`${indexes};`))).toEqual([`${indexes}: rows contain "boats_pkey", "boats_pier_idx"`]);
  });

  it('but what is seen by other means stays asked', async () => {
    expect(await read('Expected: the boats are listed', '**Verification Query:**', sql(`${COUNT};`))).toEqual(['-: operator "Expected: the boats are listed"']);
  });
});

/** What is counted by its kind is of the query that looks for such things. */
describe('so many of each kind', () => {
  const triggers = "SELECT trigger_name FROM information_schema.triggers WHERE event_object_table = 'boats'";
  const indexes = "SELECT indexname FROM pg_indexes WHERE tablename = 'boats'";

  it('in a comment below them', async () => {
    expect(await read(sql(`${triggers};`, '', `${indexes};`, '', '-- Expected output: 3 triggers on boats table, 2 indexes created'))).toEqual([`${triggers}: rows = 3`, `${indexes}: rows = 2`]);
  });

  it('in a list below them', async () => {
    expect(await read(sql(`${triggers};`, `${indexes};`), 'Expected output:\n- 3+ indexes (boats_pkey, boats_pier_idx, etc.)\n- 4 triggers')).toEqual([`${indexes}: rows >= 3`, `${indexes}: rows contain "boats_pkey", "boats_pier_idx"`, `${triggers}: rows = 4`]);
  });

  it('and of two queries for the same kind nobody can tell which', async () => {
    expect((await read(sql(`${triggers};`, `${triggers} AND 1 = 1;`), 'Expected output:\n- 2 triggers\n- 3 triggers')).every((one) => one.includes('operator'))).toBe(true);
  });
});

/** A result that is told in a comment further down, or line by line. */
describe('results in comments', () => {
  it('a line further down', async () => {
    expect(await read(sql(`${LOST};`, '', '-- Result: 12 rows', '-- Interpretation: the old harbour had no piers.'))).toEqual([`${LOST}: rows = 12`]);
  });

  it('a pair a line', async () => {
    expect((await read(sql('SELECT state, count(*) FROM boats GROUP BY state;', '-- Results:', '--   moored: 2', '--   at sea: 3'))).join()).toMatch(/moored \| 2[^]*at sea \| 3/);
  });

  it('one column, as psql prints it', async () => {
    expect((await read(sql("SELECT state FROM boats ORDER BY state;", '-- Expected output:', '--   state', '-- --------', '--  Moored', '--  Sunk'))).join()).toMatch(/\| state \|[^]*\| Moored \|[^]*\| Sunk \|/);
  });

  it('how many rows, and over a list what else', async () => {
    expect((await read(sql('SELECT detail FROM log WHERE id = 1;', '-- Expect 1 row. detail must contain:', '--   - pier (never empty)', '--   - berth')))[0]).toBe('SELECT detail FROM log WHERE id = 1: rows = 1');
  });
});

/** A column may be called after what must stand in it. */
describe('the name of a column', () => {
  const none = 'SELECT count(*) AS should_be_zero FROM boats';

  it('says what is expected of it', async () => {
    expect(await read(sql(`${none};`))).toEqual([`${none}: column should_be_zero = 0`]);
    expect(await read(sql('SELECT pier IS NULL AS should_be_true FROM boats;'))).toEqual(['SELECT pier IS NULL AS should_be_true FROM boats: column should_be_true = true']);
  });

  it('only where nothing else does', async () => {
    expect(await read(sql(`${none};`), 'Expected: 3')).toEqual([`${none}: value = 3`]);
    expect(await read(sql('SELECT should_be_shown FROM boats;'))).toEqual([]);
  });
});

/** "If we try …, we will get an error" leads to code that is tried, and is no case. */
it('what is tried, and fails', async () => {
  const twice = 'INSERT INTO boats VALUES (1)';
  expect(await read('If we now try to add a boat twice, we will get an error:', sql(`${twice};`))).toEqual([`${twice}: error`]);
});

/** What is expected of each of several queries, in turn or by the tables they read. */
describe('of several queries', () => {
  const [boats, piers, names] = ['SELECT * FROM boats', 'SELECT * FROM piers', 'SELECT name FROM boats WHERE pier = 1'];

  it('by their tables', async () => {
    expect(await read(sql(`${boats};`, `${piers};`), 'You should see 3 boats and 2 piers')).toEqual([`${boats}: rows = 3`, `${piers}: rows = 2`]);
  });

  it('in their turn', async () => {
    expect((await read(sql(`${boats};`, `${piers};`, `${names};`), 'You should get 4 boats, 3 piers, and the red one.')).slice(0, 2)).toEqual([`${boats}: rows = 4`, `${piers}: rows = 3`]);
  });

  it('by the pattern that they compare with', async () => {
    const [north, south] = ["SELECT count(*) FROM boats WHERE name LIKE 'north.%'", "SELECT count(*) FROM boats WHERE name LIKE 'south.%'"];
    expect(await read(sql(`${north};`, `${south};`), 'Expected:\n\n- `south.%` count is `2`\n- `north.%` count is `0`')).toEqual(expect.arrayContaining([`${north}: value = 0`, `${south}: value = 2`]));
  });
});

it('a sentence above a case that leads to code is of what stands above', async () => {
  const one = 'SELECT open FROM piers WHERE id = 1';
  expect(await read(sql(`${one};`), 'Expect one row with `open = false`. If it is still open, run:', sql('UPDATE piers SET open = false;'))).toEqual([`${one}: rows = 1`, `${one}: column open = false`]);
});

it('a label above a query, and below it what it is to show', async () => {
  const one = 'SELECT state, berths FROM boats WHERE id = 1';
  expect(await read('**Expected Result in Database:**', sql(`${one};`), "- state should change to 'moored'\n- berths should be 2")).toEqual([`${one}: column state = "moored"`, `${one}: column berths = 2`]);
});

it('an example query to verify is run', async () => {
  expect(await read('Example query to verify:', sql(`${COUNT};`), 'Expected: 0')).toEqual([`${COUNT}: value = 0`]);
  expect(await read('Example query:', sql(`${COUNT};`), 'Expected: 0')).not.toEqual([`${COUNT}: value = 0`]);
});

it('a prose that speaks of recovery in passing leads nowhere', async () => {
  expect(await read('A boat that was sold is not eligible for recovery, and looking for it is a waste.', sql(`${COUNT};`), 'Expected: 1')).toEqual([`${COUNT}: value = 1`]);
});

it('`[  ]` with two blanks is a box', async () => {
  const graph = await compile('# Harbour\n\n## Verify\n\n- [  ] Boats are moored\n- [  ] Piers are lit\n');
  expect(graph.steps.map(({ kind, items }) => [kind, items.length])).toEqual([['checklist', 2]]);
});
