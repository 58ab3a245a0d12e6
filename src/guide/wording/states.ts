import type { Assertion } from '../../assertions/assertion.js';
import { readCount } from './counts.js';
import { normal, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

/** Columns whose name says that they hold a truth value. */
/** Columns that tell in what state a row is, or of what kind. */
export const TELLS_STATE = /^(?:\w+_)?(?:status|state|type|kind|mode|key|event|action|role|phase|stage|tier|level|severity|channel|cmd|command|error|error_message|outcome|result|verdict)$/i;
/** Whether a column holds truth values by its name, also where that is a plain word. */
export const isFlag = (name: string): boolean => FLAG.test(name) || /^(?:public|private|active|valid|unique)$/i.test(name);
export const FLAG = /^(?:rol(?:super|bypassrls|inherit|createrole|createdb|canlogin|replication)|prosecdef|convalidated|indisunique|rowsecurity|relrowsecurity|relforcerowsecurity|forcerowsecurity|indisvalid|enabled|exists|(?:is|has)_\w+|\w+_(?:enabled|exists|active|installed))$/i;

const FILLED = /^(?:(?:all|every|each)(?: (?:\w+ ){0,2}?(?:rows?|records?|entries|\w+s))? (?:should |must )?(?:have|has) )?(?:an? |the )?`?(\w+)`? (?:(?:should|must) )?(?:(?:also|now|all) )?(?:(?:be|is|are) )?(?:populated|set|generated(?: automatically)?|not null|non-null|(?:not|never) (?:be )?(?:null|empty|null or empty|empty or null)|filled(?: in)?|have a value|has a value)$/i;
const HAS_ONE = /^(?:every|each|all) (?:rows?|records?|entr(?:y|ies)) (?:should |must )?(?:has|have) an? `?(\w+)`?$/i;
const NO_NULLS = /^no (?:null(?:s| values?)? (?:in|for) (?:the )?`?(\w+)`?(?: column)?|(?:null|empty) `?(\w+)`?|`?(\w+)`? (?:(?:should |must |may |can )?(?:be|is|are) null|null(?: or empty)?))$/i;
const SWITCHED = /^(?:the )?`?(\w+)`? (?:is|should be|must be|=|:) (enabled|disabled)(?: (?:on|for|in) (?:all|every|each|both)(?: \w+){0,2})?$/i;
const FOR_COLUMN = /^`?(true|false|t|f|'[^']*'|-?\d+)`? (?:for|in|under) (?:the )?`?(\w+)`?(?: column)?$/i;
const WITHIN = /^(?:all values (?:are |should be |must be )?(?:in|one of|among)|(?:a )?subset of|values? in|only values in) ?[{[(]([^{}[\]()]+)[}\])]$/i;
const HELD_IN = /^(?:"([^"]{3,})"|`([^`]{3,})`) in (?:the )?`?(\w+?)s?`?(?: columns?)?$/i;

/** "Has `SECURITY DEFINER`", "Has `search_path` set": what is so, by its name. */
const MARKED = /^(?:it |the )?(?:[a-z]+ )?(has|have|is|are|uses?) (?:([`"'])([^`"']+)\2|([a-z]+(?:_[a-z]+)+))(?: (?:set|enabled|defined|configured))?$/i;

/** The one column into which the statement writes such a text, or that is called after what it has. */
function readMarked(said: string, shape: StatementShape): Found | null {
  const [, verb = '', , ticked, bare] = MARKED.exec(said) ?? [];
  const name = ticked ?? bare;
  if (name === undefined) return null;
  const writing = shape.columns.filter((column, index) => column !== null && shape.texts?.[index]?.includes(name));
  const flag = /^ha/i.test(verb) ? shape.columns.findIndex((column) => column?.toLowerCase() === `has_${name.toLowerCase()}`) : -1;
  const [column = null, value] = writing.length === 1 ? [writing[0], name] : [(shape.texts?.[flag] ?? []).length > 0 ? null : shape.columns[flag], true];
  return column === null || writing.length > 1 ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] };
}

/** "No rows should have status 'failed'", "none should be 'failed'". */
const NONE_HAS = /^(?:no (?:rows?|records?|results?|entries|tables|policies|functions|users|columns|index(?:es)?|triggers)|none)(?: of them)? (?:should |must |may )?(?:have|has|show|with|be|is|are|in)(?: (?:an? |the )?`?(\w+)`?(?: ?=| of| as| set to| in)?)? '([^']+)'$/i;

/** "No crew with boat_count < 3", of all that there are: every one has the contrary. */
const NONE_WITH = /^(?:no|0|zero) [\p{L}_-]+(?: [\p{L}_-]+)? (?:with|having|has|where) `?(\w+)`? ?(<=|>=|<>|!=|=|<|>) ?(-?\d+|null|'[^']*'|true|false)$/iu;
const CONTRARY: Readonly<Record<string, '=' | '!=' | '<' | '<=' | '>' | '>='>> = { '<': '>=', '>': '<=', '<=': '>', '>=': '<', '=': '!=', '!=': '=', '<>': '=' };

