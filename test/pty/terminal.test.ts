import { writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, guideFile, logOf, main, root, smallGuide } from '../cli/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { Terminal } from '../support/terminal.js';

const open: Terminal[] = [];
const made: TestDatabase[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await Promise.all(made.splice(0).map((one) => one.drop()));
});

async function run(guide: string, env: Record<string, string> = {}): Promise<{ t: Terminal; logs: string; target: TestDatabase }> {
  const target = await freshDatabase();
  made.push(target);
  const logs = folder();
  const t = new Terminal(`'${process.execPath}' '${main}' run '${guide}' --database '${target.url}' --logs '${logs}'`, { cwd: root, env });
  open.push(t);
  // Pressed before anything was asked: it must answer nothing.
  t.press('y');
  await t.see('Is this the right database?');
  await t.pressAndSee('?', 'Keys that work here');
  await t.pressAndSee('?', 'Is this the right database?');
  return { t, logs, target };
}

const command = (text: string): string => guideFile(`# Sample\n\n## Deployment\n\n\`\`\`sh id=ask\n${text}\n\`\`\`\n`);

describe('the terminal', () => {
  it('stands as before after a crash, with the message on the normal screen and its own title back', async () => {
    const crash = "data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('crashed on purpose')})";
    const { t } = await run(guideFile(smallGuide), { NODE_OPTIONS: `--import "${crash}"` });
    expect(t.raw).toMatch(/\u001b\[22;0t\u001b\]0;0\/\d+ (?:[\s\S]*\u001b\]0;0\/\d+ )?waits for you · Sample · default\u0007/);
    await t.signal('USR2');
    const text = await t.see(/exit=/);
    expect(t.onAlternateScreen).toBe(false);
    expect(text).toContain('crashed on purpose');
    expect(t.raw.lastIndexOf('\u001b[23;0t')).toBeGreaterThan(t.raw.lastIndexOf('\u001b]0;0/'));
    expect(t.raw).toContain('\u001b[?2004l');
  });

  it('drops a key that was pressed before the first question also where the machine stands still just then', async () => {
    const still = "data:text/javascript,import{ReadStream}from'node:tty';const{prototype}=ReadStream,{setRawMode}=prototype;prototype.setRawMode=function(on){setRawMode.call(this,on);process.nextTick(()=>Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,60));return(this)}";
    const { t } = await run(guideFile(smallGuide), { NODE_OPTIONS: `--import "${still}"` });
    await t.pressAndSee('y', 'Tick what is done');
  });

  it('is handed to a command that asks, and taken back', async () => {
    const { t, logs } = await run(command('printf "Which shelf? "; read shelf; echo "cleared $shelf"; test "$shelf" = seven'));
    await t.pressAndSee('y', 'run it in this terminal');
    t.press('i');
    await t.left();
    await t.see('Which shelf?');
    await t.pressAndSee('seven\r', 'q or enter leaves');
    expect(t.onAlternateScreen).toBe(true);
    await t.pressAndSee('q', /exit=0/);
    expect(logOf(logs).steps.find((one) => one.id === 'ask')?.statements[0]?.output).toContain('Ran in the operator\'s terminal');
  });

  it('shows a command\'s output as it comes; it is modified before, and cancelled by two ctrl-c', async () => {
    const { t, logs } = await run(command('echo from the guide'));
    await t.pressAndSee('y', 'modify it first');
    await t.pressAndSee('m', 'command: echo from the guide▏');
    await t.pressAndSee('\u0015', 'command: ▏');
    await t.pressAndSee('for n in 1 2 3; do echo "line $n"; done; sleep 600', 'sleep 600▏');
    await t.pressAndSee('\r', /Your command instead of the guide's[\s\S]*modify it first/);
    await t.pressAndSee('x', /│ line 3[\s\S]*ctrl-c stops after this command/);
    await t.pressAndSee('\u0003', 'ctrl-c again cancels it');
    await t.pressAndSee('\u0003', /exit=|q or enter leaves/);
    if (!(await t.text()).includes('exit=')) await t.pressAndSee('q', /exit=/);
    const log = logOf(logs);
    expect(log.deviations).toMatchObject([{ step: 'ask', what: 'command modified', reason: 'instead of: echo from the guide' }]);
  });

  it('opens the guide in $EDITOR at the step and comes back; ctrl-z stops, and fg goes on', async () => {
    const editor = join(folder(), 'editor');
    writeFileSync(editor, '#!/bin/sh\nprintf "editing %s\\n" "$1"\nread line\n');
    chmodSync(editor, 0o755);
    const { t } = await run(guideFile(smallGuide), { EDITOR: editor, VISUAL: '' });
    await t.pressAndSee('y', 'Tick what is done');
    await t.pressAndSee('e', /editing .*sample\.md/);
    // Enter ends the editor; where the terminal changes hands a key can be lost, and a person presses it again.
    for (let text = await t.text(); !text.includes('Tick what is done'); text = await t.text()) {
      t.press('\r');
      await t.change(text, 2000);
    }
    // The screen shows before it listens: a key in that moment is dropped, and a person presses it again.
    for (let text = await t.text(); t.onAlternateScreen; text = await t.text()) {
      t.press('\u001a');
      await t.change(text, 2000);
    }
    await t.signal('CONT');
    await t.see('Tick what is done');
    expect(t.onAlternateScreen).toBe(true);
  });

  it('neither shows nor copies a secret: not typed, not in the step that uses it, before and after it ran', async () => {
    const { t } = await run(guideFile('# Sample\n\n## Deployment\n\n```sql id=keyed\nCREATE TABLE public.keyed AS SELECT :\'token\'::text AS token;\n```\n\n## Verification\n\n```sql id=look\nSELECT token = :\'token\' AS same FROM public.keyed;\n```\n\n```expect\nvalue = true\n```\n', 'guide: sample\nparameters:\n  token: { type: text, secret: true, ask: "Which token?" }\n'));
    await t.pressAndSee('y', 'Which token?');
    await t.pressAndSee('s3cr3t-0f-d4n4', '•••');
    await t.pressAndSee('\r', 'This step writes');
    await t.pressAndSee('y', 'copied to the clipboard');
    await t.pressAndSee('x', 'q or enter leaves');
    await t.pressAndSee('\t', /› ✓ Verification/);
    await t.pressAndSee('\r', 'SELECT token');
    await t.pressAndSee('y', 'copied to the clipboard');
    const copied = [...t.raw.matchAll(/\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007/g)].map((one) => Buffer.from(one[1] ?? '', 'base64').toString('utf8'));
    expect(copied).toEqual([expect.stringContaining('CREATE TABLE public.keyed'), expect.stringContaining('SELECT token =')]);
    expect(copied.join()).not.toContain('s3cr3t');
    expect(t.raw).not.toContain('s3cr3t');
  });

  it('rings when the operator asked for it, and tells the desktop in words', async () => {
    const { t } = await run(guideFile(smallGuide), { DEPLOY_WIZARD_NOTIFY: 'desktop' });
    // Whoever pressed a key a moment ago is there: nothing rings.
    await t.pressAndSee('y', 'Tick what is done');
    expect(t.raw).not.toContain('\u001b]9;');
  });
});

