import { NUMBER_WORD, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

const STATES: [RegExp, string][] = [
  [/^(?:an? )?(?:(?:rls|row[- ]level security)(?: policy)? (?:error|violation)|polic(?:y|ies) violation)$/i, '42501'],
  [/^invalid input (?:value for enum|syntax)\b[^"'`]*$/i, '22P02'],
  [/^value too long\b[^"'`]*$/i, '22001'],
  [/^(?:error:? )?permission (?:is )?denied(?: error)?(?: (?:for|to) [^"']+| \/ [\w -]+)?$/i, '42501'],
  [/^(?:error:? )?(?:violates|new row violates|violation of) row[- ]level security(?: policy)?(?: for table "?[\w.]+"?)?$/i, '42501'],
  [/^(?:(?:error:? |an? |the )?unique (?:constraint )?violation(?: error)?|(?:an? |the )?(?:duplicate key|unique constraint)(?: (?:error|violation))?)$/i, '23505'],
  [/^(?:error:? |an? |the )?foreign key (?:(?:constraint )?violation(?: error)?|constraint(?: error)?|error)$/i, '23503'],
  [/^(?:error:? |an? |the )?check constraint violation(?: error)?$/i, '23514'],
  [/^(?:error:? |an? |the )?not[- ]null (?:constraint )?violation(?: error)?$/i, '23502'],
];

/** What is not there, where it is said that the statement fails for want of it. */
const ABSENT: [RegExp, string][] = [
  [/^(?:the )?(?:table|relation|view)(?: [`"']?[\w.]+[`"']?)? (?:does not|doesn't|must not|should not) exist$/i, '42P01'],
  [/^(?:the )?column(?: [`"']?[\w.]+[`"']?)?(?: of relation [`"']?[\w.]+[`"']?)? (?:does not|doesn't) exist$/i, '42703'],
  [/^(?:the )?function(?: [`"']?[\w.]+(?:\([^()]*\))?[`"']?)? (?:does not|doesn't) exist$/i, '42883'],
];

/** "Should fail with …", up to what it fails with. */
const FAILING = /^(?:should |must )?(?:(?:fail|error|be rejected|be refused|be denied|be blocked|raise|result|end)s?(?: in| with| out with| by|:):?\s*|(?:raise|throw)s? (?=(?:an? |the )?(?:error|exception)\b.*["'`]|["'`]))/i;
/** `42501`, `SQLSTATE 23505`, `error code 42501`: classes of faults that a statement itself raises. */
const CODE = /^(?:(?:an? |the )?(?:error|sqlstate|errcode|code):? )*((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})$/i;
/** Conditions by the names that PL/pgSQL has for them. */
const CONDITIONS: Readonly<Record<string, string>> = {
  insufficient_privilege: '42501', unique_violation: '23505', foreign_key_violation: '23503', check_violation: '23514', not_null_violation: '23502', exclusion_violation: '23P01',
  undefined_table: '42P01', undefined_column: '42703', undefined_function: '42883', undefined_object: '42704', duplicate_table: '42P07', duplicate_column: '42701', duplicate_object: '42710', duplicate_function: '42723',
  raise_exception: 'P0001', no_data_found: 'P0002', too_many_rows: 'P0003', invalid_text_representation: '22P02', invalid_parameter_value: '22023', numeric_value_out_of_range: '22003', division_by_zero: '22012',
  string_data_right_truncation: '22001', read_only_sql_transaction: '25006', restrict_violation: '23001', invalid_authorization_specification: '28000', object_not_in_prerequisite_state: '55000', lock_not_available: '55P03',
};

/** "SQLSTATE `P0001`, message contains `no such boat`". */
const CODE_AND_MESSAGE = /^(?:(?:an? |the )?(?:error|sqlstate|errcode|code):? )*[`'"]?((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})[`'"]?,?(?: and| with)?(?: an?| the)? (?:error )?(?:message|text)(?: that)?(?: (?:contains?|containing|includ(?:es|ing)|like|says|saying|match(?:es|ing)?|reads?|is))?:? ([`"'])((?:(?!\2).){4,})\2$/i;
const QUOTED_MESSAGE = /^(?:an? |the )?(?:error:? |message:? |exception:? ){0,2}["'\x60]((?:(?!["\x60]).){6,})["'\x60](?: (?:error|exception|message))?$/i;
/** "Should fail: no such boat": that it fails, and what it tries. */
const WHY = /^(?:should|must) (?:fail|error|be (?:rejected|refused))\s*:\s*(?:[^"'`\d]{3,}(?: (?:above|below|over|under|of|than|is) \d+%?)?|[^"`\d]*\b(?:must|invalid|cannot|not allowed|missing|duplicate|unknown|wrong|violat\w+)\b[^"`\d]*)$/i;
/** Words that say no more than that it fails. */
const ANY_ERROR = /^(?:an? )?(?:error|exception|constraint (?:violation|error)s?|constraint violation error|violation)$/i;

/** A message that stands in quotes as a whole. */
const unquoted = (message: string): string => /^(["'`])([^"'`]+)\1$/.exec(message)?.[2] ?? message;
/** Of a message that leaves something out: without what it leaves out at its ends. */
const withinEnds = (told: string): string => told.replace(/^\s*(?:\.{3}|…)\s*|\s*(?:\.{3}|…)\s*$/g, '');

/** "violates check constraint "boats_size_check"", as the server says it. */
const VIOLATES = /^(?:error:? )?(?:new row for relation "?\w+"? |insert or update on table "?\w+"? |update or delete on table "?\w+"? |null value in column "?\w+"?(?: of relation "?\w+"?)? |duplicate key value )?violates (?:the )?(check|unique|foreign key|not-null|exclusion) constraint(?: ["\x60']?(\w+)["\x60']?)?$/i;
const BROKEN: Readonly<Record<string, string>> = { check: '23514', unique: '23505', 'foreign key': '23503', 'not null': '23502', exclusion: '23P01' };

/** What a whole sentence says of an error, with what stands in brackets behind it: "throws `no such boat` (`errcode = P0001`)". */
export function readThrown(text: string, shape: StatementShape | null): Found | null {
  if (shape?.command === 'DO') return null;
  const [, , thrown, coded] = /^(?:should |must )?(?:throws?|raises?|fails? with)(?: an?| the)? (?:exception|error):? ([`"'])((?:(?!\1).){4,})\1 \((?:`)?(?:errcode|sqlstate|code) ?=? ?`?((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})`?\)$/i.exec(text) ?? [];
  if (thrown !== undefined && coded !== undefined) return { assertions: [{ type: 'error', sqlstate: coded.toUpperCase(), message: withinEnds(thrown) }] };
  if (/^[`"'][^`"']{6,}[`"'],? or (?:a |some )?similar (?:error|message)s?$/i.test(text) && /denied|violat|not |invalid|error/i.test(text)) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  // "ERROR (duplicate name violates unique constraint)": the aside says which.
  const inside = /^(?:an? )?(?:error|exception|fails?|failure) \(([^()]*)\)$/i.exec(text)?.[1];
  if (inside === undefined || /\b(?:or|if|may|might)\b/i.test(inside)) return null;
  // "ERROR (constraint boats_kind violated)".
  const held = /^(?:the )?constraint [`"']?(\w+)[`"']? (?:is |was )?violated$/i.exec(inside)?.[1];
  if (held !== undefined) return { assertions: [{ type: 'error', sqlstate: null, message: held }] };
  if (/^with check(?: (?:violation|fails|failed|option))?$/i.test(inside)) return { assertions: [{ type: 'error', sqlstate: '42501', message: null }] };
  const [broken] = /\b(?:unique(?= constraint\b)|foreign key|check(?= constraint\b)|not[- ]null)\b/i.exec(inside.replace(/\bduplicate key\b/i, 'unique constraint')) ?? [];
  return broken === undefined ? null : { assertions: [{ type: 'error', sqlstate: BROKEN[broken.toLowerCase().replace('-', ' ')] ?? null, message: null }] };
}

/** "Error: `no such boat` or `no such pier`". */
export const EITHER_ERROR = /^(?:an? )?error\b[^"'`]{0,5}(["'`])[^"'`]+\1 or ["'`]/i;

/** "ERROR – `permission denied for boats`. The mate may not.": the message, where it stands in quotes of its own and the rest explains it. */
export function readCited(text: string, shape: StatementShape | null): Found | null {
  const cited = /^`(?:raises:? )?error:\s*([^`]{4,})`\s*(?:[.,;(]|[—–-]\s)/i.exec(text)?.[1] ?? /^(?:an? )?error\s*(?::|-|–|—)\s*(["`])((?:(?!\1).){4,})\1(?:\s*(?:[.,;(]|[—–-]\s)|$)/i.exec(text)?.[2];
  if (cited === undefined || /\b(?:or|unless)\b/i.test(text.replace(cited, ''))) return null;
  const found = readFault(`error: ${cited}`, shape);
  return found && { ...found, assertions: found.assertions.map((one) => (one.type === 'error' && one.sqlstate === null && one.message !== null ? { ...one, message: withinEnds(cited).trim() } : one)) };
}

/** A statement that must fail. A DO block may catch the error itself, so there a person decides. */
export function readFault(said: string, shape: StatementShape | null): Found | null {
  if (shape?.command === 'DO') return null;
  // In quotes of the guide's, the server's own quotes around the table's name are left out.
  if (/^error:? ?["'`]?(?:new row )?violates row-level security policy(?: for table [\w.]+)?["'`]?$/i.test(said)) return { assertions: [{ type: 'error', sqlstate: '42501', message: null }] };
  if (/^(?:an? )?(?:error:? )?(?:rls|row[- ]level security)(?: policy)? violation(?: error)?(?: \([`"']?new row violates row-level security policy[^()]*\))?$/i.test(said)) return { assertions: [{ type: 'error', sqlstate: '42501', message: null }] };
  // "ERROR: permission denied (the role may not)": an aside explains.
  const text = said.replace(/^(error:? [^()"'`]+?)\s*\([^()]*\)$/i, '$1');
  const plain = text.replace(FAILING, '').trim();
  // "ERROR: new row violates check constraint" names no constraint: no message of the server's.
  const [, loose = '', by] = /^error:? (?!violat|duplicate key value |new row for relation |insert or update |update or delete |null value )[^"'`]*\bviolat\w+ (?:the |a )?(check|unique|foreign key|not-null|exclusion) constraint(?: ["'`]?(\w+)["'`]?)?$/i.exec(text) ?? [];
  if (loose !== '') return { assertions: [{ type: 'error', sqlstate: BROKEN[loose.toLowerCase().replace('-', ' ')] ?? null, message: by ?? null }] };
  // "Error: duplicate key on `email`", in the guide's words.
  if (/^(?:INSERT|UPDATE|MERGE)$/.test(shape?.command ?? '') && /^error:? duplicate (?!key value violates\b)(?!.*\b(?:or|if|unless|blocked|must|cannot|not|prevented|rejected)\b)/i.test(text)) return { assertions: [{ type: 'error', sqlstate: '23505', message: null }] };
  // "boats_size_check, SQLSTATE 23514".
  const [, broke, coded = ''] = /^[`"']?([a-z]\w*_\w+)[`"']?,? \(?(?:sqlstate|error|code|errcode):? [`"']?(2[0-9][0-9A-Z]{3}|P0001)[`"']?\)?$/i.exec(plain) ?? [];
  if (broke !== undefined) return { assertions: [{ type: 'error', sqlstate: coded.toUpperCase(), message: broke }] };
  // "violates `boats_size`", and the code with its words: "42501 RLS violation".
  const [, only] = /^violates [`"']?(\w+_\w+)[`"']?$/i.exec(plain) ?? [];
  if (only !== undefined) return { assertions: [{ type: 'error', sqlstate: null, message: only }] };
  const [, worded] = /^(?:error:? )?`?((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})`?[,:]? \(?(?:(?:rls|row[- ]level security|insufficient privilege|permission denied|unique|foreign key|check|not[- ]null)(?: (?:constraint|policy))?(?: (?:violation|error))?)\)?$/i.exec(plain) ?? [];
  if (worded !== undefined) return { assertions: [{ type: 'error', sqlstate: worded.toUpperCase(), message: null }] };
  // In back-ticks stands the name that the server puts in quotes of its own.
  const [, kind = '', constraint] = /^error\b/i.test(text) ? (/`/.test(text) ? (VIOLATES.exec(text) ?? []) : []) : (VIOLATES.exec(plain) ?? []);
  const broken = BROKEN[kind.toLowerCase().replace('-', ' ')];
  // "Check constraint violation `boats_size`": which of them.
  const [, violated = '', which] = /^(?:an? |the )?(check|unique|foreign key|not[- ]null|exclusion) constraint violation:? [`"']([\w.]+)[`"']$/i.exec(plain) ?? [];
  const breach = BROKEN[violated.toLowerCase().replace('-', ' ')];
  if (breach !== undefined && which !== undefined) return { assertions: [{ type: 'error', sqlstate: breach, message: which }] };
  if (broken !== undefined) return { assertions: [{ type: 'error', sqlstate: broken, message: constraint ?? null }] };
  // A bare code behind a statement that writes is no number of rows.
  if (shape?.returnsRows === false && /^`?(?:23502|23503|23505|23514|42501|42P01|42703|23P01)`?$/.test(plain)) return { assertions: [{ type: 'error', sqlstate: plain.replaceAll('`', ''), message: null }] };
  if (/^(?:failure|rejected|rejection|denied|blocked|refused|not allowed)$/i.test(plain)) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  if (/^(?:(?:rejected|denied|blocked|refused) by )?(?:rls|row[- ]level security)$/i.test(plain) && shape?.command === 'INSERT' && plain !== said) return { assertions: [{ type: 'error', sqlstate: '42501', message: null }] };
  if (/^(?:rejected|denied|blocked|refused) by (?:rls|row[- ]level security)$/i.test(plain) && shape?.command === 'INSERT') return { assertions: [{ type: 'error', sqlstate: '42501', message: null }] };
  const [, code, , told] = CODE_AND_MESSAGE.exec(plain) ?? [];
  if (code !== undefined && told !== undefined) return { assertions: [{ type: 'error', sqlstate: code.toUpperCase(), message: withinEnds(told) }] };
  const [, , before, state5] = /^(?:an? )?error:? (["'`])((?:(?!\1).){4,})\1,? ?(?:with |and )?(?:sqlstate|errcode|error code|code) ?`?((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})`?$/i.exec(text) ?? [];
  if (before !== undefined && state5 !== undefined) return { assertions: [{ type: 'error', sqlstate: state5.toUpperCase(), message: withinEnds(before) }] };
  const cited = /^error:? (["'`])((?:(?!\1).){4,})\1$/i.exec(text.replace(/^error [—–-] /i, 'error '))?.[2];
  if (cited !== undefined && !/\d{5}/.test(cited)) return { assertions: [{ type: 'error', sqlstate: null, message: withinEnds(cited) }] };
  const [, first, behind = ''] = /^error:? ((?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3})[:,]? (.{4,})$/i.exec(text) ?? [];
  if (first !== undefined) return { assertions: [{ type: 'error', sqlstate: first.toUpperCase(), message: behind.replace(/(?:…|\.{1,3})$/, '').trim().replace(/^(["'`])(.+)\1$/, '$2') }] };
  const [, condition = '', , saying = ''] = /^error:? ([a-z_]+) (["'`])((?:(?!\2).){4,})\2$/i.exec(text) ?? [];
  if (CONDITIONS[condition] !== undefined) return { assertions: [{ type: 'error', sqlstate: CONDITIONS[condition], message: withinEnds(saying) }] };
  const bare = plain.replace(/^(["'`])(.*)\1$/, '$2');
  const named = plain === text && !/["'`]/.test(text) ? undefined : CONDITIONS[bare.replace(/^(?:an? |the )/i, '').replace(/ (?:error|exception)$/i, '').replaceAll(/["'`]/g, '').toLowerCase()];
  const state = named ?? [...STATES, ...(plain === text ? [] : ABSENT)].find(([form]) => form.test(bare))?.[1] ?? (plain !== text || /^\D/.test(plain) ? CODE.exec(plain)?.[1] : undefined);
  if (state !== undefined) return { assertions: [{ type: 'error', sqlstate: state, message: null }] };
  const message = (/^(?:raises:? )?error:\s*(.{8,})$/i.exec(text) ?? /^error ([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)$/i.exec(text))?.[1]?.trim() ?? (plain === text ? null : QUOTED_MESSAGE.exec(plain)?.[1] ?? null);
  // "Error: Policy violation": in the guide's words, where the server's begin in small letters.
  if (message !== null && /^Error:/.test(text) && /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(message) && !/["'`]/.test(message)) return { assertions: [{ type: 'error', sqlstate: null, message: null }, { type: 'operator', text: message }] };
  if (message !== null) return /^\d/.test(message) ? null : { assertions: [{ type: 'error', sqlstate: null, message: unquoted(message.replace(/(?:…|\.{1,3})$/, '').trim()) }] };
  // "Should fail: duplicate name", of what writes rows.
  if (/^(?:INSERT|UPDATE|MERGE)$/.test(shape?.command ?? '') && /^(?:should|must) (?:fail|error|be rejected)\s*(?::|-|–|—|\()\s*duplicate\b(?!.*\b(?:or|if|unless|may|might)\b)/i.test(said)) return { assertions: [{ type: 'error', sqlstate: '23505', message: null }] };
  if ((plain !== text && ANY_ERROR.test(plain)) || (WHY.test(text) && !/\b(?:or|if|unless|when|may|might|only|for)\b/i.test(text))) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  if (/^(?:should |must )(?:fail|error|be rejected)$|^(?:an )?(?:error|exception)$|^fails?$|^(?:should |must )?fail,? (?:using|because(?: of)?|since|as|due to) [^"'`\d]*$|^(?:it )?(?:raises|throws) an (?:error|exception)$/i.test(text)) return { assertions: [{ type: 'error', sqlstate: null, message: null }] };
  return null;
}

const NO_ROWS = String.raw`(?:should |must )?(?:affect |return |show |update |delete )?(?:an? )?(?:(?:0|zero|no) (?:rows?|results?|data)|empty(?: (?:result(?: set)?|set|list))?|(?<=return )(?:0|zero|nothing|none))(?: (?:affected|updated|deleted|changed|returned))?`;
const REFUSES = String.raw`(?:should |must )?(?:an? |it )?(?:(?:outright )?(?:fails?|errors?|exception|(?:permission|access)[- ]denied(?: error)?)|be (?:denied|blocked|rejected|refused))`;
/** "Should affect 0 rows (or fail)", "permission denied or 0 rows": row security hides what a grant would refuse. */
const EITHER = new RegExp(`^(?:${NO_ROWS},? \\(?or ${REFUSES}|${REFUSES},? \\(?or ${NO_ROWS})\\)?(?:,? (?:using|because|as|for|when) [^"'\`]*| \\([^()\\d]*\\))?$`, 'i');
/** "0 or an error", of a count. */
const NONE_COUNTED = new RegExp(`^(?:(?:0|zero),? \\(?or ${REFUSES}\\)?|${REFUSES},? or (?:return )?(?:0|zero))(?: \\([^()\\d]*\\))?$`, 'i');
/** "0 rows (or error if the table doesn't exist)". */
const OR_ABSENT = /^((?:0|zero|no) rows?) \(or (?:an? )?error (?:if|when) (?:the )?(?:table|relation|view)(?: [\w`"]+)? (?:does(?:n't| not)|did(?:n't| not)) (?:yet )?exist[^()]*\)$/i;

/** "Should be blocked by RLS", "Should update 0 rows due to RLS", "0 rows affected (policy denies)". */
const BLOCKED = /^(?:should |must )?(?:be )?(?:blocked|denied|rejected|refused|hidden|prevented|filtered(?: out)?)(?: by (?:the )?(?:rls|row[- ]level security|polic(?:y|ies)|rls polic(?:y|ies)))?$|^(?:should |must )?(?:update|delete|affect|return|show)s? (?:0|zero|no) rows? (?:due to|because of|by|thanks to) (?:the )?(?:rls|row[- ]level security|polic(?:y|ies)|rls polic(?:y|ies))$/i;

/** "Should be blocked by the trigger": it raises an error. */
const BY_GUARD = /^(?:should |must )?be (?:blocked|denied|rejected|refused|prevented) by (?:the |an? )?(?:[a-z]+ )?(?:trigger|validation|constraint|check|guard)$/i;

/** What row security keeps from a role, a read or a write finds no row of; without the grant it is an error. A new row is refused. */
function blocked(shape: StatementShape, text: string): Found | null {
  const denied = { type: 'error' as const, sqlstate: /\b(?:rls|security|polic\w+)\b/i.test(text) ? '42501' : null, message: null };
  if (/^INSERT/.test(shape.command)) return { assertions: [denied] };
  if (/^(?:UPDATE|DELETE)/.test(shape.command)) return shape.returnsRows ? null : { assertions: [{ type: 'affected', op: '=', value: 0 }], alternative: denied };
  if (shape.command !== 'SELECT' || shape.tables.length === 0 || isExplain(shape)) return null;
  if (shape.oneRow) return shape.counts && shape.singleColumn ? { assertions: [{ type: 'value', op: '=', value: 0 }], alternative: denied } : null;
  return { assertions: [{ type: 'rows', op: '=', value: 0 }], alternative: denied };
}

/** "(should be) able to update any boat": a write of that kind changes rows, or none of them; a role without the grant is refused. */
export function readAble(text: string, shape: StatementShape | null, negated: boolean): Found | null {
  const [, verb = '', whose = ''] = /^(?:be )?able to (update|modify|change|edit|manage|rename|delete|remove)\b([\w' ]*)$/i.exec(text) ?? [];
  if (shape === null || verb === '' || /\b(?:or|if|unless|when|only|until|but|and)\b/i.test(whose) || shape.command !== (/^(?:delete|remove)$/i.test(verb) ? 'DELETE' : 'UPDATE')) return null;
  const type = shape.returnsRows ? 'rows' : 'affected';
  return negated ? { assertions: [{ type, op: '=', value: 0 }], alternative: { type: 'error', sqlstate: null, message: null } } : { assertions: [{ type, op: '>=', value: 1 }] };
}

/** What is kept from a role either way: no row, or an error. */
export function readKept(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows === true && !shape.oneRow && OR_ABSENT.test(text)) return { assertions: [{ type: 'rows', op: '=', value: 0 }], alternative: { type: 'error', sqlstate: '42P01', message: null } };
  const denied = { type: 'error' as const, sqlstate: /\bdenied\b/i.test(text) && !/\bbe denied\b/i.test(text) ? '42501' : null, message: null };
  if (shape?.counts === true && shape.oneRow && shape.singleColumn && NONE_COUNTED.test(text)) return { assertions: [{ type: 'value', op: '=', value: 0 }], alternative: denied };
  if (shape === null) return null;
  if (BY_GUARD.test(text)) return /^(?:INSERT|UPDATE|DELETE|MERGE)/.test(shape.command) && !shape.returnsRows ? { assertions: [{ type: 'error', sqlstate: null, message: null }] } : null;
  if (BLOCKED.test(text)) return blocked(shape, text);
  if (!EITHER.test(text)) return null;
  const writes = /^(?:INSERT|UPDATE|DELETE|MERGE)/.test(shape.command) && !shape.returnsRows;
  if (!writes && (!shape.returnsRows || shape.oneRow)) return null;
  return { assertions: [{ type: writes ? 'affected' : 'rows', op: '=', value: 0 }], alternative: denied };
}

const SUCCESS = /^(?:(?:(?:should |must )?return(?:s|ed)? )?with(?:out| no) (?:any )?errors?|(?:CREATE|ALTER|DROP|GRANT|REVOKE|INSERT|UPDATE|DELETE)(?: [A-Z]+){0,2} (?:success(?:ful(?:ly)?)?|succeeds|ok)|(?:should |must )?succeeds? (?:silently|quietly)|no (?:exceptions?|errors?)(?: (?:are )?raised| thrown)?|(?:an? |the )?(?:total )?(?:count|value|number|result)s? without (?:any )?errors?|no output(?:,| and) no errors?|success(?:ful|fully)?(?:[.,!]? no rows returned)?|succeeds?|(?:should |must )succeed|(?:the )?(?:query|statement|migration|insert|update|delete|command|script|function)s? (?:executed?|completed?|executes|completes|succeeds?|succeeded|runs?|ran|works?)(?: successfully| without (?:any )?errors?)?|(?:insert|update|delete|upsert|insertion|deletion|query|statement|migration)s? (?:is |was )?successful|no errors?|(?:runs?|executes?|completes?|completed|works?|succeeds?) (?:successfully|without (?:any )?(?:\w+ )?errors?)|should (?:work|run|succeed|execute) without (?:any )?(?:\w+ )?errors?|sin errores|aucune erreur|sans erreurs?|keine fehler|ohne fehler|sem erros?|senza errori)$/i;

const WORKS = /^(?:(?:should |must )?works?|(?:should |must )be (?:allowed|accepted|permitted)|(?:is )?allowed)(?: again| fine| now| as before| without (?:any )?errors?)?$/i;

/** What a statement that defines something says of itself; of one that writes rows it could tell of none. */
const MADE = /^(?:the )?(?:\w+ ){0,3}(?:table|column|index|view|function|trigger|policy|constraint|extension|type|schema|role|bucket|rls|row[- ]level security|polic(?:y|ies)|tables|columns|index(?:es)|views|functions|triggers|constraints)s? (?:is |are |was |were )?(?:created|added|altered|updated|dropped|removed|enabled|disabled|replaced)(?: successfully)?$/i;

/** Text in quotes as a tool prints it: "Success. No rows returned". */
const QUOTED = /^["'](.+)["']$/;

const TAG = /(?<![\w.])(INSERT 0|UPDATE|DELETE|MERGE) (\d+)(?![\w.]*\w)/g;
/** What makes of a tag another thing than what the server is to say. */
const NOT_SAID = /\b(?:or|if|when|unless|not|never|may|might|could|about|approx\w*|before|was|were|at least|at most|more|fewer|less|than|example|e\.g|instead|rather|step|line|staging|prod(?:uction)?|local(?:ly)?|test|dev|sample|my|our)\b|n't\b|[~≈<>]/i;

/** "Five tags go in → `INSERT 0 5`": what the server says of the statement, wherever it stands; what is beside it says the same number or none. */
export function readTag(said: string, shape: StatementShape | null): Found | null {
  const [tag, ...more] = said.matchAll(TAG);
  const [, command = '', figure = ''] = tag ?? [];
  if (shape === null || more.length > 0 || figure === '' || shape.command !== command.split(' ')[0]) return null;
  const beside = said.replace(TAG, ' ');
  const others = [...beside.matchAll(/[\p{L}\p{N}_]+/gu)].flatMap(([word]) => (/\d/.test(word) ? [word] : [])).concat([...beside.matchAll(new RegExp(`\\b(?:zero|${NUMBER_WORD})\\b`, 'gi'))].map(([word]) => String(numberOf(word))));
  return NOT_SAID.test(beside) || others.some((other) => Number(other) !== Number(figure)) ? null : { assertions: [{ type: 'affected', op: '=', value: Number(figure) }] };
}

/** Wordings of success; a count of affected rows and command tags are `affected`. */
export function readSuccess(said: string, shape: StatementShape | null): Found | null {
  const quoted = QUOTED.exec(said)?.[1] ?? /^`([^`]+)`$/.exec(said)?.[1] ?? '';
  const text = /^success\b|^[A-Z]+(?: [A-Z\d]+)*$/.test(quoted) || /^success\b/i.test(quoted) ? quoted : said;
  const changed = /^success(?:[.,!:]| [-–—])? (\d+) rows? (?:affected|updated|inserted|deleted)$/i.exec(text)?.[1] ?? /^(\d+) rows? affected$/i.exec(text)?.[1];
  if (changed !== undefined) return { assertions: [{ type: 'affected', op: '=', value: Number(changed) }] };
  const [, many, done = ''] = /^(\d+) rows? (?:were |was )?(updated|inserted|deleted)$/i.exec(text) ?? [];
  if (many !== undefined && shape?.returnsRows === false && done.toUpperCase().startsWith(shape.command)) return { assertions: [{ type: 'affected', op: '=', value: Number(many) }] };
  const does = /^(?:should |must )?(update|delete|insert)s? (?:exactly )?(\d+) rows?$/i.exec(text);
  if (does && shape?.command === (does[1] ?? '').toUpperCase()) return { assertions: [{ type: 'affected', op: '=', value: Number(does[2]) }] };
  if (/^no rows? (?:were |was |are |should be )?(?:affected|updated|deleted|inserted|changed|removed)$/i.test(text) && /^(?:INSERT|UPDATE|DELETE)$/.test(shape?.command ?? '')) return { assertions: [{ type: 'affected', op: '=', value: 0 }] };
  const tag = /^(INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/.exec(text);
  if (tag) {
    const command = (tag[1] ?? '').split(' ')[0] ?? '';
    return shape !== null && !shape.command.startsWith(command) ? null : { assertions: [{ type: 'affected', op: '=', value: Number(tag[2]) }] };
  }
  // A tag without a count says that its own command ran.
  if (/^[A-Z]+(?: [A-Z]+)*$/.test(text) && shape?.command === text && !shape.returnsRows) return { assertions: [{ type: 'success' }] };
  // What row security hides is no error: only what cannot pass over rows in silence "works" by not failing.
  if (WORKS.test(text) && shape !== null && (/^(?:INSERT|CREATE|ALTER|GRANT)/.test(shape.command) || (shape.command === 'SELECT' && shape.tables.length === 0))) return { assertions: [{ type: 'success' }] };
  if (/^INSERT$/.test(shape?.command ?? '') && shape?.returnsRows === false && /^(?:the |an? )?(?:[a-z]+ ){1,3}(?:is |was )?(?:created|inserted|added|saved|recorded)(?: successfully)?$/i.test(text) && !/\b(?:no|not|never|none)\b/i.test(text)) return { assertions: [{ type: 'success' }] };
  const updated = /^(?:success|succeeds?),? (?:and )?returns (?:the )?(?:updated|inserted|new|changed) rows?$/i.test(text) && shape?.returnsRows === true;
  if (updated) return { assertions: [{ type: 'success' }, { type: 'rows', op: '>=', value: 1 }] };
  const beside = /^(?:should |must )succeeds?(?:,? and (.+)| (?:with|without|for|because|as|since) [^\d]+)$/i.exec(text);
  if (beside) return { assertions: [{ type: 'success' }, ...(beside[1] === undefined ? [] : [{ type: 'operator' as const, text: beside[1] }])] };
  if (MADE.test(text) && !/\b(?:no|not|never|none|without|zero|0)\b/i.test(text) && /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|DO$)\b/.test(shape?.command ?? '')) return { assertions: [{ type: 'success' }] };
  return SUCCESS.test(text) ? { assertions: [{ type: 'success' }] } : null;
}

const DOING: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:renam|edit|chang|updat|modify|set)/i, /^(?:UPDATE|ALTER\b)/], [/^(?:delet|remov)/i, /^DELETE$/], [/^dropp/i, /^DROP\b/], [/^(?:insert|add|creat)/i, /^(?:INSERT|CREATE\b)/], [/^(?:read|select|look)/i, /^SELECT$/],
];

/** "UPDATE of the hull should FAIL", "Column-level UPDATE should SUCCEED": of the statement of that kind. */
const TRIED = /^\W*(?:(?:test(?: case)?|step|case|check) ?)?(?:#?\d+[a-z]?\s*[.):–—-]\s*)?(?:[\p{L}-]+ )?(SELECT|INSERT|UPDATE|DELETE|TRUNCATE)(?: (?!OR\b|AND\b|should\b|must\b)(?:on |of |into |from |for )?[\w.`"-]+){0,5} (?:must|should|will|has to) (fail|succeed|work|be (?:rejected|denied|refused|blocked|allowed))(?: \((?!.*\b(?:or|if|unless|rows?)\b)[^()]*\))?\W*$/iu;
/** "A duplicate number should fail with unique violation": what is tried, and with what it fails. */
const TRIED_VALUE = /^\W*(?:an? |the |inserting (?:an? )?)?(?:duplicate|invalid|negative|missing|wrong|unknown|null)(?: [\w`.-]+){0,4} (?:must|should) ((?:fail|be rejected|be refused|error)\b.*)$/iu;

/** "Renaming a system role MUST fail", "Deleting it should succeed": of the statement that does it. */
export function readAttempt(sentence: string, shape: StatementShape | null): Found | null {
  const [, command = '', outcome = ''] = TRIED.exec(sentence) ?? [];
  if (command !== '' && shape?.command === command.toUpperCase() && /[A-Z]{4}/.test(command)) return { assertions: [/^(?:fail|be (?:rej|den|ref|bl))/i.test(outcome) ? { type: 'error', sqlstate: null, message: null } : { type: 'success' }] };
  const failed = /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(shape?.command ?? '') ? /^\W*(?:the )?(?:first|second|third|last|duplicate|other|[\p{L}-]+) [\p{L}\d ]{2,40}? (?:has |was |is )?(?:failed|fails|rejected|refused|denied) with (?:an? )?([^.;,]+)\W*$/iu.exec(sentence)?.[1] : undefined;
  if (failed !== undefined) return readFault(`should fail with ${failed}`, shape);
  const tried = /^(?:INSERT|UPDATE|MERGE)$/.test(shape?.command ?? '') ? TRIED_VALUE.exec(sentence)?.[1] : undefined;
  if (tried !== undefined) return readFault(`should ${tried.replace(/[.!]\s*$/, '')}`, shape);
  const [, verb = '', ends = ''] = /^\W*(?:\d+[a-z]?[.):]\s*)?(\p{L}+ing) (?!.*\b(?:or|if|unless|when|but)\b)[\p{L}\d_ .'"\x60-]{2,60}? (?:must|should|will|has to) (fail|succeed|work|be (?:rejected|denied|refused|allowed))\W*$/iu.exec(sentence) ?? [];
  const done = verb === '' || shape === null ? undefined : DOING.find(([word]) => word.test(verb));
  if (done === undefined || shape === null || !done[1].test(shape.command)) return null;
  return { assertions: [/^(?:fail|be (?:rej|den|ref))/i.test(ends) ? { type: 'error', sqlstate: null, message: null } : { type: 'success' }] };
}
