import { describe, expect, it } from 'vitest';
import { compile, expectations, forward } from './compile.js';

const verify = (sql: string, text: string) => compile(`# G\n\n## Verify\n\n\`\`\`sql\n${sql}\n\`\`\`\n\n${text}\n`);
const read = async (sql: string, text: string) => expectations(await verify(sql, text)).map((one) => one.assertion);

describe('a box above code of its own', () => {
  const own = (text: string, sql: string) => compile(`# G\n\n## Verify\n\n- [ ] ${text}\n  \`\`\`sql\n  ${sql}\n  \`\`\`\n`);

  it('says what the query returns, where that can be read, and is ticked all the same', async () => {
    const graph = await own('Confirm the table does NOT already exist:', "SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'boats');");
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'value', op: '=', value: false }]);
    expect(forward(graph).flatMap((step) => step.items)).toHaveLength(1);
    expect(expectations(await own('3 policies exist', "SELECT policyname FROM pg_policies WHERE tablename = 'boats';")).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 3 }]);
  });

  it('says nothing of it where it names what was done, or a thing of another kind', async () => {
    for (const text of ['Indexes created', 'Can read the boats', 'The Blue Pier has 3 berths', 'All boats have a pier']) expect(expectations(await own(text, 'SELECT * FROM boats;'))).toEqual([]);
  });
});

describe('boxes below a label', () => {
  it('are expected where they are names of what the query returns, and boxes all the same', async () => {
    const graph = await verify("SELECT indexname FROM pg_indexes WHERE tablename = 'boats';", '**Expected:**\n- [x] idx_boats_name (unique)\n- [x] idx_boats_pier');
    expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'contains', values: ['idx_boats_name', 'idx_boats_pier'] }]);
    expect(forward(graph).flatMap((step) => step.items)).toHaveLength(2);
  });

  it('may be single words of a query that lists such names', async () => {
    expect(await read("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public';", 'Should show:\n- [ ] boats\n- [ ] piers')).toEqual([{ type: 'contains', values: ['boats', 'piers'] }]);
  });

  it('are no names where they say what to look at, or that they are gone', async () => {
    expect(await read('SELECT status, pier FROM boats;', 'Expected:\n- [ ] Done\n- [ ] Approved')).toEqual([]);
    expect(await read('SELECT table_name FROM information_schema.tables;', 'Expected:\n- [ ] boats_new\n- [ ] boats_old (removed)')).toEqual([{ type: 'contains', values: ['boats_new'] }, { type: 'excludes', values: ['boats_old'] }]);
  });

  it('may be functions with what they take, of a query that lists them by their names alone', async () => {
    const by = (column: string) => `SELECT ${column} FROM pg_proc WHERE pronamespace = 'harbour'::regnamespace;`;
    expect(await read(by('proname'), 'Look for these functions:\n- [ ] `berth_free()`\n- [ ] `berth_of(uuid)`')).toEqual([{ type: 'contains', values: ['berth_free', 'berth_of'] }]);
    expect(await read(by('proname'), 'These functions should be gone:\n- `berth_free()`\n- `berth_of(uuid)`')).toEqual([{ type: 'excludes', values: ['berth_free', 'berth_of'] }]);
    expect(await read(by('proname'), 'Expected:\n- [ ] `berth_free()`\n- [ ] `berth_of(uuid)` (removed)')).toEqual([{ type: 'contains', values: ['berth_free'] }, { type: 'excludes', values: ['berth_of'] }]);
    expect((await read(by('oid::regprocedure AS function'), 'Expected:\n- `berth_free()`\n- `berth_of(uuid)`')).map((one) => one.type)).toEqual(['operator', 'operator']);
  });
});

describe('lines below a label', () => {
  it('keep the stars of code, and no others', async () => {
    expect(await read("SELECT jobname, schedule FROM cron.job WHERE jobname = 'tide';", '**Expected:**\n- `jobname`: `tide`\n- **`schedule`**: `0 */6 * * *`')).toEqual(['tide', '0 */6 * * *'].map((value, index) => ({ type: 'column', column: index === 0 ? 'jobname' : 'schedule', quantifier: 'every', op: '=', value })));
  });

  it('show what a value may look like, and are asked', async () => {
    for (const said of ['`HULL_xxxxxxxx`', '"HULL_xxxxxxxx"']) expect((await read('SELECT hull_no FROM boats WHERE id = 3;', `**Expected:**\n- \`hull_no\`: ${said}`)).map((one) => one.type)).toEqual(['operator']);
  });
});
