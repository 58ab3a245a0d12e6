import type { Block, Fence, ListItem } from './block.js';
import { parseBlocks } from './block-tree.js';
import { readInfo } from './info-string.js';
import { boxed, boxedLines } from './boxes.js';
import { apartVerdicts } from './verdict-lines.js';

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\n]*)$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
/** A line to write on, right under its label or another such line; Markdown would call it a rule. */
const LINE = /^_{10,}[ \t]*$/;
const ABOVE_LINE = /[:：](?:\*\*|__)?[ \t]*$|^_{10,}[ \t]*$/;
const BLANK = /^[ \t]*$/;
/** A line that may be more than running text: indentation, list marker, quote, HTML, table, definition, underline. */
const SPECIAL = /^(?:[ \t>|<]|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$|\[[^\]]+\]:|\[\^)/;
const SIMPLE_ITEM = /^(?:([-+*])|(\d{1,9})[.)]) (?:\[([ xX])\] )?(?![ \t>|<#`~]|[-+*] |\d{1,9}[.)] |\[[ xX]\])(\S.*)$/;
/** HTML that swallows Markdown up to an end tag. */
const OPAQUE: [RegExp, RegExp][] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
];
/** A line that opens an HTML block: a tag that is whole, or one of those that may go on. */
const TAG = /^ {0,3}<\/?(?:[a-z][a-z0-9-]*(?:[\s/][^<>]*)?>|(?:address|article|aside|blockquote|center|details|dialog|div|dl|dt|dd|fieldset|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:\s|$))/i;
const DEEP = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])[ \t]?){40,}/;
/** Forty columns of indentation or more, a tab being four. */
const DEEPEST = /^(?: {0,3}\t| {4}){10}/;
/** Cells of a line that nobody means as a table; their parsing takes the square of their number. */
const WIDEST = 2500;
/** "- > 10 rows", ">= 5": a bound, which Markdown would take for a quotation. */
const COMPARES = /^ {0,3}(?:(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?> ?=? ?-?\d|> ?= ?-?\d|> ?-?\d[\d,.]*%?[ \t]*$)/;
const MARKER = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;
const PIECE_LINES = 60;
/** Cut here even where Markdown would go on: no quotation has so many lines. */
const LONGEST_PIECE = 800;

/**
 * Splits a document into blocks. Headings, fences and rules at the left margin,
 * plain paragraphs and flat lists are read here; every other piece goes to
 * micromark, in pieces cut where Markdown starts a new block anyway: its time
 * grows with the square of a piece's length.
 */
export function readMarkdown(lines: string[], firstLine = 1): Block[] {
  const blocks: Block[] = [];
  let piece: string[] = [];
  let pieceLine = firstLine;
  let inList = false;
  const flush = () => {
    if (piece.some((line) => !BLANK.test(line))) blocks.push(...readPiece(piece, pieceLine));
    piece = [];
    inList = false;
  };
  const add = (text: string, line: number) => {
    if (piece.length === 0) pieceLine = line;
    // Beyond forty containers nobody means structure, and the tree would exhaust the stack.
    const flat = inList && DEEPEST.test(text) ? ' '.repeat(40) + text.replace(/^[ \t]+(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*/, '') : text;
    const narrow = flat.length > WIDEST && flat.split('|', WIDEST).length === WIDEST ? flat.replaceAll('|', ' ') : flat;
    piece.push(COMPARES.test(narrow) ? narrow.replace('>', '\\>') : DEEP.test(narrow) ? text.replace(/[>*+\-\d.)]/g, ' ').trim() : narrow);
  };
  let index = 0;
  while (index < lines.length) {
    const text = lines[index] ?? '';
    const line = firstLine + index;
    const inHtml = piece.length > 0 && htmlIsOpen(piece);
    const indented = inList && /^[ \t]/.test(text);
    const opaque = indented ? undefined : piece.length === 0 || BLANK.test(piece.at(-1) ?? '') ? OPAQUE.find(([start]) => start.test(text)) : undefined;
    if (opaque) {
      const last = endOf(lines, index, opaque[1]);
      flush();
      blocks.push({ kind: 'html', text: lines.slice(index, last + 1).join('\n'), line, endLine: firstLine + last });
      index = last + 1;
      continue;
    }
    if (indented && /^[ \t]+(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(?:`{3,}|~{3,})/.test(text)) {
      const last = closeIndented(lines, index, text);
      const deep = tooDeep(text, piece);
      const margin = text.slice(deep, text.search(/[`~]/)).replace(/\S/g, ' ');
      for (let at = index; at <= last; at += 1) {
        const own = (lines[at] ?? '').replace(new RegExp(`^ {0,${deep}}`), '');
        // Written or closed further left than it was opened: Markdown would end the item there, nobody means that.
        const outside = at > index && /^ *\S/.test(own) && own.search(/\S/) < margin.length;
        add(outside ? margin + own.trim() : own, firstLine + at);
      }
      index = last + 1;
      continue;
    }
    const fence = inHtml || indented ? null : openFence(text);
    if (fence) {
      flush();
      const end = closeFence(lines, index, fence);
      blocks.push(makeFence(lines, index, end, fence, firstLine));
      index = end + 1;
      continue;
    }
    const heading = inHtml || indented ? null : HEADING.exec(text);
    if (heading) {
      flush();
      blocks.push({ kind: 'heading', depth: (heading[1] ?? '').length, text: (heading[2] ?? '').trim(), line, endLine: line });
    } else if (!inHtml && !indented && RULE.test(text) && !(LINE.test(text) && ABOVE_LINE.test(piece.at(-1) ?? '')) && (BLANK.test(piece.at(-1) ?? '') || !/^-+[ \t]*$/.test(text.trim()))) {
      flush();
      blocks.push({ kind: 'rule', line, endLine: line });
    } else {
      if ((piece.length >= PIECE_LINES && startsBlock(piece.at(-1) ?? '', text)) || piece.length >= LONGEST_PIECE) flush();
      if (MARKER.test(text)) inList = true;
      else if (/^\S/.test(text) && BLANK.test(piece.at(-1) ?? '')) inList = false;
      add(text, line);
    }
    index += 1;
  }
  flush();
  return mergeLists(blocks.flatMap(apartVerdicts).map(boxedLines));
}

