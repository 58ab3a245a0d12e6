import { resolve } from 'node:path';
import { loadConfig } from '../project/config.js';
import { listRuns, type RunEntry } from '../project/run-index.js';
import { EXIT } from '../text/problem.js';
import { formatDuration } from '../text/duration.js';
import { isNarrow } from '../text/narrow.js';
import { visible } from '../text/sanitise.js';
import { textTable } from '../text/table.js';

/** `deploy-wizard runs`: newest last, so that it stands above the prompt. */
export async function runsCommand(flags: { logs?: string; json?: boolean; due?: boolean; ics?: string }): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const folder = resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs));
  const runs = await listRuns(folder);
  if (flags.due || flags.ics) return (await import('./due.js')).dueCommand(runs, folder, flags);
  if (flags.json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else if (runs.length === 0) process.stdout.write(`No runs in ${folder}.\n`);
  else process.stdout.write(`${await table(runs)}\n`);
  return EXIT.passed;
}

function table(runs: RunEntry[]): Promise<string> {
  const rows = runs.map((one) => {
    const cells = [
      one.run, one.outcome ?? 'unfinished', one.mode, one.guide, one.environment, one.startedAt.slice(0, 16).replace('T', ' '),
      one.finishedAt ? formatDuration(Math.max(0, Date.parse(one.finishedAt) - Date.parse(one.startedAt))) : '', one.log,
    ];
    return cells.every(isNarrow) ? cells : cells.map((cell) => visible(cell));
  });
  return textTable(['run', 'outcome', 'mode', 'guide', 'environment', 'started (UTC)', 'took', 'log'], rows, { width: process.stdout.columns ?? 200 });
}
