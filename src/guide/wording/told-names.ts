import { TELLS } from './called.js';
import { OUTCOMES } from './names.js';
import { enumerated, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { isCommand } from './sought.js';

const TOLD = /^(?:all |exactly )?(\d+|two|three|four|five|six|seven|eight|nine|ten) ([\p{L}_-]+(?: [\p{L}_-]+){0,4}?)(?:\s*[:：]|\s+[-–—])\s+([\p{L}_][^.;:=<>]*)$/iu;
const WORD = /^[\p{L}_][\p{L}\d_-]*$/u;
/** What is expected of them is no more of their names. */
const SAYS = /\b(?:each|every|per|with|without|not|no|or|one|should|must|is|are|has|have|all)\b/i;

/** "4 plans: free, pro, team and fleet": as many words as are counted are their names. */
export function readToldNames(text: string, shape: StatementShape | null): Found | null {
  const [, said = '', things = '', list = ''] = TOLD.exec(text) ?? [];
  if (said === '' || shape?.returnsRows !== true || shape.oneRow || isExplain(shape) || SAYS.test(things)) return null;
  const names = enumerated(list).map((name) => name.trim().replace(/^(['"`])(.*)\1$/, '$2').replace(/\s+\([^()]*\)$/, ''));
  const own = names.every((name) => WORD.test(name) && !OUTCOMES.test(name) && !TELLS.test(name) && !/^(?:select|insert|update|delete|read|write|view|create|edit|all|each|others?)$/i.test(name));
  if (names.length < 2 || names.length !== numberOf(said) || !own || new Set(names).size < names.length || shape.columns.some((name) => name !== null && (names.includes(name) || isCommand(name)))) return null;
  const remarks = /\([^()]*\)/.test(list) ? [{ type: 'operator' as const, text: list.trim() }] : [];
  return { assertions: [{ type: 'rows', op: '=', value: names.length }, { type: 'contains', values: names }, ...remarks] };
}
