import type { Line, Span } from './line.js';
import { span } from './line.js';
import { visible } from '../text/sanitise.js';

const KEYWORDS = new Set(`add all alter analyze and as asc before after begin between by cascade case check cluster column comment commit concurrently constraint copy create cross database default delete desc distinct do drop each else enable end except exists explain extension false for foreign from full function grant group having if in index inner insert intersect into is join key language left like limit lock materialized not notice null of offset on only or order outer owner partition policy primary procedure raise references refresh rename replace restrict returning returns revoke right role rollback row schema security select sequence set table temporary then to trigger true truncate type union unique update using vacuum validate values view when where with without`.split(' '));
const TOKEN = /(--[^\n]*)|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?)|(\$[A-Za-z_]*\$)|([A-Za-z_][\w$]*)|(\s+|[^\sA-Za-z_'"$-]+|.)/gy;

/** SQL as coloured lines. A light tokenizer: the grammar is not loaded for a screen. */
export function highlight(sql: string): Line[] {
  return visible(sql, { keepNewlines: true }).split('\n').map((text) => spansOf(text));
}

function spansOf(text: string): Line {
  const out: Span[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [token, comment, string, , dollar, word] = match;
    if (comment !== undefined) out.push({ text: token, tone: 'comment' });
    else if (string !== undefined || dollar !== undefined) out.push({ text: token, tone: 'string' });
    else if (word !== undefined && KEYWORDS.has(word.toLowerCase())) out.push({ text: token, tone: 'accent' });
    else out.push(span(token));
  }
  return out;
}
