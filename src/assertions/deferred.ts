import type { Assertion, ColumnOperand, Deferred, Operand, Resolved, Scalar } from './assertion.js';

function deferred(assertion: Assertion): Deferred[] {
  if (!('op' in assertion)) return [];
  const value: Operand | ColumnOperand = assertion.value;
  if (isColumn(value)) return [];
  return (Array.isArray(value) ? value : [value]).filter((one): one is Deferred => typeof one === 'object' && one !== null);
}

/** Whether the right-hand side is another column of the row. */
export function isColumn(value: Operand | ColumnOperand): value is ColumnOperand {
  return typeof value === 'object' && value !== null && 'column' in value;
}

/** Names of the parameters and texts of the queries an assertion's right-hand side needs, each once. */
export function deferredOf(assertion: Assertion): { parameters: string[]; queries: string[] } {
  const all = deferred(assertion);
  return {
    parameters: [...new Set(all.flatMap((one) => ('parameter' in one ? [one.parameter] : [])))],
    queries: [...new Set(all.flatMap((one) => ('sql' in one ? [one.sql] : [])))],
  };
}

/** The right-hand side as plain values, or the first thing that has none. */
export function resolveOperand(value: Operand, resolved: Resolved): { values: Scalar[] } | { missing: string } {
  const values: Scalar[] = [];
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one !== 'object' || one === null) {
      values.push(one);
      continue;
    }
    const found = 'sql' in one ? own(resolved.queries, one.sql) : own(resolved.parameters, one.parameter);
    if (found === undefined) {
      const why = 'sql' in one ? own(resolved.refused ?? {}, one.sql) : undefined;
      return { missing: 'sql' in one ? `the query (${one.sql}) has no result${why === undefined ? '' : `: ${why}`}` : `:'${one.parameter}' has no value` };
    }
    values.push(found);
  }
  return { values };
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
