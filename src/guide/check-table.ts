import { bindWording, type ExpectationRead, type Wording } from './expectation.js';
import { readWording } from './reading.js';
import type { StatementRead } from './statement.js';

/**
 * A table with a row for each thing to look at in one result: `| Check | Expected |`, and below it
 * "Row count", or a column of the result, beside what is expected of it. What of it is understood is
 * judged, every other row is asked; null where the table is another one.
 */
export function eachCheck(wording: Wording, statements: StatementRead[]): ExpectationRead[] | null {
  const { extra } = wording;
  const [at, ...more] = statements.flatMap(({ shape }, index) => (shape.returnsRows ? [index] : []));
  const shape = at === undefined ? undefined : statements[at]?.shape;
  if (extra?.kind !== 'table' || extra.columns.length !== 2 || at === undefined || shape === undefined || more.length > 0 || !/^\W*expect(?:ed|ation)?\b/i.test(extra.columns[1] ?? '')) return null;
  const said = extra.rows.map(([what = '', wanted = '']) => {
    const name = what.replace(/[`*]/g, '').trim();
    const column = shape.columns.find((one) => one !== null && one !== '*' && one.toLowerCase() === name.toLowerCase());
    if (/^(?:row count|rows?|number of rows|rows? returned)$/i.test(name) && /^\d+$/.test(wanted.trim())) return `Expected: ${wanted.trim()} rows`;
    return column === undefined ? null : `Expected: \`${column}\` = ${wanted.replace(/^(?:all|always|every)\s+/i, '').trim().replace(/^`([\w-]+)`$/, "'$1'")}`;
  });
  const read = (text: string | null): text is string => text !== null && readWording(text, { shape, extra: null }).source === 'read';
  if (said.filter(read).length < 2) return null;
  return said.flatMap((text, index) => {
    const row = (extra.rows[index] ?? []).join(' | ');
    return read(text) ? bindWording({ ...wording, text, shown: row, extra: null }, statements, at) : [{ line: wording.line, text: row, statement: at, source: 'operator', assertion: { type: 'operator', text: row }, alternative: null, remedy: wording.remedy }];
  });
}
