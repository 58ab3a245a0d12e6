import { psqlTable } from './wording/tables.js';

/** A command tag as psql prints it, with its count where it has one. */
const TAG = /^(BEGIN|COMMIT|CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|DO|SET|INSERT|UPDATE|DELETE|MERGE|COPY|SELECT)((?: [A-Z]+)*)(?: 0)?(?: (\d+))?$/;
const NOTICE = /^(?:psql:\S+ )?(?:NOTICE|WARNING|INFO|ERROR):\s/;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Whether a text is what psql prints: a table, command tags, notices, or an error. */
export function isPrinted(text: string): boolean {
  const lines = linesOf(text);
  return psqlTable(text) !== null || (lines.length > 0 && lines.every((line) => TAG.test(line) || NOTICE.test(line)));
}

/** Times, sizes, durations and long numbers: what is printed differs from run to run. */
export function isVolatile(text: string): boolean {
  return /…|\.{3}|\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\b\d+(?:\.\d+)? ?(?:[kKMGT]i?B|bytes|ms)\b|\b\d{5,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-/.test(text);
}

/** One command tag a statement: the words of the command, and the count of rows, or null. */
export interface Tag {
  command: string;
  rows: number | null;
}

/** The tags of a transcript, those of the transaction around them left out; null where it holds anything else. */
export function tagsOf(text: string): Tag[] | null {
  const found = linesOf(text).map((line) => TAG.exec(line));
  if (found.length === 0 || !found.every((one) => one !== null)) return null;
  return found
    .filter((one) => one[1] !== 'BEGIN' && one[1] !== 'COMMIT')
    .map((one) => ({ command: `${one[1] ?? ''}${one[2] ?? ''}`, rows: one[3] === undefined ? null : Number(one[3]) }));
}
