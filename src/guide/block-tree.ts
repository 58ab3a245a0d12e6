import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { RootContent, ListItem as MdListItem, Table as MdTable } from 'mdast';
import type { Block, ListItem } from './block.js';
import { readInfo } from './info-string.js';
import { boxed } from './boxes.js';

/**
 * Inline constructs are switched off: the compiler reads inline text as written,
 * and their tokenizers take most of the time and all of the super-linear cases.
 */
const blocksOnly = {
  disable: {
    null: [
      'attention', 'autolink', 'labelStartLink', 'labelStartImage', 'labelEnd', 'codeText',
      'characterEscape', 'characterReference', 'htmlText', 'hardBreakEscape', 'definition',
      'wwwAutolink', 'protocolAutolink', 'emailAutolink', 'strikethrough',
    ],
  },
};
/** Without what would turn addresses in running text into links afterwards: they are text as written. */
const options = { extensions: [gfm(), blocksOnly], mdastExtensions: gfmFromMarkdown().filter((one) => one.transforms === undefined) };

/** Parses one self-contained piece of Markdown into blocks; `firstLine` is the line of its first character. */
export function parseBlocks(text: string, firstLine: number): Block[] {
  const tree = fromMarkdown(text, options);
  const lines = text.split('\n');
  return tree.children.flatMap((node) => convert(node, lines, firstLine - 1));
}

function convert(node: RootContent, lines: string[], shift: number): Block[] {
  if (!node.position) return [];
  const { start, end } = node.position;
  // A fence that its list item leaves open ends, for micromark, at the beginning of the line after it.
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const span = { line: start.line + shift, endLine: last + shift };
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', depth: node.depth, text: inline(node.children), ...span }];
    case 'paragraph':
      return [{ kind: 'paragraph', text: inline(node.children), ...span }];
    case 'thematicBreak':
      return [{ kind: 'rule', ...span }];
    case 'html':
      return [{ kind: 'html', text: node.value, ...span }];
    case 'blockquote':
      return [{ kind: 'quote', children: node.children.flatMap((child) => convert(child, lines, shift)), ...span }];
    case 'code': {
      const opening = lines[start.line - 1] ?? '';
      const fenced = /^[`~]{3}/.test(opening.slice(start.column - 1));
      return [{
        kind: 'fence',
        ...readInfo([node.lang ?? '', node.meta ?? ''].join(' ').trim()),
        body: node.value,
        bodyLine: span.line + (fenced ? 1 : 0),
        indent: start.column - 1,
        ...span,
      }];
    }
    case 'list':
      return [{ kind: 'list', ordered: node.ordered === true, items: node.children.map((item) => convertItem(item, lines, shift)), ...span }];
    case 'table':
      return [convertTable(node, shift)];
    case 'footnoteDefinition':
      return node.children.flatMap((child) => convert(child, lines, shift));
    default:
      return [];
  }
}

function convertItem(item: MdListItem, lines: string[], shift: number): ListItem {
  const first = item.position?.start.line ?? 1;
  return boxed({
    line: first + shift,
    endLine: (item.position?.end.line ?? first) + shift,
    checked: item.checked ?? null,
    children: item.children.flatMap((child) => convert(child, lines, shift)),
  });
}

function convertTable(node: MdTable, shift: number): Block {
  const [head, ...body] = node.children;
  const cells = (row: MdTable['children'][number] | undefined) => row?.children.map((cell) => inline(cell.children).trim()) ?? [];
  return {
    kind: 'table',
    columns: cells(head),
    rows: body.map((row) => ({ line: (row.position?.start.line ?? 1) + shift, cells: cells(row) })),
    line: (node.position?.start.line ?? 1) + shift,
    endLine: (node.position?.end.line ?? 1) + shift,
  };
}

function inline(children: { type: string; value?: string }[]): string {
  return children.map((child) => (child.type === 'break' ? '\n' : (child.value ?? ''))).join('');
}
