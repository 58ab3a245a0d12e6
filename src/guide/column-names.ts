import { asked, type ExpectationRead } from './expectation.js';
import type { StatementRead } from './statement.js';

/** A column that is called after what must stand in it: `AS should_be_zero`. */
const CALLED = /^(?:should|must)_(?:be|equal)_(zero|\d{1,9}|true|false)$|^(?:expected?|expects)_(zero|0|true|false)$/i;
const VALUES: Readonly<Record<string, number | boolean>> = { zero: 0, true: true, false: false };

/** What the names of its columns say of a query that nothing else is said of. */
export function expectedByName(statements: readonly StatementRead[], said: readonly ExpectationRead[]): ExpectationRead[] {
  return statements.flatMap(({ shape, line }, at) => {
    if (!shape.returnsRows || said.some(({ statement }) => statement === at)) return [];
    return shape.columns.flatMap((column) => {
      const word = CALLED.exec(column ?? '')?.slice(1).find((one) => one !== undefined)?.toLowerCase();
      if (word === undefined || column === null) return [];
      const wording = { line, text: column, extra: null, remedy: null };
      return [{ ...asked(wording, at), source: 'read' as const, assertion: { type: 'column' as const, column, quantifier: 'every' as const, op: '=' as const, value: VALUES[word] ?? Number(word) } }];
    });
  });
}
