import { stepState, type RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { summaryText } from '../log/summary.js';
import type { Question } from '../steps/question.js';
import { line, paragraph, shortened, span, type Line } from './line.js';
import { nameOf } from './outline.js';
import { cleanWord } from '../log/proof-word.js';

/** Columns of a label. */
const LABEL = 12;

/** How the run ended: what the normal screen will say too, and the proof of a rollback, object by object. */
export function summaryLines(graph: Graph, state: RunState, width: number): Line[] {
  const [first = '', ...rest] = summaryText(state, graph, { log: state.log ?? '' }).split('\n');
  const tone = state.outcome === null ? 'plain' : state.outcome === 'passed' || state.outcome === 'rolled back' ? 'good' : 'bad';
  const lines: Line[] = [...paragraph(first, width, tone), ...rest.filter((one) => !(state.outcome === null ? /^ *(log|go on) / : /^ *go on /).test(one)).flatMap((one) => factLines(one, width))];
  for (const { reason, what, step, by } of state.deviations) lines.push(...paragraph(`! ${what}${step === null ? '' : ` ${step}`}: ${reason} (${by})`, width, 'warn', '  '));
  if (state.rollback) lines.push(line(''), line(span(`rollback ${state.rollback.complete ? 'complete' : 'NOT complete'}`, state.rollback.complete ? 'good' : 'bad', true)), ...state.rollback.notUndone.flatMap((id) => paragraph(`✗ not undone: ${id}`, width, 'bad', '  ')));
  for (const { what, proof } of state.proofs) {
    const name = what === 'again' ? 'after going forward again' : what === 'partial' ? 'after a partial rollback' : 'after the rollback';
    lines.push(...paragraph(proof.clean ? `✓ ${name}, ${cleanWord(proof)}${proof.notCompared.length === 0 ? `: the database is as it was${what === 'again' ? ' after the first time' : ' before'}` : ''}` : `✗ ${name}, NOT clean`, width, proof.clean ? 'good' : 'bad'));
    for (const one of proof.residue) lines.push(...paragraph(`${one.difference}: ${one.object}${one.step ? ` (${one.step})` : ''}`, width, 'bad', '    '));
    for (const one of proof.rowsChanged) lines.push(...paragraph(`rows differ: ${one.table}, ${one.rowsBefore ?? '?'} before, ${one.rowsAfter ?? '?'} after`, width, 'bad', '    '));
    for (const one of proof.notCompared) lines.push(...paragraph(`not compared: ${one}`, width, 'muted', '    '));
  }
  return lines;
}

/** Label and words of a line of the summary; what does not fit goes on under the words. */
function factLines(text: string, width: number): Line[] {
  const [, label = '', words = ''] = /^ *(\S+(?: on)?) +(.*)$/.exec(text) ?? [];
  const [first = [], ...rest] = paragraph(words, width - LABEL, label === 'failed' || label === 'because' ? 'bad' : 'plain');
  return [[span(`  ${label.padEnd(LABEL - 2)}`, 'muted'), ...first], ...rest.map((one) => [span(' '.repeat(LABEL)), ...one])];
}

/** What stands above the summary when names are put to a run. */
export function signedLines(question: Extract<Question, { kind: 'approval' }>, graph: Graph, state: RunState, width: number): Line[] {
  const given = stepState(state, state.pass, question.step).approvals;
  const step = graph.steps.find((one) => one.id === question.step);
  return [
    line(span(step ? nameOf(graph, step) : question.text, 'plain', true), span('  what is signed', 'muted')),
    ...given.map((one) => line(span(`✓ ${one.name}`, 'good'), span(`  ${one.at.slice(11, 16)}`, 'muted'))), ...(step?.context ? shortened(paragraph(step.context, width, 'muted'), 4) : []), line(''),
  ];
}
