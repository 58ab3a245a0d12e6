import { readAttributes } from './attributes.js';
import type { Html } from './block.js';
import { plainText } from './plain.js';
import { closeGroup, type Walk } from './walk.js';
import { overrideOf, placeUnder } from './walk-label.js';

/** A summary or heading written as HTML is a label; the end of `<details>` ends what it said. */
function readMarkup(walk: Walk, html: string): void {
  for (const [whole, , text = ''] of html.matchAll(/<(summary|h[1-6])\b[^>]*>([\s\S]{1,300}?)<\/\1>|<\/details>/gi)) {
    closeGroup(walk);
    const label = plainText(text.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
    walk.label = whole.startsWith('</') ? null : label;
    placeUnder(walk, whole.startsWith('</') ? null : overrideOf(label), true);
  }
}

/** `<!-- step: … -->`: attributes of the heading, list or fence directly after it. Other HTML may hold labels. */
export function readHtml(walk: Walk, html: Html): void {
  const match = /^\s*<!--\s*step:\s*([\s\S]*?)\s*-->\s*$/.exec(html.text);
  if (!match) {
    readMarkup(walk, html.text);
    if (/^\s*<!--(?![\s\S]*-->)/.test(html.text)) walk.guide.remarks.warning('open-comment', 'this comment is never closed: nothing below it is read', { line: html.line, length: 4 }, 'close it with `-->`');
    if (/^\s*<!--\s*steps?\s*:?\s+[\w-]+=/i.test(html.text)) walk.guide.remarks.warning('step-comment', 'this comment looks like attributes and is not read', { line: html.line }, 'write `<!-- step: key=value -->`');
    return;
  }
  walk.pendingLine = html.line;
  const column = html.text.indexOf(match[1] ?? '') + 1;
  walk.pending = { ...walk.pending, ...readAttributes(match[1] ?? '', { line: html.line, column }, walk.guide.remarks) };
}