/** What a column holds, said in words: filled, switched on, one of a set, a text within. */
export function readHeld(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const column = (name: string | undefined): string | null => shape.columns.find((one) => one !== null && one.toLowerCase() === name?.toLowerCase()) ?? null;
  const made = (name: string | null, rest: Pick<Extract<Assertion, { type: 'column' }>, 'op' | 'value'>, quantifier: 'every' | 'any' = 'every'): Found | null => (name === null ? null : { assertions: [{ type: 'column', column: name, quantifier, ...rest }] });
  const [, left, sign = '', right = ''] = shape.filtered || shape.oneRow ? [] : (NONE_WITH.exec(text) ?? []);
  const contrary = left === undefined ? null : made(column(left), { op: CONTRARY[sign] ?? '=', value: /^null$/i.test(right) ? null : scalar(right) });
  // Of no rows at all it holds, too.
  if (left !== undefined) return contrary && { ...contrary, alternative: { type: 'rows', op: '=', value: 0 } };
  const none = NONE_HAS.exec(text);
  const said = none && made(none[1] === undefined ? (shape.singleColumn ? shape.columns[0] ?? null : null) : column(none[1]), { op: '!=', value: none[2] ?? '' });
  // Of no rows at all it holds, too.
  if (said) return { ...said, alternative: { type: 'rows', op: '=', value: 0 } };
  if (none) return null;
  const filled = FILLED.exec(text) ?? NO_NULLS.exec(text);
  // "Every row has a berth": of a column that is called so.
  const having = HAS_ONE.exec(text)?.[1];
  if (having !== undefined && column(having) !== null) return made(column(having), { op: '!=', value: null });
  const whole = filled === null ? null : column(filled[1] ?? filled[2] ?? filled[3]);
  if (whole !== null && /\bempty\b/i.test(text)) return { assertions: [null, ''].map((value) => ({ type: 'column', column: whole, quantifier: 'every', op: '!=', value })) };
  if (filled) return made(column(filled[1] ?? filled[2] ?? filled[3]), { op: '!=', value: null });
  const switched = SWITCHED.exec(text);
  if (switched && FLAG.test(switched[1] ?? '')) return made(column(switched[1]), { op: '=', value: /^enabled$/i.test(switched[2] ?? '') });
  const given = FOR_COLUMN.exec(text);
  if (given) return made(column(given[2]), { op: '=', value: scalar(given[1] ?? '') });
  // "RLS enabled", of the one column that tells of it.
  const secured = /^(?:rls|row[- ]level security) (?:is |should be |must be )?(enabled|disabled|on|off|active)(?: (?:on|for) (?:all|both|each|every|the)(?: \w+){0,2})?$/i.exec(text)?.[1];
  const securing = secured === undefined ? [] : shape.columns.filter((name, index) => name !== null && /^(?:rls_?enabled|rls|row_?security|relrowsecurity|rowsecurity)$/i.test(name) && (shape.texts?.[index] ?? []).length === 0);
  if (secured !== undefined) return securing.length === 1 ? made(securing[0] ?? null, { op: '=', value: !/^(?:disabled|off)$/i.test(secured) }) : null;
  const marked = readMarked(text, shape);
  if (marked) return marked;
  const held = HELD_IN.exec(text.replace(/ in (?:the )?(USING|WITH CHECK)(?: (?:clause|expression)s?)?$/, (_, clause: string) => ` in ${clause === 'USING' ? 'qual' : 'with_check'}`).replace(/^(?:polic(?:y|ies)|rows?|functions?|triggers?|an? [a-z]+) (?:with|that (?:have|has)|having|containing) (?=["`])/i, ''));
  if (held) return made(column(held[3]) ?? column(`${held[3] ?? ''}s`), { op: 'contains', value: held[1] ?? held[2] ?? '' }, 'any');
  const within = WITHIN.exec(text)?.[1];
  if (within !== undefined && shape.singleColumn) {
    const values = within.split(/\s*,\s*/).map((one) => one.replace(/^(['"`])(.*)\1$/, '$2'));
    return values.every((one) => /^[\w -]+$/.test(one)) ? made(shape.columns[0] ?? null, { op: 'in', value: values }) : null;
  }
  return null;
}

function scalar(said: string): string | number | boolean {
  if (/^(?:t|true)$/i.test(said)) return true;
  if (/^(?:f|false)$/i.test(said)) return false;
  return /^-?\d+$/.test(said) ? Number(said) : said.replace(/^'|'$/g, '');
}

const THERE = /^(?:(?:verify|check|confirm|ensure)(?: that)? )?(?:the )?(?:[a-z-]+ ){0,3}(?:bucket|table|column|row|record|policy|function|trigger|index|constraint|extension|type|view|user|entry|profile)s? (?:(?:to |should |must )?exists?|is (?:present|listed|returned)|to be (?:present|listed)|is there|was (?:found|created))$/i;
/** `Bucket exists` of a query that looks for it: at least one row. */
export function readPresence(text: string, shape: StatementShape | null): Assertion | null {
  if (shape?.returnsRows !== true || isExplain(shape) || shape.oneRow || !shape.filtered) return null;
  // That all of several are there, one row does not show.
  // "Parent row exists", of rows that are joined: of each of them.
  if (/\b(?:row|record|entry)s? exists?$/i.test(text) && (shape.tables.length > 1 || /\b(?:parent|child|related|linked|matching|joined)\b/i.test(text))) return null;
  return THERE.test(text) && !/^(?:all|both|each|every)\b/i.test(text) ? { type: 'rows', op: '>=', value: 1 } : null;
}

const EXISTS = /^(?:(?:verify|check|confirm|ensure)(?: that)? )?(?:the |your |a )?(?:new |old )?(?:`?[\w.]+`? )?(?:table|column|policy|function|trigger|index|constraint|extension|type|view|user|role|schema|row|record|bucket)(?: `?[\w.]+`?)? (?:(?:(?:should|must) )?(?:now |already )?exists?|((?:should|must|does|do) not|doesn't|no longer) (?:already |yet |any ?more )?exists?(?: yet| already)?)$/i;
/** "The table exists", "… does not exist yet", of `SELECT EXISTS (…)`. */
export function readExistence(text: string, shape: StatementShape | null): Found | null {
  const said = EXISTS.exec(text);
  return said === null || shape?.oneRow !== true || !shape.singleColumn || shape.columns[0]?.toLowerCase() !== 'exists' ? null : { assertions: [{ type: 'value', op: '=', value: said[1] === undefined }] };
}

/** "Table exists with RLS enabled": that it is there, and what is so of it. */
export function readPresenceWith(text: string, shape: StatementShape | null): Found | null {
  const [, there = '', rest = ''] = /^(.{4,40}? exists?)(?:,| and| with| and has) (?:with )?(.+)$/i.exec(text) ?? [];
  const many = /^(?:both|all \w+) [a-z]+ (?:should |must )?exist\b/i.test(there) && shape !== null && !/\b(?:or|if|no|not)\b/i.test(text) ? readCount(there.replace(/^both/i, '2').replace(/^all /i, '').replace(/ (?:should |must )?exists?$/i, ''), shape) : null;
  if (many !== null && !many.alternative) return { assertions: [...many.assertions, ...(readHeld(rest, shape)?.assertions ?? [{ type: 'operator' as const, text: rest }])] };
  const present = there === '' || /\b(?:or|if|no|not)\b/i.test(text) ? null : readPresence(there, shape);
  if (present === null) return null;
  return { assertions: [present, ...(readHeld(rest, shape)?.assertions ?? [{ type: 'operator' as const, text: rest }])] };
}

const ALL_SHOW = /^\W*(?:expected?\b[^:：]{0,30}[:：]\W*)?(?:all|every|each|both)(?: [\w-]+){0,2}? ?(?:(?:should|must) )?(?:show|be|have|say|return|display|read|=)?s?:? (?:status |result )?(?:(["'`])(.+?)\1|((?:\p{Extended_Pictographic}\ufe0f? ?)?[A-Z]{2,12}))(?: \((?!.*\b(?:or|if|unless|except|may|might)\b)[^()]*\))?[.!\s]*$/isu;
/** "All queries should be FAST or MODERATE". */
const ALL_SHOW_ONE_OF = /^\W*(?:expected?\b[^:：]{0,30}[:：]\W*)?(?:all|every|each)(?: [\w-]+){0,2}? (?:should |must )?(?:show|be|have|say|return|display|read|are|is)s? ((?:[^\s,.]+ ?){1,3}(?:, (?:[^\s,.]+ ?){1,3})*,? or (?:[^\s,.]+ ?){1,3})[.\s]*$/iu;
/** "No policies should have status 'OPEN'". */
const NONE_SHOWS = /^\W*(?:expected?\b[^:：]{0,30}[:：]\W*)?(?:no (?:[\p{L}]+s|other rows?)|none)(?: of them)? (?:should |must )?(?:have|show|be|with|display)s? (?:(?:a |the )?`?(\w+)`? ?(?:=|of|as)? ?)?(["'`])(.+?)\2[.\s]*$/isu;
const COLUMN_IS = /^\W*(?:(?:expected?\b[^:：]{0,30}[:：]|(?:test )?pass(?:es)? (?:if|when)[:：]?)\W*)?(?:(?:all|each|every)(?: \w+)? )?(?:(?:should )?(?:show|return|have|has)s? )?`?(\w+)`? ?(?:=|:|is|should be|should show) ?(["'`])(.+?)\2`?(?: (?:for|in|on) (?:all|every|each|both)(?: \w+){0,2})?[.\s]*$/isu;

/** `1 row with status "✅ Enabled"`. */
const ROWS_WRITTEN = /^\W*(?:expected?\b[^:：]{0,30}[:：]\W*|should return )?(?:exactly )?(\d+|one|two|three) rows? (?:with|showing|where) `?(\w+)`? ?(?:=|:|is)? ?(["'`])(.+?)\3[.\s]*$/isu;
/** "All should show ✅". */
const SIGN_SHOWN = /^\W*(?:all|every|each|both)(?: [\w-]+){0,2}? (?:should |must )?(?:show|be|have|return|display|read)s? (\p{Extended_Pictographic}\ufe0f?)[.\s]*$/isu;

/**
 * A text that the statement itself writes into one of its columns ("All rows should
 * show `✅ PASS`" of a query with `CASE … THEN '✅ PASS'`): that column holds it, signs and all.
 */
export function readWritten(said: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || shape.texts === undefined) return null;
  const text = said.replaceAll('**', '');
  const either = ALL_SHOW_ONE_OF.exec(text)?.[1]?.split(/,? or |, /).map((one) => one.trim().replace(/^(["'`])(.*)\1$/, '$2'));
  const [home, ...others] = either === undefined ? [] : shape.columns.filter((name, index) => name !== null && either.every((one) => shape.texts?.[index]?.includes(one)));
  if (either !== undefined) return home != null && others.length === 0 ? { assertions: [{ type: 'column', column: home, quantifier: 'every', op: 'in', value: either }] } : null;
  const [, many = '', own = '', , written = ''] = ROWS_WRITTEN.exec(text) ?? [];
  const at = shape.columns.findIndex((name) => name?.toLowerCase() === own.toLowerCase());
  const count = numberOf(many);
  if (at !== -1 && count !== null && shape.texts[at]?.includes(written) === true) return { assertions: [{ type: 'rows', op: '=', value: count }, { type: 'column', column: shape.columns[at] ?? own, quantifier: 'every', op: '=', value: written }] };
  const never = NONE_SHOWS.exec(text);
  const whose = never === null ? [] : shape.columns.filter((name, index) => name !== null && (never[1] === undefined || name.toLowerCase() === never[1].toLowerCase()) && shape.texts?.[index]?.includes(never[3] ?? ''));
  if (never !== null) return whose.length === 1 && whose[0] != null ? { assertions: [{ type: 'column', column: whose[0], quantifier: 'every', op: '!=', value: never[3] ?? '' }] } : null;
  const bare = shape.oneRow ? /^\W*expect(?:ed|s)?(?: results?| outputs?| status)?\s*:\s*(.+?)[.\s]*$/iu.exec(text)?.[1] : undefined;
  const saying = bare === undefined ? [] : shape.columns.flatMap((name, index) => (name === null ? [] : (shape.texts?.[index] ?? []).filter((one) => one === bare || normal(one) === normal(bare)).map((one) => ({ name, one }))));
  if (saying.length === 1 && saying[0] !== undefined) return { assertions: [{ type: 'column', column: saying[0].name, quantifier: 'every', op: '=', value: saying[0].one }] };
  const column = COLUMN_IS.exec(text);
  const named = column !== null && hasColumn(shape, column[1] ?? '') === true ? column : null;
  const shown = ALL_SHOW.exec(text);
  const value = named ? named[3] : (shown?.[2] ?? shown?.[3] ?? SIGN_SHOWN.exec(text)?.[1]);
  if (value === undefined) return null;
  const holding = shape.columns.filter((name, index) => name !== null && shape.texts?.[index]?.includes(value) && (named === null || name.toLowerCase() === named[1]?.toLowerCase()));
  const [only] = holding;
  return holding.length === 1 && only != null ? { assertions: [{ type: 'column', column: only, quantifier: 'every', op: '=', value }] } : null;
}

const ALL_OF_THEM = /^\W*(?:expect(?:ed)?\W*[:：]\s*)?all (\d+|two|three|four|five|six) (?:checks|rows|tests|tables|items|lines|results) (?:should |must )?(?:show|be|say|have|are)\b/i;
/** "All 4 checks should say PASS": that there are so many, before what is read of each. */
export function withAll(said: string, assertions: Assertion[], shape: StatementShape | null): Assertion[] {
  const many = shape?.oneRow === false && !assertions.some(({ type }) => type === 'rows') ? numberOf(ALL_OF_THEM.exec(said)?.[1] ?? '') : null;
  return many === null ? assertions : [{ type: 'rows', op: '=', value: many }, ...assertions];
}
