import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../cli/support.js';
import { report } from './report.js';
import { compareHeld, lending, type Reused } from './reused.js';
import { sampled, WIDTH, type World } from './trial.js';
import { walk, type Death, type Job, type Walked } from './walking.js';

const SUFFIX = '.journal.jsonl';
const journalIn = (logs: string): string => readdirSync(logs).find((name) => name.endsWith(SUFFIX)) ?? '';
const runIn = (logs: string): string => journalIn(logs).slice(0, -SUFFIX.length).split('-').at(-1) ?? '';

interface Turn { name: string; database: Reused; here: string; there: string }

/**
 * One machine dies at each boundary; another goes on by the ledger alone and dies at its first COMMIT, heard by nobody; the
 * first goes on with the journal that it has. Gives what is wrong at the end.
 */
export async function takeTurns(of: World, moments: readonly (Death & { name: string })[]): Promise<string[]> {
  const tried = sampled(moments);
  const wrong: string[] = [];
  for (let at = 0; at < tried.length; at += WIDTH) {
    const batch = tried.slice(at, at + WIDTH);
    const turns = await Promise.all(batch.map(async ({ name }): Promise<Turn> => ({ name, database: await lending.borrow(), here: folder(), there: folder() })));
    const job = (command: Job['command'], argument: string, { database }: Turn, logs: string): Job => ({ command, argument, flags: { ...of.flags, database: database.url, headless: true, yes: true, logs } });
    await walk(turns.map((one, index) => ({ ...job('run', of.guide, one, one.here), die: batch[index] as Death })), of.cwd);
    await walk(turns.map((one) => ({ ...job('resume', runIn(one.here), one, one.there), die: { at: 'COMMIT', when: 'after' } })), of.cwd);
    const back = await walk(turns.map((one) => job('resume', runIn(one.here), one, one.here)), of.cwd);
    const elsewhere = turns.filter((_, index) => /went on elsewhere/.test(back[index]?.err ?? ''));
    const anew = await walk(elsewhere.map((one) => {
      const run = runIn(one.here);
      renameSync(join(one.here, journalIn(one.here)), join(folder(), 'away'));
      return job('resume', run, one, one.here);
    }), of.cwd);
    wrong.push(...(await Promise.all(turns.map((one, index) => judge(of, one, anew[elsewhere.indexOf(one)] ?? back[index])))).flat());
  }
  const count = (kind: string): number => new Set(wrong.filter((one) => one.includes(`: ${kind}: `)).map((one) => one.split(': ')[0])).size;
  report({ fault: 'kill -9 on two machines in turn', boundaries: tried.length, lost: count('lost'), twice: count('twice'), unknown: 0 });
  return wrong;
}

/** What is wrong with the end of one of them. */
async function judge(of: World, { name, database }: Turn, ended: Walked | undefined): Promise<string[]> {
  const wrong: string[] = [];
  const { missing, more } = compareHeld(of.wanted, await database.holds());
  const applied = (await database.applied())?.join();
  if (ended?.code !== of.ends && !/The run has passed/.test(ended?.err ?? '')) wrong.push(`${name}: lost: exit ${ended?.code}: ${ended?.err.slice(-600)}`);
  if (missing.length + more.length > 0 || applied !== of.applied?.join()) wrong.push(`${name}: ${more.length > missing.length ? 'twice' : 'lost'}: missing ${missing.join('; ')}, too many ${more.join('; ')}, attempts ${applied}`);
  await lending.giveBack(database);
  return wrong;
}
