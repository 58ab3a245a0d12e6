import { ANY_OTHER_SYSTEM, isOtherSystem } from './branches.js';
import type { StatementRead } from './statement.js';

/** Names of relations that nobody has: they show how such a statement is written. The mark of a placeholder takes its first letter. */
const NOBODYS = /^(?:(?:[y_]our|my|some|example|sample)_?(?:[a-z]+_)?(?:table|view|schema)s?(?:_?name)?|(?:table|view)_?name|(?:[y_]our|some|example)_?(?:relation|entity))$/;

const DEFINES = /POLICY|TRIGGER|(?:ALTER|DROP) TABLE/;
/** The relation that a statement defines something of, or alters. */
const definedOn = (sql: string): string[] => /^(?:(?:create|drop|alter)\s+(?:policy|trigger)\b[^;]*?\son|(?:create|drop|alter)\s+table(?:\s+if\s+(?:not\s+)?exists)?(?:\s+only)?)\s+(?:[a-z_]\w*\.)?"?([a-z_]\w*)"?/i.exec(sql)?.slice(1).map((name) => name.toLowerCase()) ?? [];

/** Whether SQL is a pattern to be copied rather than a step: each of its statements is about a relation that is called so. */
export function isPattern(statements: readonly StatementRead[]): boolean {
  return statements.length > 0 && statements.every(({ shape, sql, command }) => shape.tables.some((name) => NOBODYS.test(name)) || (DEFINES.test(command) && definedOn(sql).some((name) => NOBODYS.test(name))));
}

const HALF = /^\s*--+\s*(before|after|old|new)(?:\s*\([^()\n]*\))?\s*:?\s*$/gim;

/** Whether SQL shows how a text is changed: "-- Before:" over what stood there, and "-- After:" over what takes its place, where one of them is commented out or writes. */
export function showsEdit(body: string, statements: readonly StatementRead[]): boolean {
  if (!/before|old/i.test(body)) return false;
  const halves = [...body.matchAll(HALF)].map(([, half = '']) => half.toLowerCase());
  const pair = (halves[0] === 'before' && halves[1] === 'after') || (halves[0] === 'old' && halves[1] === 'new');
  return pair && halves.length === 2 && (statements.some(({ writes }) => writes) || /^\s*--.*;\s*$/m.test(body));
}

/** A line that is a comment and nothing else, without its marks; null for any other. */
function commentOf(line: string): string | null {
  return /^\s*--+\s*(.*)$/.exec(line)?.[1] ?? null;
}

/**
 * SQL without the parts that a comment heads as another system's ("-- MySQL", and then
 * "-- PostgreSQL"): they are blanked, so that every offset stays. A part ends at the
 * next comment that begins a line of its own.
 */
export function withoutOtherSystems(body: string): string {
  if (!ANY_OTHER_SYSTEM.test(body)) return body;
  // "-- MySQL: row counts" names its system in the same way where "-- PostgreSQL: …" does.
  const both = /^\s*--+\s*(?:postgres(?:ql)?|pg)\s*:/im.test(body);
  let other = false;
  return body.split('\n').map((line) => {
    const comment = commentOf(line);
    if (comment !== null) other = isOtherSystem(both ? comment.replace(/:.*$/, '') : comment);
    return other && comment === null ? line.replace(/[^\r]/g, ' ') : line;
  }).join('\n');
}
