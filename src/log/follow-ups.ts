import * as z from 'zod';
import type { Graph, Step } from '../graph/graph.js';
import { stepState, type RunState } from '../engine/state.js';

/** When a step of the guide falls due after the run, in milliseconds from its end. */
const followUpSchema = z.object({ fromMs: z.number(), toMs: z.number(), label: z.string() });

/** A dated item that a run leaves behind. Times are ISO 8601. */
export interface FollowUp {
  step: string;
  title: string;
  /** As the guide says it: `Day 1`, `Week 2`, `first 24 hours`. */
  label: string;
  from: string;
  to: string;
  items: string[];
  done: boolean;
}

const settled = new Set(['passed', 'warned', 'waived', 'skipped', 'not chosen']);

function windowOf(step: Step): z.infer<typeof followUpSchema> | null {
  const parsed = followUpSchema.safeParse('followUp' in step ? step.followUp : null);
  return parsed.success ? parsed.data : null;
}

/**
 * The follow-ups of a run, soonest first, dated from when it passed (before,
 * it has none yet). An item that is ticked already is not listed.
 */
export function followUps(state: RunState, graph: Graph): FollowUp[] {
  if (state.passedAt === null) return [];
  const end = Date.parse(state.passedAt);
  const due: FollowUp[] = [];
  for (const step of graph.steps) {
    const window = windowOf(step);
    if (window === null) continue;
    const known = stepState(state, 'forward', step.id);
    const open = step.items.filter((_, index) => known.items[index]?.ticked !== true);
    due.push({
      step: step.id, title: step.title, label: window.label,
      from: new Date(end + window.fromMs).toISOString(), to: new Date(end + window.toMs).toISOString(),
      items: open.map((item) => item.text),
      done: settled.has(known.verdict) || (step.items.length > 0 && open.length === 0),
    });
  }
  return due.sort((a, b) => ordered(a.from, b.from) || ordered(a.to, b.to) || ordered(a.step, b.step));
}

/** By code units: the same order under every locale. */
function ordered(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Those open at `now` (ISO 8601), late ones included: what `runs --due` lists. */
export function dueAt(list: readonly FollowUp[], now: string): FollowUp[] {
  return list.filter((item) => !item.done && Date.parse(item.from) <= Date.parse(now));
}
