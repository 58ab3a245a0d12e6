import { existsSync, watchFile, unwatchFile } from 'node:fs';
import { resolve } from 'node:path';
import { readJournal, readJournalText } from '../engine/journal.js';
import { reduce } from '../engine/reduce.js';
import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { linesFor } from '../headless/lines.js';
import { resolveConnection } from '../postgres/connection.js';
import { openListener } from '../postgres/target.js';
import { loadConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import { findRun } from '../project/journals.js';
import { EXIT } from '../text/problem.js';

interface WatchFlags { logs?: string; database?: string; json?: boolean }

/** `deploy-wizard watch RUN`: prints a run's events as they come, until it ends. Reads only. */
export async function watchCommand(run: string, flags: WatchFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  if (flags.database) return watchLedger(run, flags.database, flags.json ?? false);
  const { files } = findRun(resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs)), run);
  const printer = new Printer(flags.json ?? false);
  return new Promise((done) => {
    const look = async (): Promise<void> => {
      if (!existsSync(files.journal)) return;
      await printer.print(readJournal(files.journal).lines);
      if (printer.finished) { unwatchFile(files.journal); done(EXIT.passed); }
    };
    let queue = look();
    watchFile(files.journal, { interval: 250 }, (now, before) => { if (now.size !== before.size) queue = queue.then(look); });
    process.once('SIGINT', () => { unwatchFile(files.journal); done(EXIT.interrupted); });
  });
}

async function watchLedger(run: string, database: string, json: boolean): Promise<number> {
  const client = await openListener(await resolveConnection({ url: database, env: process.env }));
  const printer = new Printer(json);
  try {
    await client.query('LISTEN deploy_wizard_events');
    return await new Promise((done) => {
      const look = async (): Promise<void> => {
        const { rows } = await client.query<{ line: string }>('SELECT line FROM deploy_wizard.events WHERE run = $1 ORDER BY seq', [run]);
        await printer.print(rows.map((row) => row.line));
        if (printer.finished) done(EXIT.passed);
      };
      let queue = look();
      client.on('notification', (notice) => { if (notice.payload === run) queue = queue.then(look); });
      client.on('error', () => done(EXIT.noConnection));
      process.once('SIGINT', () => done(EXIT.interrupted));
    });
  } finally {
    await client.end();
  }
}

/** Prints the lines of a journal that it has not printed yet. */
class Printer {
  finished = false;
  private state: RunState | null = null;
  private printed = 0;
  private graph: Graph | null = null;

  constructor(private readonly json: boolean) {}

  async print(lines: readonly string[]): Promise<void> {
    const fresh = lines.slice(this.printed);
    const { events } = readJournalText(lines.map((line) => `${line}\n`).join(''));
    for (const [index, event] of events.slice(this.printed).entries()) {
      this.state = reduce(this.state, event);
      this.graph ??= await compilePath(this.state.guide.path).catch(() => null);
      if (this.json) process.stdout.write(`${fresh[index] ?? ''}\n`);
      else if (this.graph) linesFor(event, this.state, this.graph).forEach((line) => process.stdout.write(`${line}\n`));
      if (event.type === 'run.finished') {
        this.finished = true;
        if (!this.json) process.stdout.write(`run ${event.run}: ${event.outcome}\n`);
      }
    }
    this.printed = lines.length;
  }
}
