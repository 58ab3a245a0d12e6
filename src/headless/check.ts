import { formatExpect } from '../assertions/format.js';
import type { Diagnostic, Graph } from '../graph/graph.js';
import { count as plural } from '../log/format.js';
import { visible } from '../text/sanitise.js';
import { displayWidth, truncate } from '../text/width.js';
import { asideLines, columns, outlineTable } from './check-outline.js';

/** Longest part of a source line that is shown; a line may have a megabyte. */
const WIDTH = 160;

/**
 * Diagnostics as a compiler prints them: place, code, source line, caret, hint.
 * `source` is the guide's text; `textOf` gives that of a file it names, or null.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], source: string, path: string, textOf: (file: string) => string | null = () => null): string {
  const known = new Map<string | undefined, string[]>([[undefined, linesOf(source)]]);
  const linesIn = (file: string | undefined): string[] => {
    const lines = known.get(file) ?? linesOf(file === undefined ? source : (textOf(file) ?? ''));
    known.set(file, lines);
    return lines;
  };
  return diagnostics.map((one) => renderDiagnostic(one, linesIn(one.file), path)).join('\n\n');
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

function renderDiagnostic(one: Diagnostic, lines: string[], path: string): string {
  const out = [`${one.severity}[${one.code}]: ${visible(one.message)}`, `  --> ${one.file ?? path}:${one.line}:${one.column}`];
  const text = lines[one.line - 1];
  if (text !== undefined) {
    const number = String(one.line);
    const gap = ' '.repeat(number.length);
    const { shown, before } = windowOf(text, one.column - 1);
    const rest = Math.max(1, displayWidth(shown) - before);
    out.push(` ${gap} |`, ` ${number} | ${shown}`, ` ${gap} | ${' '.repeat(before)}${'^'.repeat(Math.min(Math.max(1, one.length ?? 1), rest))}`);
  }
  if (one.hint !== null) out.push(`  = hint: ${visible(one.hint)}`);
  return out.join('\n');
}

/** The part of a line around a column, and the width of what stands before the column in it. */
function windowOf(text: string, column: number): { shown: string; before: number } {
  const from = column > WIDTH - 40 ? column - 40 : 0;
  const clean = (part: string) => visible(part.replace(/\t/g, ' '));
  return { shown: clean(text.slice(from, from + WIDTH)), before: displayWidth(clean(text.slice(from, Math.min(column, text.length)))) };
}

/** What `check` prints of a guide: its diagnostics, its steps, what is left aside, how every expectation is read, then a count. */
export function renderCheck(graph: Graph, source: string, path: string, textOf?: (file: string) => string | null): string {
  const parts: string[] = [];
  if (graph.diagnostics.length > 0) parts.push(renderDiagnostics(graph.diagnostics, source, path, textOf));
  if (graph.steps.length > 0) parts.push(`Steps of ${path}, in the order of the walk:\n${outlineTable(graph)}`);
  const aside = asideLines(graph);
  if (aside !== '') parts.push(`Sections of ${path} that the walk leaves aside:\n${aside}`);
  const table = expectationTable(graph);
  if (table !== '') parts.push(`Expectations of ${path}, as they will be judged:\n${table}`);
  parts.push(summary(graph, path));
  return parts.join('\n\n');
}

/** Line, wording, reading and statement of every expectation; empty where the guide has none. */
export function expectationTable(graph: Graph): string {
  const rows = graph.steps.flatMap((step) => step.expectations.map((one) => {
    const statement = one.statement === null ? undefined : step.statements[one.statement];
    const reading = formatExpect(one.assertion).replace(/\s*\n[\s\S]*/, ' …');
    const also = one.alternative === null ? '' : ` or ${formatExpect(one.alternative).replace(/\s*\n[\s\S]*/, ' …')}`;
    const where = statement ? `${(one.statement ?? 0) + 1}: ${statement.command}, ${statement.file === null ? 'line ' : `${visible(statement.file)}:`}${statement.line}` : step.kind === 'shell' ? `command, line ${step.line}` : `step, line ${step.line}`;
    return [String(one.line), truncate(visible(one.text.replace(/\s+/g, ' ')), 48), one.source, truncate(visible(reading + also), 48), where];
  }));
  if (rows.length === 0) return '';
  return columns([['line', 'text', 'how', 'read as', 'statement'], ...rows]);
}

function summary(graph: Graph, path: string): string {
  const count = (severity: string) => graph.diagnostics.filter((one) => one.severity === severity).length;
  const expectations = graph.steps.flatMap((step) => step.expectations);
  const how = (source: string) => expectations.filter((one) => one.source === source).length;
  const statements = graph.steps.reduce((sum, step) => sum + step.statements.length, 0);
  const back = graph.steps.filter((step) => step.role === 'rollback').length;
  const steps = `${plural(graph.steps.length - back, 'step')}${back === 0 ? '' : ` and ${plural(back, 'rollback step')}`}`;
  return `${path}: ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}; ${steps}, ${plural(statements, 'statement')}, ${plural(expectations.length, 'expectation')} (${how('explicit')} explicit, ${how('read')} read, ${how('operator')} left to the operator)`;
}
