import type { Measured } from './assertion.js';
import { occurs } from './compare.js';

/** Whether the result is a plan of EXPLAIN. */
export function isPlan(measured: Measured): boolean {
  return measured.command.toUpperCase().startsWith('EXPLAIN') || measured.columns[0]?.toUpperCase() === 'QUERY PLAN';
}

/** The plan as lines of text, whatever its format; a JSON plan is written out as text does it. */
export function planLines(measured: Measured): string[] {
  const text = measured.rows.map((row) => row[0] ?? '').join('\n');
  if (/^\s*[[{]/.test(text)) {
    try {
      const lines: string[] = [];
      writeNode(JSON.parse(text), lines);
      return lines;
    } catch {
      return text.split('\n');
    }
  }
  return text.split('\n');
}

function writeNode(node: unknown, lines: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) writeNode(one, lines);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const record = node as Record<string, unknown>;
  const text = (key: string): string | null => (typeof record[key] === 'string' ? record[key] : null);
  if (text('Node Type') !== null) {
    const parallel = record['Parallel Aware'] === true ? 'Parallel ' : '';
    const index = text('Index Name') === null ? '' : ` using ${text('Index Name') ?? ''}`;
    const relation = text('Relation Name') === null ? '' : ` on ${text('Relation Name') ?? ''}`;
    lines.push(`${parallel}${text('Node Type') ?? ''}${index}${relation}`);
  }
  for (const key of ['Index Cond', 'Filter', 'Hash Cond', 'Join Filter', 'Sort Key']) if (record[key] !== undefined) lines.push(`${key}: ${String(record[key])}`);
  if (typeof record['Execution Time'] === 'number') lines.push(`Execution Time: ${record['Execution Time']} ms`);
  for (const key of ['Plan', 'Plans']) writeNode(record[key], lines);
}

/** Execution time of EXPLAIN ANALYZE in milliseconds, or null. */
export function executionTime(measured: Measured): number | null {
  if (!isPlan(measured)) return null;
  const match = /Execution Time:\s*([\d.]+)(?:\s*ms)?/i.exec(planLines(measured).join('\n'));
  return match ? Number(match[1]) : null;
}

/** Whether the plan holds a text, letter case aside. An index-only scan is an index scan. */
export function planHas(lines: readonly string[], wanted: string): boolean {
  const text = lines.join('\n').toLowerCase();
  const want = wanted.toLowerCase();
  return text.includes(want) || (want.startsWith('index scan') && text.includes(want.replace('index scan', 'index only scan')));
}

/** Whether a node of the plan uses the index. */
export function planUses(lines: readonly string[], index: string): boolean {
  return lines.some((line) => /\bIndex\b/i.test(line) && !/^\s*(?:Index Cond|Filter)/i.test(line) && occurs(line, index));
}
