import type { Assertion } from '../assertions/assertion.js';
import { statementAfterFence } from './after-fence.js';
import { eachCheck } from './check-table.js';
import { bothExist, eachCounted, eachInTurn, eachKind } from './by-kind.js';
import { beyondTheSample, byCommand, bySought, eachColumn, eachFigure, eachSought, eachSubject, eachTable, ofEachTable, type Sought } from './by-subject.js';
import { expectedByName } from './column-names.js';
import type { Draft } from './draft.js';
import { asked, bindWording, wholeText, type ExpectationRead, type Wording } from './expectation.js';
import { eachByOrdinal, eachByTitle, eachLettered, failsWith } from './ordinals.js';
import { resultsOf, spacedResults, type Printed, type Tag } from './printed.js';
import { raisedForEach } from './raised.js';
import { isLabel, readWording } from './reading.js';
import type { StatementRead } from './statement.js';

/** Binds the wordings around a step's fence to its statements, and puts its expectations in order. */
export function bindAround(draft: Draft): void {
  if (draft.explicit) {
    draft.inside = [];
    draft.around = [];
    return;
  }
  const titled = draft.around.filter((one) => one.titled === true);
  const maybe = draft.around.filter((one) => one.maybe === true);
  draft.around = draft.around.filter((one) => one.titled !== true && one.maybe !== true);
  const said = [...draft.inside, ...draft.around.flatMap((wording, index) => bindOne(draft, wording, index))];
  const found = [...said, ...titled.flatMap((wording) => besideOthers(bindOne(draft, wording, 0), said))];
  draft.around = [];
  found.push(...maybe.flatMap((wording) => readWhole(bindOne(draft, wording, 0), found)));
  found.push(...expectedByName(draft.statements, found));
  draft.inside = withoutConflicts(withoutSamples(draft, withoutTitles(found)).sort((a, b) => a.line - b.line));
}

const RANDOM = /\b(?:random|randomi[sz]\w*|randomness|shuffl\w*)\b/i;

/** "Randomization" over `["b5", "b2"]`: an order that differs from run to run, of which a sample is shown. */
function withoutSamples({ path, labels }: Draft, found: ExpectationRead[]): ExpectationRead[] {
  if (![...path, ...labels].some((label) => RANDOM.test(label))) return found;
  return found.map((one) => (one.source === 'read' && /[[{][^\]}]*,/.test(one.text) ? { ...one, source: 'operator', assertion: { type: 'operator', text: one.text } } : one));
}

/** What a label says, where all of it is read, and nothing else says as much of its statement. */
function readWhole(own: ExpectationRead[], others: ExpectationRead[]): ExpectationRead[] {
  const told = new Set(others.filter(({ source }) => source === 'read').map(({ statement, assertion }) => `${statement ?? ''} ${assertion.type}`));
  return own.every(({ source }) => source === 'read') ? own.filter(({ statement, assertion }) => !told.has(`${statement ?? ''} ${assertion.type}`)) : [];
}

/** "2. Check function exists": a number, a verb and what it looks at, as a title has it. */
const CHECK_TITLE = /^\W*(?:(?:step|test|check|query) )?#?\d+[a-z]?[.):]\s+(?:check|verify|confirm|validate)(?: [\w-]+){1,5}\W*$/i;

/** Without titles that are only asked, where what their query gives is said for itself. */
function withoutTitles(found: ExpectationRead[]): ExpectationRead[] {
  if (found.every(({ source }) => source !== 'operator')) return found;
  const told = new Set(found.flatMap(({ source, statement }) => (source === 'read' && statement !== null ? [statement] : [])));
  // "Expected result:" right above a line that says it for itself.
  const lines = new Set(found.map(({ line }) => line));
  const alone = found.filter(({ source, text, line }) => source !== 'operator' || !lines.has(line + 1) || !isLabel(text));
  return alone.filter(({ source, statement, text }) => source !== 'operator' || statement === null || !told.has(statement) || !CHECK_TITLE.test(text) || /\b(?:should|must|no|not|all|every|each|both|only)\b/i.test(text));
}

