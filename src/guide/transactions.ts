import type { Guide } from './draft.js';
import type { SqlRead } from './statement.js';

const OWN = 'a step is one transaction';

/**
 * Says where a step, which is one transaction, cannot do what BEGIN, COMMIT and ROLLBACK of its text say.
 * @param apart - the step says `transaction=off`
 * @param rollback - it stands on the way back, where a ROLLBACK undoes nothing of the way forward's fences
 */
export function checkTransactions(guide: Guide, read: SqlRead, { apart, rollback }: { apart: boolean; rollback: boolean }): void {
  const error = (what: string, { line, file }: { line: number; file: string | null }, remedy: string): void => { guide.remarks.error('transaction-mixed', what, { line, ...(file === null ? {} : { file }) }, remedy); };
  const refuses = read.marked ? read.statements.find((one) => !one.transactional) : undefined;
  if (refuses && read.statements.some((one) => one.transactional && one.writes)) {
    error(`BEGIN and COMMIT are written here, but ${refuses.command} cannot run inside a transaction, and the rest would lose its own`, refuses, `give ${refuses.command} a fence of its own`);
  }
  const [first] = read.controls;
  if (first && apart && !refuses && read.statements.filter((one) => one.writes).length > 1) {
    error('BEGIN and COMMIT are written here, and `transaction=off` would run each statement by itself', first, 'leave out the one or the other');
  }
  const file = read.statements[0]?.file ?? null;
  if (read.takesBack !== null) error(`a ROLLBACK takes back one part of these statements, and another part stays: ${OWN}`, { line: read.takesBack, file }, 'give each transaction a fence of its own');
  else if (read.endsLocal !== null) error(`what SET LOCAL set ends here, and would hold for the statements below as well: ${OWN}`, { line: read.endsLocal, file }, 'give each transaction a fence of its own');
  if (rollback) return;
  const writes = read.statements.some((one) => one.writes);
  if (guide.begun && first?.control === 'rollback' && (guide.begun.writes || writes)) {
    error(`this takes back what was begun on line ${guide.begun.line}, in another fence, and would find it committed: ${OWN}`, first, 'write BEGIN, the statements and ROLLBACK into one fence, or mark the step `discard`');
  }
  const last = read.controls.at(-1);
  if (last) guide.begun = last.control === 'begin' ? { line: last.line, writes } : null;
  else if (guide.begun) guide.begun.writes ||= writes;
}
