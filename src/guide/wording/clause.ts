import type { Assertion } from '../../assertions/assertion.js';
import { readAllThere } from './all-there.js';
import { columnCalled, readCalled } from './called.js';
import { readColumn, readColumns, readShownAs, readOneOf, readState } from './columns.js';
import { givesValues, isPairOfAny, namedAside, typeAside, readAside, readAsideCount, readBlocked, readBracketed, readNotAside, readOrMore } from './asides.js';
import { readCount, readNone } from './counts.js';
import { readEachRow, readRowThere } from './each-row.js';
import { EITHER_ERROR, readAble, readCited, readFault, readKept, readSuccess, readThrown } from './faults.js';
import { paraphrase } from './paraphrase.js';
import { readCountedFacts, readFactLine } from './fact-lines.js';
import { readExistence, readHeld, readPresence, readPresenceWith } from './states.js';
import { hedgeable, isHedged, isHedgedAside, isHedgedDash, splitAside } from './hedge.js';
import { readCommands, readCountedCommands, readSought } from './sought.js';
import { readArrayOf, readJsonValue, readJsonWith } from './json-value.js';
import { readNamedThings } from './named-things.js';
import { readNotice } from './notices.js';
import { readAlone, readBeginning, readNewest, readPartOf, readWordsOf, readRoleOut, readWhere } from './only.js';
import { readNames, readSet } from './names.js';
import { readAmong, readCountedNames, readIncluding, readRowsAndMore, readRowsThat } from './rows.js';
import { readAvoided, readPlan, readPlanAndTime, readTests, readTime } from './plans.js';
import type { Found } from './reading.js';
import { isGone, takesNameBack } from './remarks.js';
import { readAllTruths, readCommandsOf, readCountedRows, readKeyValue, readObject, readPieces, readRowOf, readTypedList } from './row-of.js';
import { readRowFigures } from './row-figures.js';
import { readScalar, readShape } from './scalars.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { readToldNames } from './told-names.js';
import { readWords } from './words.js';
import { readByForm } from './by-form.js';
import { readTickedFirst } from './ticked-first.js';
import { countPerName, pipeRow, tupleRow } from './tables.js';

/** "= true for both" in other languages: every row, which is what is read. */
const FOR_ALL = /(?<=\S) (?:per (?:entramb[ei]|tutt[ei])|para (?:amb[oa]s|tod[oa]s)|pour (?:les deux|tous|toutes)|für (?:beide|alle)|untuk (?:semua|kedua)(?:nya)?|partout|ovunque|überall|everywhere|throughout)(?: (?:l[aeo]s?|os|as|i|gli|den?) )?(?: ?[\p{L}_]+)?$/iu;
/** An aside that leaves nothing open: all of them, or that what was done worked. */
const NO_DOUBT = /^(?:100 ?%|(?:if|when|once) (?:the |this |all )?(?:migration|script|fix|update|everything|it|backfill|setup|deployment|deletion|cleanup)s? (?:is |are |was |were |has been |have been |ran |went |completed )?(?:run|successful(?:ly)?|worked|applied|ok|fine|well|correct(?:ly)?|succeeded|done))$/i;
/** "(was ~0 before)": how it was. */
const PAST = /^(?:it )?(?:was|were|had been|previously|formerly|used to be|up from|down from|instead of|rather than)\b(?!.*\b(?:or|if|unless|may|might)\b)/i;
/** "1 row (your test record)": which one it is. */
const WHOSE = /^(?:the|your|our|my|this) (?:[\p{L}-]+ ){0,3}[\p{L}-]+$/iu;
const ROWS_ALONE = /^(?:exactly )?(?:\d+|one|two|three|four|five) (?:rows?|records?|entr(?:y|ies))(?: (?:is |are )?(?:returned|listed|shown))?$/i;
/** A bound holds whatever the figure above it depends on. */
const BOUND = /^(?:(?:[<>]=?|≥|≤|at least|more than)\s*\d+|between [\d,]+ and [\d,]+)(?: [a-z]+)?$/i;

/** The last sentence that was read: as a whole it is read once more where its parts are. */
let last: { said: string; shape: StatementShape | null; negated: boolean; found: Found | null } | null = null;

/** "(exceeds 33%)": why it fails, or that it does not. */
const BEYOND = /^(?:it )?(?:exceeds?|over|above|beyond|more than|within|below|under|less than|up to)\b[^()]*$/i;

