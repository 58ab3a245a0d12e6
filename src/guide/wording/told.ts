import type { Assertion, Operand, Operator } from '../../assertions/assertion.js';
import { readColumn } from './columns.js';
import type { Found } from './reading.js';
import { hasColumn, type StatementShape } from './shape.js';
import { isCommand, tellsCommands } from './sought.js';
import { readHeld } from './states.js';

/** Words after a number of rows that say what the number says: "showing all 3 tables", "with both columns". */
export const SAYS_NO_MORE = /^(?:all|both|the|your|those|these|their|its)(?: of)?(?: the| these| those)?(?: (\d+|two|three|four|five|six|seven|eight|nine|ten))?(?: [\p{L}_-]+){1,4}$/iu;

const ROW = '(?:rows?|records?|entr(?:y|ies)|results?|linhas?|filas?|lignes?)';
const ROW_NOUN = new RegExp(`^${ROW}\\b`, 'iu');
/** `1 row with "orders"`. */
const QUOTED = /^\S+ (?:with|showing|named|called) (?:"([^"]+)"|'([^']+)'|`([^`]+)`)$/i;
/** "1 row with `active: true`". */
const PAIR = /^\S+ (?:with|showing) [`'"]([a-z_]\w*: ?[^`'"]+)[`'"]$/i;
/** "1 row with `email` filled". */
const FILLED = new RegExp(`^${ROW} (?:with|where|having|com|con|avec) (.+)$`, 'iu');
/** "6 tables with an owner": of things other than rows, what else they have. */
const HAVING = new RegExp(`^(?!${ROW}\\b)[\\p{L}_-]+(?: [\\p{L}_-]+)? (with (?!(?:details|names?)$)[^'"\x60]+)$`, 'iu');
/** "1 row with the crew's details and a berth": more than how many there are. */
const ROWS_HAVING = new RegExp(`^${ROW} ((?:with|where|having|showing|containing) (?:(?!\\b(?:and|or)\\b).)+ and .+)$`, 'iu');
/** "1 row with boat_kind". */
const NAMED = new RegExp(`^${ROW} (?:with|named|showing|called) ([a-z]+(?:_[a-z\\d]+)+)$`, 'i');
/** "1 row with `boats` table": the name of what is counted, with its kind. */
const NAMED_KIND = new RegExp(`^${ROW} (?:with|for|showing|containing) (?:the )?(?:\x60([^\x60]+)\x60|"([^"]+)"|([a-z]+(?:_[a-z\\d]+)+)) (table|column|field|policy|index|function|trigger|view|enum|type|extension|constraint|bucket|role|job|username|name|email|status|slug|key)s?$`, 'i');
/** "5 columns exist with the type integer". */
const BESIDE = /^\S+(?: \S+)? (?:exists?|present|listed|shown) ((?:with|as|in) .+)$/i;
/** "At least one INSERT policy". */
const OF_COMMAND = /^(?:\w+ )?(SELECT|INSERT|UPDATE|DELETE) (?:polic(?:y|ies)|privileges?|grants?|triggers?)$/;
/** "1 row with indexdef containing 'gin'". */
const CLAUSE = /\bwith\s+(.*['"`].*)$/i;

const asked = (text: string): Assertion => ({ type: 'operator', text });

/** What stands behind a figure and the thing it counts: read, or asked beside the figure. */
export function tellMore(found: Found | null, { op, value, noun }: { op: Operator; value: Operand; noun: string }, shape: StatementShape | null): Found | null {
  if (found === null || noun === '') return found;
  const and = (...more: Assertion[]): Found | null => (found.alternative ? null : { assertions: [...found.assertions, ...more] });
  const rows = found.assertions[0]?.type === 'rows' && found.assertions.length === 1;
  const pair = PAIR.exec(noun)?.[1]?.replace(':', ' =');
  if (pair !== undefined) {
    const own = rows ? readColumn(pair, shape) : null;
    // At least so many that have it: one of them does.
    return own === null ? null : and(...own.assertions.map((one) => (one.type === 'column' && op !== '=' ? { ...one, quantifier: 'any' as const } : one)));
  }
  const quoted = QUOTED.exec(noun)?.slice(1).find((one) => one !== undefined);
  if (quoted !== undefined && rows && shape?.returnsRows === true) return { assertions: [...found.assertions, { type: 'contains', values: [quoted] }] };
  const filled = FILLED.exec(noun)?.[1]?.replace(/ (?:preenchid[oa]|rellen[oa]|rempli[es]?|ausgefüllt)$/i, ' populated');
  const kept = filled !== undefined && rows && value !== 0 && op === '=' ? readHeld(filled, shape) : null;
  if (kept !== null) return and(...kept.assertions);
  const having = HAVING.exec(noun)?.[1];
  if (having !== undefined && !SAYS_NO_MORE.test(having.slice(5))) return found.alternative || found.assertions.length > 1 ? found : and(asked(having));
  const beyond = ROWS_HAVING.exec(noun)?.[1];
  if (beyond !== undefined && !found.alternative && found.assertions.length === 1 && !/['"`=]/.test(beyond)) return and(asked(beyond));
  const named = NAMED.exec(noun)?.[1];
  if (named !== undefined && rows && value !== 0 && !found.alternative && hasColumn(shape, named) === false) return and({ type: 'contains', values: [named] });
  const [, ticked, quotes, bare, kind = ''] = NAMED_KIND.exec(noun) ?? [];
  const name = ticked ?? quotes ?? bare;
  if (name !== undefined && rows && value !== 0 && !found.alternative && shape?.returnsRows === true && hasColumn(shape, name) !== true && !/[=<>]/.test(name)) {
    return hasColumn(shape, kind) === true && op === '=' ? and({ type: 'column', column: kind.toLowerCase(), quantifier: 'every', op: '=', value: name }) : and({ type: 'contains', values: [name] });
  }
  const beside = BESIDE.exec(noun)?.[1];
  if (beside !== undefined) return and(asked(beside));
  const command = shape !== null && shape.returnsRows && tellsCommands(shape) ? OF_COMMAND.exec(noun)?.[1] : undefined;
  if (command !== undefined && shape?.sought?.includes(command) !== true) {
    // Of all that are listed, one at least is for it; how many are, no count of rows tells.
    const column = shape?.columns.find((name) => name !== null && isCommand(name));
    return op === '>=' && value === 1 && column != null ? and({ type: 'column', column, quantifier: 'any', op: '=', value: command }) : null;
  }
  const clause = CLAUSE.exec(noun)?.[1];
  if (clause === undefined) return found;
  if (!namesColumn(clause, shape)) return rows && value !== 0 && ROW_NOUN.test(noun) ? and(asked(clause)) : found;
  // "1 row with name "Ida"": of that column.
  const own = found.alternative ? null : readColumn(clause.replace(/^(`?\w+`?) (?=['"`])/, '$1 = '), shape);
  return { assertions: [...found.assertions, ...(own?.assertions ?? [asked(clause)])] };
}

function namesColumn(text: string, shape: StatementShape | null): boolean {
  const words = new Set(text.toLowerCase().split(/\W+/));
  return shape?.columns.some((column) => column !== null && words.has(column.toLowerCase())) === true;
}
