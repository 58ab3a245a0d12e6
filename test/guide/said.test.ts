import { describe, expect, it } from 'vitest';
import { isExpectation } from '../../src/guide/reading.js';
import { bindings, compile, expectations, forward } from './compile.js';

const F = '```';
const under = (text: string) => `# G\n\n## Verify\n\n${text}\n`;
const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;

describe('a comment with a title, and what is expected in a sentence behind it', () => {
  it('is of the statement below it', async () => {
    const graph = await compile(under(sql('-- 1. Look for boats without a berth. Expected: no rows.\nWITH a AS (SELECT 1 AS x)\nSELECT x FROM a;\n\n-- 2. Piers in use. Should return 5.\nSELECT count(*) FROM piers;\n-- V3: Count the ropes! Expect: 2 rows\nSELECT name FROM ropes;')));
    expect(bindings(graph)).toEqual([[6, 7], [10, 11], [12, 13]]);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 0 }, { type: 'value', op: '=', value: 5 }, { type: 'rows', op: '=', value: 2 }]);
  });

  it('is read without a number as well', async () => {
    expect(expectations(await compile(under(sql('-- Check the piers. Expected: 3 rows.\nSELECT name FROM piers;')))).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 3 }]);
  });

  it('tells nothing where no sentence expects', () => {
    expect(isExpectation('3. Check the piers. They are long.')).toBe(null);
    expect(isExpectation('3. Tell the crew. Nobody expects rain.')).toBe(null);
  });
});

describe('lines with a sign each below a label', () => {
  it('are what it stands over', async () => {
    const graph = await compile(under(`${sql('SELECT paid_at, receipt FROM fees WHERE id = 1;')}\n**Expected Results:**\n\n✅ \`paid_at\` is NOT NULL (has a time)\n✅ The receipt is readable\n`));
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'column', column: 'paid_at', quantifier: 'every', op: '!=', value: null }, { type: 'operator', text: '✅ The receipt is readable' }]);
  });
});

describe('answers right behind a statement, without a cue', () => {
  it('are rows as psql prints them, with a head or without', async () => {
    const rows = async (comments: string) => expectations(await compile(under(sql(`SELECT job, schedule FROM jobs;\n${comments}`)))).map((one) => one.assertion);
    expect(await rows('-- hourly | 0 * * * *\n-- weekly | 0 4 * * 0')).toMatchObject([{ type: 'table', rows: [['hourly', '0 * * * *'], ['weekly', '0 4 * * 0']] }]);
    expect(await rows('--  job    | schedule\n-- --------+-----------\n--  hourly | 0 * * * *\n-- (1 row)')).toMatchObject([{ type: 'table', rows: [['hourly', '0 * * * *']] }]);
  });

  it('are errors, and rows with an aside', async () => {
    const read = async (statement: string, comment: string) => expectations(await compile(under(sql(`${statement};\n-- ${comment}`)))).map((one) => one.assertion);
    expect(await read('SELECT name FROM keys', 'ERROR: permission denied for table keys')).toEqual([{ type: 'error', sqlstate: '42501', message: null }]);
    expect(await read('SELECT name FROM keys', '0 rows (no policy for crews)')).toMatchObject([{ type: 'rows', op: '=', value: 0 }]);
    expect(await read('INSERT INTO keys VALUES (1)', 'ERROR: duplicate key if it runs twice')).toEqual([]);
  });

  it('go on in further lines that tell of columns', async () => {
    const graph = await compile(under(sql("SELECT kind, done, late FROM tasks WHERE id IN (1, 2);\n-- Expected: both rows have kind = 'x'.\n-- First: is_done = false.\n-- Second: is_done = true.")));
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 2 }, { type: 'column', column: 'kind', quantifier: 'every', op: '=', value: 'x' }, { type: 'operator', text: 'First: is_done = false. Second: is_done = true' }]);
  });
});

describe('addresses in running text', () => {
  it('stay in the text that is asked', async () => {
    const graph = await compile(under(`${sql('SELECT name, mail FROM crews;')}\nYou should see:\n- Ada of the pier (ada@crew.example)\n- the page www.crew.example and https://crew.example/list\n`));
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'operator', text: 'Expected: Ada of the pier (ada@crew.example)' }, { type: 'operator', text: 'Expected: the page www.crew.example and https://crew.example/list' }]);
  });
});

