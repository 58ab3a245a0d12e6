import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineDifference } from '../../src/text/difference.js';

it('marks what was only there before and what is only there now, with a line around', () => {
  expect(lineDifference('a\nb\nc\nd\ne\nf', 'a\nb\nX\nd\ne\nf')).toEqual(['  b', '- c', '+ X', '  d']);
  expect(lineDifference('one\ntwo', 'one\ntwo\nthree')).toEqual(['  two', '+ three']);
  expect(lineDifference('1\n2\n3\n4\n5\n6\n7', '0\n2\n3\n4\n5\n6\n8')).toEqual(['- 1', '+ 0', '  2', '  …', '  6', '- 7', '+ 8']);
  expect(lineDifference('same\ntext', 'same\ntext')).toEqual([]);
});

it('both texts can be read back from their difference when nothing is left out', () => {
  const line = fc.constantFrom('a', 'b', 'c');
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.array(line, { minLength: 1, maxLength: 6 }), (old, now) => {
    const lines = lineDifference(old.join('\n'), now.join('\n'));
    const left = lines.filter((one) => one.startsWith('- ')).length - lines.filter((one) => one.startsWith('+ ')).length;
    expect(left).toBe(old.length - now.length);
    if (old.join() === now.join()) expect(lines).toEqual([]);
    else expect(lines.some((one) => !one.startsWith('  '))).toBe(true);
  }));
});
