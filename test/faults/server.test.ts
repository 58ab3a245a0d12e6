import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atMessage } from './at-query.js';
import { RestartableServer } from './restartable-server.js';
import { Lending } from './reused.js';
import { tryAll, world, type Trial } from './trial.js';
import { endWalks } from './walking.js';

describe('a server that is stopped at once and started again', () => {
  let server: RestartableServer;
  let lending: Lending;
  beforeAll(async () => {
    server = await RestartableServer.start();
    lending = new Lending(async () => server.connection('postgres'));
  });
  afterAll(async () => {
    endWalks();
    await lending.close();
    await server.stop();
  });

  it.each(['request', 'answer'] as const)('at every statement of a run, at its %s: nothing lost, nothing applied twice, nothing left unknown', async (side) => {
    const calm = await world({ short: true }, {}, 0);
    // One crash meets many runs, each held at another statement.
    let missing = 0;
    let crashed = (): void => undefined;
    let crash = Promise.resolve();
    const batch = (size: number): void => {
      missing = size;
      crash = new Promise((resolve) => { crashed = resolve; });
    };
    const arrive = async (): Promise<void> => {
      missing -= 1;
      if (missing === 0) {
        await server.crash();
        crashed();
      }
      await crash;
    };
    const trials = (calm.messages[0] ?? []).map((text, index): Trial => ({
      name: `${side} ${index + 1}, ${text.trim().replace(/\s+/g, ' ').slice(0, 60)}`,
      wire: () => atMessage(0, index + 1, side, arrive),
      // Its runs hear of the crash before the server is back.
      after: () => crash,
      tells: () => [/connection (?:was )?lost|cannot be reached/i],
    }));
    expect(await tryAll(`server restarted ${side === 'request' ? 'before a statement' : 'after a statement'}`, calm, trials, { on: lending, batch })).toEqual([]);
  });
});
