import { folded, needsOf } from './needs.js';

/** Symbols that a step of the tree tells apart: the letters, figures and signs of ASCII, upper case as lower. */
const SYMBOLS = 70;
const SYMBOL_OF = new Uint8Array(128);
const CAPITALS = 65;
for (let code = 32, next = 1; code < 127; code += 1) if (code < CAPITALS || code >= CAPITALS + 26) SYMBOL_OF[code] = next++;
for (let code = CAPITALS; code < CAPITALS + 26; code += 1) SYMBOL_OF[code] = SYMBOL_OF[code + 32] ?? 0;

/**
 * Of many patterns those that a text may match, by the pieces of text that they need: in their order, none left out
 * that would match. The pieces stand in a tree of their characters, which is built when a text is first asked about. Pure.
 */
export class Sieve {
  private tree: Tree | null = null;

  constructor(private readonly forms: readonly RegExp[]) {}

  /** Indices of the patterns that may match, from one on, in rising order. */
  of(text: string, from = 0): number[] {
    this.tree ??= new Tree(this.forms.map(needsOf));
    const found = this.tree.of(text);
    return from === 0 ? found : found.filter((index) => index >= from);
  }
}

class Tree {
  /** Of each node the nodes behind it, by symbol; 0 where there is none. */
  private next: Uint32Array;
  private size = 1;
  /** The patterns that need the piece that ends at a node. */
  private readonly ends: (number[] | undefined)[] = [];
  /** Pieces with characters that the tree does not know. */
  private readonly others: { piece: string; form: number }[] = [];
  private readonly always: number[] = [];
  private readonly marks: Uint8Array;

  constructor(needs: readonly (string[] | null)[]) {
    const room = needs.reduce((sum, pieces) => (pieces ?? []).reduce((all, piece) => all + piece.length, sum), 1);
    this.next = new Uint32Array(room * SYMBOLS);
    this.marks = new Uint8Array(needs.length);
    for (const [form, pieces] of needs.entries()) {
      if (pieces === null) this.always.push(form);
      for (const piece of pieces ?? []) this.add(piece, form);
    }
    this.next = this.next.slice(0, this.size * SYMBOLS);
  }

  private add(piece: string, form: number): void {
    const symbols = Array.from({ length: piece.length }, (_, index) => symbolAt(piece, index));
    if (symbols.includes(0)) {
      this.others.push({ piece, form });
      return;
    }
    let node = 0;
    for (const symbol of symbols) {
      const at = node * SYMBOLS + symbol;
      if (this.next[at] === 0) this.next[at] = this.size++;
      node = this.next[at] ?? 0;
    }
    (this.ends[node] ??= []).push(form);
  }

  of(text: string): number[] {
    const found = [...this.always];
    const { next, ends, marks } = this;
    const take = (form: number): void => {
      if (marks[form] === 1) return;
      marks[form] = 1;
      found.push(form);
    };
    let plain = true;
    for (let start = 0; start < text.length; start += 1) {
      if (text.charCodeAt(start) > 127) plain = false;
      let node = next[symbolAt(text, start)] ?? 0;
      for (let at = start + 1; node !== 0; at += 1) {
        const own = ends[node];
        if (own !== undefined) for (const form of own) take(form);
        node = next[node * SYMBOLS + symbolAt(text, at)] ?? 0;
      }
    }
    if (!plain && this.others.length > 0) {
      const line = folded(text);
      for (const { piece, form } of this.others) if (marks[form] === 0 && line.includes(piece)) take(form);
    }
    for (const form of found) marks[form] = 0;
    return found.sort((a, b) => a - b);
  }
}

/** The symbol of a character, the long s and the sign of kelvin as the letters that they are; 0 for one that the tree does not know, and behind the end. */
function symbolAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (SYMBOL_OF[code] ?? 0) : code === 0x17f ? (SYMBOL_OF[115] ?? 0) : code === 0x212a ? (SYMBOL_OF[107] ?? 0) : 0;
}

/** Of rules, each a pattern and what goes with it, the first whose pattern matches a text. */
export function firstOf<Rule extends readonly [RegExp, ...unknown[]]>(rules: readonly Rule[]): (text: string) => Rule | undefined {
  const sieve = new Sieve(rules.map(([form]) => form));
  return (text) => rules[sieve.of(text).find((index) => rules[index]?.[0].test(text)) ?? -1];
}

/** Rules, each a pattern and what is put in its place, applied one behind the other; `applied` hears of each that changed the text. */
export function rewriting<Rule extends readonly [RegExp, string, ...unknown[]]>(rules: readonly Rule[]): (text: string, applied?: (rule: Rule) => void) => string {
  const sieve = new Sieve(rules.map(([form]) => form));
  return (said, applied) => {
    let text = said;
    let may = sieve.of(text);
    for (let index = may.shift(); index !== undefined; index = may.shift()) {
      const rule = rules[index];
      const next = rule === undefined ? text : text.replace(rule[0], rule[1]);
      if (rule === undefined || next === text) continue;
      applied?.(rule);
      text = next;
      may = sieve.of(text, index + 1);
    }
    return text;
  };
}

/** Forms of which any may match, told apart as if they were one pattern: of many, in many languages, only those are tried that a text may match. */
export class Forms {
  private readonly sieve: Sieve;

  constructor(readonly all: readonly RegExp[]) {
    this.sieve = new Sieve(all);
  }

  test(text: string): boolean {
    return this.sieve.of(text).some((index) => this.all[index]?.test(text) === true);
  }
}

/** Which of several such match a text: one pass over it for all of them. */
export function anyOfForms(kinds: readonly Forms[]): (text: string) => (kind: Forms) => boolean {
  const owner = kinds.flatMap((kind) => kind.all.map(() => kind));
  const forms = kinds.flatMap((kind) => kind.all);
  const sieve = new Sieve(forms);
  return (text) => {
    const may = sieve.of(text);
    return (kind) => may.some((index) => owner[index] === kind && forms[index]?.test(text) === true);
  };
}
