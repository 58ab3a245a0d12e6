import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, guideFile, logOf, main, root, smallGuide } from './support.js';

/** Runs the program with nobody at the other end of its output. */
async function unread(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DEPLOY_WIZARD_OPERATOR: 'operator' } });
  child.stdout.destroy();
  child.stderr.destroy();
  return new Promise((resolve) => { child.once('close', resolve); });
}

it.each([['lines', []], ['events', ['--json']]] as const)('a run whose reader is gone goes on to its end (%s)', async (_what, flags) => {
  const target = await freshDatabase();
  const logs = folder();
  expect(await unread(['run', guideFile(smallGuide), '--database', target.url, '--headless', '--yes', '--logs', logs, ...flags])).toBe(0);
  expect(logOf(logs).outcome).toBe('passed');
  await target.drop();
});

it('so do commands that only print', async () => {
  expect(await unread(['--help'])).toBe(0);
  expect(await unread(['graph', guideFile(smallGuide), '--format', 'json'])).toBe(0);
});
