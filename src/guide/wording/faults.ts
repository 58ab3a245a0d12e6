import type { Found } from './reading.js';
import type { StatementShape } from './shape.js';

const STATES: [RegExp, string][] = [
  [/^(?:error:? )?permission (?:is )?denied(?: error)?(?: for \w+ [\w.]+)?$/i, '42501'],
  [/^(?:error:? )?(?:violates|new row violates|violation of) row[- ]level security(?: policy)?(?: for table "?[\w.]+"?)?$/i, '42501'],
  [/^(?:error:? |an? |the )?unique (?:constraint )?violation(?: error)?$/i, '23505'],
  [/^(?:error:? |an? |the )?foreign key (?:constraint )?violation(?: error)?$/i, '23503'],
  [/^(?:error:? |an? |the )?check constraint violation(?: error)?$/i, '23514'],
  [/^(?:error:? |an? |the )?not[- ]null (?:constraint )?violation(?: error)?$/i, '23502'],
];

/** "Should fail with …", up to what it fails with. */
const FAILING = /^(?:should |must )?(?:fail|error|be rejected|be refused|be denied|be blocked|raise)s?(?: with| out with| by|:):?\s*/i;
/** `42501`, `SQLSTATE 23505`, `error code 42501`: classes of faults that a statement itself raises. */
const CODE = /^(?:(?:an? |the )?(?:error|sqlstate|code):? )*((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})$/i;
/** "SQLSTATE `P0001`, message contains `no such boat`". */
const CODE_AND_MESSAGE = /^(?:(?:an? |the )?(?:error|sqlstate|code):? )*[`'"]?((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})[`'"]?,?(?: and| with)?(?: an?| the)? (?:error )?(?:message|text)(?: that)?(?: (?:contains?|containing|includ(?:es|ing)|like|says|saying|match(?:es|ing)?|reads?|is))?:? ([`"'])((?:(?!\2).){4,})\2$/i;
const QUOTED_MESSAGE = /^(?:an? |the )?(?:error |message |exception ){0,2}["'\x60]((?:(?!["\x60]).){6,})["'\x60](?: (?:error|exception|message))?$/i;
/** "Should fail: no such boat": that it fails, and what it tries. */
const WHY = /^(?:should|must) (?:fail|error|be (?:rejected|refused))\s*:\s*[^"'`\d]{3,}$/i;
/** Words that say no more than that it fails. */
const ANY_ERROR = /^(?:an? )?(?:error|exception|constraint (?:violation|error)|constraint violation error|violation)$/i;

/** A statement that must fail. A DO block may catch the error itself, so there a person decides. */
export function readFault(text: string, shape: StatementShape | null): Found | null {
  if (shape?.command === 'DO') return null;
  const plain = text.replace(FAILING, '').trim();
  const [, code, , told] = CODE_AND_MESSAGE.exec(plain) ?? [];
  // "no ... found": of a message that leaves something out, its longest piece.
  if (code !== undefined && told !== undefined) return { assertions: [{ type: 'error', sqlstate: code.toUpperCase(), message: told.split(/\s*(?:\.{3}|…)\s*/).reduce((one, other) => (other.length > one.length ? other : one)) }] };
  const bare = plain.replace(/^(["'`])(.*)\1$/, '$2');
  const state = STATES.find(([form]) => form.test(bare))?.[1] ?? (plain !== text || /^\D/.test(plain) ? CODE.exec(plain)?.[1] : undefined);
  if (state !== undefined) return { assertions: [{ type: 'error', sqlstate: state, message: null }] };
  const message = /^error:\s*(.{8,})$/i.exec(text)?.[1]?.trim() ?? (plain === text ? null : QUOTED_MESSAGE.exec(plain)?.[1] ?? null);
  if (message !== null) return /^\d/.test(message) ? null : { assertions: [{ type: 'error', sqlstate: null, message: message.replace(/(?:…|\.{1,3})$/, '').trim() }] };
  if ((plain !== text && ANY_ERROR.test(plain)) || (WHY.test(text) && !/\b(?:or|if|unless|when|may|might|only|for)\b/i.test(text))) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  if (/^(?:should |must )(?:fail|error|be rejected)$|^(?:an )?error$|^fails?$|^(?:it )?(?:raises|throws) an (?:error|exception)$/i.test(text)) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  return null;
}

const SUCCESS = /^(?:success(?:ful|fully)?(?:[.,!]? no rows returned)?|succeeds?|(?:should |must )succeed|(?:the )?(?:query|statement|migration|insert|update|delete|command|script|function)s? (?:executed?|completed?|executes|completes|succeeds?|succeeded|runs?|ran|works?)(?: successfully| without (?:any )?errors?)?|(?:insert|update|delete|upsert|insertion|deletion|query|statement|migration)s? (?:is |was )?successful|no errors?|(?:runs?|executes?|completes?|completed) (?:successfully|without (?:any )?errors?)|sin errores|aucune erreur|sans erreurs?|keine fehler|ohne fehler|sem erros?|senza errori)$/i;

const WORKS = /^(?:should |must )?works?(?: again| fine| now| as before| without (?:any )?errors?)?$/i;

/** What a statement that defines something says of itself; of one that writes rows it could tell of none. */
const MADE = /^(?:the )?(?:\w+ )?(?:table|column|index|view|function|trigger|policy|constraint|extension|type|schema|role)s? (?:is |are |was |were )?(?:created|added|altered|dropped|removed|enabled)(?: successfully)?$/i;

/** Text in quotes as a tool prints it: "Success. No rows returned". */
const QUOTED = /^["'](.+)["']$/;

/** Wordings of success; a count of affected rows and command tags are `affected`. */
export function readSuccess(said: string, shape: StatementShape | null): Found | null {
  const quoted = QUOTED.exec(said)?.[1] ?? /^`([^`]+)`$/.exec(said)?.[1] ?? '';
  const text = /^success\b|^[A-Z]+(?: [A-Z\d]+)*$/.test(quoted) || /^success\b/i.test(quoted) ? quoted : said;
  const changed = /^success[.,!]? (\d+) rows? affected$/i.exec(text)?.[1] ?? /^(\d+) rows? affected$/i.exec(text)?.[1];
  if (changed !== undefined) return { assertions: [{ type: 'affected', op: '=', value: Number(changed) }] };
  const does = /^(?:should |must )?(update|delete|insert)s? (\d+) rows?$/i.exec(text);
  if (does && shape?.command === (does[1] ?? '').toUpperCase()) return { assertions: [{ type: 'affected', op: '=', value: Number(does[2]) }] };
  if (/^no rows? (?:were |was |are |should be )?(?:affected|updated|deleted|inserted|changed|removed)$/i.test(text) && /^(?:INSERT|UPDATE|DELETE)$/.test(shape?.command ?? '')) return { assertions: [{ type: 'affected', op: '=', value: 0 }] };
  const tag = /^(INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/.exec(text);
  if (tag) {
    const command = (tag[1] ?? '').split(' ')[0] ?? '';
    return shape !== null && !shape.command.startsWith(command) ? null : { assertions: [{ type: 'affected', op: '=', value: Number(tag[2]) }] };
  }
  // A tag without a count says that its own command ran.
  if (/^(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|DO)(?: [A-Z]+)*$/.test(text) && shape?.command === text) return { assertions: [{ type: 'success' }] };
  // What row security hides is no error: only what cannot pass over rows in silence "works" by not failing.
  if (WORKS.test(text) && shape !== null && (/^(?:INSERT|CREATE|ALTER|GRANT)/.test(shape.command) || (shape.command === 'SELECT' && shape.tables.length === 0))) return { assertions: [{ type: 'success' }] };
  const beside = /^(?:should |must )succeeds?(?:,? and (.+)| (?:with|for|because|as|since) [^\d]+)$/i.exec(text);
  if (beside) return { assertions: [{ type: 'success' }, ...(beside[1] === undefined ? [] : [{ type: 'operator' as const, text: beside[1] }])] };
  if (MADE.test(text) && /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT)\b/.test(shape?.command ?? '')) return { assertions: [{ type: 'success' }] };
  return SUCCESS.test(text) ? { assertions: [{ type: 'success' }] } : null;
}
