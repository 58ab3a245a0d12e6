import type { Block } from './block.js';

const PASS = /^\W*pass(?:ed|es)?\b[^:：\n]{0,20}[:：]/i;
const FAIL = /^\W*fail(?:ed|s|ure)?\b[^:：\n]{0,20}[:：]/i;

/** "**Pass:** 0 rows" and on the next line "**Fail:** run this:": what to do where it fails is a case of its own, and a paragraph. */
export function apartVerdicts(block: Block): Block[] {
  if (block.kind !== 'paragraph') return [block];
  const lines = block.text.split('\n');
  const at = lines.findIndex((line, index) => index > 0 && FAIL.test(line));
  if (at === -1 || !lines.slice(0, at).some((line) => PASS.test(line))) return [block];
  return [
    { ...block, text: lines.slice(0, at).join('\n').trimEnd(), endLine: block.line + at - 1 },
    { ...block, text: lines.slice(at).join('\n'), line: block.line + at },
  ];
}
