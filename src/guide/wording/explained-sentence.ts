import type { Assertion, Operator, Scalar } from '../../assertions/assertion.js';
import { WRITTEN_ANEW } from './anew.js';
import { TELLS } from './called.js';
import { catalogType, typeInCatalog } from './catalog.js';
import { wordOf, type Token } from './explained-tokens.js';
import { BETWEEN_ROWS, BOUNDS, CONTAINS, COPULA, EMPTY, FILLED, KINDS, LINKS, NOUN, PLACES, SAYS_MORE, SIGNS } from './explained-words.js';
import { isMasked } from './literal.js';
import { readNamed } from './names.js';
import { knownColumns, type StatementShape } from './shape.js';

/** A sentence as its words, read from the first to the last; see `explained.ts`. */
export class Sentence {
  private at = 0;
  /** The columns that were read last stand with commas between them, and no "and". */
  private listed = false;
  private readonly made: Assertion[] = [];

  constructor(private readonly tokens: readonly Token[], private readonly shape: StatementShape) {}

  /** `alone`: a number, or names, are enough; other readers know what denies them. */
  read(alone = false): Assertion[] | null {
    const there = this.one();
    this.skip();
    const counted = there || this.count();
    if (counted === null || (this.at === this.tokens.length && !alone)) return null;
    while (this.at < this.tokens.length) if (!this.condition(counted)) return null;
    return alone || (this.made.length > (counted ? 1 : 0) && this.made.some(({ type }) => type !== 'contains')) ? this.made : null;
  }

  private peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  private word(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? token.plain : '';
  }

  private sign(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'sign' ? token.said : '';
  }

  /** Passes over words that say nothing, and what joins one condition to the next. */
  private skip(): void {
    for (let one = this.peek(); one !== undefined; one = this.peek()) {
      const empty = (one.kind === 'word' && EMPTY.has(one.plain) && !(FILLED.has(one.plain) && this.nextIsColumn())) || (one.kind === 'sign' && /^[,;+&:]$/.test(one.said));
      if (!empty) return;
      this.at += 1;
    }
  }

  private nextIsColumn(): boolean {
    return this.peek(1)?.kind === 'column';
  }

  /** "Crew record with": that there is such a row. */
  private one(): boolean {
    const at = [0, 1, 2].find((ahead) => /^(?:row|record|entry)$/.test(this.word(ahead)));
    const link = at === undefined ? -1 : at + (/^(?:exists?|returned|found)$/.test(this.word(at + 1)) ? 2 : 1);
    if (at === undefined || !/^(?:with|where)$/.test(this.word(link)) || this.shape.oneRow || !this.shape.filtered || [0, 1].slice(0, at).some((ahead) => this.peek(ahead)?.kind !== 'word' || SAYS_MORE.test(this.word(ahead)))) return false;
    this.at += link + 1;
    this.made.push({ type: 'rows', op: '>=', value: 1 });
    return true;
  }

  /** "At least 4 policies": true; false: no number of rows is told; null: one that cannot be told of this result. */
  private count(): boolean | null {
    const from = this.at;
    const [words, op] = BOUNDS.find(([said]) => said.every((word, index) => this.word(index) === word)) ?? [[], '=' as const];
    this.at += words.length;
    const figure = this.peek();
    const back = (): false => {
      this.at = from;
      return false;
    };
    if (figure?.kind !== 'number') return words.length > 0 ? null : back();
    this.at += 1;
    // "52 picks": a figure in a column of that name.
    const behind = this.peek();
    if (behind?.kind === 'column' && /count|total|num|sum/i.test(behind.column)) return back();
    const first = this.at;
    for (let one = this.peek(); one?.kind === 'word' && NOUN.test(one.plain) && (this.at === first || !/^\p{Lu}\p{Ll}/u.test(one.said)) && !LINKS.has(one.plain) && !PLACES.test(one.plain); one = this.peek()) this.at += 1;
    // "4 policies", whose only column of that kind is `policyname`, or "3 names": the things themselves.
    if (this.at === first && behind?.kind === 'column' && /s$/.test(behind.plain)) this.at += 1;
    const nouns = this.tokens.slice(first, this.at).map(wordOf);
    if (nouns.length === 0 || nouns.length > 3 || nouns.some((noun) => SAYS_MORE.test(noun))) return null;
    if (this.shape.oneRow && !(figure.value === 1 && op === '=' && nouns.some((noun) => /^(?:row|record|result|entry)$/.test(noun)))) return null;
    if (figure.value === 0) return null;
    if (!this.shape.oneRow || !this.shape.counts) this.made.push({ type: 'rows', op: figure.least ? '>=' : op, value: figure.value });
    return true;
  }

