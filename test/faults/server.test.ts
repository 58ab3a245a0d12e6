import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atMessage, COMMIT } from './at-query.js';
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
    expect(await tryAll(`server restarted ${side === 'request' ? 'before a statement' : 'after a statement'}`, calm, trials, { on: lending, width: 26, batch })).toEqual([]);
  });

  it('before a COMMIT was flushed: the number of its transaction, given to another session after the crash, proves nothing', async () => {
    const calm = await world({ short: true }, {}, 0);
    let reused: string | undefined;
    let crashed = (): void => undefined;
    const crash = new Promise<void>((resolve) => { crashed = resolve; });
    const trial: Trial = {
      name: 'COMMIT whose transaction number is used again',
      wire: (database) => {
        let writers: readonly number[] = [];
        let acted = false;
        // What the connection of the copy has on its way would be flushed with all that stands before it.
        let copying = Promise.resolve();
        let copied = (): void => undefined;
        return {
          get acted() { return acted; },
          request: async (text, line) => {
            if (line.number !== 0) {
              if (writers.length > 0) await crash;
              if (line.number === 1) copying = new Promise((resolve) => { copied = resolve; });
              return;
            }
            // From before it has a number, nothing of this transaction reaches the disk: nobody else commits, and who writes behind is stopped.
            if (writers.length === 0 && /INSERT INTO deploy_wizard\.attempts/.test(text)) {
              writers = (await database.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE backend_type IN ('walwriter', 'background writer', 'checkpointer')")).map(({ pid }) => pid);
              await copying;
              for (const pid of writers) process.kill(pid, 'SIGSTOP');
            }
            if (acted || writers.length === 0 || !COMMIT.test(text)) return;
            acted = true;
            const [open] = await database.query<{ xid: string }>("SELECT backend_xid::text AS xid FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()");
            for (const pid of writers) process.kill(pid, 'SIGKILL');
            await server.crash();
            for (let mine = 0; mine < Number(open?.xid);) mine = Number((await database.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid'))[0]?.xid);
            reused = (await database.query<{ status: string }>('SELECT pg_xact_status($1::text::xid8) AS status', [open?.xid]))[0]?.status;
            crashed();
          },
          answer: (_, line) => { if (line.number === 1) copied(); },
        };
      },
      after: () => crash,
      ended: () => (reused === 'committed' ? [] : [`lost: the number was not used again (${reused})`]),
      tells: () => [/connection (?:was )?lost|cannot be reached/i],
    };
    expect(await tryAll('server crashed, transaction number reused', calm, [trial], { on: lending })).toEqual([]);
  });
});
