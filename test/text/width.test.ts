import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { displayWidth } from '../../src/text/width.js';

const marks = fc.array(fc.constantFrom('a', '1', '\ufe0f', '\u20e3', '👨', '\u200d', '支', '\u0301', 'ᄀ', 'ᅡ', '🇩', 'é', ' '), { maxLength: 700 }).map((parts) => parts.join(''));

it('a text of any length is as wide as its characters, asked again or not', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 700 }), marks), (text) => {
    const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
    expect(displayWidth(clean)).toBe(stringWidth(clean));
    expect(displayWidth(clean)).toBe(stringWidth(clean));
  }), { numRuns: 300 });
});
