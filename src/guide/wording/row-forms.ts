import { columnCalled } from './called.js';
import { everyRow, figureOf, isColumn, onlyColumn, quotedIn, readerOf, rowCount, type Form } from './forms.js';
import { COMPARISONS } from './normal.js';
import type { Found } from './reading.js';
import { readRowLines } from './row-lists.js';
import { namingColumn } from './row-of.js';
import { knownColumns, type StatementShape } from './shape.js';
import { isFlag, TELLS_STATE } from './states.js';
import { literalPattern } from '../../text/literal-pattern.js';

const escaped = (text: string): string => text.replace(/[.-]/g, String.raw`\$&`);
const wordsOf = (list: string): string[] => list.match(/[A-Z]+/g) ?? [];

const MEASURES = /(?:^|_)(?:hours?|minutes?|mins?|seconds?|secs?|days?|age|lag|pct|percent|percentage|ratio|rate|avg|mean|mb|gb|kb|bytes|ms|duration|latency|delay|elapsed)(?:$|_)/i;
const BOUNDS: Readonly<Record<string, '<' | '>' | '<=' | '>='>> = { 'less than': '<', under: '<', below: '<', 'more than': '>', over: '>', 'at most': '<=', 'at least': '>=' };

/** What columns hold. */
const COLUMNS: readonly Form[] = [
  // "payment_id is populated (starts with 'pi_')".
  [/^`?([a-z]\w*)`? (?:is|are|(?:should|must) be) (?:populated|set|present|filled(?: in)?|there|not null) \((?:it )?(?:starts?|begins?|starting|beginning) with [`'"]([^`'"]+)[`'"]\)$/i, ([, name, part = ''], shape) => (isColumn(shape, name) ? [everyRow(name, '!=', null), everyRow(name, 'matches', `^${literalPattern(part)}`)] : null)],
  // "All 'moored' status".
  [/^(?:all|every|each) (?:with )?[`'"]([\w -]+)[`'"] (status|state)(?:es)?$/i, ([, value = '', word = ''], shape) => {
    const column = onlyColumn(shape, new RegExp(`(?:^|_)${word}$`, 'i'));
    return column === undefined ? null : [everyRow(column, '=', value)];
  }],
  // "PASS (none of them is left)", of the one column that the statement itself writes so.
  [/^["'`]?([A-Z][A-Z ]+[A-Z])["'`]?(?: \((?![^()]*\b(?:or|if|unless)\b)[^()]*\))?$/, ([, text = ''], shape) => {
    const [column, ...others] = shape.singleColumn ? [] : shape.columns.filter((_, index) => shape.texts?.[index]?.includes(text) === true);
    return column == null || others.length > 0 ? null : [everyRow(column, '=', text)];
  }],
  // "`kind` is SAIL or OAR", "`code` starts with `n_` or `s_`".
  [/^`([a-z]\w*)` (?:is|are|must be|should be) (?:either )?([A-Z][A-Z_\d]*) or ([A-Z][A-Z_\d]*)$/, ([, name, one = '', other = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'in', [one, other])] : null)],
  [/^`([a-z]\w*)` (?:starts?|begins?|should (?:start|begin)) with [`'"]([^`'"]+)[`'"] or [`'"]([^`'"]+)[`'"]$/i, ([, name, one = '', other = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'matches', `^(?:${escaped(one)}|${escaped(other)})`)] : null)],
  // "what is known is populated (name, pier)".
  [/^[\p{L}\d ]{3,40} (?:is |are )?(?:populated|filled(?: in)?|set) \((`?[a-z]\w*`?(?:,? (?:and )?`?[a-z]\w*`?)*)\)$/iu, ([, list = ''], shape) => {
    const names = list.replaceAll('`', '').split(/,? and |, /);
    return names.every((name) => isColumn(shape, name)) ? names.map((name) => everyRow(name, '!=', null)) : null;
  }],
  // "confidence: 0.00 to 1.00".
  [/^`?([a-z]\w*)`?: (-?\d+(?:\.\d+)?) (?:to|through|–|-) (-?\d+(?:\.\d+)?)$/i, ([, name = '', low = '', high = ''], shape) => (isColumn(shape, name) || shape.columns.includes('*') ? [everyRow(name, 'between', [Number(low), Number(high)])] : null)],
  // "either SHORT or LONG", of the one column that the statement itself writes so.
  [/^(?:all (?:should be |are )?)?either ([\w+-]+) or ([\w+-]+)$/i, ([, one = '', other = ''], shape) => {
    const [column, ...others] = shape.columns.filter((name, index): name is string => name !== null && [one, other].every((text) => shape.texts?.[index]?.includes(text) === true));
    return column === undefined || others.length > 0 ? null : [everyRow(column, 'in', [one, other])];
  }],
  // "hull_no, berth_no, pier populated".
  [/^(`?[a-z]\w*`?(?:, `?[a-z]\w*`?)+(?:,? and `?[a-z]\w*`?)?) (?:are |(?:should|must) (?:all )?be )?(?:all )?(?:populated|filled(?: in)?|not null|non-null)$/i, ([, list = ''], shape) => {
    const names = list.replaceAll('`', '').split(/,? and |, /).map((name) => shape.columns.find((column) => column?.toLowerCase() === name.toLowerCase()));
    return names.every((name) => name != null) ? names.map((name) => everyRow(name ?? '', '!=', null)) : null;
  }],
  // "every row = 'afloat'", of a query that counts by one column.
  [/^(?:every|each|all)(?: existing)? rows? (?:=|is|are) (["'`])([^"'`]+)\1(?: \([^()]*\))?$/i, ([, , value = ''], shape) => {
    const [column, ...others] = shape.columns.filter((name): name is string => name !== null && name !== '*' && shape.counted?.includes(name) !== true);
    return column === undefined || others.length > 0 || shape.columns.includes('*') ? null : [everyRow(column, '=', value)];
  }],
  // "only rows where pier_id = '4'".
  [/^only (?:rows|records|entries|boats) (?:where|with|having) `?([a-z]\w*)`? ?= ?[`'"]([^`'".…<>]+)[`'"]$/i, ([, name = '', value = ''], shape) => (isColumn(shape, name) || shape.columns.includes('*') ? [everyRow(name, '=', value)] : null)],
  // "boats only with pier_id='4'".
  [/^[a-z]+ only with `?([a-z]\w*)`? ?= ?[`'"]([^`'".…<>]+)[`'"]$/i, ([, name, value = ''], shape) => (isColumn(shape, name) ? [everyRow(name, '=', value)] : null)],
  // "All functions are SECURITY DEFINER".
  [/^(?:all |both |the |every |each )?(?:\d+ )?(?:of them |functions? |rpcs? )?(?:is |are |(?:should|must) (?:all )?be )?security definer$/i, (_, shape) => {
    const writing = shape.columns.find((name, index) => name !== null && shape.texts?.[index]?.includes('SECURITY DEFINER'));
    const flag = shape.columns.find((name) => name !== null && /^(?:prosecdef|(?:is_)?security_definer)$/i.test(name));
    const kind = shape.columns.find((name) => name !== null && /^security_type$/i.test(name));
    return writing != null ? [everyRow(writing, '=', 'SECURITY DEFINER')] : flag != null ? [everyRow(flag, '=', true)] : kind != null ? [everyRow(kind, '=', 'DEFINER')] : null;
  }],
  // "3 indexes starting with `idx_boats_`".
  [/^(exactly |at least )?(\d+)(\+?) \p{L}+ (?:that )?(?:start|begin)(?:ning|ing|s)? with [`"']?([\w.-]+?)[`"']?$/iu, ([, bound = '', many = '', plus = '', start = ''], shape) => {
    const naming = shape.singleColumn ? shape.columns[0] : namingColumn(shape);
    return naming == null || naming === '*' || shape.oneRow ? null : [rowCount(Number(many), plus === '+' || /^at least/i.test(bound) ? '>=' : '='), everyRow(naming, 'matches', `^${escaped(start)}`)];
  }],
  // "at least 8 indexes with names like `idx_boats_*`".
  [/^(exactly |at least )?(\d+)(\+?) \p{L}+ (?:with names? |named |called )(?:like |starting with |beginning with )?[`"']([\w.-]+)\*[`"']$/iu, ([, bound = '', many = '', plus = '', start = ''], shape) => {
    const naming = shape.singleColumn ? shape.columns[0] : namingColumn(shape);
    return naming == null || naming === '*' || shape.oneRow ? null : [rowCount(Number(many), plus === '+' || /^at least/i.test(bound) ? '>=' : '='), everyRow(naming, 'matches', `^${escaped(start)}`)];
  }],
  // "`update_*_at` triggers exist".
  [/^`([\w.]*\*[\w.*]*)` \p{L}+ (?:exist|are (?:there|listed|present))$/iu, ([, pattern = ''], shape) => {
    const naming = shape.singleColumn ? shape.columns[0] : namingColumn(shape);
    return naming == null || naming === '*' || shape.oneRow ? null : [{ ...everyRow(naming, 'matches', `^${escaped(pattern).replaceAll('*', '.*')}$`), quantifier: 'any' }];
  }],
  // "details contains reason + made_by".
  [/^`?([a-z]\w*)`? (?:contains?|includes?|mentions?|holds?) (`?[a-z]\w*`?(?:(?: ?\+ ?|, (?:and )?| and )`?[a-z]\w*`?)+)$/i, ([, name, list = ''], shape) => {
    const parts = list.replaceAll('`', '').split(/ ?\+ ?|, (?:and )?| and /);
    return isColumn(shape, name) && parts.some((part) => part.includes('_')) ? parts.map((part) => everyRow(name, 'contains', part)) : null;
  }],
  // "boats: n > 0", of a row that the statement itself names.
  [/^`?([\w.-]+)`?\s*: `?([a-z]\w*)`? ?(=|<=|>=|<|>|≤|≥) ?(\d[\d,]*)$/i, ([, row = '', name, sign = '=', figure = ''], shape) => {
    const [label] = shape.columns;
    return label == null || !isColumn(shape, name) || shape.constants?.includes(row) !== true || shape.oneRow ? null : [{ ...everyRow(name, COMPARISONS[sign] ?? '=', figureOf(figure)), where: { column: label, value: row } }];
  }],
  // "`{"search_path=public, extensions"}`", of the one column that holds settings.
  [/^`(\{"?search_path=[^`]*\})`$/i, ([, settings = ''], shape) => {
    const column = onlyColumn(shape, /^(?:proconfig|config|settings)$/i);
    return column === undefined ? null : [everyRow(column, '=', settings)];
  }],
  // "f, f", of as many flags.
  [/^(?:t|f|true|false)(?:, ?(?:t|f|true|false))+$/i, ([text = ''], shape) => {
    const flags = (knownColumns(shape) ?? []).filter(isFlag);
    const said = text.split(/, ?/);
    // One for each row.
    if (flags.length === 1 && said.length > 1 && !shape.oneRow && new Set(said).size === 1 && (shape.sought === undefined || shape.sought.length === said.length)) return [rowCount(said.length), everyRow(flags[0] ?? '', '=', /^t/i.test(text))];
    return flags.length === said.length && knownColumns(shape)?.length !== said.length ? flags.map((name, index) => everyRow(name, '=', /^t/i.test(said[index] ?? ''))) : null;
  }],
  // "`state` is one of: low, medium, high".
  [/^(?:the )?`?([a-z]\w*)`? (?:is|must be|should be) (?:either |one )of:? ([a-z][\w-]*(?:, (?:or )?[a-z][\w-]*| or [a-z][\w-]*)+)$/i, ([, name, list = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'in', list.split(/, (?:or )?| or /))] : null)],
  // "'moored' or 'sunk'", of the one column that tells a state.
  [/^(["'`])([\w-]+)\1 or (["'`])([\w-]+)\3$/i, ([, , one = '', , other = ''], shape) => {
    const state = shape.singleColumn ? undefined : onlyColumn(shape, TELLS_STATE);
    return state === undefined ? null : [everyRow(state, 'in', [one, other])];
  }],
  // "minutes ago < 120 (while the cache holds)": a column in words.
  [/^([\p{L}][\p{L}_ ]{2,30}?) (<=|>=|<|>|≤|≥) ?(-?\d+(?:\.\d+)?)(?: \((?![^()]*\b(?:or|if|unless|except)\b)[^()\d]*\))?$/u, ([, words = '', sign = '<', figure = ''], shape) => {
    const column = /^(?:rows?|records?|results?|count|value|total|time|execution time|duration)$|^(?:all|each|every|both)\b/i.test(words) ? null : columnCalled(words, shape, true);
    return column === null ? null : [everyRow(column, COMPARISONS[sign] ?? '<', Number(figure))];
  }],
  // "both IDs should be exactly 30 characters".
  [/^both (?:\w+ )?(?:should be |are |must be )?(?:exactly )?(\d+) char(?:acter)?s(?: long)?$/i, ([, many = ''], shape) => (knownColumns(shape)?.length === 2 ? (knownColumns(shape) ?? []).map((name) => everyRow(name, 'matches', `^.{${many}}$`)) : null)],
  // "total = with_codes = 4728", "boats = berths = crews": as many as are named are the same.
  [/^`?[a-z]\w*`?(?: = `?[a-z]\w*`?){1,6}(?: = -?\d[\d,]*)?$/i, ([text = ''], shape) => {
    const links = text.replaceAll('`', '').split(' = ');
    const last = links.at(-1) ?? '';
    const figure = /^-?\d/.test(last);
    const [head = '', ...others] = figure ? links.slice(0, -1) : links;
    if (links.length < 3 || ![head, ...others].every((link) => isColumn(shape, link))) return null;
    return figure ? [head, ...others].map((name) => everyRow(name, '=', figureOf(last))) : others.map((name) => everyRow(name, '=', { column: head }));
  }],
  // "ip and user_agent should be populated".
  [/^`?([a-z]\w*)`? and `?([a-z]\w*)`? (?:(?:(?:should|must) (?:both )?be|are) (?:both )?)?(?:populated|filled|set|not null|non-null)$/i, ([, ...names], shape) => (names.every((name) => isColumn(shape, name) || (shape.columns.includes('*') && /[a-z]_[a-z]/.test(name ?? ''))) ? names.map((name) => everyRow(name ?? '', '!=', null)) : null)],
  // "Boat state should be 'moored'": of the column that the last word names.
  [/^(?:the )?([\p{L}]+) `?([a-z]\w*)`? (?:should|must) (?:now )?be (["'`])([^"'`]+)\3(?: in `?[\w.]+`?)?$/iu, ([, thing = '', state = '', , value = ''], shape) => {
    const own = knownColumns(shape) === null ? undefined : onlyColumn(shape, new RegExp(`^(?:${escaped(thing)}_)?${escaped(state)}$`, 'i'));
    return own === undefined || isColumn(shape, thing) ? null : [everyRow(own, '=', value)];
  }],
  // "updated_at should be newer", of a result with the time of making beside it.
  [/^`?(updated_at|modified_at|changed_at|last_updated)`? (?:should|must) (?:now )?be (?:newer|later|greater|more recent)$/i, ([, changed], shape) => {
    const made = onlyColumn(shape, /^created_at$/i);
    return made !== undefined && isColumn(shape, changed) ? [everyRow(changed, '>', { column: made })] : null;
  }],
  // "avg < 500ms, p95 < 2000ms" of `avg_wait` and `p95_wait`: names in short.
  [/^`?[a-z][a-z\d]*`? ?[=<>]=? ?[\w.]+(?: ?ms)?(?:, .*)+$/i, ([text = ''], shape) => readShort(text, shape)],
  // "All rows show 'moored'", of the one column that tells a state.
  [/^(?:all|every|each) (?:rows? )?shows? (["'`])([\w -]{3,40})\1$/i, ([, , shown = ''], shape) => {
    const state = onlyColumn(shape, TELLS_STATE);
    return state === undefined ? null : [everyRow(state, '=', shown.trim())];
  }],
  // "all plans as "READY" after updating", of the one column that tells a state.
  [/^(?:all|every|each)(?: (?:of )?(?:the )?[a-z]+){0,2} as (["'`])([\w -]{2,40})\1(?: after [a-z]+(?: [a-z]+)?)?$/i, ([, , shown = ''], shape) => {
    const state = onlyColumn(shape, TELLS_STATE);
    return state === undefined ? null : [everyRow(state, '=', shown.trim())];
  }],
  // "all have an `is_open` value (true or false, not NULL)", "all boats have a matching pier_name".
  [/^(?:all|every|each) \p{L}+ (?:should |must )?(?:have|has) (?:an? )?(?:`?([a-z]\w*)`? values? \([^()]*\bnot null\)|(?:matching|corresponding|linked|associated) (?:an? )?`?([a-z]\w*)`?)$/iu, ([, one, other], shape) => {
    const name = one ?? other;
    return isColumn(shape, name) ? [everyRow(name, '!=', null)] : null;
  }],
  // "both NULL", of the only two columns.
  [/^both (?:are |should be |must be |columns )?(null|not null|non-null)$/i, ([, none = ''], shape) => (knownColumns(shape)?.length === 2 && namingColumn(shape) === null ? (knownColumns(shape) ?? []).map((name) => everyRow(name, /^no[nt]/i.test(none) ? '!=' : '=', null)) : null)],
  // "equal counts", of the only two columns of one row.
  [/^(?:equal|same|identical|matching) (?:counts|numbers|values|figures|totals)$|^counts (?:are )?(?:equal|identical|the same)$/i, (_, shape) => {
    const [one, other, ...more] = shape.oneRow ? (knownColumns(shape) ?? []) : [];
    return one === undefined || other === undefined || more.length > 0 ? null : [everyRow(one, '=', { column: other })];
  }],
  // "< 24", of the one column, which measures something.
  [/^(<=|>=|<|>|≤|≥|less than|under|below|more than|over|at most|at least) ?(\d+(?:\.\d+)?)(?: (?:hours?|minutes?|seconds?|days?|ms|mb|gb))?$/i, ([, sign = '<', figure = ''], shape) => (shape.singleColumn && !shape.oneRow && MEASURES.test(shape.columns[0] ?? '') ? [everyRow(shape.columns[0] ?? '', COMPARISONS[sign] ?? BOUNDS[sign.toLowerCase()] ?? '<', Number(figure))] : null)],
  // "NULL", of the one column beside the name.
  [/^(?:be |is )?(null|not null)$/i, ([, none = ''], shape) => {
    const naming = pairsOf(shape) === null ? null : namingColumn(shape);
    const other = naming === null ? undefined : shape.columns.find((name) => name !== naming);
    return other == null || shape.counted?.includes(other) === true ? null : [everyRow(other, /^not/i.test(none) ? '!=' : '=', null)];
  }],
  // "tenant 1": of `tenant_id`.
  [/^(?:the )?([a-z]{3,})(?: id)? (\d+)$/i, ([, thing = '', id = ''], shape) => {
    const own = shape.columns.find((name) => name?.toLowerCase() === `${thing.toLowerCase()}_id`);
    return own == null || shape.oneRow ? null : [everyRow(own, '=', Number(id))];
  }],
  // "all with both columns TRUE", "true in both columns", of as many flags.
  [/^(?:(?:all|each|every) (?:\w[\w-]* ){0,2}(?:should |must )?)?(?:with |has |have |show(?:s|ing)? )?(?:both (?:columns|flags|values|fields)(?: (?:as|=|are|set to))? (true|false)|(true|false) in both (?:columns|flags|fields))$/i, ([, before, behind], shape) => {
    const truth = before ?? behind ?? '';
    const flags = (knownColumns(shape) ?? []).filter(isFlag);
    return flags.length === 2 ? flags.map((name) => everyRow(name, '=', /^t/i.test(truth))) : null;
  }],
  // "'grain' is now included".
  [/^(["'`])([^"'`]{2,60})\1 is (?:now )?(?:included|present|listed|there|in the (?:[a-z]+ )?(?:list|output|results?))$/i, ([, , held = '']) => [{ type: 'contains', values: [held] }]],
  // "some as 'MOORED'".
  [/^some (?:rows )?(?:as|with|in) (["'`])([\w -]{2,40})\1$/i, ([, , held = ''], shape) => (shape.oneRow ? null : [{ type: 'contains', values: [held] }])],
  // "'grain' in the CHECK".
  [/^(["'`])([^"'`]{2,60})\1 in (?:the |its )?(?:check(?: constraint| clause)?|definition|constraint|expression|array|enum)$/i, ([, , held = ''], shape) => (shape.singleColumn ? [{ type: 'contains', values: [held] }] : null)],
  // "contains `"nb"` not `"nb-NO"` and `"da"` not `"da-DK"`".
  [/^(?:contains? )?(?:[`"']+[^`"']+[`"']+,? (?:and )?not [`"']+[^`"']+[`"']+(?:,? and |, |$))+$/i, ([text = ''], shape) => {
    const pairs = [...text.matchAll(/([`"']+)([^`"']+)[`"']+,? (?:and )?not [`"']+([^`"']+)[`"']+/gi)];
    const quoted = (value: string, mark: string): string => (mark.includes('"') && mark.includes('`') ? `"${value}"` : value);
    return shape.singleColumn && pairs.length > 0 ? [{ type: 'contains', values: pairs.map(([, mark = '', held = '']) => quoted(held, mark)) }, { type: 'excludes', values: pairs.map(([, mark = '', , gone = '']) => quoted(gone, mark)) }] : null;
  }],
  // "admin, customer (minimum)", "rows for SELECT, INSERT (and likely more)": these, and maybe others.
  [/^(?:(?:rows|entries|grants|polic(?:y|ies)|privileges) (?:for|of) )?([`"']?\w+[`"']?(?:, (?:and )?[`"']?\w+[`"']?| and [`"']?\w+[`"']?)+),? \((?:at (?:a )?minimum|minimum|at least|or more|(?:and )?(?:likely|possibly|maybe|perhaps|probably) (?:more|others)|(?:and )?(?:others|more) (?:may|might|can) (?:exist|appear|be (?:there|listed)))\)$/i, ([, list = ''], shape) => (shape.oneRow ? null : [{ type: 'contains', values: list.split(/, (?:and )?| and /).map((name) => name.replace(/[`"']/g, '')) }])],
  // "new column names (`a`, `b`) instead of the old ones".
  [/^(?:the )?(?:new |renamed )?(?:column|table|policy|index|function|role|value|type)?s? ?(?:names?|labels?) \(((?:`[^`]+`(?:, | and |, and )?){2,})\)(?: (?:instead of|rather than|not|and not) (?:the )?old (?:ones?|names?))?$/i, ([, list = ''], shape) => (shape.oneRow ? null : [{ type: 'contains', values: quotedIn(list) }])],
  // "1 row with `role = 'mate'` or `role = 'cook'`".
  [/^(?:exactly )?(?:1|one|a single) row with `?([a-z]\w*) ?= ?'([^']+)'`? or `?\1 ?= ?'([^']+)'`?$/i, ([, whose, first = '', second = ''], shape) => (isColumn(shape, whose) ? [rowCount(1), everyRow(whose, 'in', [first, second])] : null)],
  // "Crews with 'mate' and 'cook' roles".
  [/^(?:\w+ )?\w+s with ((?:['"`]\w+['"`](?:, | and |, and )?){2,}) (role|status|type|kind|state)s?$/i, ([, named = '', role], shape) => (isColumn(shape, role) ? [{ type: 'includes', columns: [role], rows: quotedIn(named).map((one) => [one]) }] : null)],
  // "All 8 columns = true", of as many flags.
  [/^all (\d+) (?:columns|flags|fields|values|settings) (?:=|are|is|(?:should|must) be) (true|false)$/i, ([, many = '', truth = ''], shape) => {
    const columns = knownColumns(shape) ?? [];
    const flags = columns.length === Number(many) ? columns : columns.filter((name) => /^(?:is|has|can|enable|allow|show)s?_|_(?:enabled|active|visible)$/i.test(name));
    return flags.length === Number(many) && flags.length > 0 ? flags.map((name) => everyRow(name, '=', /^t/i.test(truth))) : null;
  }],
  // "`status`: 'open' or 'shut'".
  [/^`?([a-z]\w*)`?: (["'`])([^"'`]+)\2 or (["'`])([^"'`]+)\4$/i, ([, said = '', , one = '', , other = ''], shape) => {
    const name = shape.columns.find((column) => column?.toLowerCase() === said.toLowerCase());
    return name == null ? null : [everyRow(name, 'in', [one, other])];
  }],
  // "mode = d (default) or f (full)".
  [/^`?([a-z]\w*)`? = [`'"]?(\w+)[`'"]? \([^()]*\) or [`'"]?(\w+)[`'"]? \([^()]*\)$/i, ([, name, one = '', other = ''], shape) => (isColumn(shape, name) ? [everyRow(name, 'in', [one, other])] : null)],
  // "boats: 2 policies (SELECT, INSERT)": so many, of these commands.
  [/^[`"']?(\w+)[`"']?: (\d+) polic(?:y|ies) \(((?:(?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:, | and |, and )?)+)\)$/, ([, table = '', many = '', list = ''], shape) => {
    const [of, command] = [onlyColumn(shape, /^(?:tablename|table_name|relname)$/i), onlyColumn(shape, /^(?:cmd|polcmd|command)$/i)];
    return of === undefined || command === undefined || wordsOf(list).length !== Number(many) ? null : [{ type: 'includes', columns: [of, command], rows: wordsOf(list).map((each) => [table, each]) }];
  }],
  // "boat_count always matches the actual count", of two columns.
  [/^`?([a-z]\w*)`? (?:(?:should|must|will) )?(?:always |now )?(?:match(?:es)?|equals?) (?:the )?`?([a-z]\w*)`?(?: (?:counts?|values?|totals?))?$/i, ([, ...both], shape) => {
    const [mine, its] = both.map((name) => knownColumns(shape)?.find((column) => column.toLowerCase() === name?.toLowerCase() || column.toLowerCase() === `${name?.toLowerCase() ?? ''}_count`));
    return mine === undefined || its === undefined || mine === its ? null : [everyRow(mine, '=', { column: its })];
  }],
];

const SHORT = /^`?([a-z][a-z\d]*)`? ?(=|<=|>=|<|>) ?(-?\d+(?:\.\d+)?|true|false)(?: ?ms)?$/i;

function readShort(text: string, shape: StatementShape): Found | null {
  const parts = text.split(/,\s+(?:and\s+)?/).map((part) => {
    const [, name, sign = '=', value = ''] = SHORT.exec(part) ?? [];
    const [own, ...others] = name === undefined || isColumn(shape, name) ? [] : (knownColumns(shape) ?? []).filter((column) => !/_(?:name|id|key|code|at|on)$/i.test(column) && new RegExp(`^${name}_|_${name}$`, 'i').test(column));
    return own === undefined || others.length > 0 ? null : everyRow(own, COMPARISONS[sign] ?? '=', /^[a-z]/i.test(value) ? /^t/i.test(value) : Number(value));
  });
  const told = parts.flatMap((one) => one ?? []);
  return told.length === parts.length && new Set(told.map(({ column }) => column)).size === told.length ? { assertions: told } : null;
}

/** Whether a result has two columns and rows that have not been counted into one. */
const pairsOf = (shape: StatementShape): string[] | null => (shape.oneRow || knownColumns(shape)?.length !== 2 ? null : knownColumns(shape));
/** The same of a query that counts for each of its kinds. */
const kindsOf = (shape: StatementShape): string[] | null => (shape.groups === 1 && shape.counted?.length === 1 && shape.counted[0] === shape.columns[1] ? pairsOf(shape) : null);

/** Names and their figures. */
const NAMED: readonly Form[] = [
  // "2 rows: Ida (ida@pier.example), Ole (ole@pier.example)".
  [/^(?:exactly )?(?:\d+|two|three|four|five) rows?: ((?:[\p{L} .'-]+ \([^()\s]+@[^()\s]+\)(?:, | and |, and )?)+)$/iu, ([, people = ''], shape) => {
    const columns = pairsOf(shape);
    const rows = [...people.matchAll(/([\p{L} .'-]+?) \(([^()\s]+)\)/gu)].map(([, name = '', address = '']) => [name.replace(/^and /, '').trim(), address]);
    return columns !== null && /mail/i.test(columns[1] ?? '') ? [rowCount(rows.length), { type: 'includes', columns, rows }] : null;
  }],
  // "3 rows: 1 sail + 2 motor" of a query that counts for each kind.
  [/^(\d+) \p{L}+: ((?:\d+ [\p{L}\d_-]+(?: ?\+ ?|, | and |$)){2,})$/u, ([, sum = '', parts = ''], shape) => {
    const columns = kindsOf(shape);
    const rows = [...parts.matchAll(/(\d+) ([\p{L}\d_-]+)/gu)].map(([, figure = '', kind = '']) => [kind, figure]);
    return columns !== null && rows.reduce((all, [, figure]) => all + Number(figure), 0) === Number(sum) ? [{ type: 'table', columns, rows, ordered: false }] : null;
  }],
  // "3 rows ('North' [10], 'South' [7])": a name and its figure each.
  [/^(?:exactly )?(?:\d+|two|three|four|five) rows? \(((?:(["'`])[^"'`]+\2 ?[[(]\d+[\])](?:, | and |, and )?)+)\)$/i, ([, list = ''], shape) => {
    const columns = pairsOf(shape);
    const rows = [...list.matchAll(/(["'`])([^"'`]+)\1 ?[[(](\d+)[\])]/g)].map(([, , name = '', figure = '']) => [name, figure]);
    return columns === null ? null : [rowCount(rows.length), { type: 'includes', columns, rows }];
  }],
  // "boats (3 policies), berths (3)" of a query that counts for each kind.
  [/^(?=.*\d [a-z]+\))(?:`?[\w.-]+`? \(\d[\d,]*(?: [a-z]+)?\)(?:, | and |, and |$)){2,}$/, ([text = ''], shape) => {
    const columns = kindsOf(shape);
    return columns === null ? null : [{ type: 'includes', columns, rows: [...text.matchAll(/`?([\w.-]+)`? \((\d[\d,]*)/g)].map(([, name = '', figure = '']) => [name, figure.replaceAll(',', '')]) }];
  }],
  // "MOORED, SUNK, LOST counts", of a query that counts for each kind.
  [/^((?:[A-Z][A-Z_]+(?:, (?:and )?| and )){1,}[A-Z][A-Z_]+) (?:counts?|rows|statuses|entries)$/, ([, list = ''], shape) => {
    const columns = kindsOf(shape);
    return columns === null ? null : [{ type: 'includes', columns: [columns[0] ?? ''], rows: list.split(/, (?:and )?| and /).map((name) => [name]) }];
  }],
  // "see own (SELECT), add own (INSERT)", in one line.
  [/^[^(),]+ \((?:SELECT|INSERT|UPDATE|DELETE|ALL)\)(?:, (?:and )?[^(),]+ \((?:SELECT|INSERT|UPDATE|DELETE|ALL)\))+$/, ([text = ''], shape) => {
    const row = readRowLines(text.split(/, (?:and )?/), shape);
    return row && [row];
  }],
  // "email (85), username (2)" of a query that counts for each kind.
  [/^(?:`?[\w.-]+`? \(\d[\d,]*\)(?:, | and |, and |$)){2,}$/, ([text = ''], shape) => {
    const columns = kindsOf(shape);
    return columns === null ? null : [{ type: 'table', columns, rows: [...text.matchAll(/`?([\w.-]+)`? \((\d[\d,]*)\)/g)].map(([, name = '', figure = '']) => [name, figure.replaceAll(',', '')]), ordered: false }];
  }],
  // The cells of a row, with commas between them.
  [/^[^`]*, [^`]*$/, ([text = ''], shape) => {
    const row = readRowLines([text], shape);
    return row && [row];
  }],
];

export const readRowForms = readerOf([...COLUMNS, ...NAMED]);
