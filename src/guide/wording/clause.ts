import type { Assertion } from '../../assertions/assertion.js';
import { readCalled } from './called.js';
import { readColumn, readColumns, readOneOf, readState } from './columns.js';
import { readCount, readNone, SAYS_NO_MORE } from './counts.js';
import { readFault, readKept, readSuccess } from './faults.js';
import { paraphrase } from './paraphrase.js';
import { readHeld, readPresence } from './states.js';
import { isHedged, isHedgedAside, isHedgedDash, splitAside } from './hedge.js';
import { readCommands, readSought } from './sought.js';
import { namesKind, namesOf, readLabelled, readNames, readSet } from './names.js';
import { readPlan, readTests, readTime } from './plans.js';
import type { Found } from './reading.js';
import { readScalar, readShape } from './scalars.js';
import { enumerated, numberOf } from './normal.js';
import { hasColumn, type StatementShape } from './shape.js';
import { countPerName, pipeRow, tupleRow } from './tables.js';

/** "= true for both" in other languages: every row, which is what is read. */
const FOR_ALL = /(?<=\S) (?:per (?:entramb[ei]|tutt[ei])|para (?:amb[oa]s|tod[oa]s)|pour (?:les deux|tous|toutes)|für (?:beide|alle)|untuk (?:semua|kedua)(?:nya)?)(?: (?:l[aeo]s?|os|as|i|gli|den?) )?(?: ?[\p{L}_]+)?$/iu;
/** An aside that leaves nothing open: all of them, or that what was done worked. */
const NO_DOUBT = /^(?:100 ?%|(?:if|when|once) (?:the |this |all )?(?:migration|script|fix|update|everything|it|backfill|setup|deployment|deletion|cleanup)s? (?:is |was |were |has been |ran |went |completed )?(?:successful(?:ly)?|worked|applied|ok|fine|well|correct(?:ly)?|succeeded|done))$/i;
/** A bound holds whatever the figure above it depends on. */
const BOUND = /^(?:[<>]=?|≥|≤|at least|more than)\s*\d+(?: [a-z]+)?$/i;

