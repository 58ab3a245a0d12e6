import type { Block } from './block.js';

const NAME = /^\W*(?:`[\w.$-]+`|[a-z][\w$.]*[_.][\w$]+)(?:\*\*)?(?:\s*(?:\([^()]*\)|[–—:-]\s[^.!?]*))?\W*$/i;

/** A list of names, each with a remark in brackets or behind a dash at most. */
export function isNamesList(block: Block | undefined): boolean {
  return block?.kind === 'list' && block.items.every(({ checked, children: [head, ...rest] }) => checked === null && rest.length === 0 && head?.kind === 'paragraph' && NAME.test(head.text));
}
