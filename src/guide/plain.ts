import type { Block } from './block.js';
import { repairMojibake } from './mojibake.js';
import { remember } from './remember.js';

/** What inline Markdown is made with; most texts hold none of it. */
const MARKED = /[`*<\\]|__|\]\(/;

/** Inline Markdown as plain text: emphasis, links and escapes resolved; back-ticks kept when asked for. */
export function plainText(raw: string, keepCode = false): string {
  if (raw === last.raw) return keepCode ? (last.withCode ??= withCode(raw)) : (last.withoutCode ??= withoutCode(raw));
  const plain = MARKED.test(raw) ? null : raw.trim();
  last = { raw, withCode: plain ?? (keepCode ? withCode(raw) : null), withoutCode: plain ?? (keepCode ? null : withoutCode(raw)) };
  return (keepCode ? last.withCode : last.withoutCode) ?? '';
}

/** The text that was asked about last: readers ask about one after the other. */
let last: { raw: string; withCode: string | null; withoutCode: string | null } = { raw: '', withCode: '', withoutCode: '' };

const withoutCode = remember((raw) => resolved(raw).replace(/`+/g, '').trim());
const withCode = remember((raw) => resolved(raw).trim());

function resolved(raw: string): string {
  let text = raw;
  if (text.includes('](')) text = text.replace(/!?\[([^\][\n]{0,300})\]\([^()\n]{0,600}\)/g, '$1');
  if (text.includes('<')) text = text.replace(/<(https?:[^>\s]{1,500})>/g, '$1').replace(/<\/?(?:b|strong|em|i|br|kbd|code|u|sub|sup)\s{0,5}\/?>/gi, ' ');
  if (text.includes('*') || text.includes('__')) text = besideCode(text);
  if (text.includes('\\')) text = text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return text;
}

function withoutEmphasis(raw: string): string {
  let text = raw.replace(/\*\*/g, '').replace(/(^|[\s(])__(?=\S)([^_\n]{1,300})__(?=[\s.,:;)!?]|$)/g, '$1$2');
  if (text.startsWith('*')) text = text.replace(/^\*([^\s*][^*\n]*[^\s*])\*$/, '$1');
  return text.replace(/(^|[\s(])\*(?=[^\s*)])([^*\n`]{1,300})\*(?=[\s.,:;)!?]|$)/g, '$1$2');
}

/** The same where code has such signs too (a schedule of five stars, a `__name__`): in code they are meant as they stand. */
function besideCode(text: string): string {
  if (!text.includes('`') || text.includes('\u0002')) return withoutEmphasis(text);
  const codes: string[] = [];
  const apart = text.replace(/`[^`\n]+`/g, (code) => {
    if (!/[*_]/.test(code)) return code;
    codes.push(code);
    return '\u0002';
  });
  let next = 0;
  return withoutEmphasis(apart).replace(/\u0002/g, () => codes[next++] ?? '');
}

/** A text that is bold as a whole, its colon too or not. */
export const BOLD = /^\s*(?:\*\*|__)([^*_].*?)(?:\*\*|__)\s*[:：]?\s*$/s;

/** What a line means is said within so many characters; patterns that try many words must not be tried on a megabyte. */
const LONGEST_TITLE = 4000;

/** A title reduced to what its meaning hangs on: repaired, without emoji, numbering and marks; lower case. Pure. */
export const matchable = remember((raw) => reduce(raw.length > LONGEST_TITLE ? raw.slice(0, LONGEST_TITLE) : raw));

function reduce(raw: string): string {
  const plain = plainText(raw);
  if (/^[\x20-\x7e\n]*$/.test(plain)) return (/ {2}|\n/.test(plain) ? plain.replace(/\s+/g, ' ') : plain).toLowerCase();
  return repairMojibake(plain)
    .normalize('NFKC')
    .replace(/\u20e3|\ufe0f|\u200d/g, '')
    .replace(/[\p{Extended_Pictographic}\p{So}]/gu, ' ')
    .replace(/[’‘]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Kebab-case name made of a title; empty for a title without letters or digits. */
export function slug(raw: string): string {
  return matchable(raw)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

/** The words of blocks, a line each: list items with a dash, fences as they are; tables, rules and HTML left out. */
export function plainBlocks(blocks: readonly Block[]): string {
  return blocks.map((block): string => {
    switch (block.kind) {
      case 'paragraph': case 'heading': return plainText(block.text);
      case 'list': return block.items.map((item) => `- ${plainBlocks(item.children)}`).join('\n');
      case 'fence': return block.body.trimEnd();
      case 'quote': return plainBlocks(block.children);
      case 'table': case 'html': case 'rule': return '';
    }
  }).filter((text) => text !== '').join('\n');
}
