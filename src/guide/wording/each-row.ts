import type { Assertion } from '../../assertions/assertion.js';
import { readColumn } from './columns.js';
import { counted } from './counts.js';
import { everyRow, isColumn, onlyColumn, quotedIn, readerOf, rowCount } from './forms.js';
import { COMPARISONS, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { namingColumn } from './row-of.js';
import { knownColumns, type StatementShape } from './shape.js';
import { FLAG, isFlag, TELLS_STATE } from './states.js';

const TICKED = String.raw`\x60[\w.-]+\x60`;
const PIECE = String.raw`(?:\x60[^\x60]+\x60|"[^"]+")`;
const SIGNS: Readonly<Record<string, '>=' | '>' | '<'>> = { 'at least': '>=', over: '>', 'more than': '>', under: '<', 'less than': '<' };
const COMMAND_COLUMN = /^(?:cmd|event_manipulation|polcmd)$/i;

/** What is said of a column in each row, in words of their own: NULL, filled, one of several, a share. */
export const readEachRow = readerOf([
  // "All new cups should have NULL `league_id`".
  [/^(?:(?:all|every|each)(?: [\p{L}-]+){0,4} (?:should |must )?(?:have|has) (?:an? )?)?(null|non-null|not null) `?(\w+)`?(?: values?)?$/iu, ([, none = '', name], shape) => (isColumn(shape, name) ? [everyRow(name, /^no[nt]/i.test(none) ? '!=' : '=', null)] : null)],
  // "All rows should show GOOD status"; "all tables have RLS enabled" is of no column that is called so.
  [/^(?:[Aa]ll|[Ee]very|[Ee]ach)(?: [\p{L}-]+){0,3} (?:should |must )?(?:shows?|have|has|be in|displays?) (?:an? |the )?(?!NULL\b)([A-Z][A-Z_]{2,}) `?(\w+)`?$/u, ([, state = '', name], shape) => (isColumn(shape, name) && TELLS_STATE.test(name) ? [everyRow(name, '=', state)] : null)],
  // "Should exclude SPAM", of a state; of no rows at all it holds, too.
  [/^excludes? [`'"]?([A-Z][A-Z_]{2,})[`'"]?$/, ([, excluded = ''], shape) => {
    const state = onlyColumn(shape, TELLS_STATE);
    return state === undefined ? null : { assertions: [everyRow(state, '!=', excluded)], alternative: rowCount(0) };
  }],
  // "`opened_at` should have a timestamp".
  [/^`?(\w+)`?(?: column)? (?:should |must )?(?:now )?(?:have|has|holds?|shows?|contains?) an? (?:timestamp|date|time|value)(?: set)?$/i, ([, name], shape) => (isColumn(shape, name) ? [everyRow(name, '!=', null)] : null)],
  // "Every `role` value is one of: `farmer`, `miller`".
  [new RegExp(String.raw`^(?:all |every |each |the )?(?:\x60(\w+)\x60(?: values?)?|(\w+) values?) (?:is |are |(?:should|must) be )(?:either |one |any )?(?:one )?of:? (${TICKED}(?:(?:,| or|, or) ${TICKED})+)$`, 'i'), ([, quoted, bare, list = ''], shape) => {
    const name = quoted ?? bare;
    return isColumn(shape, name) ? [everyRow(name, 'in', quotedIn(list))] : null;
  }],
  // "Comment mentions "atomic" and "once"".
  [new RegExp(String.raw`^(?:the )?\x60?(\w+)\x60? (?:(?:should|must) )?(?:contains?|includes?|references?|mentions?) (${PIECE}(?:(?:,| and|, and| &) ${PIECE})+)$`, 'i'), ([, name, pieces = ''], shape) => (isColumn(shape, name) ? quotedIn(pieces).map((value) => everyRow(name, 'contains', value)) : null)],
  // "There must be no row for `anon` or `PUBLIC`", "no `anon`, no `authenticated`"; `public` is a schema as well.
  [new RegExp(String.raw`^(?:there (?:must|should) be |there (?:is|are) )?no (?:rows?|grants?|entry|entries|privileges?) (?:for|to|of) (${TICKED}(?:(?:,| or|, or|,? nor) ${TICKED})*)$|^no (${TICKED}(?:(?:,| or|,? and)? no ${TICKED})+)$`, 'i'), ([text = '', list, other = ''], shape) => {
    const values = quotedIn(list ?? other);
    const inSchema = values.some((one) => /^public$/i.test(one)) && shape.columns.some((name) => name === null || name === '*' || /schema/i.test(name));
    return [inSchema ? { type: 'operator', text } : { type: 'excludes', values }];
  }],
  // "SOLO, DUO" of a query for the values of an enum.
  [/^[A-Z][A-Z\d_]+(?:(?:,\s*(?:and )?| and )[A-Z][A-Z\d_]+)+$/, ([text = ''], shape) => (shape.singleColumn && /^enumlabel$/i.test(shape.columns[0] ?? '') ? [{ type: 'contains', values: text.split(/,\s*(?:and )?| and /) }] : null)],
  // "Only 'north'", of the only column.
  [/^(?=.*\bonly\b)(?:only )?(["'`])([\w .-]+)\1(?: only)?$/, ([, , alone = ''], shape) => (shape.singleColumn && !shape.oneRow && shape.columns[0] != null && shape.columns[0] !== '*' ? [everyRow(shape.columns[0], '=', alone)] : null)],
  // "`updated_at` is later than `created_at`".
  [/^(?:the |all |each |every )?`?(\w+)`?(?: values?)? (?:is|are|(?:should|must) be) (?:(later|greater|newer|more|higher|larger|bigger|earlier|less|older|lower|smaller) than|(after|before)) (?:the |its )?`?(\w+)`?(?: values?)?$/i, ([, left, more, time = '', right], shape) => (isColumn(shape, left) && isColumn(shape, right) ? [everyRow(left, /^(?:later|greater|newer|more|higher|larger|bigger|after)$/i.test(more ?? time) ? '>' : '<', { column: right })] : null)],
  // "A `status` value ('open' or 'closed')", of all rows.
  [/^an? `?(\w+)`? (?:value )?\(((?:['"`][^'"`]+['"`](?:,? or |, |,? and )?){2,})\)$/i, ([, name, values = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'in', quotedIn(values))] : null)],
  // "All populated" of a column `ispopulated`.
  [/^(?:(?:they |these )?(?:are )?)all (?!null\b)([a-z]{4,})$/i, ([, so = ''], shape) => {
    const [truth, ...others] = shape.oneRow ? [] : shape.columns.filter((name): name is string => name !== null && new RegExp(`^(?:is|has|rel|ind)?_?${so}$`, 'i').test(name) && (isFlag(name) || /^(?:is|has|ind)/i.test(name)));
    return truth === undefined || others.length > 0 ? null : [everyRow(truth, '=', true)];
  }],
  // "All 4 timestamps should be populated", of as many columns.
  [/^all (\d+|two|three|four|five|six) (timestamps|dates|columns|fields|values) (?:(?:should|must) be|are) (?:populated|set|filled(?: in)?|not null|non-null|present)$/i, ([, several = '', what = ''], shape) => {
    const those = shape.columns.filter((name): name is string => name !== null && (/^[cfv]/i.test(what) || /(?:_ts|_at|_on|_time|_date|timestamp|date)$/i.test(name)));
    return those.length > 0 && those.length === numberOf(several) ? those.map((name) => everyRow(name, '!=', null)) : null;
  }],
  // "All named `own_boats`".
  [/^all (?:named|called) ["'`]([\w.-]+)["'`]$/i, ([, name = ''], shape) => {
    const naming = namingColumn(shape);
    return naming === null ? null : [everyRow(naming, '=', name)];
  }],
  // "Each with count = 5", of the one column that counts.
  [/^(?:(?:each|every one|all)(?: rows?)?(?: (?:with|having|has|have|should have|must have))?(?: an?| the)? )?counts?(?: of| =|:| is)? ?(<=|>=|<|>|=|≤|≥)? ?(\d+)(?: (?:for|in|of) (?:all|each|every) [a-z]+)?$/i, ([, sign = '=', figure], shape) => {
    const [counting, ...besides] = shape.counted ?? shape.columns.filter((name): name is string => name !== null && /(?:^|_)count$/i.test(name));
    return counting === undefined || besides.length > 0 || shape.oneRow ? null : [everyRow(counting, COMPARISONS[sign] ?? '=', Number(figure))];
  }],
  // "boats_touch on UPDATE": what it is called, and of which command.
  [/^`?([a-z]\w*_\w+)`? (?:on|for) (INSERT|UPDATE|DELETE|SELECT|ALL)$/, ([, thing = '', command = ''], shape) => {
    const naming = namingColumn(shape);
    const of = shape.columns.find((name) => name !== null && COMMAND_COLUMN.test(name));
    return naming === null || of == null ? null : [{ type: 'includes', columns: [naming, of], rows: [[thing, command]] }];
  }],
  // "Policies with cmd = 'SELECT' and roles = '{public}'": rows of which this is true.
  [/^(?:[a-z]+ )?(?:polic(?:y|ies)|rows?|entr(?:y|ies)|records?|columns?|index(?:es)?|triggers?|functions?|users?|jobs?) with (`?\w+`? ?= ?(?:'[^']*'|"[^"]*")(?:,? and `?\w+`? ?= ?(?:'[^']*'|"[^"]*"))+)$/i, ([, list = ''], shape) => {
    const pairs = [...list.matchAll(/`?(\w+)`? ?= ?(?:'([^']*)'|"([^"]*)")/g)];
    return pairs.every(([, name]) => isColumn(shape, name)) ? [{ type: 'includes', columns: pairs.map(([, name = '']) => name), rows: [pairs.map(([, , one, other]) => one ?? other ?? '')] }] : null;
  }],
  // "All rows have `pier_id`", of the query that looks for those without.
  [/^(?:(?:verify|check|confirm|ensure|make sure)(?: that)? )?(?:all|every|each)(?: [\p{L}-]+){1,3} (?:(?:should|must) (?:now )?)?(?:have|has) (?:an? |the |its |their )?`?\w+`?(?: (?:values?|set|populated|filled|assigned))*$/iu, (_, shape) => (shape.seeksNull === true ? counted('=', 0, shape, false) : null)],
  // "All policies should start with `boats_`": of the column that names them.
  [/^(?:all|every|each)(?: (?:of the|the))? (?:(?!should|must|start|begin)\w+ )?((?!should|must|start|begin)\w+?)(?:s|ies|y)?(?: names?)? (?:should |must )?(?:start|begin)s? with (["'`])([\w.-]+)\2$/i, ([, kind = '', , start = ''], shape) => {
    const naming = shape.singleColumn ? shape.columns[0] : shape.columns.find((name) => name !== null && new RegExp(`^${kind}\\w{0,3}_?name$`, 'i').test(name));
    return naming == null || naming === '*' ? null : [everyRow(naming, 'matches', `^${start.replace(/[.-]/g, String.raw`\$&`)}`)];
  }],
  // "`boats_fk` appears in `pg_constraint`".
  [new RegExp(String.raw`^(${PIECE}) (?:(?:should|must) )?(?:now )?(?:appears?|shows? up|is listed) in (?:the (?:results?|output|list|result set)|\x60?(\w+)\x60?)$`, 'i'), ([, name = '', place], shape) => (!(shape.oneRow && shape.singleColumn) && (place === undefined || shape.tables.includes(place.toLowerCase())) ? [{ type: 'contains', values: quotedIn(name) }] : null)],
  // ">10% of the products", "100%": of the one column that is a share.
  [/^(>=|<=|>|<|≥|≤|at least|over|more than|under|less than)? ?(\d+(?:\.\d+)?) ?%(?: of (?:the |all )?[\p{L} ]{3,40})?$/iu, ([, sign = '=', figure], shape) => {
    const share = shape.oneRow && !shape.singleColumn && knownColumns(shape) !== null ? onlyColumn(shape, /(?:^|_)(?:pct|percent|percentage|perc)(?:_|$)/i) : undefined;
    return share === undefined ? null : [everyRow(share, SIGNS[sign.toLowerCase()] ?? COMPARISONS[sign] ?? '=', Number(figure))];
  }],
]);

/** "All tables should show", "Each row must have". */
const OF_ALL = /^(?:all|every|each)(?: of (?:the|these))? (?:\p{L}+ ){1,2}?(?:(?:should|must) )?(?:shows?|ha(?:ve|s)|returns?|be|are|is)$/iu;
const CONDITION = /^[-*•]?\s*`?([a-z]\w*)\s*(?:=|!=|<>|>=?|<=?|≥|≤)\s*\S.*$/i;

/** "All tables should show:", and under it conditions on columns of the result, a line each: of every row. */
export function readConditions(label: string, lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (shape?.returnsRows !== true || !OF_ALL.test(label)) return null;
  const read = lines.map((line) => (isColumn(shape, CONDITION.exec(line.trim())?.[1]) ? readColumn(line.trim().replace(/^[-*•]\s*/, ''), shape) : null));
  return read.every((one) => one !== null) ? read.flatMap((one) => one.assertions) : null;
}

/** "Row exists with `status = 'success'`": the row, and what it holds. */
const THERE = /^(?:an? |one |the |at least one )?(?:row|record|entry) (?:exists|is there|is present|found|present) (?:with|where) (?=\S)/i;

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