const COUNTS = new Set<Assertion['type']>(['rows', 'value']);

/** Of what a heading expects: all of it, where nothing else is said of its code; else the counts that are said nowhere else. */
function besideOthers(titled: ExpectationRead[], said: ExpectationRead[]): ExpectationRead[] {
  if (said.length === 0) return titled;
  const sets = said.some(({ source, assertion }) => source !== 'operator' && assertion.type !== 'contains' && assertion.type !== 'excludes' && assertion.type !== 'includes' && assertion.type !== 'column');
  return sets ? [] : titled.filter(({ source, assertion }) => source === 'read' && COUNTS.has(assertion.type));
}

/**
 * Readings of one statement that cannot all hold ("should return 0 rows" and
 * "should error") were not meant so: a person decides each of them.
 */
function withoutConflicts(found: ExpectationRead[]): ExpectationRead[] {
  const byStatement = new Map<number, ExpectationRead[]>();
  for (const one of found) {
    if (one.source !== 'read' || one.statement === null) continue;
    const own = byStatement.get(one.statement) ?? [];
    own.push(one);
    byStatement.set(one.statement, own);
  }
  const disputed = new Set([...byStatement.values()].flatMap(disputedOf));
  return found.map((one) => (disputed.has(one) ? { ...one, source: 'operator', assertion: { type: 'operator', text: one.text }, alternative: null } : one));
}

const SUCCEEDS = new Set<Assertion['type']>(['rows', 'value', 'shape', 'column', 'contains', 'excludes', 'table', 'includes', 'success', 'affected', 'plan', 'time']);

/** A remark in brackets at the end of what a statement tries. */
const ANNOUNCES = /^.*\w.*\((?:should|must) (?:fail|error|be (?:denied|rejected|blocked))[^()]*\)\W*$/i;

function disputedOf(read: ExpectationRead[]): ExpectationRead[] {
  const refused = read.filter(({ assertion }) => assertion.type === 'error');
  const gives = read.filter(({ assertion }) => SUCCEEDS.has(assertion.type));
  // What may come as an error or as no row agrees with either.
  const agree = (one: ExpectationRead, other: ExpectationRead): boolean => other.alternative?.type === 'error' || JSON.stringify(one.alternative) === JSON.stringify(other.assertion);
  const fails = refused.filter((one) => gives.some((other) => !agree(one, other)));
  const holds = gives.filter((other) => fails.some((one) => !agree(one, other)));
  // "Try to read another tenant's rows (should fail)" announces; what is said of the result itself decides.
  if (fails.length > 0 && holds.length > 0 && fails.every(({ text }) => ANNOUNCES.test(text))) return fails;
  if (fails.length > 0 && holds.length > 0) return [...fails, ...holds];
  return (['rows', 'value', 'affected'] as const).flatMap((type) => {
    const exact = read.filter(({ assertion }) => assertion.type === type && assertion.op === '=');
    const values = new Set(exact.map(({ assertion }) => JSON.stringify('value' in assertion ? assertion.value : null)));
    return values.size > 1 ? exact : [];
  });
}

