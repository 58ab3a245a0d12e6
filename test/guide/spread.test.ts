import { describe, expect, it } from 'vitest';
import { compile, expectations, forward } from './compile.js';

const F = '```';
const sql = (...bodies: string[]) => bodies.map((body) => `${F}sql\n${body}\n${F}\n`).join('\n');
const boats = 'SELECT * FROM boats WHERE berth IS NULL;';
const crews = 'SELECT * FROM crews WHERE boat IS NULL;';

/** What each step on the way expects: the kinds of its assertions. */
const each = async (text: string) => forward(await compile(`# G\n\n## Verify\n\n${text}`)).map((step) => step.expectations.map(({ assertion }) => (assertion.type === 'rows' || assertion.type === 'value' ? `${assertion.type} = ${String(assertion.value)}` : assertion.type)).join(', '));

describe('what is expected of each of several fences, said above them', () => {
  it.each([
    'All of the queries below are expected to return zero rows:', 'All expected to return zero rows:', 'Each of these should return 0 rows.', 'Both must return no rows:',
    'For the last time, the same two checks as above, all expected to return zero rows on a clean harbour:', 'Every one of the following queries should return 0 rows:', 'Run these checks; all should return 0 rows:',
  ])('"%s"', async (said) => {
    expect(await each(`${said}\n\n${sql(boats, crews)}`)).toEqual(['rows = 0', 'rows = 0']);
  });

  it('is shown as it is written', async () => {
    expect(expectations(await compile(`# G\n\n## Verify\n\nThe same two checks, all expected to return zero rows:\n\n${sql(boats, crews)}`)).map(({ line, text }) => `${line} ${text}`)).toEqual(Array(2).fill('5 The same two checks, all expected to return zero rows:'));
  });

  it('is said of each section below it, where it stands above the first', async () => {
    expect(await each(`Each of these should return 0 rows.\n\n### Boats\n\n${sql(boats)}\n### Crews\n\n${sql(crews)}\n## Other checks\n\n${sql(boats)}`)).toEqual(['rows = 0', 'rows = 0', '']);
  });

  it('of as many as it counts', async () => {
    expect(await each(`Both of these should return no rows:\n\n${sql(boats, crews, boats)}`)).toEqual(['rows = 0', 'rows = 0', '']);
  });

  it('under their names, and no further than what leads to something else, or a rule', async () => {
    expect(await each(`All of these should return no rows:\n\n**Boats:**\n\n${sql(boats)}\nAnd the crews:\n\n${sql(crews)}\nThen list the piers:\n\n${sql('SELECT * FROM piers;')}`)).toEqual(['rows = 0', 'rows = 0', '']);
    expect(await each(`All of these should return no rows:\n\n${sql(boats, crews)}\n---\n\n${sql(boats)}`)).toEqual(['rows = 0', 'rows = 0', '']);
  });

  it('that they fail', async () => {
    expect(await each(`Both of these must fail:\n\n${sql('INSERT INTO boats VALUES (1);', 'DELETE FROM boats;')}`)).toEqual(['error', 'error']);
  });

  it('is asked where it cannot be read', async () => {
    expect(await each(`All of these should return what the book says:\n\n${sql(boats, crews)}`)).toEqual(['operator', 'operator']);
  });

  it('is asked of what is done by hand, where no fence follows', async () => {
    expect(await each('All of these should return 200:\n\n- the page of the harbour\n- the page of the boats\n')).toEqual(['operator']);
  });
});

it.each(['All tables should return rows to the keeper.', 'All tests should pass before you go on.', 'The query should return 0 rows.'])('what is not said of queries, or of one alone, is not said of each: "%s"', async (said) => {
  expect((await each(`${said}\n\n${sql(boats, crews)}`))[1]).toBe('');
});

it('a rollback below it expects nothing', async () => {
  const graph = await compile(`# G\n\n## Verify\n\nAll of these should return no rows:\n\n${sql(boats)}\n## Rollback\n\n${sql(crews)}`);
  expect(graph.steps.map((step) => step.expectations.length)).toEqual([1, 0]);
});
