import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { calendar } from '../log/calendar.js';
import { dueAt, followUps, type FollowUp } from '../log/follow-ups.js';
import { logSchema } from '../log/schema.js';
import { compilePath } from '../project/guides.js';
import { openJournal } from '../project/journals.js';
import { listRuns, type RunEntry } from '../project/run-index.js';
import { visible } from '../text/sanitise.js';
import { EXIT } from '../text/problem.js';

/** `runs --due` and `runs --ics FILE`: what finished runs left to be looked at later. */
export async function dueCommand(runs: RunEntry[], folder: string, flags: { json?: boolean; ics?: string }): Promise<number> {
  const open: (FollowUp & { run: string; guide: string })[] = [];
  const calendars: string[] = [];
  for (const entry of runs.filter((one) => one.finishedAt !== null && one.mode === 'run')) {
    try {
      const list = (await followUpsOf(folder, entry)).filter((one) => !one.done);
      open.push(...list.map((one) => ({ ...one, run: entry.run, guide: entry.title })));
      if (list.length > 0) calendars.push(calendar({ run: entry.run, title: entry.title, environment: entry.environment, finishedAt: entry.finishedAt ?? entry.startedAt }, list));
    } catch {
      // Neither a log nor its guide: nothing is known of what it left.
    }
  }
  if (flags.ics) {
    await writeFileAtomic(flags.ics, calendars.join(''));
    process.stderr.write(`${open.length} follow-ups written to ${flags.ics}\n`);
    return EXIT.passed;
  }
  const now = new Date().toISOString();
  if (flags.json) process.stdout.write(`${JSON.stringify(open, null, 2)}\n`);
  else if (open.length === 0) process.stdout.write('No follow-ups are open.\n');
  for (const one of flags.json ? [] : open) {
    const when = one.from > now ? 'from' : one.to < now ? 'OVERDUE since' : 'due, until';
    process.stdout.write(visible(`${one.run}  ${one.guide}  ${one.label}: ${one.title}  (${when} ${(one.from > now ? one.from : one.to).slice(0, 16).replace('T', ' ')} UTC)`) + '\n');
    for (const item of one.items) process.stdout.write(`    [ ] ${visible(item)}\n`);
  }
  const due = flags.json ? [] : [...new Set(open.filter((one) => one.from <= now).map((one) => one.run))];
  for (const run of due) process.stdout.write(`Walk what is due: deploy-wizard resume ${run}\n`);
  return EXIT.passed;
}

/** The run that `resume` means where none is unfinished: the one whose follow-ups are due longest; undefined for none. */
export async function runWithDue(folder: string): Promise<string | undefined> {
  const runs = listRuns(folder).filter((one) => one.mode === 'run');
  if (runs.some((one) => one.outcome === null || ['stopped', 'interrupted', 'failed'].includes(one.outcome))) return undefined;
  const now = new Date().toISOString();
  const due: { run: string; from: string }[] = [];
  for (const entry of runs.filter((one) => one.outcome === 'passed')) {
    const list = await followUpsOf(folder, entry).catch(() => []);
    for (const one of dueAt(list, now)) due.push({ run: entry.run, from: one.from });
  }
  return due.sort((a, b) => a.from.localeCompare(b.from))[0]?.run;
}

/** From the log as it was written with the run; only a log that is gone or torn is made again, from journal and guide. */
export async function followUpsOf(folder: string, entry: Pick<RunEntry, 'journal' | 'log'>): Promise<FollowUp[]> {
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
