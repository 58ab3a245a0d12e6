import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import xterm from '@xterm/headless';
import { render, type Instance } from 'ink';
import type { ReactNode } from 'react';
import { prepareInk } from '../../src/terminal/capabilities.js';

prepareInk();

/** Keys as a terminal sends them. */
export const KEYS: Record<string, string> = {
  return: '\r', escape: '\u001b', tab: '\t', space: ' ', backspace: '\u007f', upArrow: '\u001b[A', downArrow: '\u001b[B', home: '\u001b[H', end: '\u001b[F', pageUp: '\u001b[5~', pageDown: '\u001b[6~',
  'ctrl-c': '\u0003', 'ctrl-d': '\u0004', 'ctrl-l': '\u000c', 'ctrl-u': '\u0015', 'ctrl-z': '\u001a',
};

class Output extends EventEmitter {
  isTTY = true;
  written = '';
  /** Called once, the moment a text is written. */
  awaited: { text: string; then(): void } | null = null;
  private pending = 0;
  constructor(readonly terminal: InstanceType<typeof xterm.Terminal>, public columns: number, public rows: number) { super(); }
  write(data: string | Uint8Array, ...rest: unknown[]): boolean {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    this.written += text;
    this.pending += 1;
    if (this.awaited && text.includes(this.awaited.text)) {
      const { then } = this.awaited;
      this.awaited = null;
      then();
    }
    // A real terminal line discipline makes CR LF of LF.
    this.terminal.write(text.replaceAll('\n', '\r\n'), () => { this.pending -= 1; done?.(); this.emit('parsed'); });
    return true;
  }
  end(): void { this.emit('finish'); }
  get busy(): boolean { return this.pending > 0; }
}

class Input extends Readable {
  isTTY = true;
  isRaw = false;
  override _read(): void { /* pushed by press */ }
  setRawMode(raw: boolean): this { this.isRaw = raw; return this; }
  ref(): this { return this; }
  unref(): this { return this; }
}

/** Turns of the loop within which every change is drawn: far more than one takes on a machine that has nothing else to do. */
const TURNS = 20;

/** A view in a real terminal emulator, in this process: keys in, the screen as a person sees it out. */
export class Screen {
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  private readonly output: Output;
  private readonly input = new Input();
  private readonly instance: Instance;

  constructor(node: ReactNode, { columns, rows }: { columns: number; rows: number }, alternateScreen = true) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.output = new Output(this.terminal, columns, rows);
    this.instance = render(node, {
      stdout: this.output as unknown as NodeJS.WriteStream, stdin: this.input as unknown as NodeJS.ReadStream, interactive: true,
      alternateScreen, exitOnCtrlC: false, patchConsole: false,
    });
  }

  /** Waits until everything drawn so far stands in the emulator. */
  async settle(): Promise<void> {
    // An effect may change the state once more, and each turn of the loop draws for some milliseconds only: on a busy machine a large window takes several.
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
    await this.instance.waitUntilRenderFlush();
    while (this.output.busy) await new Promise((done) => this.output.once('parsed', done));
  }

  /** Presses a key by its name or character. */
  async press(key: string): Promise<void> {
    this.input.push(KEYS[key] ?? key);
    // A lone escape waits for the rest of a sequence; whatever else comes, the parser takes at once. Its timer runs from when it read the key.
    if (key === 'escape') {
      await new Promise(setImmediate);
      await new Promise((done) => setTimeout(done, 30));
    }
    await this.settle();
  }

  /** A key that comes without anybody waiting for what it brings. */
  push(key: string): void {
    this.input.push(KEYS[key] ?? key);
  }

  /** A key that comes the very moment a text stands on the screen. */
  pushWhen(text: string, key: string): void {
    this.output.awaited = { text, then: () => this.push(key) };
  }

  /** What another program writes over the screen. */
  async garble(text: string): Promise<void> {
    await new Promise<void>((done) => this.terminal.write(`\u001b7${text}\u001b8`, done));
  }

  async type(text: string): Promise<void> {
    for (const one of Array.from(text)) { this.input.push(one); await this.settle(); }
  }

  /** Text as bracketed paste sends it. */
  async paste(text: string): Promise<void> {
    this.input.push(`\u001b[200~${text}\u001b[201~`);
    await this.settle();
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.terminal.resize(columns, rows);
    this.output.columns = columns;
    this.output.rows = rows;
    this.output.emit('resize');
    await this.settle();
  }

  lines(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true, 0, this.terminal.cols).trimEnd() ?? '');
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Rows that scrolled off: 0 as long as no frame was taller than the window. */
  get scrolledOff(): number {
    return this.terminal.buffer.active.baseY;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return Buffer.byteLength(this.output.written);
  }

  /** Counts bytes anew. */
  forget(): void {
    this.output.written = '';
  }

  get raw(): string {
    return this.output.written;
  }

  close(): void {
    this.instance.unmount();
    this.terminal.dispose();
  }
}
