import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { compileGuide } from '../../src/graph/compile.js';
import { nodeFiles } from '../../src/guide/files.js';
import { forward } from './compile.js';

/**
 * Readings of five public guides, made by hand: line numbers and readings only.
 * Their texts are not ours to ship: SEEDS names the folder that holds them (or it
 * lies beside the checkout, as `shared/seeds`), one file per fixture, in the order
 * of their names.
 */
interface Fixture {
  items: string[];
  statements: number[];
  rollback: number[];
  /** Line of a rollback step → lines of the steps it undoes. */
  ties: Record<string, number[]>;
  /** Line, line of its statement, reading; a reading of null is not pinned. */
  expectations: [number, number | null, string | null][];
  shell: number[];
  log: Record<string, string>;
  triggers: number[];
}

const beside = join(import.meta.dirname, '../../../shared/seeds');
const folder = process.env['SEEDS'] ?? (existsSync(beside) ? beside : '');
const names = folder !== '' && existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{3}_/.test(name)).sort() : [];

const range = (text: string) => {
  const [first = 0, last = first] = text.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};
const sorted = (lines: number[]) => [...lines].sort((a, b) => a - b);

describe.skipIf(names.length === 0)('the five documents', () => {
  it.each(names)('%s agrees with its reading by hand', async (name) => {
    const path = join(folder, name);
    const graph = await compileGuide({ path, text: readFileSync(path) }, nodeFiles);
    const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `seed-${name.slice(0, 3)}.json`), 'utf8')) as Fixture;
    expect(graph.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
    expect(sorted(graph.steps.flatMap((step) => step.items.map((item) => item.line)))).toEqual(fixture.items.flatMap(range));
    expect(sorted(forward(graph).flatMap((step) => step.statements.map((one) => one.line)))).toEqual(fixture.statements);
    expect(sorted(graph.rollback.flatMap((part) => part.statements.map((one) => one.line)))).toEqual(fixture.rollback);
    const lines = new Map(graph.steps.map((step) => [step.id, step.line]));
    expect(Object.fromEntries(graph.rollback.map((part) => [part.line, part.reverts.map((id) => lines.get(id))]))).toEqual(fixture.ties);
    expect(sorted(graph.steps.filter((step) => step.kind === 'shell').map((step) => step.line))).toEqual(fixture.shell);
    expect(Object.fromEntries((graph.log?.fields ?? []).map((field) => [field.line, field.fact]))).toEqual(fixture.log);
    expect(graph.triggers.map((one) => one.line)).toEqual(fixture.triggers);
    const found = graph.steps.flatMap((step) => step.expectations.map((one) => ({
      line: one.line, at: one.statement === null ? null : (step.statements[one.statement]?.line ?? null), reading: one.assertion.type === 'operator' ? 'operator' : formatExpect(one.assertion),
    })));
    for (const [line, at, reading] of fixture.expectations) {
      const own = found.filter((one) => one.line === line);
      expect(own.length, `line ${line} is an expectation`).toBeGreaterThan(0);
      if (at !== null) expect(own.map((one) => one.at), `line ${line}`).toContain(at);
      if (reading !== null) expect(own.map((one) => one.reading), `line ${line}`).toContain(reading);
    }
    expect(sorted([...new Set(found.map((one) => one.line))])).toEqual(fixture.expectations.map(([line]) => line));
  });
});
