import type { Fence } from './block.js';
import { readStatements } from './statement.js';
import type { Walk } from './walk.js';

const STARTS = /^\s*(?:select|insert|update|delete|create|alter|drop|grant|revoke|truncate|with|begin|do|merge)\b/i;
const REMARK = /^(\s*)#+ ?/;

/** A fence that says it is for a shell and holds nothing but SQL, with `#` before its remarks: as the SQL that it is; else null. */
export function sqlInShellFence(walk: Walk, fence: Fence): Fence | null {
  const lines = fence.body.split('\n');
  const code = lines.filter((line) => line.trim() !== '' && !/^\s*(?:#|--)/.test(line));
  if (!STARTS.test(code[0] ?? '') || !/;\s*$/.test(code.at(-1) ?? '')) return null;
  const body = lines.map((line) => line.replace(REMARK, '$1-- ')).join('\n');
  const read = readStatements(body, fence.bodyLine);
  if (read.refused !== null || read.faults.length > 0 || read.repaired || read.cuts.length > 0) return null;
  walk.guide.remarks.warning('sql-as-shell', 'this fence says that it is for a shell and holds SQL; it is read as SQL', { line: fence.line, length: 6 }, 'write ```sql');
  return { ...fence, lang: 'sql', body };
}
