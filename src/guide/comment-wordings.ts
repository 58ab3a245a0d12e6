import { addLine, ALL_EXIST, continues, COUNTED, hangingList, HELD, listLine, LOOSENS, NAME_LINE, NAMED, ONE_EXISTS, PAIR, REMARK, ROWS_AT_END, VALUE_OF } from './comment-lists.js';
import { bothExist, eachKind } from './by-kind.js';
import { eachColumn } from './by-subject.js';
import { recordsBelow } from './comment-records.js';
import { titledFact } from './comment-titles.js';
import type { CommentRun } from './comments.js';
import { eachByOrdinal } from './ordinals.js';
import { asked, bindWording, type ExpectationRead, type Reach, type Wording } from './expectation.js';
import { plainText } from './plain.js';
import { isAnswer, isExpectation, isLabel, mayExpect, readWording } from './reading.js';
import type { StatementRead } from './statement.js';

/**
 * Binds the comments of a fence to its statements (rules 1 to 5 of the language).
 * `firstLine` is the document line of the body's first line.
 */
export function expectationsOfComments(runs: CommentRun[], statements: StatementRead[], firstLine: number): ExpectationRead[] {
  const denied = runs.some((run) => run.lines.some(({ text }) => /\bshould not (?:appear|exist|be (?:there|listed))\b/i.test(text)));
  const leading = standAbove(runs);
  return runs.flatMap((run) => {
    if (run.inside) return insideOf(run, statements, firstLine);
    const fact = titledFact(run, statements);
    if (fact !== null) return bindWording({ line: firstLine + (run.lines[0]?.line ?? 0), text: fact, shown: run.lines[0]?.text.trim() ?? fact, extra: null, remedy: null }, statements, run.after);
    return wordingsOfRun(run, firstLine, answers(run, statements), duties(run, statements)).flatMap(({ wording, forward }) => {
      // "Check if the tables exist": not all of them, where one should not.
      if (denied && /^check (?:if|whether)\b/i.test(wording.text)) return [];
      const near = statementOf(run, leading || forward || (wording.line > firstLine + (run.lines[0]?.line ?? 0) && isHeaded(run)));
      const done = pastSettings(run, withinLine(run, near, statements), statements);
      const index = writtenAbove(wording.text, run, triedBelow(wording.text, done, statements), statements);
      if (done !== near && AS_ROLE.test(wording.text)) Object.assign(wording, { text: wording.text.replace(AS_ROLE, ''), shown: wording.text });
      // "-- 48213 rows" behind an UPDATE may tell what another database had; only words or a command tag say what must be.
      if (index !== null && statements[index]?.shape.returnsRows === false && /^\d+ rows?$/i.test(wording.text)) wording.asks = true;
      const item = lastItem(run, statements);
      if (item !== null) return [{ ...asked(wording, run.own), source: 'read', assertion: item }];
      const counted = eachByOrdinal(wording, statements) ?? eachKind(wording, statements) ?? (run.after === null ? bothExist(wording, statements) : null);
      if (counted) return counted.flatMap(({ at, text }) => bindWording({ ...wording, text, shown: wording.text }, statements, at));
      const columns = eachColumn(wording, statements);
      if (columns) return columns.flatMap(({ at, line }) => bindWording({ ...wording, text: 'Expected:', shown: line, extra: { kind: 'list', lines: [line] } }, statements, at));
      return bindWording(wording, statements, index, reachOf(run, index, statements));
    });
  });
}

/** `… AS last;  -- expect true` behind a row of several columns: of the last, which stands on its line. */
function lastItem(run: CommentRun, statements: StatementRead[]): ExpectationRead['assertion'] | null {
  const [comment, ...more] = run.lines;
  const shape = run.own === null ? undefined : statements[run.own]?.shape;
  const last = /\bas\s+"?([A-Za-z_][\w$]*)"?\s*;?\s*$/i.exec(comment?.code ?? '')?.[1]?.toLowerCase();
  const said = /^\s*(?:expect(?:ed|s)?:?|should (?:be|return):?|must be|→|=>|->) (true|false|t|f|\d+)\s*$/i.exec(comment?.text ?? '')?.[1]?.toLowerCase();
  const column = shape?.columns.at(-1);
  if (more.length > 0 || said === undefined || shape?.oneRow !== true || shape.columns.length < 2 || column == null || column.toLowerCase() !== last) return null;
  return { type: 'column', column, quantifier: 'every', op: '=', value: /^\d/.test(said) ? Number(said) : said.startsWith('t') };
}

