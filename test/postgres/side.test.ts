import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Session } from '../../src/postgres/session.js';
import { Side } from '../../src/postgres/side.js';

it('a second connection that does not come is not waited for again at each line of the journal, but where it has to be', async () => {
  let tries = 0;
  let comes = false;
  const session = { lost: false, run: () => Promise.resolve({ rows: [] }) } as unknown as Session;
  const side = new Side(async () => {
    tries += 1;
    await pause(500);
    if (!comes) throw new Error('no free connection');
    return session;
  });
  const look = (): Promise<string> => Promise.resolve('looked');
  await expect(side.glance(look)).rejects.toThrow('no free connection');
  await expect(Promise.all([side.glance(look), side.glance(look)])).rejects.toThrow('no free connection');
  expect(tries).toBe(1);
  await expect(side.use(look)).rejects.toThrow('no free connection');
  // Who waits for a turn when it fails does not try at once what has just failed.
  expect((await Promise.allSettled([side.use(look), side.glance(look)])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(tries).toBe(3);
  comes = true;
  expect(await side.use(look)).toBe('looked');
  expect(await side.glance(look)).toBe('looked');
  expect(tries).toBe(4);
});

it('a second connection that falls silent once it is open fails, and does not hold the run', async () => {
  let dropped = '';
  const session = { get lost() { return dropped !== ''; }, run: () => new Promise(() => undefined), drop: (why: string) => { dropped = why; } } as unknown as Session;
  const side = new Side(() => Promise.resolve(session), 50);
  await expect(side.use(() => Promise.resolve('looked'))).rejects.toThrow('no answer within 0.05 s');
  expect(dropped).toContain('no answer');
  await expect(side.glance(() => Promise.resolve('looked'))).rejects.toThrow('no answer');
});
