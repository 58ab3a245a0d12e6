import { setTimeout as pause } from 'node:timers/promises';
import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const POLL_MS = 15;
const PATIENCE_MS = 40_000;
/** Longer than the pause between two repeats of a key held down. */
export const HELD_MS = 120;

/** A program in a real terminal of a given size: its screen as a person sees it, and keys to press. */
export class Terminal {
  readonly screen: InstanceType<typeof xterm.Terminal>;
  /** Every byte the program wrote. */
  raw = '';
  private readonly pty: IPty;
  private writing: Promise<void> = Promise.resolve();

  /** Runs a shell line that reports the exit code as `exit=N` and keeps the terminal open. */
  constructor(command: string, options: { columns?: number; rows?: number; cwd?: string; env?: Record<string, string> } = {}) {
    const { columns = 80, rows = 24 } = options;
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    // Ink renders nothing until the end where it believes to be in CI; the rest would colour or hide what is tested.
    const hidden = new Set(['CI', 'CONTINUOUS_INTEGRATION', 'VITEST', 'NODE_ENV', 'FORCE_COLOR', 'NO_COLOR', 'TMUX']);
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !hidden.has(entry[0]));
    const env: Record<string, string> = { ...Object.fromEntries(inherited), TERM: 'xterm-256color', DEPLOY_WIZARD_OPERATOR: 'operator', ...options.env };
    this.pty = spawn('/bin/sh', ['-c', `${command}; printf 'exit=%s\\n' "$?"; cat`], { cols: columns, rows, cwd: options.cwd ?? process.cwd(), env });
    this.pty.onData((data) => {
      this.raw += data;
      this.writing = this.writing.then(() => new Promise((done) => { this.screen.write(data, done); }));
    });
  }

  /** What stands on the screen now, line by line. */
  async lines(): Promise<string[]> {
    await this.writing;
    const { active } = this.screen.buffer;
    return Array.from({ length: this.screen.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '');
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n');
  }

  /** Waits until the screen shows a text, as long as something moves on it, clocks aside. Throws with the screen when it does not come. */
  async see(wanted: string | RegExp): Promise<string> {
    let end = Date.now() + PATIENCE_MS;
    let before = '';
    for (;;) {
      const text = await this.text();
      if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
      const still = withoutClock(text);
      if (still !== before) end = Date.now() + PATIENCE_MS;
      before = still;
      if (Date.now() > end) throw new Error(`never saw ${String(wanted)}; the screen:\n${text}`);
      await pause(POLL_MS);
    }
  }

  /** Waits until the screen is another than `before`, clocks aside. Null: it did not change in that time. */
  async change(before: string, patienceMs: number): Promise<string | null> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const text = await this.text();
      if (withoutClock(text) !== withoutClock(before)) return text;
      if (Date.now() > end) return null;
      await pause(POLL_MS);
    }
  }

  /** One key, or a text typed at once. */
  press(keys: string): void {
    this.pty.write(keys);
  }

  /** Presses a key and waits for what it brings. A screen that takes the key for one that is held down gets it again, as from a person. */
  async pressAndSee(keys: string, wanted: string | RegExp): Promise<string> {
    const found = (text: string): boolean => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    for (;;) {
      this.press(keys);
      const text = await this.see(typeof wanted === 'string' ? new RegExp(`${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}|press it again`) : new RegExp(`${wanted.source}|press it again`, wanted.flags));
      if (found(text)) return text;
      await pause(HELD_MS);
    }
  }

  resize(columns: number, rows: number): void {
    this.pty.resize(columns, rows);
    this.screen.resize(columns, rows);
  }

  /** Exit code of the program. */
  async exit(): Promise<number> {
    return Number(/exit=(\d+)/.exec(await this.see(/exit=\d+/))?.[1]);
  }

  /** Waits until the program gave the alternate screen back, as it does before it stops. */
  async left(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (await this.writing; this.onAlternateScreen; await this.writing) {
      if (Date.now() > end) throw new Error(`still on the alternate screen:\n${await this.text()}`);
      await pause(POLL_MS);
    }
  }

  get onAlternateScreen(): boolean {
    return this.screen.buffer.active.type === 'alternate';
  }

  /** Sends a signal to the program, the shell's child. */
  async signal(name: 'TERM' | 'HUP' | 'KILL' | 'INT' | 'USR2' | 'CONT'): Promise<void> {
    const { execa } = await import('execa');
    await execa('pkill', [`-${name}`, '-P', String(this.pty.pid)], { reject: false });
  }

  close(): void {
    this.pty.kill('SIGKILL');
    this.screen.dispose();
  }
}

/** A screen without the time that runs on it. */
export function withoutClock(text: string): string {
  return text.replace(/running for [^\n]*/g, '');
}
