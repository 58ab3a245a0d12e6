import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Graph } from '../graph/graph.js';
import type { RunEvent } from '../engine/event.js';
import { lineHash } from '../engine/journal.js';
import type { RunState } from '../engine/state.js';
import { htmlOf } from '../log/html.js';
import { logJson } from '../log/json.js';
import type { JournalHead } from '../log/journal-head.js';
import { markdownOf } from '../log/markdown.js';
import type { LogDocument } from '../log/schema.js';
import { EXIT, messageOf, never, ProblemError } from '../text/problem.js';
import { slug } from '../text/slug.js';

/** Where one run's files lie: `<base>.md`, `.json`, `.html`, `.journal.jsonl` and, once signed, `.journal.sig`. */
export interface RunFiles { folder: string; base: string; journal: string; signature: string; markdown: string; json: string; html: string }

/** Names of a run's files: UTC date, guide, environment and run id. Makes the folder (0700 where new). Throws a ProblemError (exit 4) where it cannot. */
export function runFiles(folder: string, state: { startedAt: string; guide: string; environment: string; run: string }): RunFiles {
  writing(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const base = join(folder, `${state.startedAt.slice(0, 10)}-${slug(state.guide)}-${slug(state.environment)}-${state.run}`);
  return filesOf(folder, base);
}

/** The files beside a journal. */
export function filesOf(folder: string, base: string): RunFiles {
  return { folder, base, journal: `${base}.journal.jsonl`, signature: `${base}.journal.sig`, markdown: `${base}.md`, json: `${base}.json`, html: `${base}.html` };
}

/** The forms in which a log is written, in this order. */
export const LOG_FORMATS = ['md', 'json', 'html'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Where the log of a form lies. */
export function pathOf(files: RunFiles, format: LogFormat): string {
  return `${files.base}.${format}`;
}

/** A log as the bytes of its file. */
export function render(log: LogDocument, format: LogFormat): string {
  switch (format) {
    case 'md': return markdownOf(log);
    case 'json': return `${JSON.stringify(log, null, 2)}\n`;
    case 'html': return htmlOf(log);
    default: return never(format);
  }
}

/** What cannot be written ends a run before its next effect, as with the journal. */
function writing(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new ProblemError({
      code: 'log-unwritable', what: `The log cannot be written: ${messageOf(error)}`, where: path,
      remedy: 'Free space or choose another folder with --logs; the journal knows all that was done. Then: deploy-wizard resume.',
    }, EXIT.stopped, { cause: error });
  }
}

/** Milliseconds between two rewrites of a rehearsal's log while steps follow each other fast; the last is always written, and a run's after every step. */
const PAUSE_MS = 300;

/** Keeps the filled log on disk: rewritten, atomically and with mode 0600, after every step. */
export class LogWriter {
  private last = 0;

  constructor(private readonly files: RunFiles, private readonly graph: Graph) {}

  /** Listener for the recorder. */
  readonly listen = (event: RunEvent, state: RunState, line: string): void => {
    const ends = event.type === 'run.finished';
    if (!ends && event.type !== 'step.finished' && event.type !== 'run.started' && event.type !== 'proof.finished') return;
    const now = Date.now();
    if (state.mode !== 'run' && !ends && event.type === 'step.finished' && event.verdict !== 'failed' && now - this.last < PAUSE_MS) return;
    this.last = now;
    this.write(state, { lines: event.seq, sha256: lineHash(line) });
  };

  private write(state: RunState, journal: JournalHead): void {
    const log = logJson(state, this.graph, journal);
    for (const format of LOG_FORMATS) writing(pathOf(this.files, format), () => writeFileAtomic.sync(pathOf(this.files, format), render(log, format), { mode: 0o600 }));
  }
}
