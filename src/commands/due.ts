import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { calendar } from '../log/calendar.js';
import { dueAt, followUps, type FollowUp } from '../log/follow-ups.js';
import { logSchema } from '../log/schema.js';
import { compilePath } from '../project/guides.js';
import { openJournal } from '../project/journals.js';
import { listRuns, newestOpenRun, writeIndex, type RunEntry } from '../project/run-index.js';
import { visible } from '../text/sanitise.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { typeable } from '../text/program-name.js';

/** `runs --due` and `runs --ics FILE`: what finished runs left to be looked at later. */
export async function dueCommand(runs: RunEntry[], folder: string, flags: { json?: boolean; ics?: string }): Promise<number> {
  const left = await openFollowUps(runs, folder);
  const open = left.flatMap(({ entry, list }) => list.map((one) => ({ ...one, run: entry.run, guide: entry.title })));
  if (flags.ics) return writeCalendar(left, open.length, flags.ics);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(open, null, 2)}\n`);
    return EXIT.passed;
  }
  const now = new Date().toISOString();
  if (open.length === 0) process.stdout.write('No follow-ups are open.\n');
  for (const one of open) {
    const when = one.from > now ? 'from' : one.to < now ? 'OVERDUE since' : 'due, until';
    process.stdout.write(visible(`${one.run}  ${one.guide}  ${one.label}: ${one.title}  (${when} ${(one.from > now ? one.from : one.to).slice(0, 16).replace('T', ' ')} UTC)`) + '\n');
    for (const item of one.items) process.stdout.write(`    [ ] ${visible(item)}\n`);
  }
  for (const run of new Set(open.filter((one) => one.from <= now).map((one) => one.run))) process.stdout.write(typeable(`Walk what is due: deploy-wizard resume ${run}\n`));
  return EXIT.passed;
}

interface Left { entry: RunEntry; list: FollowUp[] }

async function writeCalendar(left: readonly Left[], amount: number, path: string): Promise<number> {
  if (amount === 0) {
    // A calendar without an event is none (RFC 5545, 3.4).
    process.stderr.write(`No follow-ups are open; ${path} was not written.\n`);
    return EXIT.passed;
  }
  await writeFileAtomic(path, calendar(left.map(({ entry, list }) => ({ run: entry.run, title: entry.title, environment: entry.environment, finishedAt: entry.finishedAt ?? entry.startedAt, list }))));
  process.stderr.write(`${amount} follow-ups written to ${path}\n`);
  return EXIT.passed;
}

/** Every run that left something open, with what it left. What only a log could tell is put into the index: it is read once. */
async function openFollowUps(runs: readonly RunEntry[], folder: string): Promise<Left[]> {
  const left: Left[] = [];
  let learnt = false;
  for (const entry of runs.filter((one) => one.outcome === 'passed' && one.mode === 'run')) {
    if (entry.followUps === undefined) {
      try {
        entry.followUps = (await followUpsOf(folder, entry)).filter((one) => !one.done);
        learnt = true;
      } catch {
        continue; // Neither a log nor its guide: nothing is known of what it left.
      }
    }
    if (entry.followUps.length > 0) left.push({ entry, list: entry.followUps });
  }
  if (learnt) await writeIndex(folder, runs);
  return left;
}

/** The run that `resume` means where none is named: the newest unfinished one, else the one whose follow-ups are due longest. Throws a ProblemError (exit 2) for none. */
export async function runToResume(folder: string): Promise<string> {
  const open = await newestOpenRun(folder);
  if (open !== null) return open.run;
  const now = new Date().toISOString();
  const due = (await openFollowUps(await listRuns(folder), folder)).flatMap(({ entry, list }) => dueAt(list, now).map((one) => ({ run: entry.run, from: one.from })));
  const first = due.sort((a, b) => a.from.localeCompare(b.from))[0];
  if (first !== undefined) return first.run;
  throw new ProblemError({ code: 'run-not-found', what: 'There is no run to go on with.', where: folder, remedy: 'deploy-wizard runs lists all runs.' }, EXIT.usage);
}

/** From the log as it was written with the run; only a log that is gone or torn is made again, from journal and guide. */
async function followUpsOf(folder: string, entry: Pick<RunEntry, 'journal' | 'log'>): Promise<FollowUp[]> {
  const log = join(folder, entry.log.replace(/\.md$/, '.json'));
  if (existsSync(log)) {
    const parsed = logSchema.shape.followUps.safeParse(followUpsIn(readFileSync(log, 'utf8')));
    if (parsed.success) return parsed.data;
  }
  const { state } = openJournal(join(folder, entry.journal));
  return followUps(state, await compilePath(state.guide.path));
}

function followUpsIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { followUps?: unknown }).followUps;
  } catch {
    return undefined;
  }
}
