import { stepState, type RunState, type StepState } from '../engine/state.js';
import type { Graph, Step } from '../graph/graph.js';
import { issueLines } from './issues.js';
import { isByYes } from './unseen.js';
import { operatorsOf, runDuration } from './run-facts.js';

/** What a fact says, before it is written into a blank of some shape. */
export type FactValue =
  | { kind: 'text'; text: string }
  | { kind: 'time'; iso: string; show: 'date' | 'time' | 'both' }
  | { kind: 'duration'; ms: number }
  | { kind: 'number'; value: number }
  | { kind: 'lines'; lines: string[] }
  /** One of several outcomes; matched against boxes or written as its word. */
  | { kind: 'outcome'; outcome: 'success' | 'failure' | 'rolled back' | 'skipped'; failed?: boolean; undone?: boolean }
  | { kind: 'answer'; yes: boolean };
export type FactAnswer = { value: FactValue } | { why: string };

/** Where a fact is asked: the steps of its section (empty: the whole run) and the unit behind the blank. */
export interface FactScope { steps: readonly string[]; unit: string | null }

const good = new Set(['passed', 'warned', 'waived']);
const text = (value: string | null | undefined, why: string): FactAnswer => (value === null || value === undefined || value === '' ? { why } : { value: { kind: 'text', text: value } });
const over = 'the run is not over';

interface Known { step: Step; state: StepState }

function stepsOf(state: RunState, graph: Graph, scope: FactScope): Known[] {
  const wanted = new Set(scope.steps);
  return graph.steps.filter((step) => step.role !== 'rollback' && (wanted.size === 0 || wanted.has(step.id))).map((step) => ({ step, state: stepState(state, 'forward', step.id) }));
}

/**
 * Value of a fact, or why no fact answers. A doubtful value is none: a step
 * that never ran is neither a success nor a failure.
 */
export function factOf(name: string, state: RunState, graph: Graph, scope: FactScope): FactAnswer {
  if (name.startsWith('capture:')) return text(state.captures[name.slice('capture:'.length)], 'nothing was captured under that name');
  if (name.startsWith('field:')) return fieldOf(name, state);
  const scoped = scope.steps.length > 0;
  const known = stepsOf(state, graph, scope);
  switch (name) {
    case 'date': return { value: { kind: 'time', iso: state.startedAt, show: 'date' } };
    case 'startTime': return { value: { kind: 'time', iso: state.startedAt, show: 'time' } };
    case 'start': return timeOf(scoped ? earliest(working(known).map((one) => one.state.startedAt)) : state.startedAt, scoped ? 'it was not started' : over);
    case 'end': return timeOf(scoped ? latest(working(known).map((one) => one.state.finishedAt)) : state.finishedAt, scoped ? 'it was not finished' : over);
    case 'duration': return durationOf(scoped ? sum(working(known).map((one) => one.state.durationMs)) : runDuration(state), scoped ? 'it was not run' : over);
    case 'operator': return text(operatorsOf(state).join(', '), 'nobody is named');
    case 'environment': return text(state.environment, 'no environment is named');
    case 'project': return { why: 'the run knows no project name' };
    case 'database': return text(state.target?.database, 'no database was reached');
    case 'server': return text(state.target?.server, 'no database was reached');
    case 'serverVersion': return text(state.target?.version, 'no database was reached');
    case 'role': return text(state.target?.role, 'no database was reached');
    case 'guide': return text(state.guide.title, 'the guide has no title');
    case 'version': return text(state.guide.sha256.slice(0, 12), 'the guide has no hash');
    case 'run': return text(state.run, 'no run');
    case 'status': return statusOf(state, known, scoped);
    case 'succeeded': return succeeded(state);
    case 'rowsAffected': return rowsOf(known, scope.unit);
    case 'verification': return verificationOf(state, known);
    case 'issues': return listOf(issueLines(state, graph, scoped ? scope.steps : null), state);
    case 'notes': return listOf(scoped ? known.flatMap((one) => one.state.notes.map((note) => note.text)) : state.notes.map((note) => note.text), state);
    case 'rollbackRequired': return rollbackOf(state);
    case 'rollbackPerformed': return state.finishedAt === null ? { why: over } : { value: { kind: 'answer', yes: state.rollback !== null || state.passes['rollback'] !== undefined } };
    case 'rollbackReason': return state.rollback === null && state.outcome === 'passed' ? text('Not applicable', over) : text(state.rollback?.reason, 'nothing was rolled back');
    case 'approval': return text(approvers(known), known.some((one) => one.state.approvals.length > 0) ? 'nobody signed: --yes' : 'nobody has approved');
    default: return { why: 'no fact of the run answers it' };
  }
}

