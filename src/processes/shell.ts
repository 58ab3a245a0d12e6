import { execa, type ResultPromise } from 'execa';
import type { ShellPort } from '../engine/ports.js';

/** Bytes of output that are kept; what a command prints beyond is counted, not held. */
const MAX_OUTPUT = 4 * 1024 * 1024;
const CANCEL_GRACE_MS = 5000;
const IN_TERMINAL = 'Ran in the operator\'s terminal; what it printed was not kept.';

/** The same port, whose commands that want the terminal get it from who holds it. */
export function lendTerminal(shell: ShellPort, handOver: ((work: () => Promise<void>) => Promise<void>) | undefined): ShellPort {
  return {
    async perform(script, options) {
      if (!options.terminal || !handOver) return shell.perform(script, { ...options, terminal: false });
      let result: Awaited<ReturnType<ShellPort['perform']>> | null = null;
      await handOver(async () => { result = await shell.perform(script, options); });
      if (result === null) throw new Error('the terminal was not handed over');
      return result;
    },
    cancel: () => shell.cancel(),
  };
}

/**
 * Runs shell steps with `sh -eu`. A command gets PATH, HOME, USER, TERM, LANG
 * the connection of the run's database (`connection`, as PG* variables) and
 * what its step names; nothing else of our environment reaches it.
 */
export function shellPort(env: NodeJS.ProcessEnv, connection: Readonly<Record<string, string>>): ShellPort {
  let running: ResultPromise | null = null;
  let cancelled = false;
  const inherited = Object.fromEntries(['PATH', 'HOME', 'USER', 'LANG', 'TERM', 'SHELL', 'TMPDIR', 'SystemRoot'].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return {
    async perform(script, options) {
      const start = performance.now();
      cancelled = false;
      if (options.terminal) {
        const { exitCode, shortMessage } = await execa('sh', ['-eu', '-c', script], { cwd: options.cwd, env: { ...inherited, ...connection, ...options.environment }, extendEnv: false, reject: false, stdio: 'inherit' });
        const said = exitCode === undefined ? `\n${shortMessage ?? ''}` : '';
        return { exitCode: exitCode ?? null, output: `${IN_TERMINAL}${said}`, durationMs: Math.round(performance.now() - start), cancelled: false };
      }
      let output = '';
      const child = execa('sh', ['-eu', '-c', script], {
        cwd: options.cwd, env: { ...inherited, ...connection, ...options.environment }, extendEnv: false, reject: false, stdin: 'ignore', all: true, buffer: false,
        // A group of its own: what the script started ends with it.
        detached: process.platform !== 'win32',
      });
      running = child;
      child.all?.on('data', (chunk: Buffer) => {
        const text = chunk.toString('utf8');
        if (output.length < MAX_OUTPUT) output += text;
        options.output(text);
      });
      const leave = (): void => endGroup(child, 'SIGKILL');
      process.once('exit', leave);
      let late = false;
      const timer = options.timeoutMs === null ? undefined : setTimeout(() => { late = true; endGroup(child, 'SIGTERM'); }, options.timeoutMs);
      const result = await child;
      clearTimeout(timer);
      process.off('exit', leave);
      running = null;
      const failed = late ? `\nended: it took longer than ${options.timeoutMs ?? 0} ms` : result.exitCode === undefined && !cancelled ? `\n${result.shortMessage ?? ''}` : '';
      return { exitCode: result.exitCode ?? null, output: output + failed, durationMs: Math.round(performance.now() - start), cancelled };
    },
    async cancel() {
      cancelled = true;
      if (running) endGroup(running, 'SIGTERM');
    },
  };
}

/** Ends a script and all that it started; what does not end in time is killed. A shell that dies alone would leave its commands behind, and their output open. */
function endGroup(child: ResultPromise, signal: 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined) return;
  const send = (one: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      if (process.platform === 'win32') child.kill(one);
      else process.kill(-pid, one);
    } catch {
      // It ended meanwhile.
    }
  };
  send(signal);
  if (signal === 'SIGTERM') setTimeout(() => send('SIGKILL'), CANCEL_GRACE_MS).unref();
}
