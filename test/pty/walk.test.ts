import { appendFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, guideFile, logOf, main, root, smallGuide, wizard } from '../cli/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { Terminal } from '../support/terminal.js';

const open: Terminal[] = [];
const made: TestDatabase[] = [];
const node = `'${process.execPath}' '${main}'`;

function terminal(args: string, options: ConstructorParameters<typeof Terminal>[1] = {}): Terminal {
  const one = new Terminal(`${node} ${args}`, { cwd: root, ...options });
  open.push(one);
  return one;
}
async function database(): Promise<TestDatabase> {
  const one = await freshDatabase();
  made.push(one);
  return one;
}
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await Promise.all(made.splice(0).map((one) => one.drop()));
});

async function exists(url: string, table: string): Promise<boolean> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ t: string | null }>('SELECT to_regclass($1) AS t', [table])).rows[0]?.t !== null;
  } finally {
    await client.end();
  }
}

describe('the walk in a terminal', () => {
  it('goes from the chooser through the role guide to the proof, by keys alone', async () => {
    const logs = folder();
    const t = terminal('', { cwd: logs });
    await t.see('Choose a guide');
    await t.pressAndSee('/', '▏');
    t.press('Account roles');
    await t.see('/Account roles');
    await t.pressAndSee('\r', /^(?![\s\S]*▏)/);
    await t.pressAndSee('\r', 'Rehearse on the built-in PostgreSQL');
    await t.pressAndSee('\r', 'Tick what is done: 3 items');
    expect(t.onAlternateScreen).toBe(true);
    for (let open = 3; open > 0; open -= 1) await t.pressAndSee(' ', open > 1 ? new RegExp(`(\\[x\\][\\s\\S]*){${4 - open}}`) : 'This step writes');
    await t.pressAndSee('A', 'Tick what is done: 2 items');
    await t.pressAndSee(' ', /\[x\]/);
    await t.pressAndSee(' ', 'Leave it out');
    await t.pressAndSee('\r', 'who approves?');
    await t.pressAndSee('\r', 'This step undoes');
    await t.pressAndSee('A', /proved clean[\s\S]*q or enter leaves/);
    await t.pressAndSee('q', /exit=/);
    expect(await t.exit()).toBe(0);
    expect(t.onAlternateScreen).toBe(false);
    const text = await t.text();
    expect(text).toContain('✓ passed: Account roles and AI usage tracking');
    expect(text).toMatch(/log +logs\/migrations\/.+\.md/);
    expect(logOf(`${logs}/logs/migrations`).outcome).toBe('passed');
  });

  it('goes on from a denied verdict without running again what committed', async () => {
    const target = await database();
    const logs = folder();
    const guide = guideFile("# Entries\n\n```sql id=add\nCREATE TABLE entry AS SELECT 1;\n```\n\nExpected result: the team is happy with it.\n");
    const flags = `--database '${target.url}' --logs '${logs}'`;
    const t = terminal(`run '${guide}' ${flags}`);
    await t.see('Is this the right database?');
    await t.pressAndSee('y', 'This step writes');
    await t.pressAndSee('x', 'it does not hold, with a reason');
    await t.pressAndSee('f', 'reason');
    await t.pressAndSee('too slow', 'too slow▏');
    await t.pressAndSee('\r', 'not here: it was applied');
    await t.pressAndSee('a', 'yes, do it');
    await t.pressAndSee('y', 'q or enter leaves');
    await t.pressAndSee('q', /exit=/);
    expect(await t.exit()).toBe(1);
    appendFileSync(guide, '\nBut look twice.\n');
    const again = terminal(`resume ${flags}`);
    expect(await again.see('Is this the right database?')).toMatch(/CHANGED +since the run was left: no step does anything else than before/);
    await again.pressAndSee('y', 'not here: it was applied');
    await again.pressAndSee('r', 'it does not hold, with a reason');
    await again.pressAndSee('h', 'q or enter leaves');
    await again.pressAndSee('q', /exit=/);
    expect(await again.exit()).toBe(0);
    expect(logOf(logs).steps[0]).toMatchObject({ verdict: 'passed', attempts: 1, earlier: [{ attempt: 1, reason: expect.stringContaining('does not hold') as string }] });
  });

  it('shows a failure, rolls back after the database\'s name was typed, and exits 5', async () => {
    const target = await database();
    const logs = folder();
    const t = terminal(`run '${guideFile(smallGuide.replace('value = 2', 'value = 3'))}' --database '${target.url}' --logs '${logs}'`);
    await t.see('Is this the right database?');
    await t.pressAndSee('y', 'Tick what is done');
    await t.pressAndSee(' ', 'This step writes');
    // Enter never confirms what writes.
    t.press('\r');
    await t.pressAndSee('?', 'esc closes');
    expect(await exists(target.url, 'public.note')).toBe(false);
    await t.pressAndSee('\u001b', 'This step writes');
    await t.pressAndSee('x', 'FAILED');
    const failed = await t.see('value = 3');
    expect(failed).toContain('got value = 2');
    await t.pressAndSee('b', 'Type the database\'s name to roll back');
    // Not yet: back to the failure, and nothing is undone.
    await t.pressAndSee('\u001b', 'FAILED');
    await t.pressAndSee('b', 'Type the database\'s name to roll back');
    t.press('something else');
    await t.see('database: something else');
    await t.pressAndSee('\r', 'is not the name of this database');
    expect(await exists(target.url, 'public.note')).toBe(true);
    t.press('\u0015');
    await t.see('database: ▏');
    t.press(target.connection.database);
    await t.see(`database: ${target.connection.database}`);
    await t.pressAndSee('\r', 'This step undoes');
    // Pressed again in the rollback, it neither begins another nor ends this one.
    await t.pressAndSee('b', 'a rollback is running');
    await t.pressAndSee('x', /rolled back[\s\S]*q or enter leaves/);
    await t.pressAndSee('q', /exit=/);
    expect(await t.exit()).toBe(5);
    expect(await exists(target.url, 'public.note')).toBe(false);
  });

  it('goes on with the rollback and its proof when b is pressed in a rehearsal, and the log says why', async () => {
    const logs = folder();
    const t = terminal(`rehearse '${guideFile(smallGuide.replace('value = 2', 'value = 3'))}' --logs '${logs}'`);
    await t.see('Tick what is done');
    await t.pressAndSee(' ', 'This step writes');
    await t.pressAndSee('x', 'FAILED');
    expect(await t.text()).not.toContain('resume');
    // The plan, a question, and a way back to the failure.
    await t.pressAndSee('b', /Plan of the rollback[\s\S]*Roll back as planned above\?/);
    await t.pressAndSee('\u001b', 'FAILED');
    await t.pressAndSee('b', 'Roll back as planned above?');
    await t.pressAndSee('y', 'This step undoes');
    expect(await t.pressAndSee('x', 'q or enter leaves')).toMatch(/The way forward ended early: Verification failed: expected value =\s+3, got value = 2[\s\S]*proved clean/);
    await t.pressAndSee('q', /exit=1/);
    const { rollback, template } = logOf(logs);
    expect(rollback.reason).toContain('Verification failed');
    expect(template.text).toContain('Status: [ ] Success  [x] Failed  [x] Rolled back');
  });

  it('is left with q and y, and resumed where it stopped', async () => {
    const target = await database();
    const logs = folder();
    const t = terminal(`run '${guideFile(smallGuide)}' --database '${target.url}' --logs '${logs}'`);
    await t.see('Is this the right database?');
    await t.pressAndSee('y', 'Tick what is done');
    await t.pressAndSee(' ', 'This step writes');
    await t.pressAndSee('q', 'Leave?');
    await t.pressAndSee('n', 'run it');
    await t.pressAndSee('q', 'Leave?');
    await t.pressAndSee('y', /exit=/);
    expect(await t.exit()).toBe(4);
    // What is printed is what goes on.
    const [, printed = ''] = /go on +(?:npx )?deploy-wizard (resume [0-9a-f]{8} --logs \S+ --database \S+)/.exec((await t.text()).replace('exit=4', '').replace(/\n(?! )/g, '')) ?? [];
    const again = terminal(printed);
    expect(await again.see('Is this the right database?')).toMatch(/Go on with a run[\s\S]*1 of 3 steps are done; goes on with Deployment[\s\S]*A run goes on\./);
    await again.pressAndSee('y', 'This step writes');
    await again.pressAndSee('x', 'q or enter leaves');
    await again.pressAndSee('q', /exit=/);
    expect(await again.exit()).toBe(0);
    expect(logOf(logs).outcome).toBe('passed');
    const back = terminal(printed.replace('resume', 'rollback'));
    expect(await back.see('Is this the right database?')).toMatch(/Roll back a run[\s\S]*what they applied would be undone[\s\S]*ROLLBACK of a run/);
    await back.pressAndSee('y', 'Type the database\'s name to roll back');
    await back.pressAndSee('\u001b', 'leave, and undo nothing');
    await back.pressAndSee('q', 'Leave?');
    await back.pressAndSee('y', /exit=4/);
  });

  it.each(['TERM', 'HUP'] as const)('gives the terminal back on SIG%s, and the log is there', async (name) => {
    const logs = folder();
    const target = await database();
    const t = terminal(`run '${guideFile(smallGuide)}' --database '${target.url}' --logs '${logs}'`);
    await t.see('Is this the right database?');
    await t.signal(name);
    await t.see(/exit=/);
    expect(t.onAlternateScreen).toBe(false);
    expect(readdirSync(logs).some((one) => one.endsWith('.md'))).toBe(true);
    expect(logOf(logs).outcome).toBe('interrupted');
  });

  it('stops at ctrl-c with exit 130, resumable', async () => {
    const target = await database();
    const logs = folder();
    const t = terminal(`run '${guideFile(smallGuide)}' --database '${target.url}' --logs '${logs}'`);
    await t.see('Is this the right database?');
    await t.pressAndSee('y', 'Tick what is done');
    await t.pressAndSee('\u0003', /exit=|stopped|interrupted/);
    if (!(await t.text()).includes('exit=')) await t.pressAndSee('q', /exit=/);
    expect(await t.exit()).toBe(130);
    expect((await wizard(['resume', '--database', target.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
  });

  it('keeps whole frames through every resize, and says what it needs when too small', async () => {
    const t = terminal(`rehearse role-and-ai-usage --logs '${folder()}'`, { columns: 120, rows: 40 });
    await t.see('Tick what is done');
    t.resize(60, 15);
    await t.see(/^0\/\d+ ·/m);
    expect(await t.text()).not.toContain('│');
    t.resize(30, 8);
    await t.see('needs 40×10');
    t.resize(100, 30);
    await t.see('Tick what is done');
    expect((await t.text()).match(/REHEARSAL/g)).toHaveLength(1);
  });

  it.each([[80, 24], [60, 15]])('keeps its first frame whole at %i×%i when the screen library takes over', async (columns, rows) => {
    const t = terminal('', { columns, rows });
    await t.see('reading…');
    await t.see(/^(?![\s\S]*reading…)[\s\S]*\d+ steps/);
    const lines = await t.lines();
    expect(lines[0]).toBe(' deploy-wizard   Choose a guide');
    expect(lines[rows - 2]).toMatch(/^ \? keys {2}q leave/);
    expect(lines.join('\n').match(/q leave/g)).toHaveLength(1);
    await t.pressAndSee('q', /exit=0/);
    expect(t.onAlternateScreen).toBe(false);
  });

  it('uses no colour with NO_COLOR, and no control codes without a terminal', async () => {
    const t = terminal('', { env: { NO_COLOR: '1' } });
    await t.see('Choose a guide');
    expect(t.raw).not.toMatch(/\u001b\[[\d;]*(?:3|9)[0-7]m/);
    const dumb = terminal('', { env: { TERM: 'dumb' } });
    expect(await dumb.see(/exit=2/)).toContain('There is no terminal to choose a guide on');
    expect(dumb.raw).not.toContain('\u001b');
    const piped = await wizard(['rehearse', guideFile(smallGuide), '--yes', '--logs', folder()]);
    expect(piped.code).toBe(0);
    expect(piped.out + piped.err).not.toContain('\u001b');
  });

  it('walks by numbered choices with --accessible, without cursor movement', async () => {
    const target = await database();
    const t = terminal(`run '${guideFile(smallGuide)}' --accessible --database '${target.url}' --logs '${folder()}'`, { rows: 60 });
    await t.see('Yes, go on');
    await t.pressAndSee('1\r', '1. Tick: Told the team');
    await t.pressAndSee('1\r', /Run it\?[\s\S]*Number: /);
    await t.pressAndSee('1\r', /exit=/);
    expect(await t.exit()).toBe(0);
    expect(t.raw).not.toContain('\u001b[?1049h');
  });
});
