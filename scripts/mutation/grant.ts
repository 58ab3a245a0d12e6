import type { Change } from './mutant.js';
import { closing, find, listed, piecesOf, replaced, textOf, withoutEach } from './pieces.js';

const ROLES = ['anon', 'authenticated', 'service_role', 'PUBLIC'];

/** Ways to break GRANT and REVOKE: a privilege, an object or a role left out, or another role named. */
export function grantChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const on = find(pieces, 'ON');
  const to = pieces.findIndex((piece, index) => index > on && piece.depth === 0 && ['TO', 'FROM'].includes(piece.word));
  if (on < 0 || to < 0) return [];
  const option = pieces.findIndex((piece, index) => index > to && ['WITH', 'CASCADE', 'RESTRICT', 'GRANTED'].includes(piece.word));
  const privileges = { from: 1, to: on };
  const kind = ['TABLE', 'FUNCTION', 'SEQUENCE', 'SCHEMA', 'TYPE', 'PROCEDURE', 'ROUTINE'].includes(pieces[on + 1]?.word ?? '') ? 2 : 1;
  const objects = { from: on + kind, to };
  const roles = { from: to + 1, to: option < 0 ? pieces.length : option };
  const changes: Change[] = [];
  for (const [what, span] of [['privilege', privileges], ['object', objects], ['role', roles]] as const) {
    for (const { gone, sql: less } of withoutEach(sql, pieces, span)) changes.push({ change: `without the ${what} ${gone.replace(/\s+/g, ' ')}`, tries: [less] });
  }
  for (const privilege of listed(pieces, privileges)) {
    const open = pieces.findIndex((piece, index) => index > privilege.from && index < privilege.to && piece.text === '(');
    if (open < 0) continue;
    changes.push({ change: `${pieces[privilege.from]?.text ?? ''} on every column`, tries: [replaced(sql, pieces, { from: open, to: closing(pieces, open) + 1 }, '')] });
    for (const { gone, sql: less } of withoutEach(sql, pieces, { from: open + 1, to: closing(pieces, open) })) changes.push({ change: `${pieces[privilege.from]?.text ?? ''} without the column ${gone}`, tries: [less] });
  }
  const named = listed(pieces, roles);
  const texts = named.map((one) => textOf(sql, pieces, one));
  for (const [index, role] of named.entries()) {
    const wrong = ROLES.find((one) => !texts.some((text) => text.toUpperCase() === one.toUpperCase()));
    if (wrong !== undefined) changes.push({ change: `${pieces[to]?.text.toLowerCase() ?? ''} ${wrong}, not ${texts[index] ?? ''}`, tries: [replaced(sql, pieces, role, wrong)] });
  }
  return changes;
}
