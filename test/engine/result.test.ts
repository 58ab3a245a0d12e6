import { expect, it } from 'vitest';
import type { Measured } from '../../src/assertions/assertion.js';
import { toResult } from '../../src/steps/shared/result.js';

const measured: Measured = {
  kind: 'sql', columns: ['a', 'b', 'c', 'd'], types: ['text', 'text', 'text', 'text'], rows: [['x'.repeat(65_536), null, 'y'.repeat(10_000_000), `${'line\n'.repeat(20_000)}`]],
  rowCount: 1, truncated: false, affected: null, command: 'SELECT', durationMs: 1, error: null, notices: [], output: null, exitCode: null,
};

it('keeps of a value of megabytes whole lines of its beginning, and says how much it left out', () => {
  const { rows } = toResult(0, 'SELECT 1', measured, { tolerated: false, locks: [], rewrites: [] });
  expect(rows).toEqual([['x'.repeat(65_536), null, '[10000000 characters left out]', `${'line\n'.repeat(13_107)}[34465 characters left out]`]]);
});