/** A migration took as long as what it did; the checks in its section count only where there is nothing else. */
function working(known: readonly Known[]): readonly Known[] {
  const writing = known.filter(({ step }) => step.statements.some((statement) => statement.writes));
  return writing.length > 0 ? writing : known;
}

function timeOf(iso: string | null, why: string): FactAnswer {
  return iso === null ? { why } : { value: { kind: 'time', iso, show: 'both' } };
}

function durationOf(ms: number | null, why: string): FactAnswer {
  return ms === null ? { why } : { value: { kind: 'duration', ms } };
}

/** The sum, or null when any part is missing. */
function sum(parts: readonly (number | null)[]): number | null {
  if (parts.length === 0 || parts.some((part) => part === null)) return null;
  return parts.reduce<number>((total, part) => total + (part ?? 0), 0);
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.reduce<string | null>((least, time) => (time !== null && (least === null || time < least) ? time : least), null);
}

/** Null when any is missing: what is not finished has no end. */
function latest(times: readonly (string | null)[]): string | null {
  if (times.some((time) => time === null)) return null;
  return times.reduce<string | null>((most, time) => (most === null || (time ?? '') > most ? time : most), null);
}

function statusOf(state: RunState, known: readonly Known[], scoped: boolean): FactAnswer {
  if (!scoped) {
    switch (state.outcome) {
      case 'passed': return { value: { kind: 'outcome', outcome: 'success' } };
      case 'failed': return { value: { kind: 'outcome', outcome: 'failure', undone: endedUndone(state) } };
      case 'rolled back': return { value: { kind: 'outcome', outcome: 'rolled back', failed: known.some((one) => one.state.verdict === 'failed') } };
      case null: return { why: over };
      default: return { why: `the run ended as "${state.outcome}"` };
    }
  }
  const acting = known.filter((one) => one.state.verdict !== 'not chosen');
  if (acting.length === 0) return { why: 'none of its steps was chosen' };
  const undone = acting.some((one) => state.rollback?.undone.includes(one.step.id)) && state.mode === 'run';
  if (acting.some((one) => one.state.verdict === 'failed')) return { value: { kind: 'outcome', outcome: 'failure' } };
  if (undone) return { value: { kind: 'outcome', outcome: 'rolled back' } };
  if (acting.every((one) => one.state.verdict === 'skipped')) return { value: { kind: 'outcome', outcome: 'skipped' } };
  if (acting.every((one) => good.has(one.state.verdict))) return { value: { kind: 'outcome', outcome: 'success' } };
  const open = acting.find((one) => !good.has(one.state.verdict));
  return { why: `step ${open?.step.id ?? ''} is ${open?.state.verdict ?? 'open'}` };
}

/** A rehearsal that failed ended with its rollback, where it did not go forward again after it. */
function endedUndone(state: RunState): boolean {
  return state.mode === 'rehearsal' && state.rollback?.complete === true && state.passes['again'] === undefined;
}

function succeeded(state: RunState): FactAnswer {
  if (state.outcome === 'passed') return { value: { kind: 'answer', yes: true } };
  if (state.outcome === 'failed' || state.outcome === 'rolled back') return { value: { kind: 'answer', yes: false } };
  return { why: state.outcome === null ? over : `the run ended as "${state.outcome}"` };
}