/** Where "all" is said of a run's statement: behind a query for several rows, on its line, of those rows. */
function reachOf(run: CommentRun, index: number | null, statements: StatementRead[]): Reach {
  if (index !== run.own) return index === run.after ? 'below' : 'above';
  const shape = index === null ? undefined : statements[index]?.shape;
  return shape?.returnsRows === true && !shape.oneRow ? 'own' : 'above';
}

/**
 * What a comment inside a statement says of its result: behind a column, of that column in
 * every row; of its rows, where it says so. Anything else is a note on a part of it.
 */
function insideOf(run: CommentRun, statements: StatementRead[], firstLine: number): ExpectationRead[] {
  const [comment] = run.lines;
  const shape = run.after === null ? undefined : statements[run.after]?.shape;
  if (comment?.trailing === true && shape?.returnsRows === false && isExpectation(comment.text) === 'backward') return bindWording({ line: firstLine + comment.line, text: comment.text.trim(), extra: null, remedy: null }, statements, run.after).filter(({ assertion }) => assertion.type === 'error');
  // "→ 24" behind a column of the one row.
  const shown = shape?.oneRow === true ? /^\s*(?:→|=>|->)\s*(-?\d[\d,.]*|true|false|null)\s*$/i.exec(comment?.text ?? '')?.[1] : undefined;
  if (comment === undefined || !comment.trailing || shape?.returnsRows !== true || (shown === undefined && isExpectation(comment.text) !== 'backward')) return [];
  const wording: Wording = { line: firstLine + comment.line, text: shown === undefined ? comment.text.trim() : `Expected: ${shown}`, extra: null, remedy: null };
  if (/\brows?\b/i.test(comment.text)) {
    const read = bindWording(wording, statements, run.after);
    return read.every(({ assertion }) => assertion.type === 'rows') ? read : [asked(wording, run.after)];
  }
  const last = /([A-Za-z_][\w$]*)"?\s*,?\s*$/.exec(comment.code ?? '')?.[1]?.toLowerCase();
  const column = shape.oneRow || shape.filtered ? shape.columns.find((name) => name !== null && name.toLowerCase() === last) : undefined;
  if (column == null) return [];
  // Behind a column stands its value, a figure too: never a number of rows.
  const { assertions: [only, ...more], alternative } = readWording(wording.text, { shape: { ...shape, columns: [column], singleColumn: true, ...(/\d/.test(comment.text) ? { oneRow: true, counts: true } : { counts: shape.oneRow }) }, extra: null });
  const told = only?.type === 'column' && more.length === 0 && only.column === column ? only : only?.type === 'value' && more.length === 0 && alternative === null ? { type: 'column' as const, column, quantifier: 'every' as const, op: only.op, value: only.value } : null;
  return [{ ...asked(wording, run.after), ...(told ? { source: 'read' as const, assertion: told } : {}) }];
}

/** Titles of what comes next: "V5: Confirm …", "3. Policies", "Check …". */
const TITLE = /^\W*(?:(?:step|test|check|query|section|part|case|phase|exercise|task|validation|verification)\b|[A-Z]{0,5}[-.]?\d+[a-z]?\s*[.:)—–-]|(?:verify|confirm|ensure|validate|count|list|show|find|detect|make sure)\b)/i;

/** Whether a run begins with a title: what it goes on to expect is of the statement below it. */
function isHeaded(run: CommentRun): boolean {
  const title = run.lines.find(({ text }) => /[\p{L}\d]/u.test(text))?.text ?? '';
  return TITLE.test(title) && isExpectation(title) === null;
}

/** Whether comments stand above their statements: what the first of them expects is of the first statement, and none stands behind the last. */
function standAbove([first, ...others]: CommentRun[]): boolean {
  return first?.before === null && first.touchesBelow && others.length > 0 && first.lines.some(({ text }) => isExpectation(text) !== null) && others.every((run) => run.inside || (run.own === null && run.after !== null));
}

