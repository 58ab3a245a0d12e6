import type { Assertion } from '../assertions/assertion.js';
import { tagsOf } from './printed.js';
import type { StatementRead } from './statement.js';

/** What one line of an output says of one of the statements. */
export interface Raised {
  at: number;
  assertion: Assertion;
}

const RAISE = /\braise\s+(?:notice|warning|info)\s+'((?:[^']|'')*)'\s*[;,]/gi;
const PREFIX = /^(?:psql:\S+ )?(?:NOTICE|WARNING|INFO):\s+/;

/** The texts that a statement raises as they stand; those with values of theirs are not known before. */
const textsOf = ({ sql }: StatementRead): string[] =>
  [...sql.matchAll(RAISE)].map((one) => (one[1] ?? '').replaceAll("''", "'")).filter((text) => !/%(?!%)/.test(text.replaceAll('%%', ''))).map((text) => text.replaceAll('%%', '%').trim());

/**
 * The lines of an output as notices of the statements that raise them and as tags of the commands between them, in their order;
 * null where a line is neither, where more than one statement might have printed it, or where nothing is raised.
 */
export function raisedForEach(output: string, statements: readonly StatementRead[]): Raised[] | null {
  const raising = statements.map(textsOf);
  const found: Raised[] = [];
  let next = 0;
  for (const line of output.split('\n').map((one) => one.trim()).filter((one) => one !== '' && !/^(?:BEGIN|COMMIT)$/.test(one))) {
    const text = line.replace(PREFIX, '').trim();
    const by = raising.flatMap((texts, at) => (texts.includes(text) ? [at] : []));
    const [tag] = by.length > 0 ? [] : (tagsOf(line) ?? []);
    const at = tag === undefined ? (by.find((one) => one >= next) ?? -1) : statements.findIndex(({ command }, index) => index >= next && command === tag.command);
    if (at === -1 || (tag === undefined && by.length > 1)) return null;
    found.push({ at, assertion: tag === undefined ? { type: 'notice', contains: text, present: true } : tag.rows === null ? { type: 'success' } : { type: 'affected', op: '=', value: tag.rows } });
    // The tag of a statement stands behind what it raised.
    next = tag === undefined ? at : at + 1;
  }
  return found.some(({ assertion }) => assertion.type === 'notice') ? found : null;
}
