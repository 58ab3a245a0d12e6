import { looksLikeAttributes, readAttributes, type Attributes } from './attributes.js';
import { hasBlank, readBlanks } from './blanks.js';
import type { Fence } from './block.js';
import { boxesIn } from './boxes.js';
import { readCommentRuns, type CommentRun } from './comments.js';
import { toldInComments } from './comments-told.js';
import type { Draft, FenceRead, Guide } from './draft.js';
import { expectationsOfComments } from './comment-wordings.js';
import { readExpectFence } from './expect-fence.js';
import { splitFence } from './fence-parts.js';
import type { Place } from './guide.js';
import { impersonationOf } from './impersonate.js';
import { isSqlLanguage } from './info-string.js';
import { plainText } from './plain.js';
import { isPattern, showsEdit, withoutOtherSystems } from './patterns.js';
import { isPrinted, isVolatile } from './printed.js';
import { isExpectation } from './reading.js';
import { isForward } from './roles.js';
import { commandsOf, isProse, isRemarks, wordingsOfShell } from './shell-text.js';
import { forwardCommands, isSettings, lineOfEndless, lineOfSentSql } from './shell-parts.js';
import { lineIndex, readStatements, type SqlRead } from './statement.js';
import { ofAnyNumber } from './statement-known.js';
import { withoutPrinted } from './sql-printed.js';
import { checkTransactions } from './transactions.js';
import { readSqlFile, reportCuts, reportFaults } from './sql-files.js';
import { closeGroup, isLeftOut, makeDraft, roleNow, titleNow, type Walk } from './walk.js';
import { readBlankLines } from './walk-blanks.js';
import { skipExample, skipFence, tellLeftOut } from './walk-example.js';
import { readList } from './walk-list.js';
import { takeDeedsAbove } from './walk-manual.js';
import { giveSpread } from './walk-spread.js';
import { readWithCommands } from './walk-commands.js';
import { sqlInShellFence } from './walk-mislabelled.js';
import { addWording, answersAbove, isOutputLabel } from './walk-wording.js';

const SHELL = new Set(['bash', 'sh', 'shell', 'console', 'zsh', 'shell-session', 'terminal', 'shellscript']);
/** Shells whose commands are not ours to run: the operator is asked. */
const OTHER_SHELL = new Set(['powershell', 'ps1', 'pwsh', 'bat', 'cmd', 'batch', 'dos']);
const OUTPUT = new Set(['text', 'txt', 'plain', 'plaintext', 'output', 'log', 'markdown', 'md']);

const DATA = new Set(['json', 'jsonc', 'json5', 'yaml', 'yml', 'csv', 'xml', 'html', 'http']);

