import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Graph } from '../graph/graph.js';
import type { RunEvent } from '../engine/event.js';
import type { RunState } from '../engine/state.js';
import { htmlOf } from '../log/html.js';
import { logJson } from '../log/json.js';
import { markdownOf } from '../log/markdown.js';
import { slug } from '../text/slug.js';

/** Where one run's files lie: `<base>.md`, `.json`, `.html`, `.journal.jsonl` and, once signed, `.journal.sig`. */
export interface RunFiles { folder: string; base: string; journal: string; signature: string; markdown: string; json: string; html: string }

/** Names of a run's files: UTC date, guide, environment and run id. Makes the folder (0700 where new). */
export function runFiles(folder: string, state: { startedAt: string; guide: string; environment: string; run: string }): RunFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const base = join(folder, `${state.startedAt.slice(0, 10)}-${slug(state.guide)}-${slug(state.environment)}-${state.run}`);
  return filesOf(folder, base);
}

/** The files beside a journal. */
export function filesOf(folder: string, base: string): RunFiles {
  return { folder, base, journal: `${base}.journal.jsonl`, signature: `${base}.journal.sig`, markdown: `${base}.md`, json: `${base}.json`, html: `${base}.html` };
}

/** Milliseconds between two rewrites of a rehearsal's log while steps follow each other fast; the last is always written, and a run's after every step. */
const PAUSE_MS = 300;

/** Keeps the filled log on disk: rewritten, atomically and with mode 0600, after every step. */
export class LogWriter {
  private last = 0;

  constructor(private readonly files: RunFiles, private readonly graph: Graph) {}

  /** Listener for the recorder. */
  readonly listen = (event: RunEvent, state: RunState): void => {
    const ends = event.type === 'run.finished';
    if (!ends && event.type !== 'step.finished' && event.type !== 'run.started' && event.type !== 'proof.finished') return;
    const now = Date.now();
    if (state.mode !== 'run' && !ends && event.type === 'step.finished' && event.verdict !== 'failed' && now - this.last < PAUSE_MS) return;
    this.last = now;
    this.write(state);
  };

  write(state: RunState): void {
    const put = (path: string, text: string): void => writeFileAtomic.sync(path, text, { mode: 0o600 });
    const log = logJson(state, this.graph);
    put(this.files.markdown, markdownOf(log));
    put(this.files.json, `${JSON.stringify(log, null, 2)}\n`);
    put(this.files.html, htmlOf(log));
  }
}
