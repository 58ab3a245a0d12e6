import type { Assertion, Operand, Operator } from '../../assertions/assertion.js';
import { NUMBER, numberOf } from './normal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { tellMore } from './told.js';

const ROWS = /^(?:rows?|records?|results?|entr(?:y|ies)|matches|tuples?|lignes?|filas?|registros?|zeilen?|eintr[äa]ge?|linhas?|righe|rijen|regels|wiersz\p{L}*|řádk\p{L}*|строк\p{L}*|запис\p{L}*|satır\p{L}*|kayıt\p{L}*|baris|dòng|bản ghi|rekord\p{L}*|enregistrements?|datens[äa]tze?|(?:行|筆|条|條|件|개)(?:记录|記錄|数据|資料|レコード)?)(?:$|[\s,])/iu;
/** Nouns that make a number something else than a count of rows or things. */
const OTHER = /^(?:ms|msec|milliseconds?|s|secs?|seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|[kmg]?b|bytes|x|times|errors? codes?|ok|internal|not found|unauthorized|forbidden|am|pm|st|nd|rd|th|requests?|decimals?|digits|characters|chars|dollars?|eur|usd)\b/i;
/** Up to eight words of letters and names: the things counted. Digits, operators and sentence ends are not among them. */
const THINGS = /^(?:[\p{L}_][\p{L}\p{N}_'/.-]*|`[^`]+`|"[^"]+"|'[^']+')(?:\s+(?:[\p{L}_][\p{L}\p{N}_'/.-]*|\d+(?![KMGT]B)[A-Z]+|`[^`]+`|"[^"]+"|'[^']+')){0,7}$/u;
const PLACE = /^(?:in|for|on|at|per|by|from|to|across|within|under|em|en|dans|por|para|pour|für|bei|auf|pro)(?![\p{L}\d_])/iu;
const CHANGED = /\b(?:affected|updated|inserted|deleted|modified|changed|created|removed|added)\b/i;

const FORMS: [RegExp, Operator][] = [
  [new RegExp(`^(?:at least|min(?:imum|\\.)?(?: of)?|no (?:fewer|less) than|au moins|mindestens|al menos|pelo menos|至少|>=|≥|≧)\\s*${NUMBER}(?!\\w)\\s*(.*)$`, 'iu'), '>='],
  [new RegExp(`^(?:at most|max(?:imum|\\.)?(?: of)?|up to|no more than|au plus|höchstens|como máximo|至多|<=|≤)\\s*${NUMBER}(?!\\w)\\s*(.*)$`, 'iu'), '<='],
  [new RegExp(`^(?:more than|greater than|over|above|plus de|mehr als|más de|mais de|>)\\s*${NUMBER}(?!\\w)\\s*(.*)$`, 'iu'), '>'],
  [new RegExp(`^(?:less than|fewer than|below|under|moins de|weniger als|menos de|<)\\s*${NUMBER}(?!\\w)\\s*(.*)$`, 'iu'), '<'],
  [new RegExp(`^${NUMBER}\\s*(?:\\+|or (?:more|higher|greater|above)|and (?:above|up)|ou plus|oder mehr|o más|ou mais|以上)(?!\\w)\\s*(.*)$`, 'iu'), '>='],
  [new RegExp(`^${NUMBER}\\s*(?:or (?:fewer|less|lower|below)|max(?:imum)?\\b)(?!\\w)\\s*(.*)$`, 'iu'), '<='],
  [new RegExp(`^(?:exactly|all|equals?|=|==|count(?: is| =|:)|a total of|genau|exactement|exactamente)?\\s*${NUMBER}(?!\\w)(?![\\w%.,-]*\\d)(?![%+])\\s*(.*)$`, 'iu'), '='],
];

const RANGE = new RegExp(`^(?:between )?${NUMBER}\\s*(?:-|–|to|and)\\s*${NUMBER}(?!\\w)\\s*(.*)$`, 'iu');

const IN_WORDS: readonly string[][] = [
  ['dos', 'duas', 'deux', 'zwei', 'due'], ['tres', 'três', 'trois', 'drei', 'tre'], ['cuatro', 'quatro', 'quatre', 'vier', 'quattro'], ['cinco', 'cinq', 'fünf', 'cinque'],
  ['seis', 'sechs', 'sei'], ['siete', 'sete', 'sept', 'sieben', 'sette'], ['ocho', 'oito', 'huit', 'acht', 'otto'], ['nueve', 'nove', 'neuf', 'neun'], ['diez', 'dez', 'dix', 'zehn', 'dieci'],
];
/** Numbers that other languages write out, in figures. */
const FIGURES: Readonly<Record<string, string>> = Object.fromEntries(IN_WORDS.flatMap((words, index) => words.map((word) => [word, String(index + 2)])));
const WRITTEN_OUT = new RegExp(`^(?:${Object.keys(FIGURES).join('|')})(?= (?:filas|linhas|lignes|zeilen|righe|registros|einträge)(?![\\p{L}]))`, 'iu');

/** Counts of rows or things: `3 policies`, `1+ rows`, `at least 4 triggers`, `0`. */
export function readCount(said: string, shape: StatementShape | null): Found | null {
  const text = said.replace(/^(?:une?|eine?|una|uma) (?=(?:seule |einzige |sola |única )?(?:lignes?|zeilen?|filas?|linhas?|righ[ea]|registros?|eintr[äa]ge?)(?![\p{L}]))/iu, '1 ').replace(/^1 (?:seule|einzige|sola|única) /i, '1 ').replace(WRITTEN_OUT, (word) => FIGURES[word.toLowerCase()] ?? word);
  const range = RANGE.exec(text);
  if (range) {
    const [low, high] = [numberOf(range[1] ?? ''), numberOf(range[2] ?? '')];
    return low === null || high === null || low >= high || !(/^between/i.test(text) || ROWS.test(range[3] ?? '') || /^(?:[\p{L}-]+ )?(?:tables|columns|policies|indexes|functions|triggers|views|records)(?: (?:are )?(?:listed|returned|shown))?$/iu.test(range[3] ?? '') || (range[3] === '' && shape?.oneRow === true && shape.counts)) ? null : count('between', [low, high], range[3] ?? '', shape);
  }
  // "0002": as a version is written, and no number.
  const [lone] = shape?.columns ?? [];
  if (/^0\d+$/.test(text)) return shape?.returnsRows === true && shape.singleColumn && lone != null && !shape.counts ? { assertions: [{ type: 'column', column: lone, quantifier: 'every', op: '=', value: text }] } : null;
  // "0 issues_found": of the column that is called so.
  const [, figure, name = ''] = /^(\d+) `?(\w+)`?$/.exec(text) ?? [];
  if (figure !== undefined && name.includes('_') && shape?.returnsRows === true && shape.columns.some((column) => column?.toLowerCase() === name.toLowerCase())) return { assertions: [{ type: 'column', column: name, quantifier: 'every', op: '=', value: Number(figure) }] };
  const sign = /^(?:an? )?(non[- ]?zero|positive)(?: (?:number|count|value|integer))?$/i.exec(text)?.[1];
  if (sign !== undefined) return shape?.oneRow === true && shape.singleColumn ? { assertions: [{ type: 'value', op: /^p/i.test(sign) ? '>' : '!=', value: 0 }] } : null;
  // A figure with decimals counts nothing.
  const decimal = /^`?(-?\d[\d,]*\.\d+)`?$/.exec(text)?.[1];
  if (decimal !== undefined) return shape?.returnsRows === true && shape.singleColumn ? { assertions: [{ type: 'value', op: '=', value: numberOf(decimal) ?? 0 }] } : null;
  for (const [form, op] of FORMS) {
    const match = form.exec(text);
    const value = match && numberOf(match[1] ?? '');
    if (match && typeof value === 'number') return count(op, value, match[2] ?? '', shape);
  }
  return null;
}

const ELSEWHERE = /^(?:emails?|alerts?|notifications?|pods?|replicas?|containers?|files?|backups?|tabs?|restarts?|down ?time|traffic|deploys?|deployments?|approvals?|terminals?|environment variables?)$/;

function count(op: Operator, value: Operand, tail: string, shape: StatementShape | null): Found | null {
  if (/^(?:million|thousand|billion|more|fewer|less|additional|extra|minimum|maximum|max|min|different|distinct|tomorrow|eventually|initially)\b/i.test(tail.trim()) && !/^(?:more|fewer|less) than/i.test(tail.trim())) return null;
  // "5 credits" of a query that selects them.
  if (shape?.returnsRows === true && !shape.oneRow && /^(?!rows$|records$|results$|entries$)[a-z_]\w*s$/i.test(tail.trim()) && !(shape.singleColumn && /^(?:polic(?:y|ies)|tables|columns|index(?:es)?|functions|triggers|views|constraints|extensions|buckets|jobs|roles|rows|records)$/i.test(tail.trim())) && shape.columns.some((name) => name?.toLowerCase() === tail.trim().toLowerCase())) return shape.filtered ? { assertions: [{ type: 'column', column: tail.trim(), quantifier: 'every', op, value }] } : null;
  // "12 published" of a query that counts by state: of one of its groups.
  if (shape?.groups === 1 && shape.counted !== undefined && !shape.oneRow && /^(?:[a-z]+(?:ed|ing|ive)|pending|open|draft|new|paid|live|done)$/i.test(tail.trim())) return null;
  // Things of another world, unless the query is of a table of that name.
  // "4 backup tables" are tables.
  const thing = /^[a-z]+ (?:tables|columns|rows|records|policies|functions)\b/i.test(tail.trim()) ? '' : (/^[a-z]+(?: variables)?/i.exec(tail.trim())?.[0].toLowerCase() ?? '');
  if (ELSEWHERE.test(thing) && shape?.tables.some((table) => table === thing || table === `${thing}s` || `${table}s` === thing || table.includes(thing)) !== true) return null;
  // What follows a dash explains, unless it holds figures or operators of its own.
  const noun = tail.replace(/(?:^|\s+)[-–—]\s+[^=<>\d"'`]*$/u, '').trim();
  if (/[.]\s|[.]$/.test(noun) || (/^errors?\b/i.test(noun) && Number(value) >= 100)) return null;
  // A bound that is not understood is no figure.
  if (/以[上下内]|未満|より|超|程度|前後|左右|이상|이하|미만|초과|정도|쯤/u.test(noun)) return null;
  // "All 10 tables show `rowsecurity = true`": what holds of each of them is no name of theirs.
  if (/`[^`]*(?:[=<>≤≥]| IS )[^`]*`/.test(noun)) return null;
  // "3 rows all with a name": more is said of them than how many there are.
  if (/\b(?:all|both|each) (?:with|have|having|show|showing|set)\b/i.test(noun)) return null;
  // "Both flags false" counts no flags.
  if (/\b(?:true|false|null)$/i.test(noun)) return null;
  // Calls and what went well are no rows.
  if (/\b(?:successful|failed|calls?|invocations?|executions?|attempts?)\b/i.test(noun)) return null;
  // "0 in every column" counts no things.
  if (noun !== '' && (OTHER.test(noun) || PLACE.test(noun) || !THINGS.test(noun))) return null;
  if (/\b(?:not|no|never|but|without errors?|none|nothing|zero|should|must|is|are|was|were|has|have|each|every|gone|bad|wrong|fail\w*)\b/i.test(noun)) return null;
  // "3 columns" counts rows only of a query that lists columns.
  if (/^(?:columns?|fields?)$/i.test(noun) && shape !== null && !shape.oneRow && !shape.columns.some((name) => /column|attname|field|attribute/i.test(name ?? ''))) return null;
  if (/^(?:integers?|numbers?|booleans?|strings?|values?|figures?|uuids?)$/i.test(noun) && shape !== null && !shape.singleColumn) return null;
  // "4 policies created" below what creates one: that it ran.
  if (CHANGED.test(noun) && /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT)\b/.test(shape?.command ?? '')) return value === 0 ? null : { assertions: [{ type: 'success' }] };
  if (CHANGED.test(noun) && shape !== null && !shape.returnsRows && !/^(?:INSERT|UPDATE|DELETE|MERGE|DO|CALL|COPY)/.test(shape.command)) return null;
  if (CHANGED.test(noun) && shape?.returnsRows !== true) return shape === null ? null : { assertions: [{ type: 'affected', op, value }] };
  return tellMore(counted(op, value, shape, ROWS.test(noun), noun === ''), { op, value, noun }, shape);
}

/** The two readings of a number: rows, or the value of a lone aggregate. */
export function counted(op: Operator, value: Operand, shape: StatementShape | null, rowNoun: boolean, bare = false): Found | null {
  const rows: Assertion = { type: 'rows', op, value };
  const scalar: Assertion = { type: 'value', op, value };
  const whole = (Array.isArray(value) ? value : [value]).every((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0);
  if (shape === null) return whole ? { assertions: [rows], alternative: scalar } : { assertions: [scalar] };
  if (isExplain(shape)) return null;
  // Any number of rows is none at least: only of a value does that say something.
  if (op === '>=' && value === 0) return shape.returnsRows && shape.singleColumn && !rowNoun ? { assertions: [scalar] } : null;
  if (!shape.returnsRows) return (rowNoun || bare) && /^(?:INSERT|UPDATE|DELETE|MERGE)/.test(shape.command) ? { assertions: [{ type: 'affected', op, value }] } : null;
  if (shape.oneRow) {
    if (shape.figure !== undefined && !(rowNoun && op === '=' && value === 1)) return { assertions: [{ type: 'column', column: shape.figure, quantifier: 'every', op, value }] };
    if (!shape.singleColumn) return rowNoun && value === 1 && op === '=' ? { assertions: [rows] } : null;
    // "1 row" of a function call is one row; of a count it is the count.
    // "A single row": what a count comes in.
    const counts = shape.counts || /count|total|num|sum|cnt|^n$/i.test(shape.columns[0] ?? 'count');
    return { assertions: [rowNoun && !counts ? rows : scalar] };
  }
  // "→ 7" of a query that gives one row at most is no number of rows.
  if (bare && shape.atMostOne === true && shape.singleColumn && Number(value) > 1) return { assertions: [scalar] };
  // "Should return: 1" of a figure in the one row of an id: of any value it would be one row.
  if (bare && op === '=' && shape.atMostOne === true && shape.singleColumn && value === 1 && !/(?:^|_)(?:id|uuid|name|email|title|status|state|type|key|code|slug|role|at|text|url)$|^\*$|^\?column\?$|^\d/i.test(shape.columns[0] ?? '*')) return { assertions: [scalar] };
  // "20+ tables" of a query that counts them in the one group that it asks for: of that count.
  if (shape.atMostOne === true && shape.most === undefined && shape.counted?.length === 1 && Number(value) > 1) return { assertions: [{ type: 'column', column: shape.counted[0] ?? '', quantifier: 'every', op, value }] };
  // "0 orphans" of a query that always gives a row for each of its counts: each of them.
  const [figure, ...figures] = shape.counted ?? [];
  if (shape.branches !== undefined && !(rowNoun && value === shape.branches)) return figure !== undefined && figures.length === 0 && value === 0 ? { assertions: [{ type: 'column', column: figure, quantifier: 'every', op, value }] } : op === '=' && value === shape.branches ? { assertions: [rows] } : null;
  // More rows than the query lets through are not meant of it.
  if (shape.most !== undefined && (op === '=' || op === '>=' || op === '>') && Number(value) > shape.most) return null;
  if (!whole) return shape.singleColumn ? { assertions: [scalar] } : null;
  // "Expected: 20310101", of one column: nobody counts so many rows.
  if (bare && op === '=' && shape.singleColumn && !shape.columns.includes('*') && Number(value) >= 10_000) return { assertions: [scalar] };
  // "Greater than 0" of one column: whether its rows or its value are meant, a person tells.
  if (bare && op !== '=' && shape.singleColumn && shape.filtered && !shape.columns.includes('*') && !/(?:^|_)id$|name$/i.test(shape.columns[0] ?? '')) return null;
  // "Should be 1", of a column that is a number by its name: of what stands in it.
  if (bare && op === '=' && shape.singleColumn && /(?:^|_)(?:count|total|num|amount|qty|quantity|balance|remaining|score|version|sum|average|avg)$/i.test(shape.columns[0] ?? '')) return { assertions: [scalar] };
  return { assertions: [rows], alternative: bare && shape.singleColumn && !shape.columns.includes('*') ? scalar : null };
}

const NONE = /^(?:(?:none|nothing|no rows?)(?: (?:left|remain(?:s|ing)?|found))?|empty|\[\]|an? empty (?:result(?: set)?|set|list|table|array)|empty (?:result(?: set)?s?|set|list)|(?:no|zero) (?:rows?|results?|records?|data|entries|matches|output rows?)(?: (?:returned|found|returns?|at all))?|returns nothing|aucune? (?:lignes?|r[ée]sultats?)|ninguna? (?:filas?|resultados?)|sin (?:filas|resultados)|(?:liste|lista) (?:vide|vac[ií]a|vazia)|leere liste|keine (?:zeilen?|ergebnisse)|nenhuma? (?:linhas?|resultados?)|vide|vac[ií]o|leer|vazio|空)$/iu;

/** `none`, `empty`, `no rows`, `No orphaned profiles`. */
export function readNone(text: string, shape: StatementShape | null): Found | null {
  if (NONE.test(text)) {
    // "Empty" of a single value may mean NULL or an empty text: only counting words say zero there.
    if (shape?.oneRow === true && !shape.counts && !/count|total|num|cnt/i.test(shape.columns[0] ?? '')) return null;
    return counted('=', 0, shape, true);
  }
  if (/^(?:(?:some )?(?:rows|entries|records|results)(?: (?:returned|from [\p{L}\d_ ]+))?(?: without (?:any )?errors?)?|data without (?:any )?errors?)$/iu.test(text)) return shape === null || shape.oneRow ? null : counted('>=', 1, shape, true);
  // Any row at all; of a value, "not empty" says nothing that can be counted.
  if (/^(?:not empty|non-empty(?: (?:result|set|list))?|at least some rows)$/i.test(text)) return shape === null || shape.oneRow ? null : counted('>=', 1, shape, true);
  // What is looked for, and must not be found, whatever is said of it.
  if (/^(?:no|zero|0) (?:duplicates?|orphan(?:s|ed)?|invalid|stale|dangling)\b(?: [\p{L}_-]+){0,12}$/iu.test(text) && !/\b(?:or|unless|except|if|but|more|than|in|error\w*)\b/i.test(text) && shape?.filtered === true && shape.returnsRows) return counted('=', 0, shape, false);
  if (shape?.seeksNull === true && shape.returnsRows && /^(?:no|zero|0) nulls?(?: [\p{L}_-]+){0,4}$/iu.test(text) && !/\b(?:or|unless|except|if|but|more|than|in)\b/i.test(text)) return counted('=', 0, shape, false);
  const things = /^no ((?:[\p{L}_][\p{L}\p{N}_-]*)(?: [\p{L}_`][\p{L}\p{N}_`.-]*){0,5})$/iu.exec(text)?.[1];
  // "No old_place": whether a row of that name is meant, or any row, a person tells.
  if (things !== undefined && shape?.oneRow === false && (/\band\b/i.test(things) || /^[a-z]+(?:_[a-z\d]+)+$/.test(things))) return null;
  // "No anon grants" among those of all roles: what must not be there is that one.
  const role = /^(anon|public|authenticated|service_role|postgres)\b/i.exec(things ?? '')?.[1]?.toLowerCase();
  if (role !== undefined && shape !== null && shape.sought?.some((one) => one.toLowerCase() === role) !== true) {
    const named = /^\w+(?: (?:rows?|grants?|entr(?:y|ies)|privileges?|grantees?))?$/i.test(things ?? '');
    return named && role !== 'public' && !shape.oneRow && shape.columns.some((name) => /^(?:grantee|roles?|rolname|role_name)$/i.test(name ?? '')) ? { assertions: [{ type: 'excludes', values: [role] }] } : null;
  }
  // "No such table", of a query that looks for one by its name.
  if (/^such\b/i.test(things ?? '') && shape !== null && !(shape.sought?.length === 1 || (shape.oneRow && shape.filtered))) return null;
  if (things === undefined || shape === null || /\b(?:blocking|blocked|others|errors?|warnings?|differences?|changes?|issues?|problems?|failures?|output|impact|downtime|longer|more|less|seq|scan|null|nulls|reads?|one|user|single|not|effect)\b/i.test(things)) return null;
  if (/\b(?:should|is|are|has|have|was|were|will|can)\b/i.test(things)) return null;
  // "No duplicates" of a query that lists everything speaks of the rows, not of their number.
  if (shape.returnsRows && !shape.filtered && !shape.oneRow) return null;
  return counted('=', 0, shape, false);
}
