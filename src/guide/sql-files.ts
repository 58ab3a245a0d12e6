import { isAbsolute, join, normalize, relative } from 'node:path';
import type { Fence } from './block.js';
import type { Guide } from './draft.js';
import type { Place } from './guide.js';
import { MOST_CHARACTERS } from './sql-file.js';
import { meantVerb } from './sql-parse.js';
import { lineIndex, readStatements, type SqlRead } from './statement.js';

/** psql commands that change only how psql itself shows things: left out, with a remark. */
const HARMLESS = /^(?:restrict|unrestrict|echo|qecho|warn|timing|pset|x|encoding|set ON_ERROR_STOP|set VERBOSITY|set QUIET|q|a|t)\b/;
const INCLUDE = /^(?:i|ir|include|include_relative)\s+(?:'([^']+)'|(\S+))\s*$/;
const DEPTH = 8;

const EMPTY: SqlRead = { text: '', statements: [], cuts: [], refused: 'empty', faults: [], repaired: false, prose: [], discards: false, marked: false, takesBack: null, endsLocal: null, controls: [] };

/**
 * Finds a file that the guide names. Gives its absolute path, or a diagnostic and
 * null where it is missing or outside the guide's folder tree.
 */
export function findFile(guide: Guide, name: string, place: Place, folder?: string): string | null {
  const { source, remarks, files } = guide;
  const base = folder === undefined ? folderOf(source.path) : join(folderOf(source.path), folder);
  const candidates = [isAbsolute(name) ? name : join(base, name), ...(folder === undefined || isAbsolute(name) ? [] : [join(folderOf(source.path), name)])];
  for (const candidate of candidates) {
    const path = normalize(candidate);
    const within = relative(source.root, path);
    if (within.startsWith('..') || isAbsolute(within)) {
      remarks.error('file-outside', `\`${name}\` lies outside the guide's folder tree`, place, `keep SQL files under ${source.root}`);
      return null;
    }
    if (files.has(path)) return path;
  }
  remarks.error('file-missing', `there is no file \`${name}\``, place, `looked for ${candidates.map((one) => normalize(one)).join(' and ')}`);
  return null;
}

function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return cut === -1 ? '.' : path.slice(0, cut) || '/';
}

/** Reads the statements of a file, with what it includes; lines count in each file. */
export function readSqlFile(guide: Guide, name: string, place: Place, folder?: string, depth = 0): SqlRead {
  if (depth > DEPTH) {
    guide.remarks.error('file-loop', `\`${name}\` includes itself, or files nest deeper than ${DEPTH}`, place);
    return EMPTY;
  }
  const path = findFile(guide, name, place, folder);
  if (path === null) return EMPTY;
  const shown = relative(folderOf(guide.source.path), path) || name;
  const found = readFile(guide, { name, path, shown }, place);
  if (found === null) return EMPTY;
  const { text, read } = found;
  for (const fault of read.faults) {
    const lineOf = lineIndex(text);
    guide.remarks.error('sql-syntax', fault.message, { line: lineOf(fault.at) + 1, column: columnOf(text, fault.at), length: lengthOf(fault.message), file: shown }, hintOf(text.slice(fault.start), `in ${shown}`));
  }
  if (read.refused === 'comments' || read.refused === 'empty') guide.remarks.warning('empty-file', `\`${shown}\` holds no statement`, place);
  include(guide, read, read.text, { ...place, file: shown }, folder, depth, 1);
  return read;
}

/** Reads a file as statements. Where what looked like rows of a COPY is none, it is read whole. */
function readFile(guide: Guide, { name, path, shown }: { name: string; path: string; shown: string }, place: Place): { text: string; read: SqlRead } | null {
  for (const whole of [false, true]) {
    const file = guide.files.read(path, whole);
    if (file === 'too large') {
      guide.remarks.error('file-too-large', `\`${name}\` holds more than ${MOST_CHARACTERS / 1_048_576} MB of statements`, place, 'load rows by COPY … FROM stdin, of which there may be any number; or divide the file');
      return null;
    }
    if (file === null) break;
    const text = file.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
    const read = readStatements(text, 1, shown, file.kept);
    if (read.faults.length > 0 || read.statements.filter((one) => one.copyRows !== null).length === file.kept.length) return { text, read };
  }
  guide.remarks.error('file-missing', `\`${name}\` cannot be read`, place, `looked for ${path}`);
  return null;
}

