import { readCount } from './counts.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { isFlag } from './states.js';

/** What may be said behind names, or before them, that says no more than that they are there. */
const THERE = /,? (?:(?:should |must |are |is )?(?:both |all )?(?:listed|present|there|shown|returned|exists?|appear|be (?:listed|present|there|shown|returned)))$/i;

/** "vector and pg_cron both listed": words that the statement itself looks for are the names of what it is to find. */
export function readSought(said: string, shape: StatementShape | null): Found | null {
  if (shape?.sought === undefined || !shape.returnsRows || shape.oneRow || isExplain(shape)) return null;
  // "Should return the constraint's name", of the one that it looks for.
  if (ITS_NAME.test(said) && shape.sought.length === 1) return { assertions: [{ type: 'contains', values: [...shape.sought] }] };
  const flagged = readFlagged(said, shape, shape.sought);
  if (flagged) return flagged;
  const plain = said.replace(THERE, '').replace(/^(?:the )?(?:tables?|columns?|functions?|index(?:es)?|triggers?|polic(?:y|ies)|extensions?|names?)(?::| ) ?/i, '');
  const words = plain.split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/i).map((word) => word.trim().replace(/^(["'`])(.*)\1$/, '$2'));
  return words.length > 0 && words.every((word) => shape.sought?.includes(word)) ? { assertions: [{ type: 'contains', values: words }] } : null;
}

const ITS_NAME = /^(?:the |its )?(?:new )?(?:constraint|table|column|function|index|trigger|policy|view|role|extension|bucket|schema)(?:'s)? name$/i;

/** "vector + cron as public": all that it looks for, and a flag that each of them has. */
function readFlagged(said: string, { columns }: StatementShape, sought: readonly string[]): Found | null {
  const [, list = '', word = ''] = /^(.+?),? (?:as|are|is|both|all)(?: (?:both|all))? `?(\w+)`?$/i.exec(said) ?? [];
  const words = list.split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&+]\s*/i).map((one) => one.trim().replace(/^(["'`])(.*)\1$/, '$2'));
  const flag = columns.find((name) => name !== null && name.toLowerCase() === word.toLowerCase() && isFlag(name));
  if (flag == null || words.length !== sought.length || !words.every((one) => sought.includes(one))) return null;
  return { assertions: [{ type: 'contains', values: words }, { type: 'column', column: flag, quantifier: 'every', op: '=', value: true }] };
}

/** Whether a result has a column for the command that a policy, a grant or a trigger is for. */
export const tellsCommands = (shape: Pick<StatementShape, 'columns'>): boolean => shape.columns.some((column) => column !== null && isCommand(column));
/** How such a column is called. */
export const isCommand = (column: string): boolean => /^(?:cmd|polcmd|command|operation|privilege_type|privilege|event_manipulation)$/i.test(column);

const KINDS = /^(?:(?:polic(?:y|ies)|privileges?|grants?|rights|one|operations?|commands?|cmd values)(?: (?:each |one )?(?:for|of|on|are|is|each for))?:? |one (?:for|per) (?:each(?: of)? )?)?((?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:(?:,? and |, ?| ?\/ ?)(?:SELECT|INSERT|UPDATE|DELETE|ALL))+)(?: (?:policies|privileges|grants))?$/;

const COUNTED = /^((?:exactly )?(?:\d+|one|two|three|four) (?:policies|privileges|grants|triggers|rows))(?: (?:for|covering|on)|:|, )(?: ?one (?:for|per) (?:each(?: of)? )?)? ?((?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:(?:,? and |, ?| ?\/ ?)(?:SELECT|INSERT|UPDATE|DELETE|ALL))*)$/i;

/** "4 policies for SELECT, INSERT, UPDATE and DELETE": how many there are, and for what. */
export function readCountedCommands(said: string, shape: StatementShape | null): Found | null {
  const [, count = '', listed = ''] = COUNTED.exec(said) ?? [];
  const commands = count === '' ? null : readCommands(`policies for ${listed}`, shape) ?? (tellsCommands(shape ?? { columns: [] }) ? { assertions: [{ type: 'contains' as const, values: [listed] }] } : null);
  const rows = commands === null ? null : readCount(count, shape);
  return rows === null || rows.alternative ? null : { assertions: [...rows.assertions, ...(commands?.assertions ?? [])] };
}

const ONLY = /^(?:only:? )?((?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:(?:,? and |, ?| ?\/ ?)(?:SELECT|INSERT|UPDATE|DELETE|ALL))*)(?: only)?$/;

/** "SELECT, INSERT only": each of them is there, and no other. */
function readOnly(said: string, shape: StatementShape): Found | null {
  const listed = /\bonly\b/i.test(said) ? ONLY.exec(said.replace(/^Only/, 'only'))?.[1]?.split(/,? and |, ?| ?\/ ?/).map((one) => one.trim()) : undefined;
  const [column, ...more] = shape.columns.filter((name) => name !== null && isCommand(name));
  return listed === undefined || column == null || more.length > 0 ? null : { assertions: [{ type: 'contains', values: listed }, { type: 'column', column, quantifier: 'every', op: 'in', value: listed }] };
}

/** "Policies for SELECT, INSERT and UPDATE", of a result that has a column for the command. */
export function readCommands(said: string, shape: StatementShape | null): Found | null {
  const only = shape?.returnsRows === true && tellsCommands(shape) ? readOnly(said, shape) : null;
  if (only !== null) return only;
  const listed = KINDS.exec(said.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()))?.[1];
  if (listed === undefined || shape?.returnsRows !== true || !tellsCommands(shape)) return null;
  return { assertions: [{ type: 'contains', values: listed.split(/,? and |, ?| ?\/ ?/).map((one) => one.trim()) }] };
}
