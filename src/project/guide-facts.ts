import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { compilePath } from './guides.js';
import type { RunEntry } from './run-index.js';

/** What a list of guides shows of one: steps of the way forward, durations in milliseconds. */
export interface GuideFacts {
  description: string; risk: string | null; estimateMs: number | null; steps: number; problems: number;
  lastRehearsal: { at: string; outcome: string } | null;
  /** A document without a name in its front matter may only be rehearsed. */
  reviewed: boolean;
  /** Environments that it may run on; null: any. */
  environments: string[] | null;
}
export interface GuideEntry { path: string; id: string; title: string; facts: GuideFacts | null }

const HEAD_BYTES = 4096;

/** Name and title of a guide from its first lines alone: what can be shown before it is compiled. */
export function headline(path: string): GuideEntry {
  const id = basename(path, '.md');
  const head = firstBytes(path);
  const title = /^title:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\n]+))/m.exec(head) ?? /^# +([^\n]+)/m.exec(head);
  return { path, id, title: title?.slice(1).find((part) => part !== undefined)?.trim() ?? id, facts: null };
}

function firstBytes(path: string): string {
  const buffer = Buffer.alloc(HEAD_BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    // It says why when it is compiled.
    return '';
  }
}

/** The guide compiled, with its last rehearsal among `runs`. One that cannot be read counts as one problem. */
export async function guideFacts(path: string, runs: readonly RunEntry[]): Promise<GuideEntry> {
  try {
    const { guide, steps, diagnostics } = await compilePath(path);
    const last = runs.findLast((run) => run.guide === guide.id && run.mode === 'rehearsal');
    return {
      path, id: guide.id, title: guide.title, facts: {
        description: guide.description.replace(/:$/, '.'), risk: guide.risk, estimateMs: guide.estimateMs, steps: steps.filter((one) => one.role !== 'rollback').length,
        problems: diagnostics.filter((one) => one.severity === 'error').length, lastRehearsal: last ? { at: last.startedAt, outcome: last.outcome ?? 'unfinished' } : null,
        reviewed: guide.reviewed, environments: guide.environments,
      },
    };
  } catch {
    return { ...headline(path), facts: { description: '', risk: null, estimateMs: null, steps: 0, problems: 1, lastRehearsal: null, reviewed: false, environments: null } };
  }
}
