import type { CommentRun } from './comments.js';
import { plainText } from './plain.js';
import { isExpectation } from './reading.js';
import type { StatementRead } from './statement.js';

/** What a comment warns of, or asks for before the SQL below it is run. */
const WARNS = /⚠|🚨|\b(?:caution|careful|warning|danger(?:ous(?:ly)?)?|irreversible|(?:cannot|can't|can not) be (?:undone|reversed|rolled back)|destructive|(?:deletes?|loses?|erases?|wipes?) (?:all |the |your |any )*(?:data|rows|everything)|data loss|do not (?:run|skip|execute)|never (?:run|skip)|superuser|run (?:this |it )?(?:only )?(?:once|as)|password|out[- ]of[- ]band|by hand|manually|replace (?:the |these |all |this |with |<|\[|'|`)|paste (?:the|your|these)|make sure|must (?:be|have) (?:set|run|done|applied)|before running|still in psql|with \w+ (?:still )?set)\b/i;
/** A line that only parts or decorates. */
const RULE = /^\W*$/;
/** SQL that is commented out. */
const CODE = /;\s*$|^(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|REVOKE|FROM|WHERE|AND|OR|JOIN|LEFT|GROUP|ORDER|LIMIT|VALUES|SET|BEGIN|COMMIT)\b/;

/** What the comments of a fence tell that no statement shows: its warnings, and what stands behind the last statement. */
export function toldInComments(runs: readonly CommentRun[], statements: readonly StatementRead[], firstLine: number): string[] {
  const end = Math.max(...statements.map(({ endLine }) => endLine));
  return runs.flatMap(({ lines, own, inside }) => {
    if (inside) return [];
    const behind = own === null && lines.some(({ line }) => firstLine + line > end);
    return lines.flatMap(({ text }) => {
      if (!behind && !WARNS.test(text)) return [];
      const said = plainText(text).replace(/^\s*(?:--+|\/\*+|\*+\/?)\s*|\s*\*+\/\s*$/g, '').trim();
      return !RULE.test(said) && !CODE.test(said) && isExpectation(said) === null ? [said] : [];
    });
  });
}