describe('pass criteria', () => {
  it('are judged as far as an assertion can hold them, and asked beyond', async () => {
    const graph = await compile(under(`${sql('SELECT 3 AS boats, 4 AS berths;')}\n**Pass criteria:** \`berths >= boats\` **and** (\`boats = 0\` or \`berths > 0\`).\n`));
    expect(expectations(graph).map((one) => [one.line, one.statement, one.assertion.type])).toEqual([[9, 0, 'column'], [9, 0, 'operator']]);
    expect(expectations(graph)[1]?.assertion).toMatchObject({ text: expect.stringContaining('berths > 0') });
  });

  it.each(['Pass criteria: every boat has a berth.', 'Acceptance criteria: the chart is whole.', 'Passing criterion: all moored'])('are asked: %s', async (text) => {
    expect(expectations(await compile(under(`${sql('SELECT 1 AS a;')}\n${text}\n`))).map((one) => one.source)).toEqual(['operator']);
  });

  it('that are a count are read', async () => {
    expect(expectations(await compile(under(`${sql('SELECT name FROM boats;')}\nPass criteria: 0 rows\n`))).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 0 }]);
  });
});

it('what is seen behind a click is of the statement, or asked', async () => {
  const graph = (said: string) => compile(under(`${sql('CREATE TABLE boats (id int);')}\n${said}\n`));
  expect(expectations(await graph('**Press "Go" → Should see "Success. No rows returned"**')).map((one) => one.assertion.type)).toEqual(['success']);
  expect(expectations(await graph('Click Run => you should see the new page')).map((one) => one.source)).toEqual(['operator']);
  expect(expectations(await graph('Click Run and go on')).map((one) => one.source)).toEqual([]);
});

describe('output that is printed below an item', () => {
  const asks = async (text: string) => forward(await compile(under(text))).flatMap((step) => [...(step.kind === 'operator' ? [step.prompt] : []), ...step.expectations.flatMap(({ assertion }) => (assertion.type === 'operator' ? [assertion.text] : []))]);
  const printed = `   ${F}\n   NOTICE: all moored\n   NOTICE: no boat adrift\n   ${F}\n`;

  it.each([['1. Open the editor\n2. Paste\n3. **Expected Output:**\n', ''], ['1. Open the editor\n2. Expected output:\n', `\n**Verification:**\n${sql('SELECT 1;')}`], ['Open the editor.\n\n-  Expected output:\n', '']])('is part of the question: %j', async (before, after) => {
    expect((await asks(`${before}${printed}${after}`)).join('\n')).toContain('NOTICE: all moored\nNOTICE: no boat adrift');
  });

  it('is of the code in the item before', async () => {
    const graph = await compile(under(`1. Run it\n   ${F}sql\n   SELECT name FROM boats;\n   ${F}\n2. Expected output:\n${printed}`));
    expect(new Set(expectations(graph).map((one) => one.statement))).toEqual(new Set([0]));
  });

  it('but code below an item is a step', async () => {
    const graph = await compile(under(`1. This should return 1 row:\n   ${F}sql\n   SELECT name FROM boats;\n   ${F}\n`));
    expect(bindings(graph)).toEqual([[5, 7]]);
  });
});

it('"both", right below one query of two columns, is said of these and of no statement above', async () => {
  const text = 'SELECT 1 AS boats;\n\nSELECT 2 AS crews;\n\nSELECT 3 AS late, 4 AS lost;\n-- Expected: Both should be 0 or very low (<5)';
  expect(bindings(await compile(under(sql(text))))).toEqual([[11, 10]]);
  expect(bindings(await compile(under(sql('SELECT 1 AS boats;\n\nSELECT 2 AS crews;\n-- Both should be low'))))).toHaveLength(2);
});

describe('a column that both must show', () => {
  it('is judged where the result is known to have it', async () => {
    const graph = await compile(under(`${sql("SELECT tablename, rowsecurity FROM pg_tables WHERE tablename = 'boats';\nSELECT tablename, rowsecurity FROM pg_tables WHERE tablename = 'piers';\nSELECT * FROM pg_policies;")}\nBoth should show \`rowsecurity = true\` and you should see several policies.\n`));
    expect(expectations(graph).filter((one) => one.assertion.type === 'column').map((one) => one.statement)).toEqual([0, 1]);
  });
});

describe('a record of every column there is', () => {
  it('may name its columns by single words, where each value is quoted', async () => {
    const graph = await compile(under(`${sql("SELECT * FROM cron.job WHERE jobname = 'tide';")}\n**Expected output:**\n- jobname: \`tide\`\n- schedule: \`*/15 * * * *\`\n`));
    expect(expectations(graph).map((one) => one.assertion)).toMatchObject([{ type: 'column', column: 'jobname', value: 'tide' }, { type: 'column', column: 'schedule', value: '*/15 * * * *' }]);
  });
});
