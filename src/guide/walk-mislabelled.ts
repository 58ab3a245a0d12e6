import type { Fence } from './block.js';
import { readStatements } from './statement.js';
import type { Walk } from './walk.js';

const STARTS = /^\s*(?:set\s+[\w.]+\s*(?:=|to\b)|(?:select|insert|update|delete|create|alter|drop|grant|revoke|truncate|with|begin|do|merge)\b)/i;
const REMARK = /^(\s*)#+ ?/;
/** `psql $DATABASE_URL`, alone on its line: what stands below it is typed into psql. */
const CONNECTS = /^\s*(?:\$ )?(?:sudo (?:-\S+ \S+ )?)?psql(?:\s+(?!-[cf]\b|--(?:command|file)\b)[^\s;|<>]+)*\s*$/;

const SHOWS = /^\s*\\(?:d\w*\+?|timing|x|q|l\+?|conninfo)(?:\s.*)?$/;

/** A fence that says it is for a shell and holds nothing but SQL, with `#` before its remarks, below the line that opens psql or without it: as the SQL that it is; else null. */
export function sqlInShellFence(walk: Walk, fence: Fence): Fence | null {
  const all = fence.body.split('\n');
  const first = all.findIndex((line) => line.trim() !== '' && !/^\s*(?:#|--)/.test(line));
  // What psql shows and measures is no part of what it is told to do.
  const lines = CONNECTS.test(all[first] ?? '') ? all.map((line, index) => (index === first || SHOWS.test(line) ? '' : line)) : all;
  const code = lines.filter((line) => line.trim() !== '' && !/^\s*(?:#|--)/.test(line));
  if (!STARTS.test(code[0] ?? '') || !/;\s*$/.test(code.at(-1) ?? '')) return null;
  const body = lines.map((line) => line.replace(REMARK, '$1-- ')).join('\n');
  const read = readStatements(body, fence.bodyLine);
  if (read.refused !== null || read.faults.length > 0 || read.repaired || read.cuts.length > 0) return null;
  walk.guide.remarks.warning('sql-as-shell', 'this fence says that it is for a shell and holds SQL; it is read as SQL', { line: fence.line, length: 6 }, 'write ```sql');
  return { ...fence, lang: 'sql', body };
}
