import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/engine/state.js';
import type { Reused } from './reused.js';
import { tryAll, world, type Trial, type World } from './trial.js';
import { takeTurns } from './turns.js';
import { endWalks, type Death, type Effect } from './walking.js';

afterAll(endWalks);

type Moment = Death & { name: string };

/**
 * Every moment that leaves another world behind: before each effect, which is also after the one before it; with half a
 * line of the journal; with something sent or started whose end nobody hears; and after the last effect.
 */
function momentsOf(effects: readonly Effect[], from = 0, to = effects.length): Moment[] {
  return effects.slice(0, to).flatMap((effect, index) => {
    if (index < from) return [];
    const last = index === effects.length - 1 ? ['after' as const] : [];
    const sides: Death['when'][] = effect.kind === 'journal' ? ['before', 'torn', ...last] : UNHEARD.has(effect.kind) ? ['before', 'after'] : ['before', ...last];
    return sides.map((when) => ({ at: index + 1, when, name: `${when} ${index + 1}, ${effect.kind} ${effect.text}` }));
  });
}
const UNHEARD: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>(['statement', 'COMMIT', 'record', 'shell']);

/** That the run died, and how the step was decided that was open then. */
function tells({ current, passes }: RunState): RegExp[] {
  const step = current === null ? undefined : passes[current.pass]?.[current.step];
  const asked = current !== null && (step?.commandStarted === true || /table|index|more/.test(current.step));
  return [/ended without a word/, ...(asked ? [new RegExp(`of ${current.step}: (?:committed|rolled back|unknown) \\(`)] : [])];
}

const dying = ({ name, at, when }: Moment): Trial => ({ name, die: { at, when }, tells, holds: ({ code, err }) => (code === null ? [] : [`lost: it did not die there, but ended with ${code}: ${err.slice(-300)}`]) });

describe('a wizard that is killed', () => {
  it('on the way forward, at every line of its journal and every effect: nothing lost, nothing applied twice', async () => {
    const calm = await world({}, {}, 0);
    expect(new Set(calm.effects.map((one) => one.kind))).toEqual(new Set(['journal', 'file', 'statement', 'COMMIT', 'ledger', 'record']));
    expect(await tryAll('kill -9 of the wizard', calm, momentsOf(calm.effects).map(dying))).toEqual([]);
  });

  it('on two machines in turn, the first with its old journal at the end', async () => {
    const calm = await world({}, {}, 0);
    const from = calm.effects.findIndex(({ kind }) => kind === 'COMMIT');
    expect(await takeTurns(calm, momentsOf(calm.effects, from))).toEqual([]);
  });

  it('while it rolls back', async () => {
    const calm = await world({ short: true, fails: true }, { env: 'shaky' }, 5);
    const from = calm.effects.findIndex((one) => one.text === 'rollback.started') - 1;
    expect(await tryAll('kill -9 in a rollback', calm, momentsOf(calm.effects, from).map(dying))).toEqual([]);
  });

  it('without a ledger: what the step makes decides, else a person who looks', async () => {
    const calm = await world({}, { ledger: false }, 0);
    expect(calm.applied).toBeNull();
    expect(calm.effects.map((one) => one.kind)).not.toContain('ledger');
    const looks = async (database: Reused): Promise<Record<string, 'retry' | 'tolerate'>> => {
      await database.alone();
      const there = (await database.query("SELECT FROM pg_class WHERE oid = to_regclass('public.entry')")).length > 0;
      return { more: there && (await database.query('SELECT FROM public.entry WHERE id = 2')).length > 0 ? 'tolerate' : 'retry' };
    };
    // Of a COMMIT that only changes rows nothing can tell: it is said to be unknown, and asked.
    const says = (left: RunState): RegExp[] => (left.passes['forward']?.['more']?.committing ? [/of more: unknown \(COMMIT was sent and there is no ledger to ask/, /\*\*tolerated\*\*: looked at the database|the operator says that it did not take/] : tells(left));
    expect(await tryAll('kill -9 without a ledger', calm, momentsOf(calm.effects).map((one) => ({ ...dying(one), looks, tells: says })))).toEqual([]);
  });

  it('around a command: never run again unseen, a person decides by what it left', async () => {
    const calm = await world({ command: true }, {}, 0);
    const command = calm.effects.findIndex((one) => one.kind === 'shell');
    const around = momentsOf(calm.effects, command - 4, command + 7);
    expect(around.map((one) => one.name)).toContain(`after ${command + 1}, shell echo done >> "$PGDATABASE.done"`);
    expect(await tryAll('kill -9 around a command', calm, around.map((one) => ({ ...dying(one), ...overCommand(calm) })))).toEqual([]);
  });
});

/** A person looks whether the command has done its work; it has to be done once at the end. */
function overCommand({ cwd }: World): Pick<Trial, 'before' | 'looks' | 'ended'> {
  const left = (database: Reused): string => join(cwd, `${database.connection.database}.done`);
  const times = (database: Reused): number => (existsSync(left(database)) ? readFileSync(left(database), 'utf8').trim().split('\n').length : 0);
  return {
    before: async (database) => { rmSync(left(database), { force: true }); },
    // The command lives on after the wizard.
    looks: async (database) => ({ command: times(database) > 0 ? 'tolerate' : 'retry' }),
    ended: (database) => (times(database) === 1 ? [] : [`${times(database) > 1 ? 'twice' : 'lost'}: the command was done ${times(database)} times`]),
  };
}
