import type { Assertion } from '../../assertions/assertion.js';
import { named } from './normal.js';
import { isExplain, type StatementShape } from './shape.js';

/** What is said of a row without the name of its column: "numeric", "nullable", `'O'`. */

const TYPES = /^(?:numeric|text|uuid|integer|bigint|smallint|boolean|jsonb?|date|bytea|real|double precision|character varying|timestamp with(?:out)? time zone|USER-DEFINED|ARRAY)$/;
/** What guides call a type, and the server another; many write `timestamp` for one with a zone, too. */
const SHORT: Readonly<Record<string, string>> = { int: 'integer', int4: 'integer', int8: 'bigint', bool: 'boolean', varchar: 'character varying', timestamptz: 'timestamp with time zone', decimal: 'numeric' };

/** A type, or that it may be null, of a result that has a column for that; a text in quotes stands in some column. */
export function readField(piece: string, shape: StatementShape | null): Assertion | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const column = (form: RegExp): string | null => shape.columns.find((name) => name !== null && form.test(name)) ?? null;
  const made = (name: string | null, value: string): Assertion | null => (name === null ? null : { type: 'column', column: name, quantifier: 'every', op: '=', value });
  // "Every one `active`": of the one column that tells of a state.
  const stated = /^(?:every one|each one|each|all|both)(?: (?:is|are|of them))? ([`'"])([a-z][\w-]*)\1$/i.exec(piece)?.[2];
  const states = stated === undefined ? [] : shape.columns.filter((name) => name !== null && /(?:^|_)(?:status|state)$/i.test(name));
  if (stated !== undefined) return states.length === 1 ? made(states[0] ?? null, stated) : null;
  const plain = piece.replace(/^(?:all|both|type|of type|data type) /i, '').replaceAll('`', '');
  const type = Object.hasOwn(SHORT, plain.toLowerCase()) ? SHORT[plain.toLowerCase()] : plain;
  if (type !== undefined && TYPES.test(type)) return made(column(/^data_type$/i), type);
  if (/^(?:not null|non-null(?:able)?|not nullable)$/i.test(plain)) return made(column(/^is_nullable$/i), 'NO');
  if (/^nullable$/i.test(plain)) return made(column(/^is_nullable$/i), 'YES');
  // "'north' for all boats", of a query that counts by it: of each kind there is.
  const [, , only] = /^(?:all |every |each )?(['"`])([^'"`]+)\1(?: for (?:all|every|each) (?:of the )?[\p{L} ]{2,24})?$/iu.exec(piece) ?? [];
  const [group] = shape.columns;
  if (only !== undefined && piece.includes(' ') && shape.groups === 1 && group != null && shape.counted?.includes(group) !== true && shape.columns.length - 1 === shape.counted?.length && /^all |^e(?:very|ach) | for (?:all|every|each) /i.test(piece)) return made(group, only);
  const quoted = /^'[^']+'$/.test(piece) ? named(piece) : null;
  return quoted !== null && !shape.oneRow && !shape.singleColumn && /^[\w.:-]+$/.test(quoted) ? { type: 'contains', values: [quoted] } : null;
}
