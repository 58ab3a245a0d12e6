import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

export interface Ran { code: number; out: string; err: string }
export interface Job { main: string; args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv }

const MOST = 2;
const idle: Resident[] = [];
let started = 0;

/** Runs the program in a process that has run it before; null: all of them are at work. */
export function runResident(job: Job): Promise<Ran> | null {
  const one = idle.pop() ?? (started < MOST ? new Resident() : null);
  return one === null ? null : one.run(job);
}

class Resident {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'resident-program.mjs'), { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  private out = '';
  private err = '';
  private heard: () => void = () => undefined;

  constructor() {
    started += 1;
    this.child.stdout?.on('data', (bytes: Buffer) => { this.out += bytes.toString('latin1'); this.heard(); });
    this.child.stderr?.on('data', (bytes: Buffer) => { this.err += bytes.toString('latin1'); this.heard(); });
    this.rest(false);
  }

  /** A test file ends although its resident waits for more. */
  private rest(busy: boolean): void {
    for (const one of [this.child, this.child.channel, this.child.stdout, this.child.stderr] as ({ ref?(): void; unref?(): void } | null | undefined)[]) {
      if (busy) one?.ref?.();
      else one?.unref?.();
    }
  }

  async run({ main, args, cwd, env }: Job): Promise<Ran> {
    const mark = `\n[end of ${randomUUID()}]\n`;
    this.out = this.err = '';
    this.rest(true);
    const code = await new Promise<number>((resolve) => {
      let told: number | null = null;
      this.heard = () => { if (told !== null && this.out.endsWith(mark) && this.err.endsWith(mark)) resolve(told); };
      this.child.once('message', (message: { code: number }) => { told = message.code; this.heard(); });
      // It ended itself, as a process of its own would have.
      this.child.once('close', (status) => { started -= 1; resolve(status ?? -1); });
      this.child.send({ main, args, cwd, env, mark });
    });
    this.child.removeAllListeners('message').removeAllListeners('close');
    this.rest(false);
    const text = (bytes: string): string => Buffer.from(bytes.endsWith(mark) ? bytes.slice(0, -mark.length) : bytes, 'latin1').toString('utf8').replace(/\r?\n$/, '');
    const ran = { code, out: text(this.out), err: text(this.err) };
    if (this.child.connected) idle.push(this);
    return ran;
  }
}
