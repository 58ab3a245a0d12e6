import type { Extra } from './reading.js';

const PAIR = /^\s*`?([a-z]\w*)`?\s*[:=]\s*(\S.*?)\s*$/i;
/** Why a value is so, or that it is well, behind it. */
const REMARK = /\s+(?:[✅✓✔☑⚠←].*|\((?![^()]*\b(?:or|if|unless)\b)[^()]*\))$/u;

/** A key that one record alone begins with. */
const NAMING = /^(?:policyname|polname|tablename|table_name|column_name|indexname|trigger_name|tgname|conname|constraint_name|proname|routine_name|jobname|bucket_id)$/i;

/** Records below a label, "policyname: x" with "cmd: y" under it, the first key again for each: rows with the same keys, and the line behind them. Null for any other lines. */
export function recordsBelow(lines: readonly { text: string }[], from: number): { extra: Extra; until: number } | null {
  const records: [string, string][][] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') continue;
    const [, key = '', said = ''] = PAIR.exec(text) ?? [];
    if (key === '') break;
    if (records.length === 0 || key === records[0]?.[0]?.[0]) records.push([]);
    records.at(-1)?.push([key, said.replace(REMARK, '').replace(/^(["'`])(.*)\1$/, '$2')]);
  }
  const keys = records[0]?.map(([key]) => key) ?? [];
  const alike = (records.length > 1 || (keys.length > 1 && NAMING.test(keys[0] ?? ''))) && new Set(keys).size === keys.length && records.every((record) => record.map(([key]) => key).join() === keys.join());
  return alike ? { extra: { kind: 'table', columns: keys, rows: records.map((record) => record.map(([, said]) => said)) }, until: at } : null;
}