function bindOne(draft: Draft, wording: Wording, index: number): ExpectationRead[] {
  if (draft.kind === 'shell') return wording.apart === true ? [asked(wording)] : bindShell(wording, draft.shell ?? '');
  if (wording.exampled === true) return bindExample(draft, { ...wording, exampled: false }, index);
  if (wording.apart === true || draft.kind === 'operator' || draft.statements.length === 0) return [asked(wording)];
  if (wording.titled === true) return bindTitle(wording, draft.statements);
  const fault = failsWith(wording, draft.statements);
  if (fault) return bindWording(fault.wording, draft.statements, fault.at ?? statementAfterFence(draft.statements, wording, pairwise(draft, index)));
  if (wording.at !== undefined) return bindWording(wording, draft.statements, wording.at);
  const own = eachToItsOwn(wording, draft.statements) ?? eachCheck(wording, draft.statements);
  if (own) return own;
  const counted = (draft.fence === null ? null : eachByTitle(wording, draft.statements, draft.fence) ?? eachLettered(wording, draft.statements, draft.fence)) ?? eachByOrdinal(wording, draft.statements);
  const each = counted ?? eachFigure(wording, draft.statements) ?? eachTable(wording, draft.statements) ?? ofEachTable(wording, draft.statements) ?? eachKind(wording, draft.statements) ?? eachCounted(wording, draft.statements) ?? bothExist(wording, draft.statements) ?? eachInTurn(wording, draft.statements);
  if (each) return each.flatMap(({ at, text }) => bindWording({ ...wording, text, shown: wording.shown ?? wholeText(wording), extra: null }, draft.statements, at));
  const columns = eachColumn(wording, draft.statements);
  if (columns) return columns.flatMap(({ at, line }) => bindWording({ ...wording, text: 'Expected:', shown: line, extra: { kind: 'list', lines: [line] } }, draft.statements, at));
  const names = eachSought(wording, draft.statements);
  if (names) return names.flatMap(({ at, lines }) => bindWording({ ...wording, text: lines.length === 1 && draft.statements[at]?.shape.oneRow === true ? `Expected: ${lines[0] ?? ''}` : 'Expected:', shown: lines.join('\n'), extra: lines.length === 1 && draft.statements[at]?.shape.oneRow === true ? null : { kind: 'list', lines } }, draft.statements, at));
  const sought = bySought(wording, draft.statements);
  if (sought) return saidOf(sought, wording, draft.statements);
  const subjects = eachSubject(wording, draft.statements);
  if (subjects) {
    return subjects.flatMap(({ sought: own, line }) => {
      const said: Wording = { ...wording, text: 'Expected:', shown: line, extra: { kind: 'list', lines: [line] } };
      return own ? saidOf(own, { ...said, text: line, extra: null }, draft.statements) : bindWording(said, draft.statements, statementAfterFence(draft.statements, wording, null));
    });
  }
  const chosen = byCommand(wording, draft.statements) ?? statementAfterFence(draft.statements, wording, pairwise(draft, index));
  const counts = beyondTheSample(draft.statements, chosen, (at) => bindWording(wording, draft.statements, at).every(({ source }) => source === 'read'));
  const bound = bindWording(wording, draft.statements, counts ?? chosen);
  return isOverAll(wording, draft.statements, bound) ? [asked(wording, counts ?? chosen)] : bound;
}

/** What is said of the query that looks for what the wording begins with. */
function saidOf({ at, text }: Sought, wording: Wording, statements: StatementRead[]): ExpectationRead[] {
  return text === null ? [asked(wording, at)] : bindWording({ ...wording, text, shown: wording.shown ?? wording.text }, statements, at);
}

/** "3 rows inserted" of three statements, "the total should be 15" of several counts: what they come to together is no figure of one. */
function isOverAll({ text, extra }: Wording, statements: StatementRead[], bound: ExpectationRead[]): boolean {
  if (extra !== null || /\b(?:each|every|last|second|first)\b/i.test(text)) return false;
  const writes = statements.filter(({ command, shape }) => !shape.returnsRows && /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(command)).length;
  if (writes > 1 && bound.length === 1 && bound.some(({ assertion }) => assertion.type === 'affected' && assertion.value !== 0)) return true;
  return statements.filter(({ shape }) => shape.returnsRows && shape.oneRow && shape.singleColumn).length > 1 && /^\W*(?:the )?(?:sum|(?:grand )?total)\b/i.test(text);
}

/** Kinds of what an example tells that do not hang on its values. */
const OF_ANY_VALUES = new Set<Assertion['type']>(['success', 'affected', 'rows', 'error']);

