import type { Assertion } from '../../assertions/assertion.js';
import { counted } from './counts.js';
import { COMPARISONS, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, knownColumns, type StatementShape } from './shape.js';
import { namingColumn } from './row-of.js';
import { FLAG, isFlag, TELLS_STATE } from './states.js';

/** "All new cups should have NULL `league_id`". */
const ALL_NULL = /^(?:(?:all|every|each)(?: [\p{L}-]+){0,4} (?:should |must )?(?:have|has) (?:an? )?)?(null|non-null|not null) `?(\w+)`?(?: values?)?$/iu;
/** "All rows should show GOOD status". */
const IN_CAPITALS = /^(?:[Aa]ll|[Ee]very|[Ee]ach)(?: [\p{L}-]+){0,3} (?:should |must )?(?:shows?|have|has|be in|displays?) (?:an? |the )?([A-Z][A-Z_]{2,}) `?(\w+)`?$/u;
/** "`opened_at` should have a timestamp". */
const FILLED = /^`?(\w+)`?(?: column)? (?:should |must )?(?:now )?(?:have|has|holds?|shows?|contains?) an? (?:timestamp|date|time|value)(?: set)?$/i;
/** "Should exclude SPAM", of a state. */
const EXCLUDES = /^excludes? [`'"]?([A-Z][A-Z_]{2,})[`'"]?$/;
/** "`updated_at` is later than `created_at`". */
const THAN = /^(?:the |all |each |every )?`?(\w+)`?(?: values?)? (?:is|are|(?:should|must) be) (?:(later|greater|newer|more|higher|larger|bigger|earlier|less|older|lower|smaller) than|(after|before)) (?:the |its )?`?(\w+)`?(?: values?)?$/i;
const TICKED = String.raw`\x60[\w.-]+\x60`;
/** "Every `role` value is one of: `farmer`, `miller`". */
const ONE_OF = new RegExp(String.raw`^(?:all |every |each |the )?(?:\x60(\w+)\x60(?: values?)?|(\w+) values?) (?:is |are |(?:should|must) be )(?:either |one |any )?(?:one )?of:? (${TICKED}(?:(?:,| or|, or) ${TICKED})+)$`, 'i');
const PIECE = String.raw`(?:\x60[^\x60]+\x60|"[^"]+")`;
/** "Comment mentions "atomic" and "once"". */
const PIECES = new RegExp(String.raw`^(?:the )?\x60?(\w+)\x60? (?:(?:should|must) )?(?:contains?|includes?|references?|mentions?) (${PIECE}(?:(?:,| and|, and| &) ${PIECE})+)$`, 'i');
/** "There must be no row for `anon` or `PUBLIC`", "no `anon`, no `authenticated`". */
const NONE_FOR = new RegExp(String.raw`^(?:there (?:must|should) be |there (?:is|are) )?no (?:rows?|grants?|entry|entries|privileges?) (?:for|to|of) (${TICKED}(?:(?:,| or|, or|,? nor) ${TICKED})*)$|^no (${TICKED}(?:(?:,| or|,? and)? no ${TICKED})+)$`, 'i');
/** "`boats_fk` appears in `pg_constraint`". */
const APPEARS = new RegExp(String.raw`^(${PIECE}) (?:(?:should|must) )?(?:now )?(?:appears?|shows? up|is listed) in (?:the (?:results?|output|list|result set)|\x60?(\w+)\x60?)$`, 'i');
/** ">10% of the products", "100%": of the one column that is a share. */
const SHARE = /^(>=|<=|>|<|≥|≤|at least|over|more than|under|less than)? ?(\d+(?:\.\d+)?) ?%(?: of (?:the |all )?[\p{L} ]{3,40})?$/iu;
const SHARES = /(?:^|_)(?:pct|percent|percentage|perc)(?:_|$)/i;
const SIGNS: Readonly<Record<string, '>=' | '>' | '<'>> = { 'at least': '>=', over: '>', 'more than': '>', under: '<', 'less than': '<' };
/** "All rows have `pier_id`", of the query that looks for those without. */
const ALL_HAVE = /^(?:(?:verify|check|confirm|ensure|make sure)(?: that)? )?(?:all|every|each)(?: [\p{L}-]+){1,3} (?:(?:should|must) (?:now )?)?(?:have|has) (?:an? |the |its |their )?`?\w+`?(?: (?:values?|set|populated|filled|assigned))*$/iu;
/** "A `status` value ('open' or 'closed')", of all rows. */
const A_VALUE = /^an? `?(\w+)`? (?:value )?\(((?:['"`][^'"`]+['"`](?:,? or |, |,? and )?){2,})\)$/i;
/** "All populated" of a column `ispopulated`. */
const ALL_SO = /^(?:(?:they |these )?(?:are )?)all (?!null\b)([a-z]{4,})$/i;
/** "One row: B-12, anna@pier.example, open": what stands in it. */
const ONE_ROW = /^(?:exactly )?(?:one|1|a single) row: ((?:[\w@.+-]+, )+[\w@.+-]+)$/i;
/** "Each with count = 5", of the one column that counts. */
const EACH_COUNTS = /^(?:each|every one|all)(?: with| having| has| have)?(?: an?| the)? counts?(?: of| =|:| is)? ?(\d+)$/i;
/** "boats_touch on UPDATE": what it is called, and of which command. */
const OF_COMMAND = /^`?([a-z]\w*_\w+)`? (?:on|for) (INSERT|UPDATE|DELETE|SELECT|ALL)$/;
/** "All named `own_boats`". */
const ALL_NAMED = /^all (?:named|called) ["'`]([\w.-]+)["'`]$/i;
/** "All 4 timestamps should be populated", of as many columns. */
const ALL_FILLED = /^all (\d+|two|three|four|five|six) (timestamps|dates|columns|fields|values) (?:(?:should|must) be|are) (?:populated|set|filled(?: in)?|not null|non-null|present)$/i;
/** "Policies with cmd = 'SELECT' and roles = '{public}'": rows of which this is true. */
const ROWS_WITH = /^(?:[a-z]+ )?(?:polic(?:y|ies)|rows?|entr(?:y|ies)|records?|columns?|index(?:es)?|triggers?|functions?|users?|jobs?) with (`?\w+`? ?= ?(?:'[^']*'|"[^"]*")(?:,? and `?\w+`? ?= ?(?:'[^']*'|"[^"]*"))+)$/i;
/** "Row exists with `status = 'success'`": the row, and what it holds. */
const THERE = /^(?:an? |one |the |at least one )?(?:row|record|entry) (?:exists|is there|is present|found|present) (?:with|where) (?=\S)/i;

const column = (name: string, op: Extract<Assertion, { type: 'column' }>['op'], value: Extract<Assertion, { type: 'column' }>['value']): Found => ({ assertions: [{ type: 'column', column: name, quantifier: 'every', op, value }] });

/** What is said of a column in each row, in words of their own: NULL, filled, one of several, a share. */
export function readEachRow(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  const has = (name: string | undefined): name is string => name !== undefined && hasColumn(shape, name) === true;
  const [, none = '', empty] = ALL_NULL.exec(text) ?? [];
  if (has(empty)) return column(empty, /^no[nt]/i.test(none) ? '!=' : '=', null);
  const [, state = '', stated] = IN_CAPITALS.exec(text) ?? [];
  // "All tables have RLS enabled" is of no column that is called so.
  if (has(stated) && state !== 'NULL' && TELLS_STATE.test(stated)) return column(stated, '=', state);
  const excluded = EXCLUDES.exec(text)?.[1];
  const states = excluded === undefined ? [] : shape.columns.filter((name): name is string => name !== null && TELLS_STATE.test(name));
  // Of no rows at all it holds, too.
  if (excluded !== undefined && states[0] !== undefined && states.length === 1) return { ...column(states[0], '!=', excluded), alternative: { type: 'rows', op: '=', value: 0 } };
  const filled = FILLED.exec(text)?.[1];
  if (has(filled)) return column(filled, '!=', null);
  const [, quoted, bare, list = ''] = ONE_OF.exec(text) ?? [];
  const among = quoted ?? bare;
  if (has(among)) return column(among, 'in', ticked(list));
  const [, defined, pieces = ''] = PIECES.exec(text) ?? [];
  if (has(defined)) return { assertions: ticked(pieces).flatMap((value) => column(defined, 'contains', value).assertions) };
  const [, absent, other] = NONE_FOR.exec(text) ?? [];
  const out = ticked(absent ?? other ?? '');
  // `public` is a schema as well.
  const inSchema = out.some((one) => /^public$/i.test(one)) && shape.columns.some((name) => name === null || name === '*' || /schema/i.test(name));
  if (out.length > 0) return { assertions: [inSchema ? { type: 'operator', text } : { type: 'excludes', values: out }] };
  // "SOLO, DUO" of a query for the values of an enum.
  const labels = shape.singleColumn && /^enumlabel$/i.test(shape.columns[0] ?? '') ? text.split(/,\s*(?:and )?| and /) : [];
  if (labels.length > 1 && labels.every((one) => /^[A-Z][A-Z\d_]+$/.test(one))) return { assertions: [{ type: 'contains', values: labels }] };
  const alone = /^(?:only )?(["'`])([\w .-]+)\1(?: only)?$/.exec(text)?.[2];
  if (alone !== undefined && /\bonly\b/.test(text) && shape.singleColumn && !shape.oneRow && shape.columns[0] != null && shape.columns[0] !== '*') return column(shape.columns[0], '=', alone);
  const [, left, more, time = '', right] = THAN.exec(text) ?? [];
  if (has(left) && has(right)) return column(left, /^(?:later|greater|newer|more|higher|larger|bigger|after)$/i.test(more ?? time) ? '>' : '<', { column: right });
  const [, held, values = ''] = A_VALUE.exec(text) ?? [];
  if (has(held)) return column(held, 'in', [...values.matchAll(/['"`]([^'"`]+)['"`]/g)].map((one) => one[1] ?? ''));
  const so = ALL_SO.exec(text)?.[1];
  const [truth, ...others] = so === undefined || shape.oneRow ? [] : shape.columns.filter((name): name is string => name !== null && new RegExp(`^(?:is|has|rel|ind)?_?${so}$`, 'i').test(name) && (isFlag(name) || /^(?:is|has|ind)/i.test(name)));
  if (truth !== undefined && others.length === 0) return column(truth, '=', true);
  const [, several = '', what = ''] = ALL_FILLED.exec(text) ?? [];
  const those = several === '' ? [] : shape.columns.filter((name): name is string => name !== null && (/^[cfv]/i.test(what) || /(?:_ts|_at|_on|_time|_date|timestamp|date)$/i.test(name)));
  if (those.length > 0 && those.length === numberOf(several)) return { assertions: those.flatMap((name) => column(name, '!=', null).assertions) };
  const named = ALL_NAMED.exec(text)?.[1];
  const called = named === undefined ? null : namingColumn(shape);
  if (named !== undefined && called !== null) return column(called, '=', named);
  const each = EACH_COUNTS.exec(text)?.[1];
  const [counting, ...besides] = shape.counted ?? [];
  if (each !== undefined && counting !== undefined && besides.length === 0) return column(counting, '=', Number(each));
  const [, thing, command] = OF_COMMAND.exec(text) ?? [];
  const naming = thing === undefined ? null : namingColumn(shape);
  const of = shape.columns.find((name) => name !== null && /^(?:cmd|event_manipulation|polcmd)$/i.test(name));
  if (thing !== undefined && command !== undefined && naming !== null && of != null) return { assertions: [{ type: 'includes', columns: [naming, of], rows: [[thing, command]] }] };
  const cells = ONE_ROW.exec(text)?.[1]?.split(', ') ?? [];
  if (cells.length > 1 && cells.length <= shape.columns.length && cells.some((cell) => /[\d@_]/.test(cell))) return { assertions: [{ type: 'rows', op: '=', value: 1 }, { type: 'contains', values: cells }] };
  const pairs = [...(ROWS_WITH.exec(text)?.[1] ?? '').matchAll(/`?(\w+)`? ?= ?(?:'([^']*)'|"([^"]*)")/g)];
  if (pairs.length > 1 && pairs.every(([, name]) => has(name))) return { assertions: [{ type: 'includes', columns: pairs.map(([, name = '']) => name), rows: [pairs.map(([, , one, other]) => one ?? other ?? '')] }] };
  if (shape.seeksNull === true && ALL_HAVE.test(text)) return counted('=', 0, shape, false);
  const begins = readBeginsWith(text, shape);
  if (begins) return begins;
  const [, name = '', place] = APPEARS.exec(text) ?? [];
  if (name !== '' && !(shape.oneRow && shape.singleColumn) && (place === undefined || shape.tables.includes(place.toLowerCase()))) return { assertions: [{ type: 'contains', values: ticked(name) }] };
  return readShare(text, shape);
}

const ticked = (list: string): string[] => [...list.matchAll(/[`"]([^`"]+)[`"]/g)].map((one) => one[1] ?? '');

/** "All policies should start with `boats_`": of the column that names them. */
function readBeginsWith(text: string, shape: StatementShape): Found | null {
  const [, kind = '', , start = ''] = /^(?:all|every|each)(?: (?:of the|the))? (?:(?!should|must|start|begin)\w+ )?((?!should|must|start|begin)\w+?)(?:s|ies|y)?(?: names?)? (?:should |must )?(?:start|begin)s? with (["'`])([\w.-]+)\2$/i.exec(text) ?? [];
  const naming = start === '' || kind === '' ? null : shape.singleColumn ? shape.columns[0] : shape.columns.find((name) => name !== null && new RegExp(`^${kind}\\w{0,3}_?name$`, 'i').test(name));
  return naming == null || naming === '*' ? null : column(naming, 'matches', `^${start.replace(/[.-]/g, String.raw`\$&`)}`);
}

function readShare(text: string, shape: StatementShape): Found | null {
  const [, sign = '=', figure] = SHARE.exec(text) ?? [];
  const [share, ...others] = shape.oneRow ? (knownColumns(shape) ?? []).filter((name) => SHARES.test(name)) : [];
  if (figure === undefined || share === undefined || others.length > 0 || shape.singleColumn) return null;
  return column(share, SIGNS[sign.toLowerCase()] ?? COMPARISONS[sign] ?? '=', Number(figure));
}

/** "Row exists with `status = 'done'` or `'partial'`": `read` tells what stands behind; one row has it. */
export function readRowThere(text: string, shape: StatementShape | null, read: (rest: string) => Found | null): Found | null {
  const lead = THERE.exec(text)?.[0];
  const found = lead === undefined || shape?.returnsRows !== true ? null : read(text.slice(lead.length).replace(/^`([^`]*)` or `?('[^`']*')`?$/, '$1 or $2'));
  const [only, ...more] = found?.assertions ?? [];
  return only?.type === 'column' && more.length === 0 ? { assertions: [{ ...only, quantifier: 'any' }] } : null;
}

/** "Expected: all true". */
const ALL_TRUE = /^all(?: rows| values| checks| of them)?(?: are| =|:)? (`?(?:true|false)`?)$/i;

/** "All should return true" of rows with one truth value each. `every`: it is said of all of them. */
export function readTruth({ text, every }: { text: string; every: boolean }, shape: StatementShape | null): Assertion | null {
  if (shape?.returnsRows !== true || shape.singleColumn) return null;
  const told = every ? text : (ALL_TRUE.exec(text)?.[1] ?? '');
  const said = /^["'`]?(true|t|false|f)["'`]?(?: (?:for|=|as) (?:enabled|disabled|on|off))?$/i.exec(told)?.[1];
  const [flag, ...others] = shape.truths ?? (/ for /.test(told) ? shape.columns.filter((name): name is string => name !== null && FLAG.test(name)) : []);
  return said !== undefined && flag !== undefined && others.length === 0 ? { type: 'column', column: flag, quantifier: 'every', op: '=', value: /^t/i.test(said) } : null;
}