/** Reads one sentence without its cue; null where no family understands the whole of it. */
export function readSentence(said: string, shape: StatementShape | null, negated: boolean): Found | null {
  const told = paraphrase(said, shape);
  const text = (/[=:]|\b(?:true|false)\b/i.test(told) ? told.replace(FOR_ALL, '') : told).replace(/^(?:exactly )?(?:1|one|a single) row\s*:\s*(?=.*\S \| \S)/i, '');
  const pipe = pipeRow(text, shape);
  if (pipe) return negated ? null : { assertions: [pipe] };
  const error = /^`?(error:.*?)`?$/i.exec(text)?.[1];
  if (error !== undefined && !negated) return readFault(error, shape);
  const whole = negated ? null : (tupleRow(text, shape) ?? readOneOf(text, shape) ?? readColumns(text, shape));
  if (whole) return { assertions: [whole] };
  // "boats = 5, berths = 12" of a query that counts under names.
  const pairs = negated || !text.includes(',') || /\b(?:rest|others?|everything|remaining|all|each|any)\b/i.test(text) ? null : countPerName(text.split(/,\s+(?:and\s+)?/i).map((pair) => pair.replace(/^`?([^`=:]+?)`?\s*=\s*/, '$1: ')), shape);
  if (pairs && !shape?.columns.some((name) => name !== null && new RegExp(`\\b${name.replace(/\W/g, '')}\\b`, 'i').test(text))) return { assertions: [pairs] };
  const kept = negated ? null : readKept(text, shape);
  if (kept) return kept;
  // A number in back-ticks or bold is a number.
  const one = negated ? null : readOneWith(text, shape);
  if (one) return one;
  const { text: bare, asides, dashed } = splitAside(text.replace(/^[`*]+(-?\d[\d,.]*)[`*]+(?=$|[\s.])/, '$1'));
  const main = paraphrase(bare, shape);
  const bound = negated ? null : (readOrMore(main, asides, shape) ?? readPerRow(main, shape));
  if (bound) return bound;
  // What is quoted is kept whole: its brackets are no aside.
  const state = negated ? null : (readHeld(text, shape) ?? (/["`][^"`]*\([^"`]*["`]/.test(text) ? null : readHeld(main, shape)));
  if (state) return state;
  const among = negated ? null : (readAmong(text, shape) ?? readSet(text, shape) ?? readSought(main, shape) ?? readCommands(main, shape));
  if (among) return among;
  const blocked = readBlocked(main, asides, shape);
  if (blocked) return negated ? null : blocked;
  // "Table created (or it already exists)": either way the statement ran.
  const either = asides.length === 1 && /^or\b.*\b(?:already exists?|already there|does(?:n't| not) exist|not exist)\b/i.test(asides[0] ?? '');
  if (either && !negated) return readSuccess(main, shape);
  // "Should fail (trigger or policy)": by whatever of the two.
  if (!negated && /^(?:should |must )?fail\b/i.test(main) && asides.length > 0 && !asides.some((aside) => /^(?:or|if|may|might|unless)\b|\b(?:rows?|returns?|zero|empty|nothing|affected|succeed\w*|\d+)\b/i.test(aside))) {
    const fails = readFault(main, shape);
    if (fails) return fails;
  }
  if (main === '' || isHedgedDash(dashed) || asides.some((aside) => isHedgedAside(aside) && !NO_DOUBT.test(aside) && !(BOUND.test(main) && /^depend/i.test(aside)))) return null;
  const called = negated ? null : (pairOf(readColumns(main, shape)) ?? readCalled(main, shape));
  if (called) return called;
  if (isHedged(hedgeable(main)) || /\b(?:https?|status code|api|endpoint|browser|page|screen|dashboard|ui)\b/i.test(hedgeable(main))) return negated ? null : readRowsThat(main, shape);
  if (negated && /^any (?:rows?|results?|records?|data)$/i.test(main)) return readNone('no rows', shape);
  if (negated) return /^(?:fail|error|raise an error)$/i.test(main) ? { assertions: [{ type: 'success' }] } : readNames(main, shape, true);
  const found = readIncluding(main, shape) ?? readClause(main, shape) ?? readCountedNames(main, shape) ?? readClauses(main, shape) ?? readRowsAndMore(main, shape) ?? readRowsThat(main, shape);
  if (!found) return readAside(main, asides, shape);
  // An aside explains, unless it names a column of the result.
  const named = asides.flatMap((aside) => (readSought(aside, shape) ?? readCommands(aside, shape) ?? namedAside(main, aside, found, shape))?.assertions ?? (hasColumn(shape, /^`?(\w+)/.exec(aside)?.[1] ?? '') === true || isPairOfAny(aside, shape) ? (readColumn(aside, shape)?.assertions ?? []) : []));
  // Of no rows, no column can be told.
  if (named.length > 0 && found.assertions.some((one) => 'value' in one && one.value === 0 && one.type !== 'column')) return null;
  return { assertions: [...found.assertions, ...named], alternative: found.alternative ?? null };
}

const pairOf = (pair: Assertion | null): Found | null => (pair === null ? null : { assertions: [pair] });

const VERBS = /^(?:select|insert|update|delete|all|create|read|write|add|remove|change|before|after|truncate)s?$/i;

/** "3 columns (id, email, role)": as many names as are counted. */
function namedAside(main: string, aside: string, { assertions: [count, ...more] }: Found, shape: StatementShape | null): Found | null {
  const names = enumerated(aside);
  return count?.type === 'rows' && more.length === 0 && count.op === '=' && count.value === names.length && namesKind(main) && !names.some((name) => VERBS.test(name)) ? readLabelled(main, names, shape) : null;
}

/** "RLS enabled (`rowsecurity = t`)", "All constraints should be validated (`convalidated = t`)": the aside says exactly what the words do. */
function readAside(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  const [aside = ''] = asides;
  const said = asides.length === 1 && /^(?:[\p{L}_-]+ ){0,6}[\p{L}_-]+$/u.test(main) && !/\b(?:not|no|never|but|or|one|any|none|without)\b/i.test(main);
  return said && hasColumn(shape, /^`?(\w+)`?\s*=/.exec(aside)?.[1] ?? '') === true ? readColumn(aside, shape) : null;
}

/** The words that can hedge: names in quotes cannot, and "or more" is a bound. */
function hedgeable(text: string): string {
  return text.replace(/`[^`]*`|'[^']*'|"[^"]*"/g, ' ').replace(/\bindex only scan/gi, 'index scan').replace(/\b([A-Z]{4,}) OR (?=[A-Z]{4,}\b)/g, '$1 ').replace(/(\d|\w) or more\b/i, '$1').replace(/\bequals? (?=[\d=])/i, '').replace(/ (?:with|using) (?:the |an |proper |correct )*ind(?:ex|exes|ices)$/i, '').replace(/^(\d+ (?:rows?|records?|entr(?:y|ies))) (?:with|for|showing|containing) your [\w ]+$/i, '$1');
}

/** `Update blocked (0 rows affected)`: the figure says what row security does. */
function readBlocked(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  if (asides.length !== 1 || !/^(?:UPDATE|DELETE)/.test(shape?.command ?? '') || !/^(?:the )?(?:update|delete|write|change)s? (?:is |was )?(?:blocked|denied|rejected|refused|ignored)$/i.test(main)) return null;
  const changed = /^(\d+) rows? (?:affected|updated|deleted|changed)$/i.exec(asides[0] ?? '')?.[1];
  return changed === undefined ? null : { assertions: [{ type: 'affected', op: '=', value: Number(changed) }] };
}

/** "`done = 6` (or more)": a bound, put behind. */
function readOrMore(main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  const more = /^or (more|higher|greater|above|less|fewer|lower)$/i.exec(asides[0] ?? '')?.[1];
  if (more === undefined || asides.length !== 1) return null;
  const [only, ...rest] = (readColumn(main, shape) ?? readCount(main, shape))?.assertions ?? [];
  const op = /^[mhga]/i.test(more) ? '>=' : '<=';
  return only !== undefined && rest.length === 0 && (only.type === 'column' || only.type === 'rows' || only.type === 'value') && only.op === '=' && typeof only.value === 'number' ? { assertions: [{ ...only, op }] } : null;
}

/** "Each table should have 1-4 policies": the figure of each row, where the result has one column that counts. */
function readPerRow(main: string, shape: StatementShape | null): Found | null {
  const said = /^(?:each|every) [\p{L}]+ (?:should |must )?(?:have|has|show)s? (?=\D{0,15}\d)(.+)$/iu.exec(main)?.[1];
  const counts = shape?.columns.filter((column) => column !== null && /(?:^|_)(?:count|total|num|cnt|n)(?:$|_)/i.test(column)) ?? [];
  if (said === undefined || shape === null || !shape.returnsRows || shape.oneRow || counts.length !== 1 || counts[0] == null) return null;
  const range = /^(\d+) ?[-–] ?(\d+) [\p{L} ]+$/u.exec(said);
  if (range) return { assertions: [{ type: 'column', column: counts[0], quantifier: 'every', op: 'between', value: [Number(range[1]), Number(range[2])] }] };
  const [only, ...rest] = readCount(said, { ...shape, oneRow: true, singleColumn: true, counts: true, columns: [counts[0]] })?.assertions ?? [];
  return only?.type === 'value' && rest.length === 0 ? { assertions: [{ type: 'column', column: counts[0], quantifier: 'every', op: only.op, value: only.value }] } : null;
}

/** "Your user with `role = 'admin'`": one row that has it, where the result has such a column. */
function readOneWith(text: string, shape: StatementShape | null): Found | null {
  const said = /^(?!one (?:row|record|entry)\b)(?:the|your|an?|one) (?:new |own |test )?[\p{L}]+ (?:with|where|having) (.+)$/iu.exec(text)?.[1];
  const [column, ...more] = (said === undefined ? null : readColumn(said, shape))?.assertions ?? [];
  return shape !== null && column?.type === 'column' && more.length === 0 && hasColumn(shape, column.column) === true ? { assertions: [{ ...column, quantifier: 'any' }] } : null;
}

function readClause(text: string, shape: StatementShape | null): Found | null {
  const there = readPresence(text, shape);
  if (there) return { assertions: [there] };
  return readSuccess(text, shape) ?? readFault(text, shape) ?? readTests(text) ?? readPlan(text, shape) ?? readTime(text) ?? readNone(text, shape)
    ?? readScalar(text, shape) ?? readShape(text, shape) ?? readColumn(text, shape) ?? readCount(text, shape) ?? readState(text, shape) ?? readNames(text, shape, false);
}

const AMONG = /^(?:(?:the|multiple|several|some|all|a list of) ){0,2}(?:[\p{L}_]+ )?including (?:the )?((?:["'`][^"'`]+["'`](?:,? and |, )?)+)(?: (?:extension|policy|table|index|column|function|trigger|role)s?)?(?: (with \S.*))?$/iu;

/** "Policies including "Crew reads"": names that must be among the rows, however many there are. */
function readAmong(text: string, shape: StatementShape | null): Found | null {
  const [, names = '', more] = text.includes('including') ? (AMONG.exec(text) ?? []) : [];
  const found = names === '' ? null : readNames(names, shape, false);
  return found && more !== undefined ? { assertions: [...found.assertions, { type: 'operator', text: more }] } : found;
}

const INCLUDING = /^((?:exactly |at least )?\d+\+? [\p{L}\d_ ]{2,40}?),? (including|such as) (?:the )?(.+)$/iu;

/** "15 kinds, including "Red" and "Green"": the figure, and names among them; what is no name is asked. */
function readIncluding(text: string, shape: StatementShape | null): Found | null {
  const [, said = '', link = '', rest = ''] = INCLUDING.exec(text) ?? [];
  const count = said === '' ? null : readCount(said, shape);
  if (count === null) return null;
  // What may be there ("such as") is asked.
  const names = /^such/i.test(link) ? null : (namesOf(rest) ? readNames(rest, shape, false) : null) ?? readLabelled(said, enumerated(rest), shape);
  if (names) return { assertions: [...count.assertions, ...names.assertions] };
  if (ROWS_ONLY.test(said)) return null;
  return count.alternative ? { assertions: [{ type: 'operator', text }] } : { assertions: [...count.assertions, { type: 'operator', text: `${link} ${rest}` }] };
}

/** ``2 rows: `a`, `b` ``. */
function readCountedNames(text: string, shape: StatementShape | null): Found | null {
  const match = /^([^:]+):\s+(.+)$/.exec(text) ?? /^(\d+ [\w ]{2,30}?)\s+[—–-]\s+(`[^`]+`)$/.exec(text) ?? /^(.+?) for ((?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:(?:,| and|, and|\/) ?(?:SELECT|INSERT|UPDATE|DELETE|ALL))+)$/.exec(text);
  const count = match ? readCount((match[1] ?? '').trim(), shape) : null;
  if (!match || !count) return null;
  // `id, ts, page`: names in one pair of back-ticks.
  const inOne = /^`([^`]+,[^`]+)`$/.exec(match[2] ?? '')?.[1];
  const labelled = inOne === undefined ? null : readLabelled(text, inOne.split(/\s*,\s*/), shape);
  if (labelled) return { assertions: [...count.assertions, ...labelled.assertions] };
  const words = enumerated(match[2] ?? '');
  const [only] = count.assertions;
  // "Three buckets: boats, berths and crews", one for each row of a result with one column.
  if (shape?.singleColumn === true && only?.type === 'rows' && only.value === words.length && words.length > 1 && words.every((word) => /^[a-z][a-z0-9_-]+$/.test(word))) return { assertions: [only, { type: 'contains', values: words }] };
  // "One row: own_boats, ALL": what its cells hold.
  if (only?.type === 'rows' && only.op === '=' && only.value === 1 && words.length > 1 && words.length <= (shape?.columns.length ?? 0) && words.every((word) => /^(?:[A-Z]{3,}|[a-z]+(?:_[a-z0-9]+)+)$/.test(word))) return { assertions: [only, { type: 'contains', values: words }] };
  const listed = namesOf(match[2] ?? '');
  // "4 policies: read, insert, update, delete": the figure is judged, what they are is asked.
  if (!listed) return /^[\w`'" -]+(?:, (?:and )?[\w`'" -]+)+$/.test(match[2] ?? '') && !count.alternative ? { assertions: [...count.assertions, { type: 'operator', text: match[2] ?? '' }] } : null;
  const names = readNames(match[2] ?? '', shape, false);
  return { assertions: [...count.assertions, ...(names?.assertions ?? [])], alternative: names ? null : count.alternative };
}

/** `1 row, counter raised`, `2 rows, active = true, schedules …`: figure and columns are judged, what else is said is asked. */
function readRowsAndMore(text: string, shape: StatementShape | null): Found | null {
  const [rows = '', ...parts] = text.split(/,\s+/);
  const found = parts.length === 0 || parts.some((part) => /^[\d<>=]/.test(part)) || !(ROWS_ONLY.test(rows) || ONE_KIND.test(rows)) ? null : readCount(rows, shape);
  if (found === null || found.alternative) return null;
  const read = parts.map((part) => paraphrase(part, shape)).map((part) => (readColumn(part, shape) ?? readBare(part, shape))?.assertions ?? null);
  const rest = parts.filter((_, index) => read[index] === null).join(', ');
  return { assertions: [...found.assertions, ...read.flatMap((one) => one ?? []), ...(rest === '' ? [] : [{ type: 'operator' as const, text: rest }])] };
}
/** Things counted exactly, before what is said of them. */
const ONE_KIND = /^exactly (?:\d+|one|two|three|four|five) [\p{L} ]+$/iu;
const ROWS_ONLY = /^(?:at least |exactly )?(?:\d+\+?|one|two|three|four|five) (?:(?!or\b)[a-z]+ )?(?:rows?|records?|entr(?:y|ies)|lignes?|filas?|linhas?|zeilen?|registros?)$/i;

/** `(public = true)` of a query for every column there is: one of them. */
function isPairOfAny(aside: string, shape: StatementShape | null): boolean {
  return shape?.returnsRows === true && shape.columns.length === 1 && shape.columns[0] === '*' && /^`?[a-z_][a-z0-9_]*`? ?= ?(?:true|false|'[^']*'|\d+)`?$/.test(aside);
}

const ROWS_THAT = /^((?:at least |exactly )?(?:[1-9]\d*\+?|one|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|records?|entr(?:y|ies)|results?)|all [1-9]\d* [a-z]+(?: (?=listed|returned|shown|present))?),?(?: ?(?:is|are))?(?: ?(?:returned|listed|shown|present))? (with|showing|matching|listing|containing|including|named|for|covering) (?!(?:each|every|per|most|some)\b)(.+)$/i;

/** `4 rows with versions 7 through 10`: the figure is judged, what else is said of the rows is asked. */
function readRowsThat(text: string, shape: StatementShape | null): Found | null {
  const [, rows = '', link = '', rest = ''] = ROWS_THAT.exec(text) ?? [];
  if (rows === '' || shape?.returnsRows !== true || /\b(?:or|if|unless|otherwise|else|depend\w*|var(?:y|ies)|may|might|but|except|plus)\b/i.test(rest.replace(/\b([A-Z]{4,}) OR (?=[A-Z]{4,}\b)/g, '$1 '))) return null;
  const found = readCount(rows, shape);
  if (found === null || found.alternative || found.assertions.some((one) => one.type !== 'rows')) return null;
  if (/^for$/i.test(link) && isHedged(hedgeable(rest)) && !SAYS_NO_MORE.test(rest)) return null;
  const told = SAYS_NO_MORE.exec(rest);
  const again = told?.[1] === undefined ? null : numberOf(told[1]);
  if (again !== null && again !== numberOf(/\d+|(?<=^(?:at least |exactly )?)[a-z]+/i.exec(rows)?.[0] ?? '')) return null;
  const more = told ? null : (readColumn(rest, shape) ?? readBare(rest, shape) ?? (/^`[^`]+`$/.test(rest) ? readNames(rest, shape, false) : null))?.assertions ?? [{ type: 'operator' as const, text: rest }];
  return { assertions: [...found.assertions, ...(more ?? [])] };
}

/** `data_type: uuid`, `data_type 'uuid'`: a word or a text in quotes beside a column of the result. */
function readBare(text: string, shape: StatementShape | null): Found | null {
  const [, column = '', bare, quoted] = /^`?(\w+)`?(?:\s*[:=]\s*`?([\w./@-]+)`?|\s+'([^']*)')$/.exec(text) ?? [];
  const value = quoted ?? bare;
  return value !== undefined && hasColumn(shape, column) === true ? { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] } : null;
}

const COUNTS = new Set<Assertion['type']>(['rows', 'value', 'affected', 'shape', 'success', 'error', 'table']);

/** `1 row, public = true`: every part has to be read, and no two may be about the same thing. */
function readClauses(text: string, shape: StatementShape | null): Found | null {
  const parts = text.split(/\s*[,;]\s+(?:and\s+)?|\s+and\s+|\s+with\s+/i);
  // "No orders with total = NULL" is one condition on rows, not a count and a column.
  if (parts.length < 2 || parts.length > 6 || (/^(?:no|zero|0|none)\b/i.test(parts[0] ?? '') && readSuccess(parts[0] ?? '', shape) === null)) return null;
  const found = parts.map((part) => readClause(paraphrase(part.trim(), shape).replace(/^(?:and )?returns? (?:an? |the )?(?=\p{L})/iu, ''), shape));
  if (!found.every((one) => one !== null)) return null;
  const assertions = found.flatMap((one) => one.assertions);
  // That it runs goes with all but an error, and is said once.
  const runs = assertions.filter((one) => one.type === 'success');
  if (runs.length === assertions.length) return { assertions: runs.slice(0, 1) };
  // "`boats` bucket with `public = true`": a row of that name, and one of which this holds.
  const [name, held, ...others] = assertions;
  if (/\s+with\s+/i.test(text) && name?.type === 'contains' && name.values.length === 1 && held?.type === 'column' && others.length === 0) return { assertions: [name, { ...held, quantifier: 'any' }] };
  if (assertions.filter((one) => COUNTS.has(one.type)).length - runs.length > 1 || (runs.length > 0 && assertions.some((one) => one.type === 'error')) || assertions.some((one) => one.type === 'contains' || one.type === 'excludes')) return null;
  // "At least 1 row with status = 'x'" says it of one row, not of each.
  const some = /\s+with\s+/i.test(text) && assertions.some((one) => (one.type === 'rows' || one.type === 'value') && (one.op === '>=' || one.op === '>'));
  if (some) for (const [at, one] of assertions.entries()) if (one.type === 'column') assertions[at] = { ...one, quantifier: 'any' };
  const open = found.find((one) => one.alternative);
  // One of two readings cannot be kept beside other assertions: the columns name what is returned, so rows are counted.
  if (open && assertions.some((one) => one.type === 'value')) return null;
  return { assertions, alternative: assertions.length === 1 ? (open?.alternative ?? null) : null };
}