describe('waiting', () => {
  it('shows who keeps the step waiting, and ends that session after a y', async () => {
    const { t, target, logs } = await run(guideFile('# Sample\n\n## Deployment\n\n```sql id=apply lock-timeout=60s\nALTER TABLE public.busy ADD COLUMN note text;\n```\n'));
    const other = new pg.Client({ connectionString: target.url, application_name: 'shop' });
    const gone = new Promise((done) => { other.on('error', done); });
    await other.connect();
    await other.query('CREATE TABLE public.busy (id int)');
    await other.query('BEGIN; INSERT INTO public.busy VALUES (1)');
    await t.pressAndSee('y', 'This step writes');
    await t.pressAndSee('x', /# waiting for pid \d+/);
    expect(await t.pressAndSee('l', /› pid \d+ .*by shop, idle in transaction/)).toContain('in transaction');
    await t.pressAndSee('T', /End session \d+\?/);
    await t.pressAndSee('y', 'q or enter leaves');
    await gone;
    await t.pressAndSee('q', /exit=0/);
    expect(JSON.stringify(logOf(logs))).toContain('ended the session');
  });
});

describe('watching', () => {
  it('shows the run on the same screens, read-only, and leaves it alone', async () => {
    const { t, logs } = await run(guideFile(smallGuide));
    await t.pressAndSee('y', 'Tick what is done');
    const id = /-([0-9a-f]{8})\./.exec((await import('node:fs')).readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? '')?.[1] ?? '';
    const watch = new Terminal(`'${process.execPath}' '${main}' watch ${id} --logs '${logs}'`, { cwd: root });
    open.push(watch);
    expect(await watch.see('operator is asked: a checklist')).toContain('Told the team');
    await watch.pressAndSee(' ', 'watching only');
    await t.pressAndSee(' ', 'This step writes');
    await watch.see('operator is asked: ');
    await t.pressAndSee('x', 'q or enter leaves');
    expect(await watch.see('q or enter leaves')).toContain('✓ passed');
    await watch.pressAndSee('q', /exit=0/);
    expect(watch.onAlternateScreen).toBe(false);
  });
});
