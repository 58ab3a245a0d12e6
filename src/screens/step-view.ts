import { withValues } from '../assertions/format.js';
import { fillParameters } from '../graph/fill.js';
import type { Graph, Step } from '../graph/graph.js';
import { stepState, type RunState, type StepState } from '../engine/state.js';
import type { StatementResult } from '../steps/fact.js';
import { formatDuration } from '../text/duration.js';
import { highlight } from './highlight.js';
import { withoutTableRules } from '../text/table.js';
import { displayWidth } from '../text/width.js';
import { differenceOf } from './difference.js';
import { fold, line, paragraph, shortened, span, type Line } from './line.js';
import { nameOf, WITHOUT_RUNNING } from './outline.js';
import { resultLines } from './result-view.js';
import { verdicts, type Tone } from './theme.js';
import { typeable } from '../text/program-name.js';

const SQL_LINES_WHEN_DONE = 12;
const CONTEXT_LINES = 8;

/** `waits`: whom the step waits for, in words. `asksFailure`: the panel says how it failed. */
export interface PageGiven { width: number; live: string | null; cursor: number | null; monitor: Line[]; waits: string | null; asksFailure: boolean }

let last: { known: StepState; parameters: RunState['parameters']; captures: RunState['captures']; given: PageGiven; lines: Line[] } | null = null;

/** All lines of a step's page: what it is, its SQL, results, expectations, items, notes. The last page is kept: a key that scrolls makes no line anew. */
export function stepLines(graph: Graph, state: RunState, step: Step, given: PageGiven): Line[] {
  const known = stepState(state, state.pass, step.id);
  const { parameters, captures } = state;
  const same = last !== null && last.known === known && last.parameters === parameters && last.captures === captures && given.monitor.length === 0
    && last.given.width === given.width && last.given.live === given.live && last.given.cursor === given.cursor && last.given.waits === given.waits && last.given.asksFailure === given.asksFailure;
  if (!same || last === null) last = { known, parameters, captures, given, lines: pageOf(graph, state, step, known, given) };
  return last.lines;
}

function pageOf(graph: Graph, state: RunState, step: Step, known: StepState, { width, live, cursor, monitor, waits, asksFailure }: PageGiven): Line[] {
  const { glyph, tone } = waits === null ? verdicts[known.verdict] : { glyph: verdicts.running.glyph, tone: 'warn' as const };
  const took = known.durationMs === null ? '' : `, ${formatDuration(known.durationMs)}`;
  const rehearsed = state.rehearsal?.durations[step.id];
  const lines: Line[] = [
    line(span(nameOf(graph, step), 'plain', true)),
    line(span(`${glyph} ${waits ?? known.verdict}`, tone), span(`${took}${rehearsed === undefined ? '' : `, rehearsed ${formatDuration(rehearsed)}`} · ${step.kind}${step.statements.length > 0 ? `, ${step.statements.length} statement${step.statements.length === 1 ? '' : 's'}` : ''} · line ${step.line}`, 'muted')),
  ];
  if (step.noReturn) lines.push(line(span('! point of no return: past this step the guide promises no way back', 'danger')));
  if (known.problem && !asksFailure) lines.push(...paragraph(`✗ ${known.problem.what}`, width, 'bad'), ...(known.problem.where ? paragraph(`at ${known.problem.where}`, width, 'muted') : []), ...(known.problem.remedy ? paragraph(`try: ${typeable(known.problem.remedy)}`, width, 'warn') : []));
  if (known.reason !== null && known.problem === null && WITHOUT_RUNNING.has(known.verdict)) lines.push(...paragraph(`because: ${known.reason}`, width, 'muted'));
  // What the guide says of it stands above as far as the statements stay in sight, and goes on below them.
  const said = step.context === '' || known.statements.length > 0 ? [] : paragraph(step.context, width, 'muted');
  if (said.length > 0) lines.push(line(''), ...shortened(said, CONTEXT_LINES, ', at the end'));
  // Joined, not pushed: a result may have more lines than a call may have arguments.
  return lines.concat(
    monitor, itemLines(step, known, width, cursor), fieldLines(step, known, width), expectationLines(step, known, width, valuesOf(state)), statementLines(step, known, width, valuesOf(state)),
    step.shell === null ? [] : [line(''), ...paragraph(step.shell, width, 'accent', '  $ ')],
    said.length > CONTEXT_LINES ? [line(''), ...said.slice(CONTEXT_LINES - 1)] : [],
    live === null || live === '' ? [] : [line('')].concat(paragraph(live.trimEnd(), width, 'plain', '  │ ')),
    known.notes.flatMap((note) => paragraph(`note by ${note.by}: ${note.text}`, width, 'accent')),
  );
}

