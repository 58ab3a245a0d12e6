/** What a pattern needs to match at all, read off its own text: of many patterns most are known not to match before one is tried. */

/** Pieces of text, folded to lower case, of which every match holds one at least; null where none are sure. */
export function needsOf(form: RegExp): string[] | null {
  const reader = new Reader(form.source);
  const pieces = reader.alternatives();
  return pieces === null || !reader.atEnd() ? null : [...new Set(pieces.map(folded))];
}

/** As a pattern that ignores case sees it; the long s is the one letter that lower case leaves. */
export const folded = (text: string): string => text.toLowerCase().replaceAll('ſ', 's');

/** Of two sets the one that tells more: a set tells as much as its shortest piece. */
function better(one: string[] | null, other: string[] | null): string[] | null {
  if (one === null || other === null) return one ?? other;
  const more = shortest(other) - shortest(one);
  return more > 0 || (more === 0 && other.length < one.length) ? other : one;
}

const shortest = (pieces: readonly string[]): number => pieces.reduce((least, piece) => Math.min(least, piece.length), Infinity);

class Reader {
  private at = 0;
  constructor(private readonly source: string) {}

  atEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** `a|b`: a piece of each; null where one of them has none. */
  alternatives(): string[] | null {
    let all: string[] | null = this.sequence();
    while (this.source[this.at] === '|') {
      this.at += 1;
      const next = this.sequence();
      all = all === null || next === null ? null : [...all, ...next];
    }
    return all;
  }

  /** The best of what stands in a row. */
  private sequence(): string[] | null {
    let best: string[] | null = null;
    let run = '';
    const end = (): void => {
      if (run.length > 1) best = better(best, [run]);
      run = '';
    };
    while (!this.atEnd() && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const { pieces, literal } = this.term();
      const least = this.least();
      if (literal !== null && least === 'once') run += literal;
      else {
        // What may be there does not hold the pieces around it together; what is there several times does so at its front.
        if (literal !== null && least === 'more') run += literal;
        end();
        if (least !== 'none' && pieces !== null) best = better(best, pieces);
      }
    }
    end();
    return best;
  }

  /** A character, a class or a group, without its quantifier. */
  private term(): { pieces: string[] | null; literal: string | null } {
    const char = this.source[this.at] ?? '';
    const nothing = { pieces: null, literal: null };
    if (char === '(') return { pieces: this.group(), literal: null };
    if (char === '[') {
      this.at += 1;
      while (!this.atEnd() && this.source[this.at] !== ']') this.at += this.source[this.at] === '\\' ? 2 : 1;
      this.at += 1;
      return nothing;
    }
    if (char === '\\') return this.escape();
    this.at += 1;
    return char === '.' || char === '^' || char === '$' ? nothing : { pieces: null, literal: char };
  }

  private escape(): { pieces: null; literal: string | null } {
    const next = this.source[this.at + 1] ?? '';
    const long = /^\\(?:[pP]\{[^}]*\}|u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|k<[^>]*>|\d+)/i.exec(this.source.slice(this.at, this.at + 40))?.[0];
    this.at += long?.length ?? 2;
    return { pieces: null, literal: long === undefined && /[^\w]/.test(next) ? next : null };
  }

  /** What stands in brackets: of what must not be there, nothing is needed. */
  private group(): string[] | null {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(this.source.slice(this.at, this.at + 40))?.[0] ?? '(';
    this.at += opening.length;
    const pieces = this.alternatives();
    this.at += 1;
    return opening.endsWith('!') ? null : pieces;
  }

  /** How often what stands before must be there. */
  private least(): 'none' | 'once' | 'more' {
    // Most stand once.
    if (!'?*+{'.includes(this.source[this.at] ?? ' ')) return 'once';
    const mark = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 20));
    if (mark === null) return 'once';
    this.at += mark[0].length;
    return mark[0].startsWith('+') || Number(mark[1] ?? 0) > 0 ? 'more' : 'none';
  }
}
