import type { Step, Statement } from './graph.js';

const COUNT = /^\s*select\s+count\(\s*\*\s*\)(?:\s+(?:as\s+)?"?\w+"?)?\s+from\s+((?:"?\w+"?\.)?"?\w+"?)\s*$/i;
const NUMBER_OF = /\b(?:numbers?|counts?|amount) of ((?:[\w-]+\s*){1,4})/i;

/**
 * "Expected: number of existing users" is a figure that the guide itself asked
 * for earlier, with a bare `SELECT count(*) FROM users`. The decision stays the
 * operator's; the earlier query becomes the second reading, so that the figure
 * is computed again and shown beside the measured one.
 * @param steps in the order of the walk; only steps that write nothing, before whose COMMIT nothing can go wrong
 */
export function relateCounts(steps: readonly Step[]): void {
  const counted: { name: string; table: string; sql: string }[] = [];
  for (const step of steps.filter((one) => one.kind === 'sql' && one.role !== 'rollback')) {
    if (step.as === null && !step.statements.some((one) => one.writes)) {
      for (const expectation of step.expectations) {
        const own = expectation.statement === null ? null : countedBy(step.statements[expectation.statement]);
        const said = NUMBER_OF.exec(expectation.text)?.[1];
        if (own === null || said === undefined || expectation.source !== 'operator' || expectation.assertion.type !== 'operator') continue;
        const words = said.toLowerCase().trim().split(/\s+/).map(singular);
        const earlier = counted.find((one) => one.table !== own.table && words.includes(singular(one.name)));
        if (earlier) expectation.alternative = { type: 'value', op: '=', value: { sql: earlier.sql } };
      }
    }
    for (const statement of step.statements) {
      const found = countedBy(statement);
      if (found) counted.push({ ...found, sql: statement.sql.trim() });
    }
  }
}

function countedBy(statement: Statement | undefined): { name: string; table: string } | null {
  const table = COUNT.exec(statement?.sql ?? '')?.[1]?.replaceAll('"', '').toLowerCase();
  return table === undefined ? null : { table, name: table.slice(table.indexOf('.') + 1) };
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/s$/, '');
}
