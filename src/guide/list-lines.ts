import { plainText } from './plain.js';
import type { ListItem } from './block.js';
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
  if (/^[^|]+(?: \| [^|]+)+$/.test(line)) return false;
  if (/^[^\p{L}\d"“'`]*(["“'`])[^"”'`]+["”'`](?: \([A-Z]{3,}\))?$/u.test(line.trim())) return false;
  const words = line.replace(/`[^`]*`/g, 'x').replace(/\([^)]*\)|\p{Extended_Pictographic}\ufe0f?/gu, '').trim().split(/\s+/).length;
  return words > 3 || /\b[a-z]\w*_\w+ ?[:=] ?\S/i.test(line) || /\p{Script=Han}[^:：]{5,}|[:：]\s*[應应]/u.test(line) || /\b(?:should|shows?|returns?|executed|success|succeeds?|must|equals?|no |none|all |rows?)\b|[=<>≥≤]/i.test(line);
}

const POLICIES = /\bpolic(?:y|ies)\b[^:：]*[:：]\W*$/i;
const POLICY = /^([^\p{L}\d"'`]*)(\p{Lu}[^"'`:=<>|]{8,70}?)((?: \((?:SELECT|INSERT|UPDATE|DELETE|ALL)\))?)\W*$/u;

/** "Expected policies:" over what they are called in plain words, "Crews can see their boats": the same in quotes; null where a line is no such name. */
export function policyNames(label: string, lines: readonly string[]): string[] | null {
  if (!POLICIES.test(label) || lines.length < 2) return null;
  const named = lines.map((line) => POLICY.exec(line.trim()));
  const called = named.every((one) => one !== null && /\b(?:can|allow|enable|only|manage|view|read|insert|update|delete|create|access|select)\w*\b/i.test(one[2] ?? '') && !/\b(?:should|must|no|not|none|exists?|is|are|polic(?:y|ies))\b|[\d[\]]/i.test(one[2] ?? ''));
  return called ? named.map((one) => `"${one?.[2]?.trim() ?? ''}"${one?.[3] ?? ''}`) : null;
}

/** The item's own text, without what is nested. */
export function firstLine(item: ListItem, keepCode = false): string {
  const head = item.children.find((child) => child.kind === 'paragraph');
  return plainText((head?.text ?? '').replace(/\n/g, ' '), keepCode);
}

export function allLines(item: ListItem): { line: number; text: string }[] {
  const own = firstLine(item, true);
  return [...(own === '' ? [] : [{ line: item.line, text: own }]), ...item.children.flatMap((child) => (child.kind === 'list' ? child.items.flatMap(allLines) : []))];
}
