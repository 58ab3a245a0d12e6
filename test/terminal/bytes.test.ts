import { describe, expect, it } from 'vitest';
import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { copy } from '../../src/terminal/clipboard.js';
import { notify } from '../../src/terminal/notify.js';
import { openTitle } from '../../src/terminal/title.js';

/** What is written to a terminal, as text. */
class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void { this.text += chunk.toString('utf8'); done(); }
}

const written = (write: (out: Sink) => void): string => { const out = new Sink(); write(out); return out.text; };

/** What a real terminal makes of bytes: sequences of one kind, and what was left on its screen. */
async function parsed(bytes: string, osc: number): Promise<{ heard: string[]; bells: number; shown: string }> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 5, allowProposedApi: true });
  const heard: string[] = [];
  let bells = 0;
  terminal.parser.registerOscHandler(osc, (data) => { heard.push(data); return true; });
  terminal.onBell(() => { bells += 1; });
  await new Promise<void>((done) => terminal.write(bytes, done));
  const shown = Array.from({ length: 5 }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '').join('');
  terminal.dispose();
  return { heard, bells, shown };
}

/** The pieces that GNU screen hands on, put together. */
const behindScreen = (bytes: string): string => [...bytes.matchAll(/\u001bP([\s\S]*?)\u001b\\/g)].map((one) => one[1] ?? '').join('');
/** What tmux hands on. */
const behindTmux = (bytes: string): string => (/^(?:\u0007|\u001b\]52;[^\u0007]*\u0007)?\u001bPtmux;(?<inner>[\s\S]*)\u001b\\$/.exec(bytes)?.groups?.['inner'] ?? '').replaceAll('\u001b\u001b', '\u001b');

describe('the clipboard', () => {
  const sql = "SELECT 'ä', '支払い', E'\\x1b[31m';\n-- end";

  it('gets the text by OSC 52, byte for byte, and shows nothing', async () => {
    const { heard, shown } = await parsed(written((out) => { expect(copy(sql, out, {})).toBe(true); }), 52);
    expect(heard.map((one) => Buffer.from(one.replace(/^c;/, ''), 'base64').toString('utf8'))).toEqual([sql]);
    expect(shown).toBe('');
  });

  it.each([['tmux', { TMUX: '/tmp/tmux-0/default,1,0' }, behindTmux], ['screen', { STY: '1.pts-0.host' }, behindScreen]] as const)('gets it through %s, also where it is long', async (_, env, inner) => {
    const long = sql.repeat(200);
    const bytes = written((out) => { copy(long, out, env); });
    const { heard } = await parsed(inner(bytes), 52);
    expect(heard.map((one) => Buffer.from(one.replace(/^c;/, ''), 'base64').toString('utf8'))).toEqual([long]);
    if (_ === 'screen') for (const [piece] of bytes.matchAll(/\u001bP[\s\S]*?\u001b\\/g)) expect(piece.length).toBeLessThan(769);
  });

  it('gets nothing that is longer than terminals take, and says so', () => {
    expect(written((out) => { expect(copy('x'.repeat(75_001), out, {})).toBe(false); })).toBe('');
    expect(written((out) => { expect(copy('x'.repeat(75_000), out, {})).toBe(true); })).not.toBe('');
  });
});

describe('a call to whoever looks elsewhere', () => {
  const call = (env: NodeJS.ProcessEnv, text = 'Add order notes: failed at Verification'): string => written((out) => notify(text, out, env));

  it('is written only where it was asked for', () => {
    expect(call({})).toBe('');
    expect(call({ DEPLOY_WIZARD_NOTIFY: 'no' })).toBe('');
    expect(call({ DEPLOY_WIZARD_NOTIFY: 'bell' })).toBe('\u0007');
  });

  it('rings and tells the desktop by OSC 9, or by OSC 777 where the terminal knows it', async () => {
    const nine = await parsed(call({ DEPLOY_WIZARD_NOTIFY: 'desktop' }), 9);
    expect(nine).toEqual({ heard: ['Add order notes: failed at Verification'], bells: 1, shown: '' });
    for (const env of [{ VTE_VERSION: '7600' }, { TERM: 'foot' }, { TERM: 'rxvt-unicode-256color' }]) {
      expect(await parsed(call({ DEPLOY_WIZARD_NOTIFY: 'desktop', ...env }), 777)).toEqual({ heard: ['notify;deploy-wizard;Add order notes: failed at Verification'], bells: 1, shown: '' });
    }
  });

  it('passes tmux and screen', async () => {
    expect((await parsed(behindTmux(call({ DEPLOY_WIZARD_NOTIFY: 'desktop', TMUX: 'x' })), 9)).heard).toHaveLength(1);
    expect((await parsed(behindScreen(call({ DEPLOY_WIZARD_NOTIFY: 'desktop', STY: 'x', VTE_VERSION: '1' })), 777)).heard).toHaveLength(1);
  });

  it('carries no sequence and no further part from a guide\'s title, and not more than a line', async () => {
    const { heard, bells, shown } = await parsed(call({ DEPLOY_WIZARD_NOTIFY: 'desktop' }, `a;b\u0007\u001b]0;taken\u0007${'long '.repeat(100)}`), 9);
    expect(heard).toHaveLength(1);
    expect(heard[0]).not.toMatch(/[;\u0000-\u001f]/);
    expect(heard[0]?.length).toBeLessThanOrEqual(120);
    expect([bells, shown]).toEqual([1, '']);
  });
});

describe('the title', () => {
  const gauge = { percent: 40, state: 'going' } as const;

  it('is kept, set, and given back; a hostile one sets no other', async () => {
    const bytes = written((out) => {
      const title = openTitle(out, {});
      title.set('2/5 running · a\u0007\u001b]0;taken', gauge);
      title.set('2/5 running · a\u0007\u001b]0;taken', gauge);
      title.close();
      title.close();
      title.set('after the end', gauge);
    });
    const { heard, bells } = await parsed(bytes, 0);
    expect(heard).toEqual(['2/5 running · a␇␛]0;taken', '']);
    expect(bells).toBe(0);
    expect(bytes.startsWith('\u001b[22;0t')).toBe(true);
    expect(bytes.endsWith('\u001b[23;0t')).toBe(true);
  });

  it.each([['going', 1], ['failed', 2], ['waiting', 4]] as const)('marks progress by OSC 9;4 when %s, and takes the mark away', async (state, code) => {
    const bytes = written((out) => { const title = openTitle(out, { TERM_PROGRAM: 'ghostty' }); title.set('x', { percent: 40, state }); title.close(); });
    expect((await parsed(bytes, 9)).heard).toEqual([`4;${code};40`, '4;0;0']);
  });

  it('marks nothing where a terminal would show it as a message', () => {
    expect(written((out) => { const title = openTitle(out, { TERM_PROGRAM: 'iTerm.app' }); title.set('x', gauge); title.close(); })).not.toContain(']9;');
  });

  it('writes nothing where no walk was shown', () => {
    expect(written((out) => openTitle(out, { WT_SESSION: '1' }).close())).toBe('');
  });
});