/** Every text that the server reads afterwards would be another one. */
const OTHER_ENCODING = /^\s*set\s+(?:(?:session|local)\s+)?(?:client_encoding|names)\b(?!\s*(?:to\b|=)?\s*['"]?(?:utf-?8|unicode|default)\b)/i;

const readBody = ofAnyNumber(readStatements);

/** Whether a fence says that it is SQL or shell. */
export function isRunnable(fence: Fence): boolean {
  return isSqlLanguage(fence.lang) || (fence.lang !== null && SHELL.has(fence.lang));
}

/** Reads one fence: a step, the lines of an expectation, a template, or nothing that runs. */
export function readFence(walk: Walk, fence: Fence): void {
  const lang = fence.lang;
  if (lang === 'expect') return readExpectFence(walk, fence);
  if (walk.open !== null && walk.open.extra === null && isOutputLabel(walk, walk.open.text)) {
    walk.open.extra = { kind: 'output', text: fence.body };
    return closeGroup(walk);
  }
  if (isSqlLanguage(lang)) return readWithCommands(walk, fence, readSql);
  if (lang !== null && SHELL.has(lang)) {
    const sql = sqlInShellFence(walk, fence);
    return sql ? readSql(walk, sql) : readShell(walk, fence);
  }
  if (lang !== null && OTHER_SHELL.has(lang)) return readOtherShell(walk, fence);
  if (lang !== null && !OUTPUT.has(lang)) {
    // "Expected response:" and a document: what the operator compares with.
    if (walk.open && DATA.has(lang)) walk.open.extra = { kind: 'output', text: fence.body };
    else if (lang !== 'mermaid') keepShown(walk, fence);
    closeGroup(walk);
    return;
  }
  readText(walk, fence);
}

/** A fence without a language of its own: output, a template, blanks, or context. */
function readText(walk: Walk, fence: Fence): void {
  const { guide } = walk;
  if (walk.facts.role === 'log' || (walk.open === null && isLogTemplate(fence.body, walk.section.title))) {
    guide.log ??= { line: fence.line, endLine: fence.endLine, text: fence.body, firstLine: fence.bodyLine };
    return;
  }
  if (/notification|announcement|communication/i.test(walk.section.title) && fence.body.trim() !== '') {
    guide.notification ??= { line: fence.line, template: fence.body };
    return;
  }
  const isForm = hasBlank(fence.body) && readBlanks(fence.body, fence.bodyLine).length > 0;
  // A form to fill in belongs to what stands above it only where that leads to it.
  if (walk.open && (!isForm || /[:：]\W*$/.test(walk.open.text))) {
    walk.open.extra = { kind: 'output', text: fence.body };
    closeGroup(walk);
    return;
  }
  if (answersAbove(walk) && isPrinted(fence.body)) {
    addWording(walk, { line: fence.line, text: 'Output:', extra: { kind: 'output', text: fence.body }, remedy: null, asks: isVolatile(fence.body) });
    return closeGroup(walk);
  }
  if (isForm && isForward(walk.facts.role)) return readBlankLines(walk, fence.body, fence, fence.bodyLine);
  const boxes = isForward(roleNow(walk)) ? boxesIn(fence) : null;
  if (boxes) return readList(walk, boxes);
  // The name of a file alone is part of the sentence above it.
  if (/^\s*[\w./ -]{1,200}\.\w{1,5}\s*$/.test(fence.body)) walk.prose.push(fence.body.trim());
  else keepShown(walk, fence);
  if (isForward(roleNow(walk)) && /^\s*(?:select|insert|update|delete|create|alter|drop|grant)\b[\s\S]*;\s*$/i.test(fence.body)) {
    guide.remarks.warning('unlabelled-sql', 'this fence looks like SQL but does not say so; it does not run', { line: fence.line }, 'write ```sql to make it a step');
  }
}

/** Lines of a fence that are shown beside a step. */
const SHOWN_LINES = 40;

/** What a fence shows that nothing runs stands with the words around it. */
function keepShown(walk: Walk, { body }: Fence): void {
  const text = body.trim();
  if (text !== '' && text.split('\n').length <= SHOWN_LINES) walk.shown.push(text);
}

function isLogTemplate(body: string, title: string): boolean {
  const labels = readBlanks(body, 1).map((field) => field.label.toLowerCase());
  if (/\blog template\b|\b(?:migration|deployment) log\b/i.test(title) && labels.length > 0) return true;
  return labels.length >= 4 && labels.some((label) => /(?:migration|deployment|execut\w+) (?:date|start|run)|date/.test(label)) && labels.some((label) => /\b(?:executed|deployed|run|performed|migrated|applied) by\b|operator/.test(label));
}

function attributesOf(walk: Walk, fence: Fence): Attributes {
  if (fence.meta === '' || (!walk.guide.reviewed && !looksLikeAttributes(fence.meta))) return {};
  const column = (walk.guide.source.lines[fence.line - 1] ?? '').indexOf(fence.meta) + 1;
  return readAttributes(fence.meta, { line: fence.line, column }, walk.guide.remarks);
}

/** A step may come of this fence here, or what stands here never runs. */
function runs(walk: Walk, attributes: Attributes): boolean {
  const role = attributes.role ?? walk.pending?.role ?? roleNow(walk);
  if (role === 'rollback') return true;
  return isForward(role) && (!isLeftOut(walk) || attributes.optional === true);
}

function readShell(walk: Walk, fence: Fence): void {
  closeGroup(walk);
  const attributes = attributesOf(walk, fence);
  const given = { ...walk.pending, ...attributes };
  if (!runs(walk, given) || fence.body.trim() === '') {
    skipExample(walk, fence);
    return;
  }
  if (isProse(fence.body) || isRemarks(fence.body) || isSettings(fence.body)) {
    walk.guide.remarks.warning('not-shell', 'this fence holds instructions, not commands; the operator is asked instead', { line: fence.line, length: 6 }, 'write them as a list outside the fence');
    const question = questionAbout(walk, fence, fence.body.replace(/^[ \t]*#+ ?/gm, '').trim(), attributes);
    question.around.push(...wordingsOfShell(fence.body, fence.bodyLine));
    take(walk, question);
    return;
  }
  const draft = makeDraft(walk, 'shell', fence, titleNow(walk), attributes);
  const { text, left } = draft.role === 'rollback' ? { text: fence.body, left: [] } : forwardCommands(fence.body);
  for (const part of left) walk.guide.remarks.warning('left-out', `what stands under "${part.title.slice(0, 60)}" does not run on the way`, { line: fence.bodyLine + part.line }, 'give it a fence of its own if it is to run');
  draft.beside = [draft.beside, ...left.filter(({ rollback }) => !rollback).map((part) => `not run: ${part.title}\n${part.text.trim()}`)].filter((said) => said !== '').join('\n').slice(0, 3000);
  draft.shell = commandsOf(text).trimEnd();
  draft.fence = fenceOf(fence);
  draft.around.push(...wordingsOfShell(text, fence.bodyLine));
  const sent = lineOfSentSql(draft.shell);
  if (sent !== -1) walk.guide.remarks.warning('sql-in-shell', 'the SQL in this command is the shell\'s: it is not checked, not rehearsed, and what it returns is for a person to judge', { line: fence.bodyLine + sent }, 'write it in a ```sql fence to make it a step');
  const endless = lineOfEndless(draft.shell);
  if (endless !== -1) walk.guide.remarks.warning('endless-command', 'this command only ends when somebody stops it; the step waits for it', { line: fence.bodyLine + endless }, 'show a part of it instead, such as `tail -n 50`, or set `timeout`');
  take(walk, draft);
}

function readOtherShell(walk: Walk, fence: Fence): void {
  closeGroup(walk);
  if (!runs(walk, walk.pending ?? {}) || fence.body.trim() === '') return skipExample(walk, fence);
  take(walk, questionAbout(walk, fence, fence.body.trim(), {}));
}

function fenceOf({ line, endLine, indent, body, bodyLine }: Fence, text = body): FenceRead {
  return { line, endLine, indent, body, bodyLine, text };
}

/** Whether comments stand right below a command of psql that shows something (`\dt`): what they expect is of what it shows. */
function followsCommand({ lines: [first], own, touchesBelow }: CommentRun, { text, cuts }: SqlRead): boolean {
  const shown = cuts.filter((cut) => cut.kind === 'meta' && /^d/.test(cut.text));
  if (first === undefined || shown.length === 0 || own !== null || touchesBelow) return false;
  const lineOf = lineIndex(text);
  return shown.some(({ start }) => lineOf(start) === first.line - 1);
}

function take(walk: Walk, draft: Draft): void {
  draft.around.unshift(...walk.ahead);
  giveSpread(walk, draft);
  walk.ahead = [];
  walk.hadFence = true;
  walk.code = draft;
  walk.exampled = null;
  walk.guide.drafts.push(draft);
}

function readSql(walk: Walk, fence: Fence): void {
  closeGroup(walk);
  const { guide } = walk;
  const attributes = attributesOf(walk, fence);
  const given = { ...walk.pending, ...attributes };
  if (!runs(walk, given)) {
    tellLeftOut(walk, fence.line);
    skipExample(walk, fence);
    return;
  }
  const read = given.file === undefined ? readBody(withoutPrinted(withoutOtherSystems(fence.body)), fence.bodyLine) : readSqlFile(guide, given.file, placeOfFile(guide, fence, given.file), guide.frontMatter.migrations);
  if (given.file !== undefined && read.refused === null && fence.body.trim() !== '') {
    guide.remarks.warning('body-and-file', 'the step runs its file; the body of the fence is shown only', { line: fence.line });
  }
  // What a terminal showed is no list of commands.
  if (read.refused !== 'not-sql' && read.refused !== 'transcript') reportCuts(guide, fence, read);
  checkTransactions(guide, read, { apart: given.transaction === false, rollback: (given.role ?? roleNow(walk)) === 'rollback' });
  if (read.refused !== null && read.statements.length === 0) {
    if (read.refused === 'empty' && given.file === undefined) {
      walk.hadFence = true;
      return;
    }
    take(walk, questionOf(walk, fence, read, attributes));
    return;
  }
  if (isPattern(read.statements) && given.file === undefined) {
    guide.remarks.warning('left-out', 'this SQL speaks of a table that no database has; it shows how such a step is written and does not run', { line: fence.line }, 'write the name of the table');
    skipFence(walk);
    return;
  }
  if (given.file === undefined && attributes.role === undefined && showsEdit(fence.body, read.statements)) {
    guide.remarks.warning('left-out', 'this SQL shows how a text is changed, before and after; it does not run, and the operator is asked instead', { line: fence.line }, 'leave "before" and "after" out of its comments if it is to run');
    take(walk, questionAbout(walk, fence, fence.body.trim(), attributes));
    return;
  }
  if (describesState(walk.label) && attributes.role === undefined && read.statements.some((one) => one.writes)) {
    guide.remarks.warning('left-out', `what stands under "${(walk.label ?? '').replace(/[:：]\s*$/, '').slice(0, 60)}" does not run on the way`, { line: fence.line }, 'if it is a step, say so: <!-- step: role=deploy --> before the fence');
    skipFence(walk);
    return;
  }
  if (given.file === undefined) reportFaults(guide, fence, read);
  const runsOf = given.file === undefined ? readCommentRuns(read.text, read.statements) : [];
  if (given.file === undefined) takeDeedsAbove(walk, fence, read.statements);
  const draft = makeDraft(walk, 'sql', fence, titleNow(walk), attributes);
  if (draft.attributes.repeat) draft.kind = 'monitor';
  draft.fence = fenceOf(fence, given.file === undefined ? read.text : fence.body);
  draft.statements = read.statements;
  draft.discard = read.discards;
  const encoding = read.statements.find(({ sql }) => OTHER_ENCODING.test(sql));
  if (encoding) guide.remarks.error('encoding-other', 'what is sent is UTF-8, and the server would take it for something else', { line: encoding.line, ...(encoding.file === null ? {} : { file: encoding.file }) }, 'leave this statement out: files are read as UTF-8 too');
  for (const { line, text } of read.prose) if (isExpectation(text) === null) guide.remarks.warning('left-out', `this line is no SQL and does not run: ${text.slice(0, 80)}`, { line }, 'write it outside of the fence, or as a comment');
  if (read.repaired && read.prose.length === 0) guide.remarks.warning('missing-semicolon', 'a statement is not ended with a semicolon, or prose stands between statements', { line: fence.line }, 'end every statement with a semicolon');
  draft.inside = expectationsOfComments(runsOf.filter((run) => !followsCommand(run, read)), read.statements, fence.bodyLine);
  draft.beside = [draft.beside, ...toldInComments(runsOf, read.statements, fence.bodyLine)].filter((text) => text !== '').join('\n').slice(0, 3000);
  draft.impersonates = impersonationOf(guide, draft, runsOf);
  draft.attributes = { ...draft.attributes, ...draft.impersonates };
  const parts = splitFence(guide, draft, runsOf, fence.bodyLine);
  const [first, ...rest] = parts;
  if (!first) {
    skipFence(walk);
    return;
  }
  take(walk, first);
  for (const part of rest) {
    giveSpread(walk, part);
    guide.drafts.push(part);
    walk.code = part;
  }
}

/** "All tables have row level security:" tells how things are; code that writes below it shows how that was made. */
function describesState(label: string | null): boolean {
  return label !== null && /^\W*(?:(?:all|both|every|each) (?:[\w-]+ ){0,2}(?:tables?|columns?|views?|functions?|polic(?:y|ies)) (?:have|has|are|is|uses?)|tutte le tabelle (?:hanno|sono)|todas las tablas (?:tienen|están)|todas as tabelas (?:têm|possuem|estão)|toutes les tables (?:ont|sont)|alle tabellen (?:haben|sind))(?![\p{L}])[^\n]{0,80}[:：]\W*$/iu.test(label) && !/\b(?:must|should|need|after|once|verify|check)\b/i.test(label);
}

/** Where a fence names its file; the fence itself where a comment before it does. */
function placeOfFile(guide: Guide, fence: Fence, file: string): Place {
  const column = (guide.source.lines[fence.line - 1] ?? '').indexOf(file);
  return column === -1 ? { line: fence.line } : { line: fence.line, column: column + 1, length: file.length };
}

/** A fence that is not run as SQL: a question to the operator, with a warning. */
function questionOf(walk: Walk, fence: Fence, read: SqlRead, attributes: Attributes): Draft {
  const reasons = {
    comments: 'this SQL fence holds only comments', elided: 'this SQL fence leaves something out (`...`)', transcript: 'this SQL fence holds the output of commands',
    'not-sql': 'this SQL fence is not SQL', empty: 'this SQL fence holds no statement',
  };
  const reason = reasons[read.refused ?? 'not-sql'];
  const missing = (attributes.file ?? walk.pending?.file) !== undefined && read.refused === 'empty';
  if (!missing) walk.guide.remarks.warning(read.refused === 'comments' ? 'comments-only' : 'not-sql', `${reason}; the operator is asked instead`, { line: fence.line, length: 6 }, read.faults[0] ? `PostgreSQL says: ${read.faults[0].message}` : 'write the statement, or use a list item');
  const lines = fence.body.split('\n').map((line) => line.replace(/^\s*(?:--|\/\*|\*\/?)\s?/, '').trim()).filter((line) => line !== '');
  const draft = questionAbout(walk, fence, lines.join('\n'), attributes);
  const runs: CommentRun[] = readCommentRuns(fence.body, []);
  draft.inside = expectationsOfComments(runs, [], fence.bodyLine).map((one) => ({ ...one, source: 'operator', statement: null, assertion: { type: 'operator', text: one.text }, alternative: null }));
  return draft;
}

/** A step that asks the operator what a fence tells. */
function questionAbout(walk: Walk, fence: Fence, text: string, attributes: Attributes): Draft {
  const draft = makeDraft(walk, 'operator', fence, titleNow(walk), attributes);
  draft.fence = fenceOf(fence);
  draft.prompt = plainText(text).slice(0, 2000) || draft.title;
  return draft;
}
