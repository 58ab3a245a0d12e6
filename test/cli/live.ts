import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RunEvent } from '../../src/engine/event.js';
import { main, root } from './support.js';

/** A program that runs: its events as they come, and its end. */
export interface Live {
  child: ChildProcess;
  events: RunEvent[];
  /** The first event, told already or to come, that fits; rejects when the program ends without it. */
  until<T extends RunEvent['type']>(type: T, fits?: (event: Extract<RunEvent, { type: T }>) => boolean): Promise<Extract<RunEvent, { type: T }>>;
  ended: Promise<{ code: number | null; err: string }>;
}

/** Starts the built program with `--json`, without a terminal. */
export function live(args: readonly string[], env: Record<string, string> = {}): Live {
  const child = spawn(process.execPath, [main, ...args, '--json'], { cwd: root, env: { ...process.env, DEPLOY_WIZARD_OPERATOR: 'operator', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const events: RunEvent[] = [];
  const listeners = new Set<() => void>();
  let err = '';
  let over = false;
  const tell = (): void => { for (const listener of [...listeners]) listener(); };
  child.stderr.on('data', (text: Buffer) => { err += text.toString('utf8'); });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (text) => { events.push(JSON.parse(text) as RunEvent); tell(); });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.on('close', (code) => { over = true; tell(); resolve({ code, err }); });
  });
  return {
    child, events, ended,
    until: (type, fits = () => true) => new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find((event): event is Extract<RunEvent, { type: typeof type }> => event.type === type && fits(event as Extract<RunEvent, { type: typeof type }>));
        if (!found && !over) return;
        listeners.delete(look);
        if (found) resolve(found);
        else reject(new Error(`ended without ${type}: ${err.slice(-800)} ${JSON.stringify(events.at(-1))}`));
      };
      listeners.add(look);
      look();
    }),
  };
}
