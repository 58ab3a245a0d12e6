import type { Draft } from './draft.js';

/** A number in a title, with the noun it counts: "Migration 003". No noun: any. */
export interface Numbered {
  noun: string;
  number: string;
}

const INDEX = /^\s*create\s+(?:unique\s+)?index\b[^(;]*?\bon\s+(?:only\s+)?(?:"?[\w$]+"?\s*\.\s*)?"?([\w$]+)"?/i;

/**
 * What the forward steps are called and what they create, so that each rollback step
 * finds its own without a look at every other. Steps come back in the guide's order.
 */
export class TieIndex {
  private readonly numbers = new Map<string, Map<Draft, string[]>>();
  private readonly labels = new Map<string, { step: Draft; words: Set<string> }[]>();
  private readonly objects = new Map<string, Set<Draft>>();
  private readonly taken = new Map<string, Set<Draft>>();
  private readonly order: Map<Draft, number>;

  constructor(forward: Draft[], numbersOf: (title: string) => Numbered[], wordsOf: (title: string) => Set<string>) {
    this.order = new Map(forward.map((step, index) => [step, index]));
    for (const step of forward) {
      for (const label of step.labels) {
        for (const { noun, number } of numbersOf(label)) {
          const steps = this.numbers.get(number) ?? new Map<Draft, string[]>();
          this.numbers.set(number, steps.set(step, [...(steps.get(step) ?? []), noun]));
        }
        const words = wordsOf(label);
        for (const word of words) this.label(word, { step, words });
      }
      // A dropped table takes its indexes along.
      for (const { sql } of step.statements) {
        const indexed = INDEX.exec(sql)?.[1];
        if (indexed !== undefined) put(this.objects, `of ${indexed.toLowerCase()}`, step);
      }
      for (const name of step.statements.flatMap((statement) => statement.drops)) put(this.taken, name, step);
      for (const name of step.statements.flatMap((statement) => statement.creates)) {
        put(this.objects, name, step);
        const on = / on (.+)$/.exec(name)?.[1];
        if (on !== undefined) put(this.objects, `of ${on}`, step);
        const table = /^(?:column ([^.]+)\.|rows (.+)$)/.exec(name)?.slice(1).find((one) => one !== undefined);
        if (table !== undefined) put(this.objects, `of ${table}`, step);
      }
    }
  }

  /** Steps with a number in a title, each with the nouns it counts. */
  numbered(number: string): { step: Draft; nouns: string[] }[] {
    return [...(this.numbers.get(number) ?? [])].map(([step, nouns]) => ({ step, nouns }));
  }

  /** Steps of which one title has all of these words. */
  called(words: Set<string>): Draft[] {
    const lists = [...words].map((word) => this.labels.get(word) ?? []);
    const rarest = lists.reduce((least, list) => (list.length < least.length ? list : least));
    return this.sorted(rarest.flatMap((one) => ([...words].every((word) => one.words.has(word)) ? [one.step] : [])));
  }

  /** Steps that create what is dropped. A dropped table takes its policies, indexes and triggers along. */
  creating(dropped: Iterable<string>): Draft[] {
    return this.sorted([...dropped].flatMap((name) => [...(this.objects.get(name) ?? []), ...(name.startsWith('table ') ? (this.objects.get(`of ${name.slice(6)}`) ?? []) : [])]));
  }

  /** Steps that drop what is created again: a column added back, an index made anew. */
  dropping(created: Iterable<string>): Draft[] {
    return this.sorted([...created].flatMap((name) => [...(this.taken.get(name) ?? [])]));
  }

  private label(word: string, one: { step: Draft; words: Set<string> }): void {
    const known = this.labels.get(word);
    if (known) known.push(one);
    else this.labels.set(word, [one]);
  }

  private sorted(steps: Draft[]): Draft[] {
    return [...new Set(steps)].sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0));
  }
}

function put(steps: Map<string, Set<Draft>>, name: string, step: Draft): void {
  steps.set(name, (steps.get(name) ?? new Set()).add(step));
}
