import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { isVague } from './cells.js';
import { readColumn } from './columns.js';
import { literalOf } from './literal.js';
import { boundOf } from './ranges.js';
import { hasColumn, type StatementShape } from './shape.js';
import { isPlainResult } from './tables.js';

const RECORD = /^-\[ RECORD \d+ \][-+]*$/;
const WORD = /^[\w.:@/+-]{1,60}$/;

/** `enabled: true`, one column a line or all of them in one: a record as some tools print it. */
export function recordOfColumns(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const apart = lines.length === 1 ? (lines[0] ?? '').split(/,\s+(?=\w+\s*[:=])/) : lines;
  const pairs = apart.map((line) => /^`?(\w+)`?\s*(?:[:=|])\s*(.+?),?$/.exec(line));
  if (pairs.length === 0 || !pairs.every((pair) => pair !== null && hasColumn(shape, pair[1] ?? '') === true)) return null;
  // Where it tells of several columns, each once, a value may be a bare word.
  const several = pairs.length > 1 && isPlainResult(shape) && new Set(pairs.map((pair) => pair?.[1]?.toLowerCase())).size === pairs.length;
  const values = pairs.map((pair) => valueOf(pair?.[2] ?? '', several));
  // "hours: 9-17" is a text.
  const bounds = pairs.map((pair) => (/count|total|num|rows|cnt|(?:^|_)n$/i.test(pair?.[1] ?? '') ? boundOf(pair?.[2] ?? '') : null));
  const read = pairs.map((pair, index): Assertion[] | null => (bounds[index] ? [{ type: 'column', column: pair?.[1] ?? '', quantifier: 'every', ...bounds[index] }] : values[index] !== undefined ? [{ type: 'column', column: pair?.[1] ?? '', quantifier: 'every', op: '=', value: values[index] ?? null }] : several ? (readColumn(apart[index] ?? '', shape)?.assertions ?? null) : null));
  const asked = apart.filter((_, index) => read[index] === null);
  if (asked.length === pairs.length || (asked.length > 0 && !several)) return null;
  // A line that is not understood sends none of the others away.
  return [...read.flatMap((one) => one ?? []), ...(asked.length > 0 ? [{ type: 'operator' as const, text: asked.join('\n') }] : [])];
}

/** Words that tell of a value without being it. */
const TELLS = /^(?:recent|current|any|some|new|same|unchanged|varies|varied|set|filled|valid|random|generated|auto|yours?|string|text|number|integer|uuid|timestamp|date|boolean)$/i;

function valueOf(said: string, words: boolean): Scalar | undefined {
  return literalOf(said) ?? (literalOf(said) === null ? null : words && WORD.test(said) && !TELLS.test(said) && !isVague(said) && !/\.{2,}/.test(said) ? said : undefined);
}

/** Records as psql prints them with `\x`: one row, or several of the same columns. */
export function recordsOf(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (!isPlainResult(shape)) return null;
  const [first = ''] = lines;
  const records = RECORD.test(first) ? printed(lines) : null;
  if (records === null || records.length === 0) return null;
  const known = new Map(shape.columns.map((name) => [name?.toLowerCase() ?? '', name ?? '']));
  const [names = []] = records.map((record) => [...record.keys()]);
  if (names.length === 0 || !names.every((name) => known.has(name.toLowerCase()))) return null;
  if (!records.every((record) => record.size === names.length && names.every((name) => record.has(name)))) return null;
  const rows = records.map((record) => names.map((name) => record.get(name) ?? null));
  if (rows.some((row) => row.some((cell) => typeof cell === 'string' && isVague(cell)))) return null;
  return [{ type: 'table', columns: names.map((name) => known.get(name.toLowerCase()) ?? name), rows, ordered: shape.ordered }];
}

function printed(lines: readonly string[]): Map<string, Scalar>[] | null {
  const records: Map<string, Scalar>[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^(\w+)\s*\|\s?(.*)$/.exec(line) ?? [];
    if (RECORD.test(line)) records.push(new Map());
    else if (name === undefined) return null;
    else records.at(-1)?.set(name, value === '' ? null : value);
  }
  return records;
}
