import { describe, expect, it } from 'vitest';
import { codes, compile, forward } from './compile.js';

const F = '```';
const sql = (body: string, by = '') => `${F}sql\n${body}\n${F}\n`.replace(/^(?=.)/gm, by);
const steps = async (text: string) => forward(await compile(`# G\n\n${text}`));

describe('a case in a sentence above a numbered list', () => {
  const alone = `## Apply\n\n### One\n\nIf you have a table with boats:\n\n1. **Move them**:\n${sql('UPDATE boats SET pier = 2 WHERE pier = 1;', '   ')}\n### Two\n\n${sql('SELECT 1;')}`;

  it('is left out with a warning, as it is above a fence', async () => {
    const graph = await compile(`# G\n\n${alone}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
    expect(graph.diagnostics.filter((one) => one.code === 'left-out').map((one) => one.line)).toEqual([9]);
  });

  it('of something gone wrong is left out without', async () => {
    expect(codes(await compile(`# G\n\n${alone.replace('you have a table with boats', 'the move failed')}`))).not.toContain('left-out');
  });

  it.each([
    ['If you have an existing database with data:', "If you're setting up a new database:"],
    ['**For existing installations:**', '**For fresh installations:**'],
  ])('and its opposite are ways to choose among: %s', async (there, fresh) => {
    const found = await steps(`## Apply\n\n${there}\n\n1. **Move them**:\n${sql('UPDATE boats SET pier = 2 WHERE pier = 1;', '   ')}\n${fresh}\n\n1. **Build**:\n${sql('CREATE TABLE boats (id int);', '   ')}`);
    expect(found.map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['sql', 'EXISTING'], ['sql', 'NEW']]);
  });

  it('that the heading names already is its way', async () => {
    const text = (fresh: string) => `## Apply\n\n### For existing databases (live)\n\nIf you have an existing database with data:\n\n1. **Move them**:\n${sql('UPDATE boats SET pier = 2 WHERE pier = 1;', '   ')}\n### ${fresh}\n\n1. **Build**:\n${sql('CREATE TABLE boats (id int);', '   ')}`;
    expect((await steps(text('For fresh installs'))).map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['sql', 'EXISTING'], ['sql', 'NEW']]);
    expect((await steps(text('Build the rest'))).map((step) => [step.kind, step.statements[0]?.command])).toEqual([['sql', 'CREATE TABLE']]);
  });

  it.each(['## Rollback', '## Troubleshooting'])('stays off the way under %s', async (chapter) => {
    const found = await steps(`## Apply\n\n${sql('SELECT 1;')}\n${chapter}\n\nIf you have an existing database:\n\n1. Run\n${sql('DROP TABLE boats;', '   ')}\nIf you have a new database:\n\n1. Run\n${sql('DROP TABLE ropes;', '   ')}`);
    expect(found.flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
  });

  it('a new table and an existing one are no ways', async () => {
    expect((await steps(`## Apply\n\n### Create a new table\n\n${sql('CREATE TABLE a (id int);')}\n### Migrate existing data\n\n${sql('UPDATE a SET id = 1 WHERE id = 2;')}`)).map((step) => step.kind)).toEqual(['sql', 'sql']);
  });
});

describe('an item that says it is optional', () => {
  it.each(['1. **Clear the list** (optional):', '- [ ] Clear the list (optional)', '1. Clear the list (optional but recommended)'])('keeps its code as a step that is asked for: %s', async (item) => {
    const found = await steps(`## Apply\n\n${item}\n${sql('UPDATE boats SET pier = 2 WHERE pier = 1;', '   ')}`);
    expect(found.filter((step) => step.kind === 'sql').map((step) => step.optional)).toEqual([true]);
  });

  it('keeps no box waiting, and the next item runs', async () => {
    const found = await steps(`## Apply\n\n- [ ] Clear (optional)\n${sql('UPDATE boats SET pier = 2 WHERE pier = 1;', '  ')}- [ ] Look\n${sql('SELECT 1;', '  ')}`);
    expect(found.map((step) => [step.kind, step.optional, step.needs.length])).toEqual([['sql', true, 0], ['sql', false, 0], ['checklist', false, 1]]);
  });

  it.each(['1. Rollback (optional):', '1. If it fails, clear (optional):', '1. Troubleshooting (optional):'])('never takes a way back or a remedy along: %s', async (item) => {
    expect((await steps(`## Apply\n\n${sql('SELECT 1;')}\n${item}\n${sql('DROP TABLE boats;', '   ')}`)).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
  });

  it('below a label that leads back, or in one of several ways, runs no more than before', async () => {
    expect((await steps(`## Apply\n\n${sql('SELECT 1;')}\n**Rollback:**\n\n1. Clear (optional):\n${sql('DROP TABLE boats;', '   ')}`)).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
    expect((await steps(`## Apply\n\n### Option A\n\n1. Clear (optional):\n${sql('DROP TABLE boats;', '   ')}\n2. Look:\n${sql('SELECT 1;', '   ')}\n### Option B\n\n${sql('SELECT 2;')}`)).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT', 'SELECT']);
  });
});

describe('what a rollback takes back', () => {
  it('holds the indexes of a table that it drops', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE port.boats (id int);')}\n${sql('CREATE UNIQUE INDEX boats_id ON port.boats (id);\nCREATE INDEX i ON port.boats (id);')}\n## Rollback\n\n${sql('DROP TABLE port.boats;')}`);
    expect(codes(graph)).not.toContain('no-rollback');
    expect(graph.rollback[0]?.reverts).toHaveLength(2);
  });

  it('leaves an index on another table to be told of', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n${sql('CREATE INDEX i ON piers (id);')}\n## Rollback\n\n${sql('DROP TABLE boats;')}`);
    expect(graph.diagnostics.filter((one) => one.code === 'no-rollback')).toHaveLength(1);
  });

  it('is the command that builds, rather than a check that only writes to try it', async () => {
    const graph = await compile(`# G\n\n## Deployment\n\n${F}bash\nsupabase db push\n${F}\n\n### Step 2: Verify access\n\n${sql("UPDATE boats SET name = 'x' WHERE id = 1;")}\n## Emergency rollback\n\n${sql('DROP FUNCTION sail();')}`);
    const [command] = graph.steps.filter((step) => step.kind === 'shell');
    expect(graph.rollback.map((part) => part.reverts)).toEqual([[command?.id]]);
  });

  it('keeps its SQL beside a command in the same fence, which is asked', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE boats (id int);')}\n## Rollback\n\n${sql('-- 1. The table\nDROP TABLE boats;\n\n-- 2. From the copy\npsql -U me -d port < copy.sql')}`);
    expect(graph.rollback.map((part) => part.statements.map((one) => one.line))).toContainEqual([13]);
    expect(graph.steps.filter((step) => step.role === 'rollback').map((step) => [step.kind, step.line])).toEqual([['sql', 11], ['operator', 16]]);
    expect(graph.steps.at(-1)?.prompt).toContain('psql -U me -d port < copy.sql');
    expect(codes(graph)).toContain('not-sql');
  });

  it('on the way forward such a fence is asked as a whole', async () => {
    expect((await steps(`## Apply\n\n${sql('CREATE TABLE boats (id int);\npsql -U me -d port < copy.sql')}`)).flatMap((step) => step.statements)).toEqual([]);
  });
});
