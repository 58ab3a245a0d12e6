import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleOf, roleOfTitle } from '../../../src/guide/roles.js';
import { expects, isExpectation } from '../../../src/guide/wording/cue.js';
import { readAnew, readWording } from '../../../src/guide/wording/read.js';
import { isLong } from '../documents.js';
import { CORPUS } from './corpus.js';
import { SHAPES } from './shapes.js';

/** LONG=1 tries five times as many. */
const RUNS = isLong ? 5000 : 1000;

describe('readings that are remembered', () => {
  it('are those of another figure in its place', () => {
    const labels = ['Expected: ', '**Expected:** ', 'Expected result: `', 'should return ', 'Returns exactly ', 'Expect at least ', 'It should be ', 'Expected rows: ', 'Total: ', 'Count should be ', '- Expected count: ', 'Result: ', '>= ', 'Expected = ', 'Expected: -', 'Expected: v'];
    const tails = ['', ' rows', ' records', ' rows returned', ' rows affected', '.', '` rows', ' results.', ' ms', '%', '.5', ',000', ' total', ' rows updated'];
    const figures = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 90, max: 700 }), fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 0, max: 2_000_000 }));
    fc.assert(fc.property(fc.constantFrom(...Object.values(SHAPES)), fc.constantFrom(...labels), fc.constantFrom(...tails), figures, (shape, label, tail, figure) => {
      const said = `${label}${figure}${tail}`;
      expect(readWording(said, { shape, extra: null })).toEqual(readAnew(said, { shape, extra: null }));
    }), { numRuns: RUNS });
  });

  it('are those of any words with another larger figure that stands alone', () => {
    const said = [...CORPUS.map(([name, phrase]) => [name, phrase] as const), ...['Step 17 was looked at', '0 boats of 17', 'Expected: 0 rows (17 not yet there)', 'Total: 17 boats, 3 with crews', 'should show 17 boats for pier 4'].map((phrase) => ['count', phrase] as const)].filter(([, phrase]) => /(?<![\w.,:/-])\d+(?![\w.,:/%-])/.test(phrase));
    fc.assert(fc.property(fc.constantFrom(...said), fc.oneof(fc.integer({ min: 2, max: 130 }), fc.integer({ min: 130, max: 9999 })), ([name, phrase], figure) => {
      const other = phrase.replace(/(?<![\w.,:/-])\d+(?![\w.,:/%-])/, String(figure));
      const context = { shape: SHAPES[name], extra: null };
      expect({ other, read: readWording(other, context) }).toEqual({ other, read: readAnew(other, context) });
      expect({ other, side: isExpectation(other), role: roleOfTitle(other) }).toEqual({ other, side: expects(other), role: roleOf(other) });
    }), { numRuns: RUNS });
  });

  it('are those of tables that differ in their figures alone', () => {
    const numbered = (tables: readonly string[], figure: number): string[] => tables.map((table) => (/^pg_/.test(table) ? table : `${table}_${figure}`));
    const shapes = Object.values(SHAPES).filter((shape) => shape !== null);
    for (const [index, [name, said]] of CORPUS.entries()) {
      const own = SHAPES[name];
      // Beside its own shape each phrase meets another of the first three in its turn.
      for (const shape of own === null ? [] : [own, ...shapes.slice(index % 3, (index % 3) + 1)]) {
        for (const figure of [1, 2, 34]) {
          const context = { shape: { ...shape, tables: numbered(shape.tables, figure) }, extra: null };
          const text = figure === 34 ? said.replace(/\b(boats|users|berths)\b/, '$1_34') : said;
          expect({ said: text, read: readWording(text, context) }).toEqual({ said: text, read: readAnew(text, context) });
        }
      }
    }
  });

  it('are changed by nobody', () => {
    const read = readWording('Expected: 3 rows', { shape: SHAPES.users, extra: null });
    expect(() => read.assertions.push({ type: 'success' })).toThrow(TypeError);
  });
});

describe('what is said in other words or signs', () => {
  /** Changes of a wording that leave what it says. */
  const SAME: Record<string, (said: string) => string> = {
    'a sign in front': (said) => (/^(?:--|[✅❌>*_-])/u.test(said) ? said : `✅ ${said}`),
    'a full stop': (said) => (/[.!:_]$/.test(said) ? said : `${said}.`),
    'bold label': (said) => said.replace(/^Expected: (?!both\b)/, '**Expected:** '),
    'another label': (said) => said.replace(/^Expected: (?!both\b)/, 'Expected result: '),
    'a bullet': (said) => (/^[-*_]/.test(said) ? said : `- ${said}`),
    'a comment': (said) => (/^(?:--|_)/.test(said) ? said : `-- ${said}`),
    'must': (said) => said.replace(/\bshould\b/g, 'must'),
    'records': (said) => said.replace(/\b(\d+) rows (?=returned|affected|deleted|updated)/g, '$1 records '),
  };

  const told = (said: string, shape: keyof typeof SHAPES): string => JSON.stringify(readAnew(said, { shape: SHAPES[shape], extra: null }).assertions.filter(({ type }) => type !== 'operator'));
  const asWritten = CORPUS.map(([shape, said]) => ({ shape, said, read: told(said, shape) }));

  it.each(Object.keys(SAME))('%s', (name) => {
    const changed = asWritten.map(({ shape, said, read }) => ({ shape, said, read, other: SAME[name]?.(said) ?? said })).filter(({ said, other }) => other !== said);
    expect(changed.length).toBeGreaterThan(0);
    const differing = changed.filter(({ shape, read, other }) => read !== told(other, shape));
    expect(differing.map(({ said }) => said)).toEqual([]);
  });
});