/** Reads one sentence without its cue; null where no family understands the whole of it. */
export function readSentence(said: string, shape: StatementShape | null, negated: boolean): Found | null {
  if (last?.said !== said || last.shape !== shape || last.negated !== negated) last = { said, shape, negated, found: sentence(said, shape, negated) };
  return last.found && { ...last.found };
}

function sentence(given: string, shape: StatementShape | null, negated: boolean): Found | null {
  // "Should not show `a` or `b`": neither of them.
  const said = negated || /^no [`'"]/i.test(given) ? planAlone(given, shape).replace(/(?<=[`'"]),? n?or (?=[`'"])/g, ', ') : planAlone(given, shape);
  const told = paraphrase(shape?.percent === true && (shape.oneRow || shape.atMostOne === true) ? said.replace(/(?<=\d) ?%(?=[.!]?$|\s*\()/g, '') : said, shape);
  const text = (/[=:]|\b(?:true|false)\b/i.test(told) ? told.replace(FOR_ALL, '') : told).replace(/^(?:exactly )?(?:1|one|a single) (?:row|linha|fila|ligne|riga|zeile)(?:\s*:\s*|,? (?:with|showing|containing) )(?=.*\S \| \S)/i, '').replace(/^(?:exactly )?(?:1|one|a single) row \((.*\S \| \S.*)\)$/i, '$1');
  const counted = behindTitle(text, shape);
  if (counted !== null) return readSentence(counted, shape, negated);
  const avoided = negated ? readAvoided(text, shape) : null;
  if (avoided) return avoided;
  const ticked = negated ? null : (readTickedFirst(text, shape) ?? factOf(text, shape) ?? readByForm(said, shape) ?? readByForm(text, shape));
  if (ticked) return ticked;
  const pipe = pipeRow(text, shape);
  if (pipe) return negated ? null : { assertions: [pipe] };
  const json = negated ? null : (readJsonValue(text, shape) ?? readArrayOf(text, shape) ?? readJsonWith(text, shape));
  if (json) return json;
  const names = negated ? null : (readAlone(text, shape) ?? readPartOf(text, shape) ?? readBeginning(text, shape) ?? readWordsOf(text, shape) ?? readRoleOut(text, shape) ?? readNewest(text, shape) ?? readWhere(text, shape) ?? readNotice(text, shape) ?? readPieces(text, shape) ?? readCountedRows(text, shape) ?? readTypedList(text, shape) ?? readRowOf(text, shape) ?? readCommandsOf(text, shape) ?? readKeyValue(text, shape) ?? readObject(text, shape) ?? readAllTruths(said, shape) ?? readEachRow(text, shape) ?? readRowThere(text, shape, (rest) => pairOf(readOneOf(rest, shape)) ?? readColumn(rest, shape)) ?? readToldNames(text, shape));
  if (names) return names;
  const query = /^(?:(?:should )?match(?:es)?|equals?|=|same as) (?:the result of )?[`(]?(select [^;`]+?)[`)]?$/i.exec(text)?.[1];
  if (query !== undefined && !negated && shape?.oneRow === true && shape.singleColumn && balanced(query)) return { assertions: [{ type: 'value', op: '=', value: { sql: query } }] };
  const source = /^(?:(?:(?:should |must )?(?:match(?:es)?|equals?)|=|same as) )?(?:the )?count\(\*\) (?:from|of|in) ((?:\w+\.)?[a-z_]\w*)$/i.exec(text)?.[1];
  if (source !== undefined && !negated && shape?.oneRow === true && shape.singleColumn) return { assertions: [{ type: 'value', op: '=', value: { sql: `select count(*) from ${source}` } }] };
  const thrown = negated ? null : readThrown(text, shape);
  if (thrown) return thrown;
  const cited = negated ? null : readCited(text, shape);
  if (cited) return cited;
  if (EITHER_ERROR.test(text)) return null;
  if (negated && /^(?:fail|error) (?:about|on|because of|due to) [^=<>`"']{3,60}$|^(?:show |return |give |raise |throw |have |produce )?any errors?$/i.test(text)) return { assertions: [{ type: 'success' }] };
  const error = /^`?((?:raises:? )?error:.*?)`?$/i.exec(text.replace(/^error (?=(?:new row|violates|duplicate key|insert or update|update or delete|null value|permission denied|check constraint|value too long|invalid input)\b)/i, 'ERROR: ').replace(/^ERROR [-–—] (?=\p{Lu}\p{Ll})/u, 'ERROR: ').replace(/^error [-–—] (?=.*\b(?:violat\w+|denied|duplicate|does not exist|invalid|cannot|must|not allowed|already exists)\b)/i, 'error: '))?.[1];
  if (error !== undefined && !negated) return readFault(error.split('`').length % 2 === 0 ? `${error}\`` : error, shape);
  const whole = negated ? null : (tupleRow(text, shape) ?? readOneOf(text, shape) ?? readColumns(text, shape));
  if (whole) return { assertions: [whole] };
  // "boats = 5, berths = 12" of a query that counts under names.
  const pairs = negated || !text.includes(',') || /\b(?:rest|others?|everything|remaining|all|each|any)\b/i.test(text.replace(/`[^`]+`/g, '')) ? null : countPerName(text.split(/,\s+(?:and\s+)?/i).map((pair) => pair.replace(/^(\d+) ?[×x] ?(`?)([^`=:]+)\2$/, '$3: $1').replace(/^(\d[\d,]*) ([a-z_]+)$/, (whole, figure: string, name: string) => (shape?.constants?.includes(name) === true ? `${name}: ${figure}` : whole)).replace(/^`([^`]+)`$/, '$1').replace(/^`?([^`=:]+?)`?\s*=\s*/, '$1: ')), shape);
  if (pairs && !shape?.columns.some((name) => name !== null && new RegExp(`\\b${name.replace(/\W/g, '')}\\b`, 'i').test(text))) return { assertions: [pairs] };
  const exists = negated ? null : readExistence(text, shape);
  if (exists) return exists;
  const figures = negated ? null : readRowFigures(text, shape);
  if (figures) return figures;
  const bracketed = negated ? null : readBracketed(text, shape);
  if (bracketed) return bracketed;
  const kept = readAble(text, shape, negated) ?? (negated ? null : readKept(text, shape));
  if (kept) return kept;
  // A number in back-ticks or bold is a number.
  const one = negated ? null : readOneWith(text, shape);
  if (one) return one;
  const { text: bare, asides: behind, dashed } = splitAside(text.replace(/^[`*]+(-?\d[\d,.]*)[`*]+(?=$|[\s.])/, '$1'));
  // "(`pair_key`, `indisvalid=t`)": a name, and a column.
  const asides = behind.flatMap((aside) => (/^`[^`]+`(?:, `[^`]+`)+$/.test(aside) && aside.includes('=') ? aside.split(', ').map((one) => (one.includes('=') ? one.replaceAll('`', '') : one)) : [aside]));
  const main = paraphrase(bare, shape);
  const bound = negated ? null : (readOrMore(main, asides, shape) ?? readPerRow(main, shape));
  if (bound) return bound;
  // What is quoted is kept whole: its brackets are no aside.
  const state = negated ? null : (readHeld(text, shape) ?? (/["`][^"`]*\([^"`]*["`]/.test(text) ? null : readHeld(main, shape)));
  if (state) return state;
  const among = negated ? null : (readAmong(text, shape) ?? readSet(text, shape) ?? readAllThere(main, shape) ?? readSought(main, shape) ?? readCommands(main, shape) ?? readCountedCommands(main, shape));
  if (among) return among;
  const blocked = readBlocked(main, asides, shape);
  if (blocked) return negated ? null : blocked;
  // "Table created (or it already exists)": either way the statement ran.
  const either = asides.length === 1 && /^or\b.*\b(?:already exists?|already there|does(?:n't| not) exist|not exist)\b/i.test(asides[0] ?? '');
  if (either && !negated) return readSuccess(main, shape);
  // "Should fail (trigger or policy)": by whatever of the two.
  if (!negated && /^(?:should |must )?fail\b/i.test(main) && asides.length > 0 && !asides.some((aside) => /^(?:or|if|may|might|unless)\b|\b(?:rows?|returns?|zero|empty|nothing|affected|succeed\w*)\b/i.test(aside) || (/\d/.test(aside) && !BEYOND.test(aside)))) {
    const fails = readFault(main, shape);
    if (fails) return fails;
  }
  if (!negated && /^(?:should |must )?(?:succeed|be (?:allowed|accepted))$/i.test(main) && asides.length > 0 && asides.every((aside) => BEYOND.test(aside))) return readSuccess(main, shape);
  const loosely = negated ? null : restHedged(text, main, asides, shape);
  if (loosely) return loosely;
  if (main === '' || isHedgedDash(dashed) || asides.some((aside) => isHedgedAside(aside) && !NO_DOUBT.test(aside) && !PAST.test(aside) && !(ROWS_ALONE.test(main) && WHOSE.test(aside)) && !(BOUND.test(main) && /^(?:depend|\w+ has ~|some (?:may|might)\b|at least (?:\d|some\b|one\b|a few\b))/i.test(aside)))) return null;
  const called = negated ? null : (pairOf(readColumns(main, shape)) ?? readShownAs(main, shape) ?? readWords(main, shape) ?? readCalled(main, shape));
  if (called) return called;
  if (isHedged(hedgeable(main)) || /\b(?:https?|status code|api|endpoint|browser|page|screen|dashboard|ui)\b/i.test(hedgeable(main))) return negated ? null : readRowsThat(main, shape);
  if (negated && /^any (?:rows?|results?|records?|data)$/i.test(main)) return readNone('no rows', shape);
  if (negated && /^null$/i.test(main)) return readScalar('not null', shape);
  if (negated) return /^(?:fail|error|raise an error)$/i.test(main) ? { assertions: [{ type: 'success' }] } : readNames(main, shape, true);
  const found = readIncluding(main, shape) ?? readClause(main, shape) ?? readCountedNames(main, shape) ?? readClauses(main, shape) ?? readRowsAndMore(main, shape) ?? readRowsThat(main, shape) ?? readPresenceWith(main, shape);
  if (!found) return readAside(main, asides, shape) ?? (asides.length === 0 ? readNamedThings(main, shape) : null);
  const taken = [...asides, dashed].filter(takesNameBack);
  if (taken.length > 0 && found.assertions.some((one) => one.type === 'contains')) return takenBack(found, taken);
  // An aside explains, unless it names a column of the result.
  const many = found.assertions.some((one) => one.type === 'rows') || shape?.returnsRows !== true || shape.oneRow ? [] : asides.flatMap((aside) => readAsideCount(aside));
  const named = asides.flatMap((aside) => (readNotAside(aside, found, shape) ?? readSought(aside, shape) ?? readCommands(aside, shape) ?? typeAside(aside, shape) ?? namedAside(main, aside, found, shape))?.assertions ?? (hasColumn(shape, /^`?(\w+)/.exec(aside)?.[1] ?? '') === true || isPairOfAny(aside, shape) ? (readColumn(aside, shape)?.assertions ?? []) : givesValues(aside, shape) || saysOfAll(aside, found) ? [{ type: 'operator' as const, text: aside }] : []));
  // Of no rows, no column can be told.
  if (named.length > 0 && found.assertions.some((one) => 'value' in one && one.value === 0 && one.type !== 'column')) return null;
  // "(NOT Seq Scan)" behind a plan.
  const beside = shape !== null && isExplain(shape) && asides.some((aside) => /^(?:not?|instead of|rather than) (?:an? )?seq(?:uential)? scans?$/i.test(aside)) ? [{ type: 'plan' as const, contains: null, excludes: 'Seq Scan', index: null }] : [];
  return { assertions: [...many, ...found.assertions.map((one) => toItsEnd(one, text)), ...named, ...beside], alternative: found.alternative ?? null };
}

/** "3 rows (all with SELECT privilege)": what is so of each of them is no reason why there are as many. */
const saysOfAll = (aside: string, { assertions }: Found): boolean => /^(?:all|each|every one|both)(?: of them| rows)? (?:with|have|has|having|showing|owned by|marked|set to) \S/i.test(aside) && assertions.some((one) => one.type === 'rows' && one.op === '=' && typeof one.value === 'number' && one.value > 0);

/** "Index Scan using boats_at (cost ~10ms)": what it costs is none of the plan. */
const planAlone = (text: string, shape: StatementShape | null): string => (shape !== null && isExplain(shape) ? text.replace(/ \((?:estimated |total |actual )?costs?\b[^()]*\)$/i, '') : text);

/** "`placement` (removed)": the one name that is there no more; of several a person tells which is meant. */
function takenBack({ assertions: [only, ...more] }: Found, remarks: readonly string[]): Found | null {
  return more.length === 0 && only?.type === 'contains' && only.values.length === 1 && remarks.every(isGone) ? { assertions: [{ ...only, type: 'excludes' }] } : null;
}

/** "Tables: 2 rows (boats, piers)": how many rows there are, behind the name of what they are; null where that may be one row among others. */
function behindTitle(text: string, shape: StatementShape | null): string | null {
  const [, title = '', rows] = /^(?:the )?(\p{L}[\p{L}\d_ -]{1,40}): ((?:exactly |at least |at most )?(?:\d+\+?|one|two|three|four|five|six|seven|eight|nine|ten|no|zero) (?:rows?|records?|entr(?:y|ies)|results?)(?![\p{L}]).*)$/iu.exec(text) ?? [];
  if (rows === undefined || shape === null || /\b(?:not|no|never|each|every|per|all|if|when|other|before|after|old|else|with|without|on|in|at|for|during|under|until|unless|once|only)\b/i.test(title)) return null;
  const apart = (shape.counted !== undefined && !shape.oneRow) || shape.constants?.some((one) => one.toLowerCase() === title.toLowerCase()) === true;
  return apart || columnCalled(title, shape, true) !== null ? null : rows;
}

/** "One row with a size (typically 500)": how many rows there are; what is said of them loosely is asked. */
function restHedged(text: string, main: string, asides: readonly string[], shape: StatementShape | null): Found | null {
  const hedged = asides.filter(isHedgedAside);
  if (hedged.length === 0 || !(shape?.oneRow === true || hedged.every((aside) => /^(?:typically|usually|about|around|approx\w*|roughly|~|≈)/i.test(aside))) || text.indexOf('(') < text.search(/ (?:with|showing) /i)) return null;
  const found = readRowsThat(main, shape);
  return found?.assertions.some((one) => one.type === 'operator') === true ? { assertions: found.assertions.map((one) => toItsEnd(one, text)) } : null;
}

/** What is asked of a sentence goes on to its end, with the asides that were set apart. */
function toItsEnd(one: Assertion, text: string): Assertion {
  const at = one.type === 'operator' ? text.lastIndexOf(one.text) : -1;
  return one.type === 'operator' && at > 0 ? { ...one, text: text.slice(at).replace(/[.;,:]+$/, '') } : one;
}

/** Whether brackets close as often as they open. */
const balanced = (text: string): boolean => text.split('(').length === text.split(')').length;

const factOf = (text: string, shape: StatementShape | null): Found | null => {
  const assertions = readFactLine(text, shape) ?? readCountedFacts(text, shape);
  return assertions && { assertions };
};

const pairOf = (pair: Assertion | null): Found | null => (pair === null ? null : { assertions: [pair] });

/** The column that is called as the things that are counted: "at least 1 admin" of a result with `admins`. */
function columnOfThings(said: string | undefined, shape: StatementShape | null): string | null {
  const things = /\d\+? ([\p{L}_]+(?: [\p{L}_]+)?)$/u.exec(said ?? '')?.[1];
  return things === undefined || shape?.returnsRows !== true ? null : columnCalled(/s$/i.test(things) ? things : `${things}s`, shape, true) ?? columnCalled(things, shape, true);
}

/** "Each table should have 1-4 policies": the figure of each row, where the result has one column that counts. */
function readPerRow(main: string, shape: StatementShape | null): Found | null {
  const said = /^(?:each|every) [\p{L}]+(?: [\p{L}]+)? (?:should |must )?(?:have|has|show)s? (?=\D{0,15}\d)(.+)$/iu.exec(main)?.[1] ?? perGroup(main, shape);
  const called = columnOfThings(said, shape);
  const counts = called !== null ? [called] : (shape?.columns.filter((column) => column !== null && (/(?:^|_)(?:count|total|num|cnt|n)(?:$|_)/i.test(column) || shape.counted?.includes(column) === true)) ?? []);
  if (said === undefined || shape === null || !shape.returnsRows || shape.oneRow || counts.length !== 1 || counts[0] == null) return null;
  const range = /^(\d+) ?[-–] ?(\d+) [\p{L} ]+$/u.exec(said);
  if (range) return { assertions: [{ type: 'column', column: counts[0], quantifier: 'every', op: 'between', value: [Number(range[1]), Number(range[2])] }] };
  const [only, ...rest] = readCount(said, { ...shape, oneRow: true, singleColumn: true, counts: true, columns: [counts[0]] })?.assertions ?? [];
  return only?.type === 'value' && rest.length === 0 ? { assertions: [{ type: 'column', column: counts[0], quantifier: 'every', op: only.op, value: only.value }] } : null;
}

/** "2 policies per table" of a query that groups by it. */
function perGroup(main: string, shape: StatementShape | null): string | undefined {
  // Of several columns it groups by, each row is one; what is counted is called so.
  const [, each, things = ''] = shape?.groups !== undefined && shape.groups > 1 && shape.counted?.length === 1 ? (/^((?:exactly |at least )?\d+\+? ([\p{L}]+)) (?:per|for each) [\p{L}]{3,}$/iu.exec(main) ?? []) : [];
  if (each !== undefined && [...(shape?.tables ?? []), shape?.counted?.[0] ?? ''].some((name) => name.toLowerCase().includes(things.toLowerCase().replace(/s$/, '')))) return each;
  const [, said, group = ''] = shape?.groups === 1 ? (/^((?:exactly |at least )?\d+\+? [\p{L}]+) (?:per|for each|on each) ([\p{L}]{3,})$/iu.exec(main) ?? []) : [];
  return shape?.columns.some((name) => name !== null && shape.counted?.includes(name) !== true && name.toLowerCase().includes(group.toLowerCase())) === true ? said : undefined;
}

/** "Your user with `role = 'admin'`": one row that has it, where the result has such a column. */
function readOneWith(text: string, shape: StatementShape | null): Found | null {
  const said = /^(?!one (?:row|record|entry)\b)(?:the|your|an?|one) (?!other |only |last |first )(?:(?:new|own|test|admin|demo|seed|[\p{L}-]+ed|[\p{L}-]+er|main) ){0,3}[\p{L}]+ (?:with|where|having) (.+)$/iu.exec(text)?.[1];
  const [column, ...more] = (said === undefined ? null : readColumn(said, shape))?.assertions ?? [];
  return shape !== null && column?.type === 'column' && more.length === 0 && hasColumn(shape, column.column) === true ? { assertions: [{ ...column, quantifier: 'any' }] } : null;
}

function readClause(text: string, shape: StatementShape | null): Found | null {
  const there = readPresence(text, shape);
  if (there) return { assertions: [there] };
  return readSuccess(text, shape) ?? readFault(text, shape) ?? readTests(text) ?? readPlanAndTime(text, shape) ?? readPlan(text, shape) ?? (shape?.columns.some((name) => /(?:^|_)(?:ms|time|duration|latency|seconds|elapsed|avg|mean|p\d\d)(?:$|_)/i.test(name ?? '')) === true && !isExplain(shape) ? null : readTime(text)) ?? readNone(text, shape)
    ?? readScalar(text, shape) ?? readShape(text, shape) ?? readColumn(text, shape) ?? readCount(text, shape) ?? readState(text, shape) ?? readNames(text, shape, false);
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
  // "`open` = false, 5242880": a bare figure beside a column is of another one.
  if (parts.some((part) => /^-?\d[\d,.]*$/.test(part)) && assertions.some((one) => one.type === 'column')) return null;
  // That it runs goes with all but an error, and is said once.
  const runs = assertions.filter((one) => one.type === 'success');
  if (runs.length === assertions.length) return { assertions: runs.slice(0, 1) };
  // "`boats` bucket with `public = true`": a row of that name, and one of which this holds.
  const [name, held, ...others] = assertions;
  if (/\s+with\s+/i.test(text) && name?.type === 'contains' && name.values.length === 1 && held?.type === 'column' && others.length === 0) return { assertions: [name, { ...held, quantifier: 'any' }] };
  if (assertions.filter((one) => COUNTS.has(one.type)).length - runs.length > 1 || (runs.length > 0 && assertions.some((one) => one.type === 'error')) || assertions.some((one) => one.type === 'contains' || one.type === 'excludes')) return null;
  // No column holds two values in every row.
  const every = assertions.flatMap((one) => (one.type === 'column' && one.op === '=' && one.quantifier === 'every' ? [one.column.toLowerCase()] : []));
  if (new Set(every).size < every.length) return null;
  // "At least 1 row with status = 'x'" says it of one row, not of each.
  const some = /\s+with\s+/i.test(text) && assertions.some((one) => (one.type === 'rows' || one.type === 'value') && (one.op === '>=' || one.op === '>'));
  if (some) for (const [at, one] of assertions.entries()) if (one.type === 'column') assertions[at] = { ...one, quantifier: 'any' };
  const open = found.find((one) => one.alternative);
  // One of two readings cannot be kept beside other assertions: the columns name what is returned, so rows are counted.
  if (open && assertions.some((one) => one.type === 'value')) return null;
  return { assertions, alternative: assertions.length === 1 ? (open?.alternative ?? null) : null };
}