/** "0 rows affected" between a write and a query: of the write, though the query stands right below. */
function writtenAbove(text: string, { own, before }: CommentRun, index: number | null, statements: StatementRead[]): number | null {
  const [at, above] = [statements[index ?? -1], statements[before ?? -1]];
  const written = own === null && at?.command === 'SELECT' && above !== undefined && /^(?:UPDATE|DELETE|INSERT|MERGE)$/.test(above.command) && !above.shape.returnsRows;
  return written && /\b(?:\d+|no|zero|one) rows? (?:affected|updated|deleted|inserted)\b/i.test(text) ? before : index;
}

function statementOf(run: CommentRun, forward: boolean): number | null {
  if (run.own !== null) return run.own;
  if (run.touchesAbove !== run.touchesBelow) return (run.touchesAbove ? run.before : run.after) ?? run.before ?? run.after;
  return forward ? (run.after ?? run.before) : (run.before ?? run.after);
}

/** "As anon, this should return no rows" above `SET ROLE anon`: of what is then done as that role. */
function pastSettings(run: CommentRun, given: number | null, statements: StatementRead[]): number | null {
  const above = given === null || given !== run.before ? undefined : statements[given];
  const index = run.own === null && run.touchesBelow && above !== undefined && isSetting(above) ? run.after : given;
  if (index === null || run.own !== null || index !== run.after) return index;
  const done = statements.findIndex((one, at) => at >= index && !isSetting(one));
  return done === -1 ? index : done;
}

/** "SET ROLE anon; SELECT …; RESET ROLE; -- expect: denied": of what is done in that line as that role. */
function withinLine(run: CommentRun, index: number | null, statements: StatementRead[]): number | null {
  const last = index === null ? undefined : statements[index];
  if (run.own === null || last === undefined || !isSetting(last)) return index;
  const done = statements.findLastIndex((one, at) => at < (index ?? 0) && one.line === last.line && !isSetting(one));
  return done === -1 ? index : done;
}

