import { looksLikeAttributes } from './attributes.js';
import { readInfo } from './info-string.js';

/** Insertions into a document by line, so that nothing else of it changes. */
export class Edits {
  private readonly above = new Map<number, string[]>();
  private readonly below = new Map<number, string[]>();
  private readonly tails = new Map<number, string>();
  private readonly replaced = new Map<number, string>();

  constructor(readonly lines: string[]) {}

  before(line: number, added: string[]): void {
    this.above.set(line, [...(this.above.get(line) ?? []), ...added]);
  }
  after(line: number, added: string[]): void {
    this.below.set(line, [...(this.below.get(line) ?? []), ...added]);
  }
  /** Takes the words of other tools off a fence's opening line: in a reviewed guide every word there is an attribute. */
  open(line: number): void {
    const match = /^(.*?(?:`{3,}|~{3,}))[ \t]*(.*)$/.exec(this.lines[line - 1] ?? '');
    const { lang, meta } = readInfo((match?.[2] ?? '').trim());
    if (match && meta !== '' && !looksLikeAttributes(meta)) this.replace(line, (match[1] ?? '') + (lang ?? ''));
  }
  replace(line: number, text: string): void {
    this.replaced.set(line, text);
  }
  append(line: number, text: string): void {
    this.tails.set(line, (this.tails.get(line) ?? '') + text);
  }
  text(from: number): string {
    return this.lines.flatMap((text, index) => {
      const line = index + 1;
      if (index < from) return [];
      const own = this.replaced.get(line) ?? text;
      return [...(this.above.get(line) ?? []), this.tails.has(line) ? own.trimEnd() + (this.tails.get(line) ?? '') : own, ...(this.below.get(line) ?? [])];
    }).join('\n').replace(/^\n+/, '');
  }
}
