import { ANY_OTHER_SYSTEM, isOtherSystem } from './branches.js';
import type { StatementRead } from './statement.js';

/** Names of relations that nobody has: they show how such a statement is written. The mark of a placeholder takes its first letter. */
const NOBODYS = /^(?:(?:[y_]our|my|some|example|sample)_?(?:[a-z]+_)?(?:table|view|schema)s?(?:_?name)?|(?:table|view)_?name|(?:[y_]our|some|example)_?(?:relation|entity))$/;

/** Whether SQL is a pattern to be copied rather than a step: each of its statements is about a relation that is called so. */
export function isPattern(statements: readonly StatementRead[]): boolean {
  return statements.length > 0 && statements.every(({ shape }) => shape.tables.some((name) => NOBODYS.test(name)));
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
