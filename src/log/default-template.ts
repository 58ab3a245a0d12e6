import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';

/** The log form of a guide that brings none: the labels people use, in the order they use them. */
export function defaultTemplate(state: RunState, graph: Graph): string {
  const writing = graph.steps.some((step) => step.role !== 'rollback' && step.statements.some((statement) => statement.writes));
  return [
    'Date: [YYYY-MM-DD]',
    'Start time: [YYYY-MM-DD HH:MM:SS UTC]',
    'End time: [YYYY-MM-DD HH:MM:SS UTC]',
    'Duration: __________',
    'Executed by: __________',
    '',
    'Environment: __________',
    'Database: __________',
    'Database server: __________',
    'PostgreSQL version: __________',
    'Guide: __________',
    'Run ID: __________',
    '',
    'Status: [ ] Success  [ ] Failed  [ ] Rolled back',
    'Verification: [ ] Passed  [ ] Failed',
    ...(writing && state.mode === 'run' ? ['Rollback required: [ ] Yes  [ ] No'] : []),
    ...(graph.steps.some((step) => step.kind === 'approval') ? ['Approved by: __________'] : []),
    '',
    'Issues encountered:',
    '____________________',
    '',
    'Notes:',
    '____________________',
  ].join('\n');
}
