import type { StepKind } from '../graph/graph.js';
import { approvalStep } from './approval.js';
import { checklistStep } from './checklist.js';
import { inputStep } from './input.js';
import { monitorStep } from './monitor.js';
import { operatorStep } from './operator.js';
import { shellStep } from './shell.js';
import { sqlStep } from './sql.js';
import type { StepHandler } from './step.js';

/** The handler of each kind of step. A `choice` is settled by the engine before its steps start. */
export const handlers: Record<Exclude<StepKind, 'choice'>, StepHandler> = {
  approval: approvalStep,
  checklist: checklistStep,
  input: inputStep,
  monitor: monitorStep,
  operator: operatorStep,
  shell: shellStep,
  sql: sqlStep,
};
