import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { summaryText } from '../log/summary.js';
import { line, paragraph, span, type Line } from './line.js';

/** How the run ended: what the normal screen will say too, and the proof of a rollback, object by object. */
export function summaryLines(graph: Graph, state: RunState, width: number): Line[] {
  const [first = '', ...rest] = summaryText(state, graph, { log: state.log ?? '' }).split('\n');
  const good = state.outcome === 'passed' || state.outcome === 'rolled back';
  const lines: Line[] = [...paragraph(first, width, good ? 'good' : 'bad'), ...rest.flatMap((one) => paragraph(one.trimStart(), width, 'plain', '  '))];
  for (const { reason, what, step, by } of state.deviations) lines.push(...paragraph(`! ${what}${step === null ? '' : ` ${step}`}: ${reason} (${by})`, width, 'warn', '  '));
  if (state.rollback) lines.push(line(''), line(span(`rollback ${state.rollback.complete ? 'complete' : 'NOT complete'}`, state.rollback.complete ? 'good' : 'bad', true)), ...state.rollback.notUndone.flatMap((id) => paragraph(`✗ not undone: ${id}`, width, 'bad', '  ')));
  for (const { what, proof } of state.proofs) {
    const name = what === 'again' ? 'after going forward again' : what === 'partial' ? 'after a partial rollback' : 'after the rollback';
    lines.push(...paragraph(proof.clean ? `✓ ${name}, proved clean: the database is as it was` : `✗ ${name}, NOT clean`, width, proof.clean ? 'good' : 'bad'));
    for (const one of proof.residue) lines.push(...paragraph(`${one.difference}: ${one.object}${one.step ? ` (${one.step})` : ''}`, width, 'bad', '    '));
    for (const one of proof.rowsChanged) lines.push(...paragraph(`rows differ: ${one.table}, ${one.rowsBefore ?? '?'} before, ${one.rowsAfter ?? '?'} after`, width, 'bad', '    '));
    for (const one of proof.notCompared) lines.push(...paragraph(`not compared: ${one}`, width, 'muted', '    '));
  }
  return lines;
}
