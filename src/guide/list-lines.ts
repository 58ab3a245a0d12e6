/* Lines of a list under a label such as "Expected:": names, rows, or sentences of their own. */

/** "You should see three policies:" */
export const COUNTED = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b/i;

/** A row beside lines that are none: one of those there are. */
export const isPart = (lines: readonly string[], index: number): boolean => / \| /.test(lines[index] ?? '') && lines.some((line) => !/ \| /.test(line));

/** A count beside names: of several results, one line is said of one of them. */
export function isMixed(lines: readonly string[]): boolean {
  const counts = lines.filter((line) => /^\W*\d+\+? \p{L}/u.test(line)).length;
  return counts > 0 && counts < lines.length;
}

/** Whether a line says something of its own, rather than naming it; what stands in quotes is a name. */
export function isSentence(line: string): boolean {
  if (/^[^\p{L}\d"“'`]*(["“'`])[^"”'`]+["”'`](?: \([A-Z]{3,}\))?$/u.test(line.trim())) return false;
  const words = line.replace(/`[^`]*`/g, 'x').replace(/\([^)]*\)|\p{Extended_Pictographic}\ufe0f?/gu, '').trim().split(/\s+/).length;
  return words > 3 || /\b[a-z]\w*_\w+ ?[:=] ?\S/i.test(line) || /\p{Script=Han}[^:：]{5,}|[:：]\s*[應应]/u.test(line) || /\b(?:should|shows?|returns?|executed|success|succeeds?|must|equals?|no |none|all |rows?)\b|[=<>≥≤]/i.test(line);
}
