import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { issueLines } from './issues.js';
import { bounded, oneLine } from './plain.js';
import { operatorsOf, runDuration } from './run-facts.js';

/** What the message is about. */
export type Occasion = 'started' | 'failed' | 'rolled back' | 'finished';

export interface Notification {
  /** The first line's subject, or one of our own where the template has none. */
  subject: string;
  text: string;
  /** Placeholders that no fact answers, as they stand in the text. */
  left: string[];
}

const placeholder = /\[([^\][\n]{2,80})\](?!\()|\{\{\s*([\w .-]{2,60})\s*\}\}/g;

/**
 * The guide's notification template, or a short text of our own, filled with
 * the run's facts. Placeholders that no fact answers stay and are listed.
 */
export function notification(occasion: Occasion, state: RunState, graph: Graph): Notification {
  const own = occasion === 'rolled back' || occasion === 'failed' ? graph.notification?.template : undefined;
  const left: string[] = [];
  const text = (own ?? standard(occasion)).replace(placeholder, (whole, bracket?: string, brace?: string) => {
    const value = valueOf(bracket ?? brace ?? '', state, graph);
    if (value === null) left.push(whole);
    return value === null ? whole : bounded(oneLine(value), 500);
  });
  const subject = /^\s*subject:\s*(.+)$/im.exec(text)?.[1]?.trim() ?? `${state.guide.title}: ${occasion} on ${state.environment}`;
  return { subject: oneLine(subject), text, left };
}

/** What a message about the run as it stands now is about. */
export function occasionNow({ rollback, outcome, passes }: Pick<RunState, 'rollback' | 'outcome' | 'passes'>): Occasion {
  if (rollback !== null) return 'rolled back';
  if (outcome === null) return Object.values(passes['forward'] ?? {}).some((step) => step.verdict === 'failed') ? 'failed' : 'started';
  return outcome === 'failed' ? 'failed' : 'finished';
}

function standard(occasion: Occasion): string {
  const lines = [`Subject: [guide title]: ${occasion} on [environment]`, '', 'Guide: [guide title]', 'Environment: [environment]', 'Database: [database]', 'Operator: [operator]', 'Run: [run id]', 'Status: [current state]'];
  if (occasion !== 'started') lines.push('Duration: [duration]');
  if (occasion === 'failed' || occasion === 'rolled back') lines.push('Issue: [issue description]');
  if (occasion === 'rolled back') lines.push('Reason: [reason]');
  return lines.join('\n');
}

/** In this order: the first pattern that a placeholder's words match. */
const meanings: readonly (readonly [RegExp, (state: RunState, graph: Graph) => string | null])[] = [
  [/^(?:guide(?: title| name)?|migration name|deployment name)$/, (state) => state.guide.title],
  [/^(?:environment|env)$/, (state) => state.environment],
  [/^(?:database|database name|db)$/, (state) => state.target?.database ?? null],
  [/^(?:your name|operator|name|executed by|deployed by)$/, (state) => operatorsOf(state).join(', ')],
  [/^run(?: id)?$/, (state) => state.run],
  [/^(?:phase(?: x| name| n)?|migration(?: x)?|step(?: x| name)?)$/, phaseOf],
  [/^(?:date|timestamp|start(?:ed)?(?: time| at)?)$/, (state) => state.startedAt],
  [/^end(?:ed)?(?: time| at)?$/, (state) => state.finishedAt],
  [/^duration$/, (state) => { const took = runDuration(state); return took === null ? null : formatDuration(took); }],
  [/^(?:explain why|reason|why|cause|root cause)\b/, reasonOf],
  [/^(?:issue|issues|issue description|problem|problem description|error|error message|description of (?:the )?issue|describe (?:the )?(?:issue|problem))$/, issueOf],
  [/^(?:current state|status|current status|state)$/, statusOf],
];

function valueOf(words: string, state: RunState, graph: Graph): string | null {
  const plain = words.toLowerCase().replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return meanings.find(([pattern]) => pattern.test(plain))?.[1](state, graph) ?? null;
}

/** Titles of the phases whose steps were rolled back, else of the one that failed. */
function phaseOf(state: RunState, graph: Graph): string | null {
  const failed = graph.steps.filter((step) => state.passes['forward']?.[step.id]?.verdict === 'failed').map((step) => step.id);
  const about = state.rollback !== null && state.rollback.undone.length > 0 ? state.rollback.undone : failed;
  const titles = about.flatMap((id) => graph.steps.find((step) => step.id === id)?.title ?? []);
  return titles.length === 0 ? null : [...new Set(titles)].join(', ');
}

function issueOf(state: RunState, graph: Graph): string | null {
  return issueLines(state, graph, null)[0] ?? state.problem?.what ?? null;
}

function reasonOf(state: RunState): string | null {
  return state.rollback?.reason ?? state.problem?.what ?? null;
}

function statusOf(state: RunState): string {
  if (state.rollback !== null) {
    if (state.rollback.complete === null) return 'rollback under way';
    return state.rollback.complete ? 'rolled back completely' : `rollback not complete; not undone: ${state.rollback.notUndone.join(', ') || 'see the log'}`;
  }
  return state.outcome ?? 'running';
}
