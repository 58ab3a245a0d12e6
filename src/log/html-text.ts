import { seen } from './plain.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Text as HTML shows it literally, in content and in quoted attributes; control characters are spelt out. */
export function h(text: string): string {
  return seen(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

/** Colour family of a verdict or outcome. Never the only sign: the word stands beside it. */
export function tone(verdict: string): 'good' | 'warn' | 'bad' | 'quiet' {
  if (verdict === 'passed') return 'good';
  if (['failed', 'unknown', 'refused', 'no connection'].includes(verdict)) return 'bad';
  if (['warned', 'waived', 'blocked', 'skipped', 'asked', 'rolled back', 'stopped', 'interrupted', 'running'].includes(verdict)) return 'warn';
  return 'quiet';
}

/** A table with a caption and scoped headers; cells are HTML already. The first cell of a row is its header. */
export function htmlTable(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<tr>${cells.map((cell, column) => (column === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('\n');
  return `<div class="wide" role="group" aria-label="${h(caption)}" tabindex="0"><table><caption>${h(caption)}</caption>\n<thead><tr>${head.map((cell) => `<th scope="col">${h(cell)}</th>`).join('')}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

/** A section of the page with its heading; nothing when it has no content. */
export function section(id: string, title: string, content: string): string {
  return content === '' ? '' : `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${h(title)}</h2>\n${content}\n</section>\n`;
}

export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}