  private condition(counted: boolean): boolean {
    this.skip();
    const one = this.peek();
    if (one === undefined) return true;
    return this.filled() || (one.kind === 'column' ? this.ofColumn() : this.ofValue(counted));
  }

  /** "non-null `x` and `y`", "non-null values". */
  private filled(): boolean {
    const not = this.word() === 'not' && this.isNull(1);
    if (!not && this.word() !== 'non-null' && this.word() !== 'populated') return false;
    const from = this.at;
    this.at += not ? 2 : 1;
    if (/^(?:values?|columns|fields)$/.test(this.word()) && this.at + 1 === this.tokens.length && this.allKnown()) {
      this.at += 1;
      for (const column of knownColumns(this.shape) ?? []) this.every(column, '!=', null);
      return true;
    }
    const columns = this.columns();
    if (columns.length === 0) {
      this.at = from;
      return false;
    }
    for (const column of columns) this.every(column, '!=', null);
    return true;
  }

  private allKnown(): boolean {
    return knownColumns(this.shape) !== null;
  }

  private isNull(ahead: number): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'value' && token.value === null;
  }

  /** Columns one behind the other, with what joins them. */
  private columns(): string[] {
    const found: string[] = [];
    this.listed = false;
    for (;;) {
      const joins = found.length > 0 && (/^[,/]$/.test(this.sign()) || this.word() === 'and') ? 1 : 0;
      const joint = joins === 1 && this.word(1) === 'and' ? 2 : joins;
      const token = this.peek(joint);
      if (token?.kind !== 'column' || (found.length > 0 && joint === 0)) return found;
      this.listed ||= joint === 1 && this.sign() === ',';
      found.push(token.column);
      this.at += joint + 1;
    }
  }

  /** "`state` is 'open'", "`a` and `b` both TRUE", "content set", "qual: contains `x`". */
  private ofColumn(): boolean {
    const columns = this.columns();
    let op: Operator = '=';
    let signed = false;
    let compared = false;
    for (let one = this.peek(); one !== undefined; one = this.peek()) {
      if (SIGNS[this.sign()] !== undefined) {
        // "Qual: contains": the colon leads to more.
        if (op !== 'contains') op = SIGNS[this.sign()] ?? '=';
        signed = true;
      } else if (one.kind !== 'word' || !(COPULA.test(one.plain) || CONTAINS.test(one.plain)) || (one.plain === 'set' && this.ends(1))) break;
      if (one.kind === 'word' && CONTAINS.test(one.plain)) op = 'contains';
      if (one.kind === 'word' && one.plain === 'at' && this.word(1) !== 'least') return false;
      if (one.kind === 'word' && one.plain === 'least') op = '>=';
      if (one.kind === 'word' && /^equals?$/.test(one.plain)) compared = true;
      this.at += 1;
    }
    if (this.word() === 'not' && this.isNull(1)) {
      this.at += 2;
      for (const column of columns) this.every(column, '!=', null);
      return this.closes();
    }
    if (FILLED.has(this.word()) && !signed) {
      this.at += 1;
      for (const column of columns) this.every(column, '!=', null);
      return this.closes();
    }
    const next = this.peek();
    // "(kind = sail)": after its sign, a plain word is what the column holds.
    const said: Token | undefined = next?.kind === 'word' && this.sign(-1) === '=' && op === '=' && /^[a-z][\w-]*$/.test(next.said) && !TELLS.test(next.said) && !SAYS_MORE.test(next.said) ? { kind: 'value', value: next.said, name: false } : next;
    if (said?.kind !== 'value' && said?.kind !== 'number') return false;
    // "`role` should equal `rank`": of another column, which there is not.
    if (compared && said.kind === 'value' && said.name) return false;
    this.at += 1;
    // "name, state = 'open'": a column that there is, and one with what it holds.
    const alone = this.listed && said.kind === 'value' && typeof said.value === 'string';
    for (const column of alone ? columns.slice(-1) : columns) if (!this.holds(column, said, op)) return false;
    return this.closes();
  }

  /** "'mate' role", "52 picks", "`a`, `b` and `c`". */
  private ofValue(counted: boolean): boolean {
    const one = this.peek();
    if (/^(?:including|containing)$/.test(this.word())) {
      this.at += 1;
      return this.names();
    }
    if (one?.kind === 'word' && counted && /^\p{Lu}/u.test(one.said)) return this.names();
    if (one?.kind !== 'value' && one?.kind !== 'number') return false;
    const from = this.at;
    this.at += 1;
    while (/^(?:for|in|as|the|each|every)$/.test(this.word())) this.at += 1;
    const column = this.peek();
    if (column?.kind === 'column' && (one.kind !== 'value' || one.value !== null)) {
      this.at += 1;
      return this.holds(column.column, one, '=') && this.closes();
    }
    this.at = from;
    return one.kind === 'value' && this.names();
  }

  /** Names, one behind the other: they are among the cells. */
  private names(): boolean {
    const found: string[] = [];
    for (let one = this.peek(); one !== undefined; one = this.peek()) {
      const name = one.kind === 'value' && one.name && typeof one.value === 'string' ? one.value : one.kind === 'value' && typeof one.value === 'string' && !one.name && /^[\p{L}\p{N}_.$:-]+(?: [\p{L}\p{N}_.$:-]+){0,7}$/u.test(one.value) ? one.value : one.kind === 'word' && /^\p{Lu}[\p{L}\d-]+$/u.test(one.said) ? one.said : null;
      if (name === null || (this.shape.sought ?? []).includes(name) === false && /^(?:SELECT|INSERT|UPDATE|DELETE|ALL)$/.test(name) === false && SAYS_MORE.test(name)) break;
      found.push(name);
      this.at += 1;
      if (this.sign() === ',') this.at += this.word(1) === 'and' ? 2 : 1;
      else if (this.word() === 'and') this.at += 1;
      else break;
    }
    // Of every column there is, a name may be that of one.
    const named = found.length === 0 || !this.allKnown() ? null : readNamed(found, this.shape, false);
    if (named === null) return false;
    // "updated_at triggers": what several are for, and the name of none.
    if (found.length === 1 && /_(?:at|by|on|id)$/.test(found[0] ?? '') && KINDS.test(this.word()) && /s$/.test(this.word())) return false;
    this.made.push(...named.assertions);
    if (KINDS.test(this.word())) this.at += 1;
    return this.closes();
  }

  /** Whether a condition ends here: at the end, or where another begins. A further value is none: "kinds: 'a', 'b'". */
  private closes(): boolean {
    const joint = this.sign() !== '' || this.word() === 'and' ? (this.word(1) === 'and' ? 2 : 1) : 0;
    const further = joint > 0 && this.peek(joint)?.kind === 'value' && this.peek(joint + 1)?.kind !== 'column';
    return this.ends(0) && !further;
  }

  private ends(ahead: number): boolean {
    const next = this.peek(ahead);
    return next === undefined || (next.kind === 'sign' && /^[,;+&]$/.test(next.said)) || (next.kind === 'word' && /^(?:and|all|each|with|initially|now|row|rows|columns?|fields?|for)$/.test(next.plain) && !(next.plain === 'for' && !this.forAll(ahead)));
  }

  /** "For each row", "for all of them". */
  private forAll(ahead: number): boolean {
    const said = [1, 2, 3].map((more) => this.word(ahead + more));
    if (!/^(?:all|each|every|both)$/.test(said[0] ?? '')) return false;
    return this.tokens.length - this.at - ahead <= 4;
  }

  private holds(column: string, said: Extract<Token, { kind: 'value' | 'number' }>, op: Operator): boolean {
    if (said.kind === 'number') {
      if (op === 'contains' || /name|status|type|role|kind|state/i.test(column) || (op !== '=' && BETWEEN_ROWS.test(column))) return false;
      this.every(column, said.least ? '>=' : op, said.value);
      return true;
    }
    const { value } = said;
    if (value === null || typeof value === 'boolean') {
      if (op !== '=' && op !== '!=') return false;
      this.every(column, op, value);
      return true;
    }
    if (op !== '=' && op !== '!=' && op !== 'contains') return false;
    if (typeof value === 'string' && (isMasked(value) || /\bnull\b/i.test(value) || /…|\.{3}|^<.*>$|\[.*\]/.test(value) || (op !== 'contains' && WRITTEN_ANEW.test(column)))) return false;
    // Of a type of one's own the catalog has another word.
    if (/^data_type$/i.test(column) && catalogType(String(value)) === undefined) return false;
    const own = this.shape.texts?.[this.shape.columns.indexOf(column)] ?? [];
    if (own.length > 0 && typeof value === 'string' && !own.includes(value)) return false;
    const method = op === 'contains' && WRITTEN_ANEW.test(column) && /^(?:gin|gist|btree|hash|brin|hnsw|ivfflat)$/i.test(String(value));
    // An array of roles holds one among others.
    this.every(column, op === '=' && /^roles$/i.test(column) ? 'contains' : op, method ? String(value).toLowerCase() : value);
    return true;
  }

  private every(column: string, op: Operator, value: Scalar): void {
    this.made.push({ type: 'column', column, quantifier: 'every', op, value: typeInCatalog(column, value) });
  }
}
