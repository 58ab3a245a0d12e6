import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { namingColumn } from './row-of.js';
import type { StatementShape } from './shape.js';

/** "`pier` column with type `text`": what is said of a name is said of its row; null where it is said of several, or cannot be of one. */
export function ofItsRow(all: Assertion[], shape: StatementShape): Assertion[] | null {
  const names = all.flatMap((one) => (one.type === 'contains' ? one.values : []));
  const held = all.flatMap((one) => (one.type === 'column' ? [one] : []));
  const rows = all.find((one) => one.type === 'rows' && one.op === '=');
  if (names.length === 0 || held.length === 0 || (rows?.type === 'rows' && rows.value === names.length) || shape.oneRow || shape.atMostOne === true) return all;
  const naming = namingColumn(shape);
  // "3 rows in `boats`, all with …" is said of no row alone.
  if (names.length > 1 || naming === null || (rows?.type === 'rows' && rows.value !== 1) || held.some(({ op, value, column }) => op !== '=' || column.toLowerCase() === naming.toLowerCase() || (typeof value === 'object' && value !== null))) return null;
  return [...all.filter(({ type }) => type !== 'contains' && type !== 'column'), { type: 'includes', columns: [naming, ...held.map(({ column }) => column)], rows: [[names[0] ?? '', ...held.map(({ value }) => value as Scalar)]] }];
}
