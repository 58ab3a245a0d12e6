import { describe, expect, it } from 'vitest';
import { bindings, compile, expectations, forward } from './compile.js';

const F = '```';
const verify = (text: string) => compile(`# G\n\n## Verify\n\n${text}\n`);
const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;
const NAMES = sql('SELECT name, ready FROM boats;');

describe('what a heading expects', () => {
  it('is kept beside a list below the fence, which says nothing of how many there are', async () => {
    const graph = await verify(`### Boats (Expected: 2 boats)\n\n${NAMES}\n**Expected boats:**\n1. \`north_pier\`\n2. \`south_pier\`\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 2 }, { type: 'contains', values: ['north_pier', 'south_pier'] }]);
  });

  it('is kept beside what is printed and cannot be read', async () => {
    const graph = await verify(`### Boats (Expected: 7)\n\n${sql('SELECT count(*) FROM boats;')}\n**Expected result:**\n\n${F}\nnothing that is a table: see the page\n${F}\n`);
    expect(expectations(graph).map((one) => one.assertion.type)).toEqual(['value', 'operator']);
  });

  it('gives way to a count below the fence', async () => {
    const graph = await verify(`### Boats (Expected: 2 boats)\n\n${NAMES}\nExpected: 3 rows\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 3 }]);
  });
});

describe('a list of names behind a sentence that was read', () => {
  it('is expected as well', async () => {
    const graph = await verify(`${NAMES}\n**Expected result:**\nAll boats should have \`ready = true\`. The list of boats:\n1. \`north_pier\` (2 ropes)\n2. \`south_pier\` (3 ropes)\n`);
    expect(expectations(graph).map((one) => [one.line, one.assertion])).toEqual([
      [9, { type: 'column', column: 'ready', quantifier: 'every', op: '=', value: true }], [10, { type: 'contains', values: ['north_pier', 'south_pier'] }],
    ]);
  });

  it.each(['Should show 2 rows:', 'All should have `ready = true`:', 'Expected: 2 rows. Their names:'])('below %s it is read or asked', async (said) => {
    for (const list of ['- `north_pier`\n- `south_pier`', '1. `north_pier`\n2. `south_pier`']) {
      expect(JSON.stringify(expectations(await verify(`${NAMES}\n${said}\n\n${list}\n`)))).toContain('south_pier');
    }
  });

  it('is read in no time, however long a name is', async () => {
    const graph = await verify(`${NAMES}\nExpected: 2 rows. Their names:\n\n- ${'a_'.repeat(60)}! and more\n`);
    expect(expectations(graph)).not.toEqual([]);
  });

  it('is none where it says what to do', async () => {
    const graph = await verify(`${NAMES}\nExpected: 2 rows. Then do this:\n\n1. Open the page\n2. Look at it\n`);
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 2 }]);
  });
});

describe('what is seen after something done by hand, behind an arrow', () => {
  const items = '1. Pick a boat\n2. Put in a wrong weight → expect `late = true`\n   (over 3 %)\n3. Put in another -> expect the row to be marked\n';

  it('is asked beside the query below', async () => {
    const graph = await verify(`${items}\nLook at the server:\n\n${NAMES}`);
    expect(expectations(graph).map((one) => [one.line, one.assertion.type])).toEqual([[6, 'operator'], [8, 'operator']]);
    expect(expectations(graph)[0]?.text).toContain('Put in a wrong weight');
  });

  it('is asked where no query stands below', async () => {
    expect(forward(await verify(`${NAMES}\n${items}`)).map((step) => [step.kind, step.expectations.map((one) => one.line)])).toEqual([['sql', []], ['operator', [10]], ['operator', [12]]]);
  });
});

describe('what is looked at before the work, in a chapter of verification', () => {
  const text = (title: string) => `# G\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Validation\n\n### ${title}\n\n${sql('SELECT 1;')}\n### Post-migration checks\n\n${sql('SELECT 2;')}`;
  const order = async (title: string) => forward(await compile(text(title))).map((step) => [step.role, step.statements[0]?.line]);

  it.each(['Pre-flight checks (before migration)', 'Preflight', 'Before the migration', 'Pre-deployment checks'])('stands before it: %s', async (title) => {
    expect(await order(title)).toEqual([['prepare', 14], ['deploy', 6], ['verify', 20]]);
  });

  it.each(['Prerequisites of the tests', 'Before running the tests', 'Pre-migration and post-migration counts', 'Counts match the pre-migration baseline'])('stays where it stands: %s', async (title) => {
    expect(await order(title)).toEqual([['deploy', 6], ['verify', 14], ['verify', 20]]);
  });

  it('keeps its expectation', async () => {
    expect(bindings(await compile(text('Pre-flight checks').replace('SELECT 1;', 'SELECT count(*) FROM ropes;\n-- Expected: 0')))).toEqual([[15, 14]]);
  });
});
