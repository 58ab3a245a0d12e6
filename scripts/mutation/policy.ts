import type { Change } from './mutant.js';
import { closing, find, piecesOf, replaced } from './pieces.js';

/** Ways to break CREATE POLICY and ALTER POLICY: condition, command, roles, strictness. */
export function policyChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const changes: Change[] = [];
  for (const [words, open] of [['USING (', 1], ['WITH CHECK (', 2]] as const) {
    const at = find(pieces, words);
    if (at < 0) continue;
    const inside = { from: at + open + 1, to: closing(pieces, at + open) };
    const was = sql.slice(pieces[inside.from]?.start, pieces[inside.to - 1]?.end);
    const other = /^true$/i.test(was) ? 'false' : 'true';
    changes.push({ change: `${words.slice(0, -2)} (${other})`, tries: [replaced(sql, pieces, inside, other)] });
  }
  const command = find(pieces, 'FOR');
  if (command >= 0 && pieces[command + 1]?.word !== 'ALL') changes.push({ change: 'for every command', tries: [replaced(sql, pieces, { from: command, to: command + 2 }, '')] });
  const to = find(pieces, 'TO');
  if (to >= 0) {
    const end = pieces.findIndex((piece, index) => index > to && piece.depth === 0 && ['USING', 'WITH'].includes(piece.word));
    const roles = { from: to + 1, to: end < 0 ? pieces.length : end };
    for (const role of ['PUBLIC', 'anon']) changes.push({ change: `to ${role}`, tries: [replaced(sql, pieces, roles, role)] });
  }
  const strict = find(pieces, 'AS RESTRICTIVE');
  if (strict >= 0) changes.push({ change: 'permissive', tries: [replaced(sql, pieces, { from: strict, to: strict + 2 }, '')] });
  return changes;
}