const changing = /^(INSERT|UPDATE|DELETE|MERGE|COPY)\b/;

function rowsOf(known: readonly Known[], unit: string | null): FactAnswer {
  const changes = known.flatMap(({ state }) => state.statements.filter((result) => changing.test(result.command) && result.affected !== null && result.error === null).map((result) => ({ result, state })));
  if (changes.length === 0) return { why: 'no statement reported a number of rows' };
  if (changes.some(({ state }) => !state.applied)) return { why: 'its changes were not kept' };
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) return { value: { kind: 'number', value: only.result.affected ?? 0 } };
  if (unit === null || /^rows?$/i.test(unit.trim())) return { value: { kind: 'number', value: total(changes) } };
  // "_____ users" after changes to several tables: only those whose table says users.
  const noun = unit.trim().toLowerCase().replace(/[^\p{L}_]/gu, '');
  const named = changes.filter(({ result }) => tableOf(result.sql).split(/[._"]+/).some((word) => word === noun || `${word}s` === noun));
  return named.length === 0 ? { why: `no change is plainly to ${noun}` } : { value: { kind: 'number', value: total(named) } };
}

function total(changes: readonly { result: { affected: number | null } }[]): number {
  return changes.reduce((rows, { result }) => rows + (result.affected ?? 0), 0);
}

function tableOf(sql: string): string {
  return /\b(?:INTO|UPDATE|FROM|COPY)\s+(?:ONLY\s+)?([\w."]+)/i.exec(sql)?.[1]?.toLowerCase() ?? '';
}

function verificationOf(state: RunState, known: readonly Known[]): FactAnswer {
  if (state.mode === 'dry-run') return { why: 'a dry run verifies nothing' };
  const verifying = known.filter((one) => one.step.role === 'verify' && one.state.verdict !== 'not chosen');
  const judged = verifying.length > 0 ? verifying : known.filter((one) => one.step.expectations.length > 0 && one.state.verdict !== 'not chosen');
  if (judged.length === 0) return { why: 'the guide verifies nothing' };
  if (judged.some((one) => one.state.verdict === 'failed')) return { value: { kind: 'outcome', outcome: 'failure' } };
  const open = judged.find((one) => one.state.verdict !== 'passed' && one.state.verdict !== 'warned');
  return open === undefined ? { value: { kind: 'outcome', outcome: 'success' } } : { why: `step ${open.step.id} is ${open.state.verdict}` };
}

function rollbackOf(state: RunState): FactAnswer {
  // A rehearsal rolls back in any case, so only a passed one says that none was required.
  if (state.mode !== 'run' && state.outcome !== 'passed') return { why: state.outcome === null ? over : 'a rehearsal rolls back in any case' };
  if (state.mode === 'run' && state.rollback !== null) return { value: { kind: 'answer', yes: true } };
  if (state.outcome === 'passed') return { value: { kind: 'answer', yes: false } };
  return { why: state.outcome === null ? over : `the run ended as "${state.outcome}" and nothing was rolled back` };
}

/** Nothing noted is an answer once the run is over. */
function listOf(lines: readonly string[], state: RunState): FactAnswer {
  if (lines.length > 0) return { value: { kind: 'lines', lines: [...lines] } };
  return state.finishedAt === null ? { why: over } : { value: { kind: 'lines', lines: ['None'] } };
}

/** `field:<step>:<label>`: what the operator filled in there. */
function fieldOf(name: string, state: RunState): FactAnswer {
  const [, step = '', ...label] = name.split(':');
  const found = Object.values(state.passes['forward']?.[step]?.fields ?? {}).find((field) => field.label === label.join(':'));
  return text(found?.value, 'the field was not filled');
}

function approvers(known: readonly Known[]): string {
  return [...new Set(known.flatMap((one) => one.state.approvals.map((approval) => approval.name)))].filter((name) => !isByYes(name)).join(', ');
}
