import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsOf } from '../../src/guide/needs.js';
import { firstOf, Sieve } from '../../src/guide/sieve.js';

describe('what a pattern needs', () => {
  it.each([
    [/^both (true|false)$/i, ['both ']],
    [/(?:row|record)s? returned/i, [' returned']],
    [/polic(?:y|ies)/, ['polic']],
    [/^(?:Zero|no) rows?/i, [' row']],
    [/a?bc+d/, ['bc']],
    [/x{2,}(?:alpha|beta)/, ['alpha', 'beta']],
    [/(?:alpha|beta)?gamma/, ['gamma']],
    [/(?!never)alpha(?<!beta)/, ['alpha']],
    [/\balpha\.beta\b/, ['alpha.beta']],
    [/[)\]]ab/, ['ab']],
    [/\p{L}+ß?état/u, ['état']],
    [/^(?:\d+|zero)$/, null],
    [/alpha|[a-z]+/, null],
    [/.*/, null],
  ])('%s', (form, pieces) => {
    expect(needsOf(form)).toEqual(pieces);
  });
});

/** A pattern, and a text that it matches. */
interface Made {
  source: string;
  text: string;
}

const words = fc.constantFrom('row', 'Rows', 'no', 'zero', 'polic', 'état', '行', 'is ', ' are', '= ', 'a.b', '{x}', '~|', 'ſ', 'K');
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const { made } = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.oneof(
    { maxDepth: 4 },
    words.map((text) => ({ source: escaped(text), text })),
    fc.constantFrom<Made[]>({ source: String.raw`\d+`, text: '17' }, { source: '[a-c)\\]]', text: 'b' }, { source: String.raw`\s*`, text: ' ' }, { source: '.', text: 'x' }, { source: String.raw`\p{L}`, text: 'é' }, { source: '(?!never)', text: '' }),
    fc.tuple(tie('made'), tie('made')).map(([one, other]) => ({ source: one.source + other.source, text: one.text + other.text })),
    fc.tuple(tie('made'), tie('made'), fc.boolean()).map(([one, other, first]) => ({ source: `(?:${one.source}|${other.source})`, text: (first ? one : other).text })),
    fc.tuple(tie('made'), fc.boolean()).map(([one, there]) => ({ source: `(${one.source})?`, text: there ? one.text : '' })),
    fc.tuple(tie('made'), fc.integer({ min: 1, max: 3 }), fc.constantFrom('+', '{1,3}', '*', '+?')).map(([one, times, mark]) => ({ source: `(?:${one.source})${mark}`, text: one.text.repeat(times) })),
    fc.tuple(tie('made'), tie('made')).map(([one, other]) => ({ source: `${one.source}(?=${other.source})${other.source}`, text: one.text + other.text })),
  ),
}));

describe('the sieve', () => {
  it('leaves out no pattern that matches', () => {
    fc.assert(fc.property(fc.array(made, { minLength: 1, maxLength: 6 }), fc.nat(), fc.string(), fc.string(), (all, which, before, behind) => {
      const forms = all.map(({ source }) => new RegExp(source, 'iu'));
      const text = before + (all[which % all.length]?.text ?? '') + behind;
      const may = new Sieve(forms).of(text);
      expect(forms.flatMap((form, index) => (form.test(text) ? [index] : [])).filter((index) => !may.includes(index))).toEqual([]);
      expect(may).toEqual([...may].sort((a, b) => a - b));
    }), { numRuns: 3000 });
  });

  it('knows that most do not', () => {
    expect(new Sieve([/alpha/i, /beta|gamma/, /\d/]).of('the BETA and the ALPHABET')).toEqual([0, 1, 2]);
    expect(new Sieve([/alpha/i, /beta|gamma/, /\d/]).of('nothing of it')).toEqual([2]);
  });

  it('finds the first rule whose pattern matches', () => {
    const rule = firstOf([[/^alpha$/, 1], [/alpha/, 2], [/alpha beta/, 3]] as const);
    expect(rule('alpha beta')?.[1]).toBe(2);
    expect(rule('gamma')).toBeUndefined();
  });
});