/** Statements of `\i` files join at the place of the line; other meta-commands are errors. */
function include(guide: Guide, read: SqlRead, body: string, place: Place, folder: string | undefined, depth: number, firstLine: number): void {
  const lineOf = lineIndex(body);
  for (const cut of read.cuts) {
    if (cut.kind === 'copy') continue;
    const at: Place = { ...place, line: firstLine + lineOf(cut.start), column: columnOf(body, cut.start), length: (body.slice(cut.start, cut.end).split('\n', 1)[0] ?? '').length };
    // psql takes what stands behind two dashes for an argument more, and passes it over.
    const file = INCLUDE.exec(cut.text.replace(/\s+--(?:\s.*)?$/, ''));
    if (file) {
      const inner = readSqlFile(guide, file[1] ?? file[2] ?? '', at, folder, depth + 1);
      const index = read.statements.findIndex((one) => one.start > cut.start);
      const added = inner.statements.map((one) => ({ ...one, start: cut.start, end: cut.end }));
      read.statements.splice(index === -1 ? read.statements.length : index, 0, ...added);
      if (added.length > 0) read.refused = null;
    } else if (HARMLESS.test(cut.text)) guide.remarks.info('psql-command', `\`\\${cut.text}\` is psql's own; it is left out`, at);
    else guide.remarks.error('psql-command', `\`\\${cut.text.split(/\s/)[0] ?? ''}\` is a command of psql, not SQL`, at, queryFor(cut.text));
  }
}

/** Reports what was cut out of a fence, and reads the files it includes. */
export function reportCuts(guide: Guide, fence: Fence, read: SqlRead): void {
  if (read.cuts.length > 0) include(guide, read, read.text, { line: fence.bodyLine }, guide.frontMatter.migrations, 0, fence.bodyLine);
}

/** What to write in place of psql's commands that show what is there. */
function queryFor(command: string): string {
  const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(command.replace(/\s+--\s.*$/, '').replace(/[\s;]+$/, '')) ?? [];
  const name = rest.trim().replace(/^.*\./, '').replace(/["*]/g, '').replaceAll("'", "''");
  const named = (column: string) => (name === '' ? '' : ` AND ${column} ${rest.includes('*') ? `LIKE '${name}%'` : `= '${name}'`}`);
  const queries: Record<string, string> = {
    'd': name === '' ? "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace" : `SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = '${name}'`,
    'dt': `SELECT tablename FROM pg_tables WHERE schemaname = 'public'${named('tablename')}`,
    'di': `SELECT indexname, tablename FROM pg_indexes WHERE schemaname = 'public'${named('indexname')}`,
    'dv': `SELECT viewname FROM pg_views WHERE schemaname = 'public'${named('viewname')}`,
    'df': `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace${named('proname')}`,
    'du': 'SELECT rolname FROM pg_roles', 'dn': 'SELECT nspname FROM pg_namespace', 'dx': 'SELECT extname, extversion FROM pg_extension', 'l': 'SELECT datname FROM pg_database',
  };
  const query = queries[verb.replace(/\+$/, '')];
  return query === undefined ? 'only `\\i file` is understood; write the query instead' : `write the query instead: ${query};`;
}

/** Syntax errors of a fence, with PostgreSQL's own message and position. */
export function reportFaults(guide: Guide, fence: Fence, read: SqlRead): void {
  const lineOf = lineIndex(fence.body);
  for (const fault of read.faults) {
    const line = fence.bodyLine + lineOf(fault.at);
    guide.remarks.error('sql-syntax', fault.message, { line, column: columnOf(fence.body, fault.at) + fence.indent, length: lengthOf(fault.message) }, hintOf(fence.body.slice(fault.start), "PostgreSQL's grammar refuses the statement"));
  }
}

/** A mistyped first word is named; `otherwise` says what else is known. */
function hintOf(statement: string, otherwise: string): string {
  const meant = meantVerb(statement);
  return meant === null ? otherwise : `did you mean ${meant.toUpperCase()}?`;
}

/** Length of the token that PostgreSQL names. */
function lengthOf(message: string): number {
  return /at or near "([^\n]+)"$/.exec(message)?.[1]?.length ?? 1;
}

function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1);
}