/** "UPDATE denied (should raise P0001)" above an INSERT that prepares it: of the UPDATE below, where there is one alone. */
function triedBelow(text: string, index: number | null, statements: StatementRead[]): number | null {
  const command = /^\W*(?:(?:\d+[a-z]?|test(?: case)?(?: ?#?\d+)?)[.):–—-]* +)?(INSERT|UPDATE|DELETE) (?:is |was |must be |should be )?(?:denied|rejected|blocked|refused|fails?|not allowed)\b/.exec(text)?.[1];
  if (index === null || command === undefined || statements[index]?.command === command) return index;
  const [only, ...more] = statements.flatMap((one, at) => (at > index && one.command === command ? [at] : []));
  return only === undefined || more.length > 0 ? index : only;
}

/** "As anonymous user, it should …": as whom, which the settings before the statement say. */
const AS_ROLE = /^as (?:an? |the )?[\w -]{2,30}, (?=(?:(?:this|it|you|they) )?(?:should|must)\b)/i;

const isSetting = ({ command, sql }: StatementRead): boolean => /^(?:SET|RESET|BEGIN)$/.test(command) || /^\s*select\s+(?:pg_catalog\.)?set_config\s*\(/i.test(sql);

/** A figure, and behind it why it is so. */
const TOLD_FIGURE = /^\s*\d[\d,]*(?:[,:;] |\s\(|\s[–—]\s| (?:values?|rows?|until|because|since|for)\b)/;

/** "Result: 12 rows", a line further down as well. */
const RESULT = /^\s*(?:results?|outputs?)\s*:\s*(?:exactly )?(?:\d[\d,]*|no|zero)(?: (?:rows?|records?)(?: (?:affected|updated|inserted|deleted|changed))?)?(?: \([^()]*\))?\.?\s*$/i;

/** Whether the run's first line shows the answer of the statement it stands right behind, without a cue. */
function answers(run: CommentRun, statements: StatementRead[]): boolean {
  const first = run.lines[0]?.text ?? '';
  // An error is the answer of what stands right above it, also where the next statement stands right below.
  const behind = run.own ?? ((run.touchesAbove || RESULT.test(first)) && (!run.touchesBelow || (run.touchesAbove && /^\s*ERROR:\s/.test(first))) ? run.before : null);
  const statement = behind === null ? undefined : statements[behind];
  if (statement !== undefined && !statement.shape.returnsRows && /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(statement.command) && RESULT.test(first)) return true;
  if (run.lines.length > 1 && statement?.shape.returnsRows === true && /^\s*results?\s*:\s*$/i.test(first)) return true;
  // "-- 0, deliberately" on the statement's own line.
  if (run.own !== null && statement?.shape.returnsRows === true && statement.shape.singleColumn && TOLD_FIGURE.test(first)) return true;
  return statement !== undefined && (isAnswer(first, statement.shape.returnsRows, /\braise\b/i.test(statement.sql)) || (statement.shape.returnsRows && / \| /.test(first) && /\||-{3,}/.test(run.lines[1]?.text ?? '')) || tellsColumns(first, statement.shape.columns) || (statement.shape.returnsRows && isPasted(run)));
}

/**
 * What tells whether a line without a known cue still says what should be: beside a statement that returns rows,
 * behind it or in one breath with an expectation of it; elsewhere where it names one of its columns.
 */
function duties(run: CommentRun, statements: StatementRead[]): (text: string, follows: boolean) => boolean {
  const index = statementOf(run, false);
  const shape = index === null ? undefined : statements[index]?.shape;
  if (shape?.returnsRows !== true) return () => false;
  const behind = run.own !== null || (run.touchesAbove && !run.touchesBelow);
  const columns = shape.columns.flatMap((column) => (column === null || column === '*' ? [] : [column.toLowerCase()]));
  const sought = run.after === index && (shape.sought?.length ?? 0) > 1 && shape.like === undefined ? shape.soughtIn : undefined;
  const lookedFor = run.after === index && shape.filtered && !shape.oneRow;
  const shows = run.touchesAbove && !run.touchesBelow ? SHOWS_VALUES : null;
  return (text, follows) => (follows && shows?.test(text) === true && !LEADS_ON.test(text) && text.split('(').length >= text.split(')').length) || (lookedFor && ONE_EXISTS.test(text.trim())) || (sought !== undefined && (/tables/i.test(text) || !/table/i.test(sought)) && ALL_EXIST.test(text.trim())) || (mayExpect(text) || ((behind || follows) && (EACH_ROW.test(text.trim()) || (follows && NO_SUCH.test(text.trim()))))) && (run.after === null || !TITLE.test(text)) && (behind || follows || /\b(?:should|must) (?:(?:only|not|never|all|both|still|now) )?(?:see|exist|return|show|appear|list)\b/i.test(text) || text.toLowerCase().split(/\W+/).some((word) => columns.includes(word)));
}

/** Behind what is expected in the same breath: figures, texts or pairs, whatever they are of. */
const SHOWS_VALUES = /\d|[\p{L}\d_]\s*=\s*\S|'[^']+'|"[^"]+"/u;
/** What is done next, why it is so, or of what it is an example. */
const LEADS_ON = /^\W*(?:then|next|now|note|because|since|so|this|that|these|see|e\.g|example|i\.e|used|uses?|run|execute|replace|todo|fixme|source|ref|was|before|after|step|part|phase|https?)\b|\?\s*$/i;

/** `boats = 8, berths = 10` behind a query for those: what it gave. */
function tellsColumns(line: string, columns: readonly (string | null)[]): boolean {
  const pairs = line.trim().split(/,\s+/).map((pair) => /^`?([a-z_]\w*)`?\s*[=:]\s*[^\s=][^=]{0,60}$/i.exec(pair)?.[1]?.toLowerCase());
  return pairs.every((name) => name !== undefined && columns.some((column) => column?.toLowerCase() === name));
}

/** "North: 4" and "South: 5", two lines at least and nothing else: what a query gave. */
const isPasted = (run: CommentRun): boolean => run.touchesAbove && run.lines.length > 1 && run.lines.every(({ text }) => PAIR.test(text) && /[:=]\s*(?:\d|true|false)/i.test(text) && !REMARK.test(text));

/** "No `berth` column", in one breath with what there is. */
const NO_SUCH = /^no [`'"][\w.]+[`'"] (?:column|table|policy|index|function|trigger|constraint|view|type|row|entry)\b/i;

/** "Every row has a berth" behind a query: said of what it gives. */
const EACH_ROW = /^(?:every|each|all) (?:rows?|records?|entr(?:y|ies)) (?:has|have|is|are|shows?|with)\b/i;

const BRANCH = /^\s*(?:\W*\s)?(?:if|when|otherwise|else)\b/i;

/** The expectations that a run of comment lines holds; lines that continue one join it. `answered`: the first line is one without a cue. */
function wordingsOfRun(run: CommentRun, firstLine: number, answered: boolean, isDuty: (text: string, follows: boolean) => boolean): { wording: Wording; forward: boolean }[] {
  const found: { wording: Wording; forward: boolean }[] = [];
  let open: { wording: Wording; forward: boolean } | null = null;
  let until = 0;
  for (const [index, comment] of run.lines.entries()) {
    if (index < until) continue;
    // Rules frame: below a heading such as "EXPECTED RESULT" stands what it is, and only one of dashes below a label may be a table's.
    const rule = /^\s*[-=*#_~─═━]{4,}\s*$/.test(comment.text);
    const labelled = open !== null && /[:：]$/.test(open.wording.text.trim());
    const dashes = /^\s*-+\s*$/.test(comment.text);
    if (rule && !dashes && labelled && open?.wording.extra === null) continue;
    if (open?.wording.extra?.kind === 'table' && open.wording.extra.columns.length === 1 && (dashes || rule || /^\s+(?:[\w.-]+|\([\w.-]+ should not (?:appear|exist|be (?:there|listed))\))\s*$/i.test(comment.text))) {
      if (!dashes && !rule && !comment.text.includes('(')) addLine(open.wording, comment.text.trim());
      continue;
    }
    if (open && DRAWN.test(comment.text) && (open.wording.extra?.kind === 'output' || (labelled && open.wording.extra === null))) {
      open.wording.extra = { kind: 'output', text: open.wording.extra?.kind === 'output' ? `${open.wording.extra.text}\n${comment.text}` : comment.text };
      continue;
    }
    // "Check the bucket (should be private):" right above it is a title, and no label.
    const text: string = rule && !(dashes && labelled) ? '' : comment.text.trim().replace(/(?<=\((?:should|must|both should|all should)\b[^()]*\))[:：]$/i, '').replace(/^(?:→|->|=>)\s*(?=expect(?:ed)?\b)/i, '');
    const said = text === '' ? null : (isExpectation(text) ?? (answered && (index === 0 || (NOTICE.test(text) && NOTICE.test(run.lines[index - 1]?.text.trim() ?? ''))) ? 'backward' : null));
    const cue: 'backward' | 'forward' | null = said ?? (text !== '' && !(open !== null && continues(open.wording, comment.text)) && isDuty(text, open !== null) ? 'backward' : null);
    if (open && BRANCH.test(text)) {
      // "If there are none:" over what is then to be seen: which of the cases it is, a person tells.
      if (/[:：]$/.test(text) && (open.wording.extra === null || open.wording.asks === true) && labelled) {
        open.wording.asks = true;
        addLine(open.wording, text);
      } else open.wording.remedy = open.wording.remedy === null ? plainText(text) : `${open.wording.remedy} ${plainText(text)}`;
    } else if (open?.wording.remedy != null && cue === null && BRANCH.test(run.lines[index - 1]?.text.trim() ?? '') && /^[a-z(]/.test(text) && !/[.!;]\s*$/.test(run.lines[index - 1]?.text ?? '')) {
      // The case goes on.
      open.wording.remedy = `${open.wording.remedy} ${plainText(text)}`;
    } else if (/^\s*\^+\s*$/.test(comment.text)) {
      // "^" points at what stands above it, and what is under it says it once more.
      open = null;
    } else if (open && (cue === null || listLine(comment.text, open.wording) || /,$/.test(open.wording.text.trim())) && text !== '' && continues(open.wording, comment.text)) {
      // "Expected: the seeded flag", and then a column a line.
      if (open.wording.extra === null && VALUE_OF.test(text) && !/[:：,]$/.test(open.wording.text.trim()) && VALUE_OF.test(run.lines[index + 1]?.text.trim() ?? '')) {
        open = { wording: { line: firstLine + comment.line, text: 'Expected:', extra: null, remedy: null }, forward: open.forward };
        found.push(open);
      }
      // "typname", and below it a rule: the only column of what is printed.
      if (open.wording.extra === null && labelled && /^[a-z_]\w*$/i.test(text) && /^\s*[-─━]{3,}\s*$/.test(run.lines[index + 1]?.text ?? '')) {
        open.wording.extra = { kind: 'table', columns: [text], rows: [] };
        continue;
      }
      const next = run.lines[index + 1]?.text ?? '';
      const hanging = hangingList(open.wording, comment.text);
      if (hanging) Object.assign(open.wording, hanging);
      else if ((/^\s{3,}/.test(comment.text) && HELD.test(text) && (open.wording.extra?.kind === 'list' || (open.wording.extra === null && COUNTED.test(open.wording.text)))) || (/\S +\| +\S/.test(text) && open.wording.extra === null && ROWS_AT_END.test(open.wording.text))) {
        if (open.wording.extra === null) open.wording.text = `${open.wording.text}:`;
        addLine(open.wording, text);
      }
      else if (NAME_LINE.test(text) && (open.wording.extra?.kind === 'list' || (open.wording.extra === null && COUNTED.test(open.wording.text)))) {
        if (open.wording.extra === null) open.wording.text = `${open.wording.text}:`;
        addLine(open.wording, `- ${text}`);
      }
      else if (listLine(comment.text, open.wording) || (labelled && open.wording.extra === null && isLabel(open.wording.text) && PAIR.test(next) && /[:=]\s*\S+\s*$/.test(text))) addLine(open.wording, text);
      else if (open.wording.extra?.kind === 'list' && labelled && /^[a-z]/.test(text) && !LOOSENS.test(text)) open.wording.extra.lines.push(`${open.wording.extra.lines.pop() ?? ''} ${text}`.trim());
      else if (NAMED.test(text) && /\d [a-z ]*(?:rows|tables|columns|policies|indexes|functions|triggers|entries|records|names)$/i.test(open.wording.text)) open.wording.text = `${open.wording.text}: ${text}`;
      else if (/^`?[a-z]\w*_\w+`? ?= ?\S/.test(text) && /[=<>]/.test(open.wording.text) && !/[.,;:]$/.test(open.wording.text.trim())) open.wording.text = `${open.wording.text}, ${text}`;
      else open.wording.text = `${open.wording.text}${NAMED.test(text) && NAMED.test(open.wording.text.replace(/^.*[:：]\s*/, '')) ? ',' : ''} ${text}`;
    } else if (cue && said === 'backward' && answered && index === 0 && / \| /.test(text) && !/^\w+: /.test(text) && isExpectation(text) === null) {
      // A row, or the head of a table, as psql prints it.
      open = { wording: { line: firstLine + comment.line, text: 'Expected:', extra: null, remedy: null }, forward: false };
      addLine(open.wording, text);
      found.push(open);
    } else if (cue && answered && index === 0 && PAIR.test(comment.text)) {
      open = { wording: { line: firstLine + comment.line, text: 'Expected:', extra: null, remedy: null, shown: text }, forward: false };
      addLine(open.wording, text);
      found.push(open);
    } else if (cue) {
      const [, first = '', label = ''] = COUNT_THEN_LABEL.exec(text) ?? [];
      if (label !== '') found.push({ wording: { line: firstLine + comment.line, text: first, extra: null, remedy: null }, forward: cue === 'forward' });
      open = label !== '' ? { wording: { line: firstLine + comment.line, text: label, extra: null, remedy: null }, forward: cue === 'forward' } : { wording: { line: firstLine + comment.line, text: isLabel(text) && !/[:：]$/.test(text) ? `${text}:` : text, extra: null, remedy: null }, forward: cue === 'forward' };
      found.push(open);
      const records = isLabel(text) ? recordsBelow(run.lines, index + 1) : null;
      if (records) {
        open.wording.extra = records.extra;
        until = records.until;
        open = null;
      }
    } else open = null;
  }
  return found;
}

/** "Expect 1 row. `detail` must contain:": how many rows, and over a list what else. */
const COUNT_THEN_LABEL = /^((?:expect(?:ed)?:?|should (?:return|be)|must (?:return|be)) (?:exactly |at least )?(?:\d+|one|no|zero) rows?)\. ([^.!?]+[:：])$/i;

/** A table in a frame. */
const DRAWN = /^\s*[┌│├└╔║╠╚]/u;

/** What a block says; one line after the other where it says more. */
const NOTICE = /^NOTICE:\s/;