function itemLines(step: Step, known: StepState, width: number, cursor: number | null): Line[] {
  return step.items.length === 0 ? [] : [line(''), ...step.items.flatMap((item, index) => {
    const state = known.items[index];
    const mark = cursor === index ? '› ' : '  ';
    const who = state?.ticked ? `${state.by} ${state.at.slice(11, 16)}` : '';
    const indent = '  '.repeat(item.depth);
    const [first = line(''), ...rest] = paragraph(item.text, width - 7 - item.depth * 2 - displayWidth(who));
    return [
      [span(mark, 'accent'), span(`${indent}[${state?.ticked ? 'x' : ' '}] `, state?.ticked ? 'good' : 'plain'), ...first, span(who === '' ? '' : ` ${who}`, 'muted')],
      ...rest.map((one) => [span(`      ${indent}`), ...one]), ...(state?.note ? paragraph(`note: ${state.note}`, width, 'accent', `      ${indent}`) : []),
    ];
  })];
}

function fieldLines(step: Step, known: StepState, width: number): Line[] {
  return step.fields.flatMap((field, index) => {
    const filled = known.fields[index];
    const [first = [], ...rest] = paragraph(filled?.value ?? '____', Math.max(8, width - displayWidth(field.label) - 6), filled ? 'accent' : 'muted');
    return [[span(`  ${field.label}: `), ...first, span(field.unit ? ` ${field.unit}` : ''), span(filled ? `  ${filled.by} ${filled.at.slice(11, 16)}` : '', 'muted')], ...rest.map((one) => [span('    '), ...one])];
  });
}

const JUDGED: Record<string, [string, Tone]> = { passed: ['✓ passed', 'good'], failed: ['✗ failed', 'bad'], asked: ['? yours', 'warn'], waived: ['~ waived', 'warn'], 'not evaluated': ['- not evaluated', 'muted'] };

function expectationLines(step: Step, known: StepState, width: number, values: Values): Line[] {
  if (step.expectations.length === 0) return [];
  return [line(''), ...step.expectations.flatMap((one, index) => {
    const judged = known.expectations[index];
    const [word, tone] = judged ? JUDGED[judged.verdict] ?? ['○', 'muted' as Tone] : ['○ expects', 'muted' as Tone];
    const wanted = judged && judged.verdict !== 'asked' ? judged.expected : one.text;
    // In a query the values are SQL, elsewhere they look as measured ones do.
    const text = wanted.includes('(') ? fillParameters(wanted, values).sql : withValues(wanted, values);
    const lines = [...paragraph(`${word}  ${withoutTableRules(text)}`, width, tone)];
    const difference = judged?.verdict === 'failed' ? differenceOf(judged.expected, judged.actual) : null;
    if (judged && judged.verdict !== 'passed') lines.push(...paragraph(`got ${judged.actual}${difference === null ? '' : `: ${difference}`}${judged.note ? ` (${judged.note})` : ''}`, width, tone === 'bad' ? 'bad' : 'plain', '    '));
    return lines;
  })];
}

type Values = Readonly<Record<string, string | null>>;

/** Parameters and captures as the journal knows them: secrets are masked there. */
function valuesOf({ parameters, captures }: RunState): Values {
  return { ...Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])), ...captures };
}

function statementLines(step: Step, known: StepState, width: number, values: Values): Line[] {
  return step.statements.flatMap((statement, index) => {
    const result = known.statements.find((one) => one.index === index);
    const sql = highlight(result?.sql ?? fillParameters(statement.sql, values).sql);
    const shown = result && sql.length > SQL_LINES_WHEN_DONE ? [...sql.slice(0, SQL_LINES_WHEN_DONE), line(span(`… ${sql.length - SQL_LINES_WHEN_DONE} more lines`, 'muted'))] : sql;
    return [line(''), ...(result ? [headOf(result, wantedError(step, known, index))] : []), ...shown.flatMap((one) => fold(one, width - 2)).map((one) => [span('  '), ...one])].concat(result ? resultLines(result, width) : []);
  });
}

/** An error is what the step wants: an expectation of it passed. */
function wantedError(step: Step, known: StepState, index: number): boolean {
  return step.expectations.some((one, at) => one.assertion.type === 'error' && (one.statement === null || one.statement === index) && known.expectations[at]?.verdict === 'passed');
}

function headOf(result: StatementResult, wanted: boolean): Line {
  if (result.executed === false) return line(span(`- ${result.index + 1} ${result.command}`, 'muted'), span('  not executed', 'muted'));
  const bad = result.error !== null && !result.tolerated && !wanted;
  const tone: Tone = bad ? 'bad' : result.tolerated ? 'warn' : 'good';
  const counts = result.error && wanted ? 'refused, as expected' : result.rowCount !== null ? `${result.rowCount} row${result.rowCount === 1 ? '' : 's'}` : result.affected !== null ? `${result.affected} changed` : '';
  return line(span(`${bad ? '✗' : result.tolerated ? '! tolerated' : '✓'} ${result.index + 1} ${result.command}`, tone), span(`  ${[counts, formatDuration(result.durationMs)].filter((part) => part !== '').join(', ')}`, 'muted'));
}