function bindExample(draft: Draft, wording: Wording, index: number): ExpectationRead[] {
  const read = bindOne(draft, wording, index);
  return read.every(({ assertion }) => OF_ANY_VALUES.has(assertion.type)) ? read : [asked(wording)];
}

/** What a heading expects is of its only statement, or its only query; which of several must fail, it does not say. */
function bindTitle(wording: Wording, statements: StatementRead[]): ExpectationRead[] {
  const queries = statements.flatMap(({ shape }, at) => (shape.returnsRows ? [at] : []));
  const at = statements.length === 1 ? 0 : queries.length === 1 ? (queries[0] ?? null) : null;
  const read = at === null ? [] : bindWording(wording, statements, at);
  return at === null || (statements.length > 1 && read.some(({ assertion }) => assertion.type === 'error')) ? [asked(wording)] : read;
}

/** A transcript with a result a statement, or a table with a row a query that answers with one value: each is its own statement's. */
function eachToItsOwn(wording: Wording, statements: StatementRead[]): ExpectationRead[] | null {
  const { extra } = wording;
  if (extra?.kind === 'output') return raisedLines(wording, extra.text, statements) ?? printedForEach(wording, extra.text, statements);
  if (extra?.kind !== 'table') return null;
  const expected = extra.columns.findIndex((column) => /^\W*expect(?:ed|ation)?\b/i.test(column));
  const queries = statements.flatMap(({ shape }, at) => (shape.returnsRows ? [{ shape, at }] : []));
  const counted = extra.rows.every((row, index) => row.some((cell, at) => at !== expected && new RegExp(`^\\W*(?:[a-z]{0,12}[-. #]?)?${index + 1}\\W*(?:$|[\\s:.)–—-])`, 'i').test(cell)));
  if (expected === -1 || queries.length !== extra.rows.length || !(counted || queries.every(({ shape }) => shape.oneRow && shape.singleColumn))) return null;
  return extra.rows.flatMap((row, index) => bindWording({ ...wording, text: `Expected: ${row[expected] ?? ''}`, extra: null }, statements, queries[index]?.at ?? null));
}

/** Lines that a block raises, and tags between them. */
function raisedLines(wording: Wording, text: string, statements: StatementRead[]): ExpectationRead[] | null {
  const { line, remedy } = wording;
  const raised = wording.asks === true ? null : raisedForEach(text, statements);
  return raised && raised.map(({ at, assertion }) => ({ line, text: wording.text, statement: at, source: 'read', assertion, alternative: null, remedy }));
}

/** Results one below the other, of each statement or of each that returns rows; of any others a person tells. */
function printedForEach(wording: Wording, text: string, statements: StatementRead[]): ExpectationRead[] | null {
  const all = statements.map((_, at) => at);
  const queries = all.filter((at) => statements[at]?.shape.returnsRows === true);
  const results = resultsOf(text) ?? spacedResults(text, queries.map((at) => statements[at]?.shape.columns ?? []));
  if (results === null || results.length === 0 || wording.asks === true) return null;
  const answers = (among: number[]): boolean => among.length === results.length && results.every((one, index) => isOf(one, statements[among[index] ?? -1]));
  const among = answers(all) ? all : results.every(({ kind }) => kind === 'rows') && answers(queries) ? queries : null;
  if (among === null) return results.length > 1 && results.some(({ kind }) => kind === 'rows') ? [asked(wording, queries.at(-1) ?? null)] : null;
  return results.flatMap((one, index) => {
    const at = among[index] ?? null;
    if (one.kind === 'tag') return [tagRead(wording, one.tag, at, statements)];
    return bindWording({ ...wording, extra: { kind: 'output', text: one.text } }, statements, at);
  });
}

function isOf(result: Printed, statement: StatementRead | undefined): boolean {
  return result.kind === 'rows' ? statement?.shape.returnsRows === true : statement?.command === result.tag.command;
}

