import type { Graph, Step } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { forwardSteps } from './plan.js';
import { stepState, type RunState, type StepState } from './state.js';

export interface RollbackPlan {
  /** Rollback steps in the order they run. */
  steps: { step: Step; reverts: string[] }[];
  /** The section's own verification, after them. */
  checks: Step[];
  /** Applied writing steps that nothing undoes. */
  uncovered: string[];
  /** Applied steps past which the guide promises no way back. */
  noReturn: string[];
}

/** Whether the database holds something of a step: also where it failed, and left an invalid index behind. */
const leftSomething = ({ applied, problem }: StepState): boolean => applied || problem?.code === 'index-invalid';

/** Forward steps whose effects the database holds, in the order they were applied. */
export function appliedSteps(graph: Graph, state: RunState, pass = 'forward'): Step[] {
  return forwardSteps(graph)
    .filter((step) => leftSomething(stepState(state, pass, step.id)))
    .sort((a, b) => stepState(state, pass, a.id).order - stepState(state, pass, b.id).order);
}

/**
 * What undoes this run, newest first: only the parts that revert a step that
 * was really applied, half-done ones included. Rollback steps without any tie
 * run (in document order) only where the guide ties none at all.
 */
export function planRollback(graph: Graph, state: RunState, pass = 'forward'): RollbackPlan {
  const byId = new Map(graph.steps.map((step) => [step.id, step]));
  const applied = appliedSteps(graph, state, pass).filter((step) => step.kind === 'sql' || step.kind === 'shell');
  const undoing = graph.rollback.filter((part) => !part.verifies);
  const tied = undoing.some((part) => part.reverts.length > 0);
  const chosen = new Map<string, string[]>();
  const uncovered: string[] = [];
  for (const step of applied.toReversed()) {
    const parts = tied ? undoing.filter((part) => part.reverts.includes(step.id)) : undoing;
    if (parts.length === 0 && step.kind === 'sql') uncovered.push(step.id);
    for (const part of parts) chosen.set(part.id, [...(chosen.get(part.id) ?? []), step.id]);
  }
  const steps = [...chosen].flatMap(([id, reverts]) => {
    const step = byId.get(id);
    return step ? [{ step, reverts }] : [];
  });
  const checks = steps.length === 0 ? [] : graph.rollback.filter((part) => part.verifies && (part.reverts.length === 0 || part.reverts.some((id) => applied.some((step) => step.id === id)))).flatMap((part) => byId.get(part.id) ?? []);
  return { steps, checks, uncovered, noReturn: applied.filter((step) => step.noReturn).map((step) => step.id) };
}

/** The plan as a question: what would be undone, before anything is. */
export function rollbackQuestion(graph: Graph, plan: RollbackPlan, given: { text: string; back?: boolean; typed?: boolean }): Question {
  return { kind: 'rollback', plan: plan.steps.map(({ step, reverts }) => ({ step: step.id, reverts })), uncovered: plan.uncovered, triggers: graph.triggers.map((one) => one.text), ...given };
}
