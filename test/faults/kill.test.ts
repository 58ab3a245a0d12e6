import { describe, expect, it } from 'vitest';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { folder } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { killedGuide } from './killed-guides.js';
import { report } from './report.js';
import { appliedSteps, count, difference, inParallel, journalLines, toldOf, type Wanted } from './undisturbed.js';
import { compiled, walk, type Death, type Effect, type Job, type Walked } from './walking.js';

/** Runs that die by one SIGKILL; each has its own database and folder. */
const TOGETHER = 16;

interface Case { name: string; fault: string; kind: 'passes' | 'fails'; flags: Record<string, unknown>; ends: number; from(effects: readonly Effect[]): number }

const cases: Case[] = [
  { name: 'on the way forward', fault: 'kill -9 of the wizard', kind: 'passes', flags: {}, ends: 0, from: () => 0 },
  { name: 'while it rolls back', fault: 'kill -9 in a rollback', kind: 'fails', flags: { env: 'shaky' }, ends: 5, from: (effects) => effects.findIndex((one) => one.text === 'rollback.started') - 1 },
];

/**
 * Every moment that leaves another world behind: before each effect, which is also after the one before it; with half a
 * line of the journal; with a statement sent whose answer nobody hears; and after the last effect.
 */
function deathsOf(effects: readonly Effect[], from: number): (Death & { name: string })[] {
  return effects.flatMap((effect, index) => {
    if (index < from) return [];
    const last = index === effects.length - 1 ? ['after' as const] : [];
    const sides: Death['when'][] = effect.kind === 'journal' ? ['before', 'torn', ...last] : UNHEARD.has(effect.kind) ? ['before', 'after'] : ['before', ...last];
    return sides.map((when) => ({ at: index + 1, when, name: `${when} ${index + 1}, ${effect.kind} ${effect.text}` }));
  });
}
const UNHEARD: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>(['statement', 'COMMIT', 'record']);

describe('a wizard that is killed', () => {
  it.each(cases)('$name, at every line of its journal and every effect: nothing lost, nothing applied twice', async ({ fault, kind, flags, ends, from }) => {
    const { guide, cwd } = killedGuide(kind);
    await compiled(guide);
    const fresh = async (): Promise<Job & { url: string; logs: string }> => {
      const { url } = await freshDatabase();
      const logs = folder();
      return { command: 'run', argument: guide, flags: { ...flags, database: url, headless: true, yes: true, logs }, url, logs };
    };
    const calm = await fresh();
    const [whole] = await walk([calm], { cwd });
    expect(whole?.code, whole?.err).toBe(ends);
    const effects = whole?.effects ?? [];
    const wanted: Wanted = { snapshot: await snapshotDatabase(calm.url), applied: await appliedSteps(calm.url) };
    const all = deathsOf(effects, from(effects));
    const kinds = new Set(all.map((one) => effects[one.at - 1]?.kind));
    for (const one of ['journal', 'file', 'statement', 'COMMIT', 'ledger', ...(kind === 'passes' ? ['record' as const] : [])] as const) expect(kinds).toContain(one);

    // For the table every moment is tried, in the suite those around COMMIT and every fifth of the others.
    const deaths = all.filter((one, index) => process.env['FAULT_ROWS'] !== undefined || effects[one.at - 1]?.kind === 'COMMIT' || index % 5 === 0);

    const found: string[] = [];
    const batches = Array.from({ length: Math.ceil(deaths.length / TOGETHER) }, (_, index) => deaths.slice(index * TOGETHER, (index + 1) * TOGETHER));
    await inParallel(2, batches, async (batch) => {
      const runs = await Promise.all(batch.map(async (die) => ({ ...await fresh(), die })));
      const died = await walk(runs, { cwd });
      const back = await walk(runs.map(({ die: _, ...run }) => (journalLines(run.logs) === 0 ? run : { ...run, command: 'resume' as const, argument: null })), { cwd });
      for (const [index, run] of runs.entries()) found.push(...await judge(run.die.name, run, died[index], back[index], ends, wanted));
    });
    report({ fault, boundaries: deaths.length, lost: count(found, 'lost'), twice: count(found, 'twice'), unknown: count(found, 'unknown') });
    expect(found).toEqual([]);
  }, 900_000);
});

/** What is wrong with a run that died and was gone on with. */
async function judge(name: string, run: { url: string; logs: string }, died: Walked | undefined, back: Walked | undefined, ends: number, wanted: Wanted): Promise<string[]> {
  if (died?.code !== null) return [`${name}: lost: it did not die there, but ended with ${died?.code}: ${died?.err.slice(-300)}`];
  // Killed after its last line: the run is over, and there is nothing to go on with.
  const over = /no run to go on with|was rolled back completely/.test(back?.err ?? '');
  const found = back?.code === ends || over ? [] : [`${name}: ${/in doubt/.test(back?.err ?? '') ? 'unknown' : 'lost'}: exit ${back?.code}: ${back?.err.slice(-600)}`];
  if (!over && !toldOf(run.logs, /resumed|passed|rolled back/i)) found.push(`${name}: lost: no log tells of it`);
  return [...found, ...await difference(name, run.url, wanted)];
}
