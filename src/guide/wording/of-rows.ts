import type { Found } from './reading.js';
import { COMPARISONS } from './normal.js';
import { namingColumn } from './row-of.js';
import { readRowLines } from './row-lists.js';
import { TELLS_STATE } from './states.js';
import { hasColumn, isExplain, knownColumns, type StatementShape } from './shape.js';

/** "Index Scan (good), Seq Scan (bad)" of a plan. */
const GOOD_BAD = /^(?:look for:? )?["'`]?((?:Bitmap |Index |Index Only |Seq )?[A-Z][a-z]+ Scan|Index Scan|Seq Scan)["'`]? \((?:good|fast|wanted|right|✅|✓)\),? (?:(?:and )?not |vs\.? |or )?["'`]?((?:Seq|Index|Bitmap)[A-Za-z ]* Scan)["'`]? \((?:bad|slow|wrong|not good|❌|✗)\)$/i;
/** "Format: BOAT-YYYYMMDD-XXXX". */
const FORMAT = /^(?:(?:in |have |with )?(?:the |a )?)?format(?: is|:| of)? ["'`]?([A-Z]{1,8}(?:[-_](?:YYYYMMDD|YYYYMM|YYYY|MMDD|MM|DD|[XN#]{2,12}))+)["'`]?$/;
const LETTERS: Readonly<Record<string, string>> = { Y: String.raw`\d`, M: String.raw`\d`, D: String.raw`\d`, N: String.raw`\d`, '#': String.raw`\d`, X: String.raw`\w` };
/** "1 row – "North pier"": how many, and what stands in it. */
const ROW_NAMED = /^(?:exactly )?(?:one|1|a single) rows?\s*[:—–-]\s*(["'`])([^"'`|]{2,60})\1$/i;
/** "subtotal = 20 + 35 = 55": how a column's figure comes about. */
const SUMMED = /^`?([a-z]\w*)`? = [\d.,() %+*×x/-]*[+*×x/-][\d.,() %+*×x/-]* = (-?\d[\d,]*(?:\.\d+)?)$/i;
/** "total ₹15,500", of the only column that is called so. */
const TOTAL = /^total(?: of)?:? ?[₹$€£¥]? ?(\d[\d,]*(?:\.\d+)?)$/i;
/** "3 rows ('North' [10], 'South' [7])": a name and its figure each. */
const NAMED_FIGURES = /^(?:exactly )?(\d+|two|three|four|five) rows? \(((?:(["'`])[^"'`]+\3 ?[[(]\d+[\])](?:, | and |, and )?)+)\)$/i;
/** "email (85), username (2)" of a query that counts for each kind. */
const KIND_FIGURES = /^((?:`?[\w.-]+`? \(\d[\d,]*\)(?:, | and |, and |$)){2,})$/;

/** "All 8 columns = true", of as many flags. */
const ALL_COLUMNS = /^all (\d+) (?:columns|flags|fields|values|settings) (?:=|are|is|(?:should|must) be) (true|false)$/i;
/** "mode = d (default) or f (full)". */
const EITHER = /^`?([a-z]\w*)`? = [`'"]?(\w+)[`'"]? \([^()]*\) or [`'"]?(\w+)[`'"]? \([^()]*\)$/i;
/** "boats: 2 policies (SELECT, INSERT)": so many, of these commands. */
const OF_TABLE = /^[`"']?(\w+)[`"']?: (\d+) polic(?:y|ies) \(((?:(?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:, | and |, and )?)+)\)$/;
/** "boat_count always matches the actual count", of two columns. */
const MATCHES = /^`?([a-z]\w*)`? (?:(?:should|must|will) )?(?:always |now )?(?:match(?:es)?|equals?) (?:the )?`?([a-z]\w*)`?(?: (?:counts?|values?|totals?))?$/i;

/** "All functions are SECURITY DEFINER". */
const DEFINERS = /^(?:all |both |the |every |each )?(?:\d+ )?(?:of them |functions? |rpcs? )?(?:is |are |(?:should|must) (?:all )?be )?security definer$/i;
/** "1 row with `role = 'mate'` or `role = 'cook'`". */
const ONE_WITH_EITHER = /^(?:exactly )?(?:1|one|a single) row with `?([a-z]\w*) ?= ?'([^']+)'`? or `?\1 ?= ?'([^']+)'`?$/i;
/** "3 rows: 1 sail + 2 motor" of a query that counts for each kind. */
const PARTS = /^(\d+) \p{L}+: ((?:\d+ [\p{L}\d_-]+(?: ?\+ ?|, | and |$)){2,})$/u;
/** "2 rows: Ida (ida@pier.example), Ole (ole@pier.example)". */
const WITH_ADDRESS = /^(?:exactly )?(?:\d+|two|three|four|five) rows?: ((?:[\p{L} .'-]+ \([^()\s]+@[^()\s]+\)(?:, | and |, and )?)+)$/iu;
/** "Crews with 'mate' and 'cook' roles". */
const OF_ROLES = /^(?:\w+ )?\w+s with ((?:['"`]\w+['"`](?:, | and |, and )?){2,}) (role|status|type|kind|state)s?$/i;

/** "3 indexes starting with `idx_boats_`". */
const BEGINNING = /^(exactly |at least )?(\d+)(\+?) \p{L}+ (?:that )?(?:start|begin)(?:ning|ing|s)? with [`"']?([\w.-]+?)[`"']?$/iu;
/** "total = with_codes = 4728", "boats = berths = crews": as many as are named are the same. */
const CHAIN = /^`?[a-z]\w*`?(?: = `?[a-z]\w*`?){1,6}(?: = -?\d[\d,]*)?$/i;
/** "ip and user_agent should be populated". */
const BOTH_FILLED = /^`?([a-z]\w*)`? and `?([a-z]\w*)`? (?:(?:should|must) (?:both )?be|are) (?:both )?(?:populated|filled|set|not null|non-null)$/i;
/** "Boat state should be 'moored'": of the column that the last word names. */
const OF_THING = /^(?:the )?([\p{L}]+) `?([a-z]\w*)`? (?:should|must) (?:now )?be (["'`])([^"'`]+)\3(?: in `?[\w.]+`?)?$/iu;

/** "avg < 500ms, p95 < 2000ms" of `avg_wait` and `p95_wait`: names in short. */
const SHORT = /^`?([a-z][a-z\d]*)`? ?(=|<=|>=|<|>) ?(-?\d+(?:\.\d+)?|true|false)(?: ?ms)?$/i;
/** "All rows show 'moored'", of the one column that tells a state. */
const ALL_SHOW = /^(?:(?:all|every|each) rows? )?shows? (["'`])([\w -]{3,40})\1$/i;

/** "updated_at should be newer", of a result with the time of making beside it. */
const NEWER = /^`?(updated_at|modified_at|changed_at|last_updated)`? (?:should|must) (?:now )?be (?:newer|later|greater|more recent)$/i;

const figureOf = (text: string): number => Number(text.replaceAll(',', ''));

/** What is said of the rows of a result in forms of their own. */
export function readOfRows(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true) return null;
  if (isExplain(shape)) {
    const [, good, bad] = GOOD_BAD.exec(text) ?? [];
    return good === undefined || bad === undefined ? null : { assertions: [{ type: 'plan', contains: good, excludes: bad, index: null }] };
  }
  const format = shape.oneRow && shape.singleColumn ? FORMAT.exec(text)?.[1] : undefined;
  if (format !== undefined) {
    const [head = '', ...parts] = format.split(/(?=[-_])/);
    return { assertions: [{ type: 'value', op: 'matches', value: `^${head}${parts.map((part) => part[0] + [...part.slice(1)].map((letter) => LETTERS[letter] ?? letter).join('')).join('')}$` }] };
  }
  const named = ROW_NAMED.exec(text)?.[2];
  if (named !== undefined && !shape.oneRow) return { assertions: [{ type: 'rows', op: '=', value: 1 }, { type: 'contains', values: [named] }] };
  const [, summed, result = ''] = SUMMED.exec(text) ?? [];
  if (summed !== undefined && hasColumn(shape, summed) === true) return { assertions: [{ type: 'column', column: summed, quantifier: 'every', op: '=', value: figureOf(result) }] };
  const total = TOTAL.exec(text)?.[1];
  const [only, ...others] = total === undefined ? [] : (knownColumns(shape) ?? []).filter((name) => /^(?:total|total_\w+|\w+_total)$/i.test(name));
  if (total !== undefined && only !== undefined && others.length === 0 && !shape.singleColumn) return { assertions: [{ type: 'column', column: only, quantifier: 'every', op: '=', value: figureOf(total) }] };
  const row = text.includes(', ') && !text.includes('`') ? readRowLines([text], shape) : null;
  return readColumnsTold(text, shape) ?? readNamedFigures(text, shape) ?? (row && { assertions: [row] });
}

function readColumnsTold(text: string, shape: StatementShape): Found | null {
  const columns = knownColumns(shape) ?? [];
  const told = (column: string, value: string | boolean): Found => ({ assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] });
  if (DEFINERS.test(text)) {
    const writing = shape.columns.find((name, index) => name !== null && shape.texts?.[index]?.includes('SECURITY DEFINER'));
    const flag = columns.find((name) => /^(?:prosecdef|(?:is_)?security_definer)$/i.test(name));
    const kind = columns.find((name) => /^security_type$/i.test(name));
    return writing != null ? told(writing, 'SECURITY DEFINER') : flag !== undefined ? told(flag, true) : kind !== undefined ? told(kind, 'DEFINER') : null;
  }
  const [, , least = '', plus = '', start] = BEGINNING.exec(text) ?? [];
  const naming = shape.singleColumn ? shape.columns[0] : namingColumn(shape);
  if (start !== undefined && naming != null && naming !== '*' && !shape.oneRow) return { assertions: [{ type: 'rows', op: plus === '+' || /^at least/i.test(text) ? '>=' : '=', value: Number(least) }, { type: 'column', column: naming, quantifier: 'every', op: 'matches', value: `^${start.replace(/[.-]/g, String.raw`\$&`)}` }] };
  const links = CHAIN.test(text) ? text.replaceAll('`', '').split(' = ') : [];
  const [head = '', ...others] = links;
  if (links.length > 2 && links.every((link, index) => hasColumn(shape, link) === true || (index === links.length - 1 && /^-?\d/.test(link)))) {
    const last = links.at(-1) ?? '';
    return { assertions: /^-?\d/.test(last) ? links.slice(0, -1).flatMap((name) => [{ type: 'column' as const, column: name, quantifier: 'every' as const, op: '=' as const, value: figureOf(last) }]) : others.map((name) => ({ type: 'column' as const, column: name, quantifier: 'every' as const, op: '=' as const, value: { column: head } })) };
  }
  const filled = BOTH_FILLED.exec(text)?.slice(1) ?? [];
  if (filled.length === 2 && filled.every((name) => hasColumn(shape, name) === true)) return { assertions: filled.map((name) => ({ type: 'column', column: name, quantifier: 'every', op: '!=', value: null })) };
  const [, thing = '', state = '', , value = ''] = OF_THING.exec(text) ?? [];
  const own = columns.filter((name) => name.toLowerCase() === state.toLowerCase() || name.toLowerCase() === `${thing}_${state}`.toLowerCase());
  if (state !== '' && own.length === 1 && hasColumn(shape, thing) !== true) return told(own[0] ?? state, value);
  const changed = NEWER.exec(text)?.[1];
  const made = columns.find((name) => /^created_at$/i.test(name));
  if (changed !== undefined && made !== undefined && hasColumn(shape, changed) === true) return { assertions: [{ type: 'column', column: changed, quantifier: 'every', op: '>', value: { column: made } }] };
  const short = text.split(/,\s+(?:and\s+)?/).map((part) => SHORT.exec(part));
  const meant = short.map((part) => columns.filter((name) => !/_(?:name|id|key|code|at|on)$/i.test(name) && (name.toLowerCase().startsWith(`${part?.[1]?.toLowerCase() ?? ' '}_`) || name.toLowerCase().endsWith(`_${part?.[1]?.toLowerCase() ?? ' '}`))));
  if (short.length > 1 && short.every((part) => part !== null && hasColumn(shape, part[1] ?? '') !== true) && meant.every((names) => names.length === 1) && new Set(meant.flat()).size === short.length) {
    return { assertions: short.map((part, index) => ({ type: 'column', column: meant[index]?.[0] ?? '', quantifier: 'every', op: COMPARISONS[part?.[2] ?? '='] ?? '=', value: /^\w*[a-z]/i.test(part?.[3] ?? '') ? /^t/i.test(part?.[3] ?? '') : Number(part?.[3]) })) };
  }
  const shown = /^(?:all|every|each)\b/i.test(text) ? ALL_SHOW.exec(text)?.[2] : undefined;
  const states = shown === undefined ? [] : columns.filter((name) => TELLS_STATE.test(name));
  if (shown !== undefined && states.length === 1) return told(states[0] ?? '', shown);
  const [, whose, first = '', second = ''] = ONE_WITH_EITHER.exec(text) ?? [];
  if (whose !== undefined && hasColumn(shape, whose) === true) return { assertions: [{ type: 'rows', op: '=', value: 1 }, { type: 'column', column: whose, quantifier: 'every', op: 'in', value: [first, second] }] };
  const [, named = '', role] = OF_ROLES.exec(text) ?? [];
  if (role !== undefined && hasColumn(shape, role) === true) return { assertions: [{ type: 'includes', columns: [role], rows: (named.match(/\w+(?=['"`])/g) ?? []).map((one) => [one]) }] };
  const [, many = '', truth] = ALL_COLUMNS.exec(text) ?? [];
  const flags = truth === undefined ? [] : columns.length === Number(many) ? columns : columns.filter((name) => /^(?:is|has|can|enable|allow|show)s?_|_(?:enabled|active|visible)$/i.test(name));
  if (truth !== undefined && flags.length === Number(many) && flags.length > 0) return { assertions: flags.map((column) => ({ type: 'column' as const, column, quantifier: 'every' as const, op: '=' as const, value: /^t/i.test(truth) })) };
  const [, either, one = '', other = ''] = EITHER.exec(text) ?? [];
  if (either !== undefined && hasColumn(shape, either) === true) return { assertions: [{ type: 'column', column: either, quantifier: 'every', op: 'in', value: [one, other] }] };
  const [, table, count = '', list = ''] = OF_TABLE.exec(text) ?? [];
  const commands = list.match(/[A-Z]+/g) ?? [];
  const [of, command] = [/^(?:tablename|table_name|relname)$/i, /^(?:cmd|polcmd|command)$/i].map((form) => columns.find((name) => form.test(name)));
  if (table !== undefined && commands.length === Number(count) && of !== undefined && command !== undefined) return { assertions: [{ type: 'includes', columns: [of, command], rows: commands.map((each) => [table, each]) }] };
  const [, left = '', right = ''] = MATCHES.exec(text) ?? [];
  const [mine, its] = [left, right].map((name) => columns.find((column) => column.toLowerCase() === name.toLowerCase() || column.toLowerCase() === `${name.toLowerCase()}_count`));
  return mine === undefined || its === undefined || mine === its ? null : { assertions: [{ type: 'column', column: mine, quantifier: 'every', op: '=', value: { column: its } }] };
}

function readNamedFigures(text: string, shape: StatementShape): Found | null {
  const columns = knownColumns(shape);
  if (columns?.length !== 2 || shape.oneRow) return null;
  const people = WITH_ADDRESS.exec(text)?.[1];
  if (people !== undefined && /mail/i.test(columns[1] ?? '')) {
    const rows = [...people.matchAll(/([\p{L} .'-]+?) \(([^()\s]+)\)/gu)].map(([, name = '', address = '']) => [name.replace(/^and /, '').trim(), address]);
    return { assertions: [{ type: 'rows', op: '=', value: rows.length }, { type: 'includes', columns, rows }] };
  }
  const perKind = shape.groups === 1 && shape.counted?.length === 1 && shape.counted[0] === columns[1];
  const [, sum, parts = ''] = perKind ? (PARTS.exec(text) ?? []) : [];
  const each = [...parts.matchAll(/(\d+) ([\p{L}\d_-]+)/gu)].map(([, figure = '', kind = '']) => [kind, figure]);
  if (each.length > 1 && each.reduce((all, [, figure]) => all + Number(figure), 0) === Number(sum)) return { assertions: [{ type: 'table', columns, rows: each, ordered: false }] };
  const [, , list] = NAMED_FIGURES.exec(text) ?? [];
  if (list !== undefined) {
    const rows = [...list.matchAll(/(["'`])([^"'`]+)\1 ?[[(](\d+)[\])]/g)].map(([, , name = '', figure = '']) => [name, figure]);
    return { assertions: [{ type: 'rows', op: '=', value: rows.length }, { type: 'includes', columns, rows }] };
  }
  const kinds = perKind ? KIND_FIGURES.exec(text)?.[1] : undefined;
  if (kinds === undefined) return null;
  return { assertions: [{ type: 'table', columns, rows: [...kinds.matchAll(/`?([\w.-]+)`? \((\d[\d,]*)\)/g)].map(([, name = '', figure = '']) => [name, figure.replaceAll(',', '')]), ordered: false }] };
}