/** Inside an HTML block that ends only at a blank line (`<details>` with code right under it). */
function htmlIsOpen(piece: string[]): boolean {
  for (let index = piece.length - 1; index >= 0; index -= 1) {
    const text = piece[index] ?? '';
    if (BLANK.test(text)) return false;
    if (TAG.test(text)) return true;
    if (piece.length - index > PIECE_LINES) return false;
  }
  return false;
}

function endOf(lines: string[], from: number, end: RegExp): number {
  for (let index = from; index < lines.length; index += 1) if (end.test(lines[index] ?? '')) return index;
  return lines.length - 1;
}

function startsBlock(before: string, text: string): boolean {
  if (/^[-+*] /.test(text)) return true;
  return BLANK.test(before) && /^[^\s]/.test(text);
}

/** Columns by which a fence stands so far right of its item's text that Markdown would take it for more of that text: nobody means that. */
function tooDeep(opening: string, piece: readonly string[]): number {
  const at = /^ +(?=[`~])/.exec(opening)?.[0].length ?? 0;
  for (let index = piece.length - 1; index >= 0 && piece.length - index <= PIECE_LINES; index -= 1) {
    const text = /^( *)(?:[-+*]|\d{1,9}[.)]) +/.exec(piece[index] ?? '')?.[0].length ?? -1;
    if (text !== -1 && text <= at) return at - text >= 4 ? at - text : 0;
  }
  return 0;
}

/** Last line of a fence that stands under a list item: its closing line, or the line before the item ends. */
function closeIndented(lines: string[], from: number, opening: string): number {
  const marker = /`{3,}|~{3,}/.exec(opening)?.[0] ?? '```';
  const close = new RegExp(`^[ \\t]*${marker.startsWith('`') ? '`' : '~'}{${marker.length},}[ \\t]*$`);
  for (let index = from + 1; index < lines.length; index += 1) {
    const text = lines[index] ?? '';
    if (close.test(text)) return index;
    if (/^\S/.test(text)) return index - 1;
  }
  return lines.length - 1;
}

interface Opening {
  indent: number;
  marker: string;
  info: string;
}

function openFence(text: string): Opening | null {
  const match = FENCE.exec(text);
  if (!match) return null;
  const [, indent = '', marker = '', info = ''] = match;
  if (marker.startsWith('`') && info.includes('`')) return null;
  return { indent: indent.length, marker, info: info.trim() };
}

function closeFence(lines: string[], from: number, opening: Opening): number {
  const char = opening.marker.startsWith('`') ? '`' : '~';
  const close = new RegExp(`^ {0,3}${char}{${opening.marker.length},}[ \\t]*$`);
  for (let index = from + 1; index < lines.length; index += 1) if (close.test(lines[index] ?? '')) return index;
  return lines.length;
}

function makeFence(lines: string[], start: number, end: number, opening: Opening, firstLine: number): Fence {
  const { lang, meta } = readInfo(opening.info);
  const cut = new RegExp(`^ {0,${opening.indent}}`);
  const body = lines.slice(start + 1, end).map((line) => (opening.indent > 0 ? line.replace(cut, '') : line));
  return {
    kind: 'fence',
    lang,
    meta,
    body: body.join('\n'),
    bodyLine: firstLine + start + 1,
    indent: opening.indent,
    line: firstLine + start,
    endLine: firstLine + Math.min(end, lines.length - 1),
  };
}

/** A piece without headings or fences at the margin: by hand if it is plain, else by micromark. */
function readPiece(piece: string[], firstLine: number): Block[] {
  const blocks: Block[] = [];
  let index = 0;
  while (index < piece.length) {
    if (BLANK.test(piece[index] ?? '')) {
      index += 1;
      continue;
    }
    let end = index;
    while (end < piece.length && !BLANK.test(piece[end] ?? '')) end += 1;
    const run = piece.slice(index, end);
    const block = readPlain(run, firstLine + index, piece[nextText(piece, end)] ?? '');
    if (!block) return [...blocks, ...parseBlocks(piece.slice(index).join('\n'), firstLine + index)];
    blocks.push(block);
    index = end;
  }
  return blocks;
}

function nextText(piece: string[], from: number): number {
  let index = from;
  while (index < piece.length && BLANK.test(piece[index] ?? '')) index += 1;
  return index;
}

/** One paragraph or one flat list; null when the run may be anything else. `next` is the text line after it. */
function readPlain(run: string[], line: number, next: string): Block | null {
  const span = { line, endLine: line + run.length - 1 };
  if (run.every((text) => !SPECIAL.test(text) && !/^\|?[ :|-]+$/.test(text))) {
    return { kind: 'paragraph', text: run.map((text) => text.trim()).join('\n'), ...span };
  }
  if (/^[ \t]/.test(next)) return null;
  const items: ListItem[] = [];
  let ordered = false;
  let marker: string | undefined;
  for (const [offset, text] of run.entries()) {
    const match = SIMPLE_ITEM.exec(text);
    if (!match) return null;
    const kind = match[1] ?? 'number';
    if (marker !== undefined && kind !== marker) return null;
    marker = kind;
    ordered = match[2] !== undefined;
    const at = { line: line + offset, endLine: line + offset };
    items.push(boxed({ checked: match[3] === undefined ? null : match[3] !== ' ', children: [{ kind: 'paragraph', text: (match[4] ?? '').trim(), ...at }], ...at }));
  }
  return { kind: 'list', ordered, items, ...span };
}

/** Lists that stand next to each other are one list for the reader, however they were cut or spaced. */
function mergeLists(blocks: Block[]): Block[] {
  const merged: Block[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (block.kind === 'list' && last?.kind === 'list' && last.ordered === block.ordered) {
      last.items.push(...block.items);
      last.endLine = block.endLine;
    } else merged.push(block);
  }
  return merged;
}
