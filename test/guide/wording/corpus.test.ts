import { expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { CORPUS_CALLED } from './corpus-called.js';
import { CORPUS_COMMENTS } from './corpus-comments.js';
import { CORPUS_EACH_ROW } from './corpus-each-row.js';
import { CORPUS_EXPLAINED } from './corpus-explained.js';
import { CORPUS_FORMS } from './corpus-forms.js';
import { CORPUS_LOOKED_UP } from './corpus-looked-up.js';
import { CORPUS_PARTS } from './corpus-parts.js';
import { CORPUS_SAID } from './corpus-said.js';
import { CORPUS_BESIDE, CORPUS_VALUES } from './corpus-values.js';
import { CORPUS as WHOLE } from './corpus.js';
import { SHAPES } from './shapes.js';

const CORPUS = [...WHOLE, ...CORPUS_PARTS, ...CORPUS_EXPLAINED, ...CORPUS_CALLED, ...CORPUS_COMMENTS, ...CORPUS_SAID, ...CORPUS_VALUES, ...CORPUS_BESIDE, ...CORPUS_EACH_ROW, ...CORPUS_LOOKED_UP, ...CORPUS_FORMS];

function reading(shape: keyof typeof SHAPES, phrase: string): string {
  const read = readWording(phrase, { shape: SHAPES[shape], extra: null });
  if (read.source === 'operator') return '?';
  return read.assertions.map(formatExpect).join(' & ') + (read.alternative ? ` ~ ${formatExpect(read.alternative)}` : '');
}

test('no phrase of the corpus is read otherwise than by hand', () => {
  const differing = CORPUS.filter(([shape, phrase, want]) => reading(shape, phrase) !== want);
  expect(differing.map(([shape, phrase, want]) => ({ shape, phrase, want, got: reading(shape, phrase) }))).toEqual([]);
});

test('the corpus is large, and its checkable part is read', () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(150);
  const asked = CORPUS.filter(([shape, phrase]) => reading(shape, phrase) === '?').length;
  expect(asked / CORPUS.length).toBeLessThan(0.4);
});
