import { withoutRemark } from './wording/row-remarks.js';
import { psqlTable } from './wording/tables.js';

/** A command tag as psql prints it, with its count where it has one. */
const TAG = /^(BEGIN|COMMIT|CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|DO|SET|INSERT|UPDATE|DELETE|MERGE|COPY|SELECT)((?: [A-Z]+)*)(?: 0)?(?: (\d+))?$/;
const NOTICE = /^(?:psql:\S+ )?(?:NOTICE|WARNING|INFO|ERROR):\s/;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Whether a text is what psql prints: a table, command tags, notices, or an error. */
export function isPrinted(text: string): boolean {
  const lines = linesOf(text);
  return psqlTable(text) !== null || (resultsOf(text)?.length ?? 0) > 0 || (lines.length > 0 && lines.every((line) => TAG.test(line) || NOTICE.test(line)));
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

const RULE = /^[\s|]*-{2,}[-+|\s]*$/;
const COUNT = /^\s*\(\d+ rows?\)\s*$/;

/** What psql prints for one statement after the other. */
export type Printed = { kind: 'rows'; text: string } | { kind: 'tag'; tag: Tag };

/**
 * The results of a transcript, in order: tables, each with its header and its `(N rows)`,
 * and command tags; null where it holds anything else. Frames and records are not taken apart.
 */
export function resultsOf(text: string): Printed[] | null {
  const lines = text.split('\n');
  const found: Printed[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || /^\s*Time: /.test(line)) continue;
    if (RULE.test(lines[at + 1] ?? '') && !RULE.test(line)) {
      let end = at + 2;
      while (end < lines.length && (lines[end] ?? '').trim() !== '' && !RULE.test(lines[end + 1] ?? '') && !COUNT.test(lines[end] ?? '')) end += 1;
      if (COUNT.test(lines[end] ?? '')) end += 1;
      found.push({ kind: 'rows', text: lines.slice(at, end).join('\n') });
      at = end - 1;
      continue;
    }
    const [tag, ...more] = tagsOf(line) ?? [];
    if (tag === undefined || more.length > 0) {
      if (/^\s*(?:BEGIN|COMMIT)\s*$/.test(line)) continue;
      return null;
    }
    found.push({ kind: 'tag', tag });
  }
  return found;
}

/**
 * Results with empty lines between them, one a query, below the names of its columns or as rows of as many cells:
 * as some tools print them.
 */
export function spacedResults(text: string, columns: readonly (readonly (string | null)[])[]): Printed[] | null {
  const blocks = text.trim().split(/\n\s*\n/);
  if (blocks.length < 2 || blocks.length !== columns.length) return null;
  const found = blocks.map((block, index): Printed | null => {
    const names = columns[index] ?? [];
    const [head = '', ...rows] = block.split('\n').map(withoutRemark);
    const headed = cellsOf(head).join('|').toLowerCase() === names.map((name) => name?.toLowerCase()).join('|');
    if (headed) return rows.length <= (RULE.test(rows[0] ?? '') ? 1 : 0) ? null : { kind: 'rows', text: RULE.test(rows[0] ?? '') ? [head, ...rows].join('\n') : [head, '-----', ...rows].join('\n') };
    const bare = names.length > 1 && !names.includes('*') && names.every((name) => name !== null) && [head, ...rows].every((row) => cellsOf(row).length === names.length && !RULE.test(row));
    return bare ? { kind: 'rows', text: [names.join(' | '), '-----', head, ...rows].join('\n') } : null;
  });
  return found.every((one) => one !== null) ? found : null;
}

const cellsOf = (row: string): string[] => row.replace(/^\s*\||\|\s*$/g, '').split('|').map((cell) => cell.trim());