function tagRead(wording: Wording, { rows }: Tag, at: number | null, statements: StatementRead[]): ExpectationRead {
  const assertion: Assertion = rows === null ? { type: 'success' } : statements[at ?? -1]?.shape.returnsRows === true ? { type: 'rows', op: '=', value: rows } : { type: 'affected', op: '=', value: rows };
  return { line: wording.line, text: wording.text, statement: at, source: 'read', assertion, alternative: null, remedy: wording.remedy };
}

/** As many wordings as statements that return rows: each to its own, in order. */
function pairwise(draft: Draft, index: number): number | null {
  const returning = draft.statements.flatMap((one, at) => (one.shape.returnsRows ? [at] : []));
  return returning.length > 1 && returning.length === draft.around.length && returning.length === draft.statements.length ? (returning[index] ?? null) : null;
}

/** Of a command, only its output, its exit code and counts of tests can be judged. */
function bindShell(wording: Wording, shell: string): ExpectationRead[] {
  const shown = namesShown(wording) ?? textsShown(wording);
  if (shown) return shown.map((value) => ({ line: wording.line, text: wording.text, statement: null, source: 'read', assertion: inOutput(value, shell), alternative: null, remedy: wording.remedy }));
  const read = readWording(wording.text, { shape: null, extra: wording.extra });
  const judged = read.assertions.filter((assertion) => ['output', 'exit', 'tests', 'success'].includes(assertion.type));
  if (judged.length === 0 || judged.length < read.assertions.length) return [asked(wording)];
  return judged.map((assertion) => ({ line: wording.line, text: wording.text, statement: null, source: read.source, assertion, alternative: null, remedy: wording.remedy ?? read.remedy }));
}

/** What stands in the output: of a document that a command prints, "ok: true" is one of its fields. */
function inOutput(value: string, shell: string): Assertion {
  const [, name = '', said = ''] = /\b(?:curl|jq|http|wget)\b/.test(shell) ? (/^"?([\w-]+)"?: (true|false|null|-?\d+|"[^"]*")$/.exec(value) ?? []) : [];
  return name === '' ? { type: 'output', op: 'contains', value } : { type: 'output', op: 'matches', value: `"${name}"\\s*:\\s*${said}(?![\\w.])` };
}

/** "You should see:" and names in back-ticks, each on its own: texts of the output. */
function namesShown({ text, extra }: Wording): string[] | null {
  if (extra?.kind !== 'list' || !/^\W*(?:expected(?: (?:result|output))?s?|you should see|should (?:show|list|include|contain)|output)\W*$/i.test(text)) return null;
  const names = extra.lines.map((line) => /^`([^`]+)`$/.exec(line.trim())?.[1]);
  return names.every((name) => name !== undefined) ? names : null;
}

const TEXT = String.raw`(?:"[^"\x60]+"|\x60[^\x60]+\x60)`;
const SHOWS = new RegExp(String.raw`^\W*(?=expect|it |this |you |output|should)(?:expected(?: (?:output|result))?\W*?\s)?(?:(?:(?:it|this|you|output) )?should (?:return|output|print|show|see|list|contain|include)s?:? )?(${TEXT}(?:(?:,| and|, and) ${TEXT})*)\.?\s*$`, 'i');

/** "Should print "ready"": texts of the output, where nothing else is said. A document is laid out in other ways, and a status is not always printed. */
function textsShown({ text, extra }: Wording): string[] | null {
  const said = extra === null ? SHOWS.exec(text)?.[1] : undefined;
  const texts = [...(said ?? '').matchAll(new RegExp(TEXT, 'g'))].map(([quoted]) => quoted.slice(1, -1));
  return texts.length > 0 && texts.every((one) => /\p{L}{2}|^0\d{2,}$/u.test(one) && !/[{}[\]<>…]|\.{3}|X{3}|\b[1-5]\d\d\b|\p{Extended_Pictographic}/u.test(one)) ? texts : null;
}
