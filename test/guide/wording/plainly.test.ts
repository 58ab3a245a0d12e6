import { expect, it } from 'vitest';
import { isExpectation } from '../../../src/guide/reading.js';

it.each([
  ['Verify that the query returns no rows.', 'forward'],
  ['Confirm the count is 5.', 'forward'],
  ['This returns 3 rows.', 'backward'],
  ['Goal: 0 rows', 'backward'],
  ['✅ 3 rows', 'backward'],
  // What tells of something else than a result.
  ['Goal: move every boat', null],
  ['Verify the migration:', null],
  ['Confirm that your backup is complete.', null],
  ['Check the count of open pages.', null],
  ['You will see the dashboard.', null],
  ['We expect that the team is there.', null],
  ['This returns the rows to their owner.', null],
] as const)('"%s" states an expectation: %s', (said, side) => {
  expect(isExpectation(said)).toBe(side);
});
