import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/text/duration.js';
import { nearest } from '../../src/text/nearest.js';
import { visible } from '../../src/text/sanitise.js';
import { slug } from '../../src/text/slug.js';
import { textTable, withoutTableRules } from '../../src/text/table.js';
import { displayWidth, pad, truncate, wrap } from '../../src/text/width.js';

const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('\u001b[31m', '\u202e', '\u200b', '你好', 'é', '👩‍👩‍👧', ' ', 'word', '\r', '\u0085')).map((parts) => parts.join('')));

test('the short way to a width gives what the long one does, for each character that takes it', () => {
  for (const [first, last] of [[0x20, 0x7e], [0x3001, 0x3002], [0x3041, 0x3096], [0x30a1, 0x30fa], [0x30fc, 0x30fc], [0x4e00, 0x9fff], [0xac00, 0xd7a3]] as const) {
    // In short pieces: of a long text the segmenter looks at all of it for each character.
    for (let at = first; at <= last; at += 50) {
      const some = String.fromCodePoint(...Array.from({ length: Math.min(50, last - at + 1) }, (_, index) => at + index));
      expect(displayWidth(some)).toBe(stringWidth(some));
      expect([...new Intl.Segmenter().segment(some)]).toHaveLength(some.length);
    }
  }
});

describe('visible', () => {
  test.each([['\u001b[31mred', '␛[31mred'], ['a\u202eb', 'a\\u202eb'], ['a\nb', 'a␊b'], ['a\u0000', 'a␀'], ['a\u200bb', 'a\\u200bb']])('%j', (raw, shown) => {
    expect(visible(raw)).toBe(shown);
  });
  test('never leaves a control character, an override or anything invisible', () => {
    fc.assert(fc.property(anything, (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u);
      expect(visible(text, { keepNewlines: true }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }), { numRuns: 1000 });
  });
});

describe('widths', () => {
  test('are never exceeded', () => {
    fc.assert(fc.property(anything.map((text) => visible(text)), fc.integer({ min: 2, max: 40 }), (text, width) => {
      expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      expect(displayWidth(pad(text, width))).toBe(width);
      for (const line of wrap(text, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }), { numRuns: 1000 });
  });
  test('wrapping loses nothing but spaces', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z你é]{1,12}$/)), fc.integer({ min: 2, max: 20 }), (words, width) => {
      expect(wrap(words.join(' '), width).join('').replaceAll(' ', '')).toBe(words.join(''));
    }));
  });
  test('a table keeps within its limit where its columns allow', async () => {
    const table = await textTable(['id', 'text'], [['1', 'x'.repeat(300)], ['2', '你好']], { width: 40 });
    for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(40);
  });
});

describe('durations, slugs and nearest words', () => {
  test.each([['10m', 600_000], ['1h30m', 5_400_000], ['500ms', 500], ['2-5 minutes', 300_000], ['14d', 1_209_600_000], ['soon', null], ['', null], ['5', null]])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
  test.each([[85, '85 ms'], [1200, '1.2 s'], [185_000, '3 m 05 s'], [7_800_000, '2 h 10 m']])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
  test('a slug is its own slug', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(slug(slug(text))).toBe(slug(text));
    }));
    expect(slug('Étape 1: Créer `ai_usage`')).toBe('etape-1-creer-ai-usage');
  });
  test('the nearest word, or none', () => {
    expect(nearest('transactoin', ['transaction', 'timeout'])).toBe('transaction');
    expect(nearest('zebra', ['transaction', 'timeout'])).toBeNull();
  });
});

test('a table of Markdown is shown without its rule, and without a head that names nothing', () => {
  expect(withoutTableRules('result is\n|  |  |\n| --- | --- |\n| a | 1 |')).toBe('result is\n| a | 1 |');
  expect(withoutTableRules('result is\n| name | n |\n| --- | --- |\n| a | 1 |\n| b | 2 |')).toBe('result is\n| name | n |\n| a | 1 |\n| b | 2 |');
  expect(withoutTableRules('rows = 2')).toBe('rows = 2');
});
