import type { Block, Fence, List, ListItem } from './block.js';

/** Boxes drawn as characters, open and ticked. */
const DRAWN = /^([☐□▢◻◽⬜]|[☑☒])\ufe0f?\s+(?=\S)/u;
const ESCAPED = /^(?:\\\[([ xX]?)\\?\]|\[(?: {2,3}|\u00a0|([✓✔✅])\ufe0f?)\])\s+(?=\S)/u;
const ANY_BOX = /[☐□▢◻◽⬜☑☒]|\[[ xX]\]/gu;
/** A line of a text that is a box with its item. */
const LINE = /^\s*(?:[-*•]\s+)?(?:\[([ xX])\]|([☐□▢◻◽⬜☑☒])\ufe0f?)\s+(\S.*)$/u;
/** One of several outcomes, of which one is chosen; "No errors in the log" and "Success page opens" are none. */
const OUTCOME = /^\W*(?:(?:conditional(?:ly)? )?pass(?:ed)?|fail(?:ed)?|success(?:ful)?|go|no-?go|yes|no|n\/?a|approved|rejected|blocked)(?=\W*$|\s*[-–—:：(,/]|\s+(?:with|and|if|because|due|by|on)\b)/i;

/** A list item whose box is drawn as a character: a task as any other. "☐ Pass ☐ Fail" offers a choice and is none. */
export function boxed(item: ListItem): ListItem {
  const [head, ...rest] = item.children;
  if (item.checked !== null || head?.kind !== 'paragraph') return item;
  // `\[ ]` is what an editor makes of a box that it does not know; `[  ]` and `[✓]` are some to nobody but their reader.
  const match = DRAWN.exec(head.text) ?? ESCAPED.exec(head.text);
  if (!match || (head.text.match(ANY_BOX) ?? []).length > 1) return item;
  return { ...item, checked: /[☑☒xX✓✔✅]/u.test(match[1] ?? match[2] ?? ''), children: [{ ...head, text: head.text.slice(match[0].length) }, ...rest] };
}

/** A paragraph whose every line is a drawn box: the list it stands for; else the block as it is. */
export function boxedLines(block: Block): Block {
  if (block.kind !== 'paragraph' || !DRAWN.test(block.text)) return block;
  const lines = block.text.split('\n');
  const items = itemsOf(lines, block.line);
  return items.length > 1 && items.length === lines.length ? { kind: 'list', ordered: false, items, line: block.line, endLine: block.endLine } : block;
}

/** A fence without a language that holds boxes, with labels between them at most: their list, or null. Its line is the fence's. */
export function boxesIn(fence: Fence): List | null {
  const lines = fence.body.split('\n');
  const items = itemsOf(lines, fence.bodyLine);
  if (items.length < 2 || items.length * 5 < lines.filter((line) => line.trim() !== '').length * 3) return null;
  return { kind: 'list', ordered: false, items, line: fence.line, endLine: fence.endLine };
}

function itemsOf(lines: readonly string[], first: number): ListItem[] {
  const found = lines.flatMap((text, index) => {
    const match = LINE.exec(text.slice(0, 1000));
    if (!match || (text.match(ANY_BOX) ?? []).length > 1) return [];
    const at = { line: first + index, endLine: first + index };
    return [{ ...at, checked: /[xX☑☒]/u.test(match[1] ?? match[2] ?? ''), children: [{ kind: 'paragraph' as const, text: match[3] ?? '', ...at }] }];
  });
  return found.some((item) => OUTCOME.test(item.children[0]?.text.replace(/[*_]/g, '') ?? '')) ? [] : found;
}
