import type { StatementResult } from '../steps/fact.js';

const calls = /^(?:(?:pg_catalog\.)?(?:count|sum|avg|bool_and|bool_or|every|stddev|variance|stddev_pop|stddev_samp|var_pop|var_samp)\s*\()/i;

/**
 * Whether a query's values are counts, sums and truths over many rows, which
 * tell nothing of one person: a single row without GROUP BY, each column a
 * counting aggregate or EXISTS. `min` and `max` return a row's own value and
 * are not. Doubt counts as no.
 */
export function isAggregate(result: Pick<StatementResult, 'sql' | 'rowCount' | 'types' | 'columns'>): boolean {
  if ((result.rowCount ?? 0) > 1) return false;
  if (result.types.some((type) => !/^(?:int2|int4|int8|numeric|float4|float8|bool|integer|bigint|smallint|boolean)$/i.test(type))) return false;
  const sql = withoutNoise(result.sql);
  const select = /^\s*select\s+(?!distinct\b)([^]*?)(?:\sfrom\s[^]*)?$/i;
  if (/\b(?:group\s+by|union|intersect|except|over)\b/i.test(topLevel(sql)) || !/^\s*select\b/i.test(sql)) return false;
  const list = select.exec(topLevel(sql))?.[1];
  return list !== undefined && list.split(',').every(isCounting);
}

function isCounting(column: string): boolean {
  const bare = column.trim();
  return calls.test(bare) && /^[\w.]+\s*\(\)(?:\s*filter\s*\(\))?(?:\s*::\s*\w+)?(?:\s*(?:=|<>|!=|<|>|<=|>=|\*|\/|\+|-)\s*[\d.]+)*(?:\s+(?:as\s+)?"?\w+"?)?$/i.test(bare)
    || /^(?:not\s+)?exists\s*\(\)(?:\s+(?:as\s+)?"?\w+"?)?$/i.test(bare);
}

/** Without comments and the content of literals. */
function withoutNoise(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''").replace(/--[^\n]*/g, ' ').replace(/\/\*[^]*?\*\//g, ' ').replace(/;\s*$/, '');
}

/** The text with everything inside parentheses left out. */
function topLevel(sql: string): string {
  let depth = 0;
  let out = '';
  for (const character of sql) {
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0) out += character;
    if (character === '(') depth += 1;
  }
  return out.replace(/\s+/g, ' ');
}
