import { spawn, spawnSync } from 'node:child_process';
import { chownSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { folder } from '../cli/support.js';

export const bouncer = spawnSync('pgbouncer', ['--version']).status === 0;
if (!bouncer) process.stdout.write('PgBouncer is not installed (Debian: apt install pgbouncer): its tests are SKIPPED\n');

/** PgBouncer in transaction mode before a server. */
export async function startBouncer({ host, port: at }: EmbeddedServer['connection']): Promise<{ port: number; stop(): void }> {
  const home = folder();
  const user = serverUser();
  const port = 20_000 + Math.floor(process.pid % 20_000);
  const config = join(home, 'pgbouncer.ini');
  writeFileSync(config, `[databases]\n* = host=${host} port=${at} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3\nlogfile = ${home}/log\npidfile = ${home}/pid\n`);
  if (user) for (const path of [home, config]) chownSync(path, user.uid, user.gid);
  const child = spawn('pgbouncer', [config], { stdio: 'ignore', ...user });
  await listening(port);
  return { port, stop: () => { child.kill('SIGKILL'); } };
}

/** Waits until something takes connections at a port. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
  }
}
