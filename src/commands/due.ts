import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { calendar } from '../log/calendar.js';
import { followUps, type FollowUp } from '../log/follow-ups.js';
import { compilePath } from '../project/guides.js';
import { openJournal } from '../project/journals.js';
import type { RunEntry } from '../project/run-index.js';
import { visible } from '../text/sanitise.js';
import { EXIT } from '../text/problem.js';

/** `runs --due` and `runs --ics FILE`: what finished runs left to be looked at later. */
export async function dueCommand(runs: RunEntry[], folder: string, flags: { json?: boolean; ics?: string }): Promise<number> {
  const open: (FollowUp & { run: string; guide: string })[] = [];
  const calendars: string[] = [];
  for (const entry of runs.filter((one) => one.finishedAt !== null && one.mode === 'run')) {
    try {
      const { state } = openJournal(join(folder, entry.journal));
      const graph = await compilePath(state.guide.path);
      const list = followUps(state, graph).filter((one) => !one.done);
      open.push(...list.map((one) => ({ ...one, run: entry.run, guide: entry.title })));
      if (list.length > 0) calendars.push(calendar({ run: entry.run, title: entry.title, environment: entry.environment, finishedAt: entry.finishedAt ?? entry.startedAt }, list));
    } catch {
      // A guide that is gone leaves nothing to follow up here.
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
