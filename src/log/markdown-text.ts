import { displayWidth } from '../text/width.js';
import { bounded, oneLine, seen } from './plain.js';

/** What Markdown would turn into a link by itself: URLs, `www.` names, mail addresses. */
const linkLike = /(?:https?|ftp):\/\/[^\s|`]+|www\.[^\s|`]+|[^\s|`@]+@[^\s|`]+/gi;

/**
 * Text as Markdown shows it literally: on one line, no markup, no HTML, no
 * table cell ended, nothing to click (what looks like a link becomes code).
 * Underscores inside words mean nothing to Markdown and stay readable.
 */
export function md(text: string, limit = 2000): string {
  const line = bounded(oneLine(text), limit);
  const parts: string[] = [];
  let from = 0;
  for (const match of line.matchAll(linkLike)) {
    parts.push(escaped(line.slice(from, match.index), from === 0), code(match[0]));
    from = match.index + match[0].length;
  }
  parts.push(escaped(line.slice(from), from === 0));
  return parts.join('');
}

function escaped(text: string, first: boolean): string {
  const inline = text
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
  return first ? inline.replace(/^(\s*)([#+=-])/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2') : inline;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** A code span, with a delimiter longer than any run of backticks inside. */
export function code(text: string, limit = 400): string {
  const line = bounded(oneLine(text), limit);
  if (line.trim() === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/**
 * A code span inside a table, where a bar must be escaped even in code. A
 * backslash right before a bar cannot stand in such a span: it stays text.
 */
export function cellCode(text: string, limit = 120): string {
  const span = code(text, limit);
  return /\\\|/.test(span) ? md(text, limit) : span.replace(/\|/g, '\\|');
}

/** A fenced block, its fence longer than any run of backticks inside. */
export function fenced(text: string, language: string, indent = ''): string[] {
  const body = seen(text).replace(/\n+$/, '');
  const ticks = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return [`${ticks}${language}`, ...body.split('\n'), ticks].map((line) => (line === '' ? '' : indent + line));
}

/** A GFM table whose source lines up too, for `less`. Cells must be escaped already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) => Math.min(60, Math.max(3, displayWidth(cell), ...rows.map((row) => displayWidth(row[column] ?? '')))));
  const line = (cells: readonly string[]): string => `| ${widths.map((width, column) => padded(cells[column] ?? '', width)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)];
}

/** Rows of a result as an aligned plain table, as psql prints them. NULL is shown as `∅`. */
export function plainTable(columns: readonly string[], rows: readonly (readonly (string | null)[])[], cellLimit = 80): string {
  const cell = (value: string | null | undefined): string => (value === null || value === undefined ? '∅' : bounded(oneLine(value), cellLimit));
  const shown = [columns.map(cell), ...rows.map((row) => columns.map((_, column) => cell(row[column])))];
  const widths = columns.map((_, column) => shown.reduce((width, row) => Math.max(width, displayWidth(row[column] ?? '')), 1));
  const line = (cells: readonly string[]): string => cells.map((text, column) => padded(text, widths[column] ?? 1)).join(' | ').trimEnd();
  const [head, ...body] = shown.map(line);
  return [head ?? '', widths.map((width) => '-'.repeat(width)).join('-+-'), ...body].join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
