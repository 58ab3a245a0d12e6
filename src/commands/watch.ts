import { resolve } from 'node:path';
import { readJournalText } from '../engine/journal.js';
import { reduce } from '../engine/reduce.js';
import type { RunEvent } from '../engine/event.js';
import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { linesFor } from '../headless/lines.js';
import { loadConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import { findRun } from '../project/journals.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { followJournal, followLedger, type Following, type TakeLines } from './follow-run.js';
import { interactive } from './front.js';

interface WatchFlags { logs?: string; database?: string; json?: boolean; headless?: boolean }

/** `deploy-wizard watch RUN`: the run's screens, read-only; without a terminal its events as lines, until it ends. */
export async function watchCommand(run: string, flags: WatchFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const journal = flags.database ? null : findRun(resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs)), run).files.journal;
  const follow = (take: TakeLines): Promise<Following> => (journal === null ? followLedger(run, flags.database ?? '', take) : followJournal(journal, take));
  return interactive(flags) && !process.env.ACCESSIBLE ? watchOnScreen(follow) : watchAsLines(follow, flags.json ?? false);
}

/** The events of a journal's lines, from the `from`th on. */
function eventsFrom(lines: readonly string[], from: number): RunEvent[] {
  return readJournalText(lines.map((line) => `${line}\n`).join('')).events.slice(from);
}

async function watchOnScreen(follow: (take: TakeLines) => Promise<Following>): Promise<number> {
  const { showWatch, WatchStore } = await import('./watch-screen.js');
  let store: InstanceType<typeof WatchStore> | null = null;
  let taken = 0;
  let outside: string[] = [];
  const gone = new AbortController();
  const following = await follow(async (lines) => {
    const events = eventsFrom(lines, taken);
    taken = lines.length;
    const [first] = events;
    // Without the guide there are no screens; the lines are told as they came.
    if (store === null && first?.type === 'run.started') {
      const graph = await compilePath(first.guide.path).catch(() => null);
      if (graph === null) { outside = [`The guide ${first.guide.path} is not here: its events are shown as lines.`]; return; }
      store = new WatchStore(graph);
    }
    store?.feed(events);
  });
  if (store === null) {
    await following.close();
    for (const line of outside) process.stderr.write(`${line}\n`);
    return watchAsLines(follow, outside.length > 0);
  }
  void following.lost.then((problem) => gone.abort(problem));
  await showWatch(store, gone.signal);
  await following.close();
  gone.signal.throwIfAborted();
  return EXIT.passed;
}

async function watchAsLines(follow: (take: TakeLines) => Promise<Following>, json: boolean): Promise<number> {
  const printer = new Printer(json);
  let end: (code: number | ProblemError) => void = () => undefined;
  const ended = new Promise<number | ProblemError>((done) => { end = done; });
  process.once('SIGINT', () => end(EXIT.interrupted));
  // Nobody reads the lines any more, as behind `| head`.
  const leave = (): void => { end(EXIT.passed); };
  process.stdout.once('error', leave);
  const following = await follow(async (lines) => {
    await printer.print(lines);
    if (printer.finished) end(EXIT.passed);
  });
  void following.lost.then(end);
  const code = await ended;
  process.stdout.off('error', leave);
  await following.close();
  if (code instanceof ProblemError) throw code;
  return code;
}

/** Prints the lines of a journal that it has not printed yet. */
class Printer {
  private state: RunState | null = null;
  private printed = 0;
  private graph: Graph | null = null;

  constructor(private readonly json: boolean) {}

  /** A run that was stopped and resumed is not over. */
  get finished(): boolean {
    return this.state !== null && this.state.outcome !== null;
  }

  async print(lines: readonly string[]): Promise<void> {
    const fresh = lines.slice(this.printed);
    for (const [index, event] of eventsFrom(lines, this.printed).entries()) {
      this.state = reduce(this.state, event);
      this.graph ??= await compilePath(this.state.guide.path).catch(() => null);
      if (this.json) process.stdout.write(`${fresh[index] ?? ''}\n`);
      else if (this.graph) linesFor(event, this.state, this.graph).forEach((line) => process.stdout.write(`${line}\n`));
      if (event.type === 'run.finished' && !this.json) process.stdout.write(`run ${event.run}: ${event.outcome}\n`);
    }
    this.printed = lines.length;
  }
}
