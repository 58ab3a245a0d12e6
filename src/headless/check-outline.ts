import type { Graph, Step } from '../graph/graph.js';
import { stepNames } from '../graph/step-name.js';
import { count } from '../log/format.js';
import { formatDuration } from '../text/duration.js';
import { visible } from '../text/sanitise.js';
import { displayWidth, truncate } from '../text/width.js';

/** One step as `check` lists it. */
export interface OutlineStep {
  id: string; name: string; kind: Step['kind']; role: Step['role']; line: number;
  statements: number; items: number; fields: number;
  /** Rollback steps that undo it. */
  undoneBy: string[];
  /** It writes, and the guide holds no way back. */
  notUndone: boolean;
  /** Steps that this rollback step undoes; null on the way forward. */
  undoes: string[] | null;
}

/** Every step in the order of the walk, then the rollback steps. */
export function outlineOf(graph: Graph): OutlineStep[] {
  const names = stepNames(graph);
  return graph.steps.map((step) => {
    const undoneBy = graph.rollback.filter((part) => part.reverts.includes(step.id)).map((part) => part.id);
    const writes = step.role !== 'rollback' && !step.discard && step.statements.some((one) => one.writes);
    return {
      id: step.id, name: names.get(step.id) ?? step.title, kind: step.kind, role: step.role, line: step.line,
      statements: step.statements.length, items: step.items.length, fields: step.fields.length,
      undoneBy, notUndone: writes && undoneBy.length === 0, undoes: step.reverts,
    };
  });
}

/** The outline as a table: number, name, kind, line, what it holds, and what undoes it. */
export function outlineTable(graph: Graph): string {
  const byId = new Map(graph.steps.map((step) => [step.id, step]));
  const checks = new Set(graph.rollback.filter((part) => part.verifies).map((part) => part.id));
  let forward = 0;
  let back = 0;
  const rows = outlineOf(graph).map((one) => {
    const number = one.role === 'rollback' ? `R${(back += 1)}` : String((forward += 1));
    return [number, truncate(visible(one.name), 48), one.kind, String(one.line), holds(one, byId.get(one.id)), truncate(visible(wayBack(one, checks.has(one.id))), 48)];
  });
  return columns([['', 'step', 'kind', 'line', 'holds', 'way back'], ...rows]);
}

function holds(one: OutlineStep, step: Step | undefined): string {
  const parts = [
    one.statements > 0 ? count(one.statements, 'statement') : '', one.items > 0 ? count(one.items, 'item') : '', one.fields > 0 ? count(one.fields, 'blank') : '',
    step?.repeat ? `every ${formatDuration(step.repeat.everyMs)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function wayBack(one: OutlineStep, checks: boolean): string {
  if (one.undoes !== null) return one.undoes.length > 0 ? `undoes ${one.undoes.join(', ')}` : checks ? 'checks the rollback' : one.kind === 'sql' || one.kind === 'shell' ? 'undoes no step' : '';
  return one.undoneBy.length > 0 ? `undone by ${one.undoneBy.join(', ')}` : one.notUndone ? 'nothing undoes it' : '';
}

/** Which sections never run on the way, by what they were read as. */
export function asideLines(graph: Graph): string {
  const inside = (role: string): string => graph.asides.filter((one) => one.role === role).map((one) => `${truncate(visible(one.title), 40)} (line ${one.line})`).join(', ');
  const rows = [['rollback, run only when rolling back', inside('rollback')], ['form of the log, filled', inside('log')], ['reference, never run', inside('reference')]];
  return rows.filter(([, sections]) => sections !== '').map(([how, sections]) => `  ${how}: ${sections}`).join('\n');
}

/** Rows as text in columns, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => rows.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? '')), 0));
  return rows.map((row) => `  ${row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)))).join('  ').trimEnd()}`).join('\n');
}
