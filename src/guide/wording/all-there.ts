import { numberOf } from './normal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

const THINGS = '(?:tables|columns|fields|functions|indexes|indices|triggers|policies|extensions|views|types|enums|buckets|constraints|roles|jobs)';
const ALL_THERE = new RegExp(`^(all|both|the)?(?: (?:of )?the)?(?: ?(\\d+|two|three|four|five|six|seven|eight|nine|ten))?(?: ?[a-z]+){0,2}? ?${THINGS} (?:(?:should|must|will) )?(?:all |both |now )*(?:exist|(?:be|are) (?:there|present|listed|returned|created|active|attached|installed|in place))$`, 'i');

/** "Every listed function exists", of those that the statement lists. */
const EVERY_LISTED = /^(?:every|each|all)(?: of the)? listed \w+ (?:exists?|is (?:there|present)|are (?:there|present))$/i;

/** "All columns should exist", "all 6 tables should exist": as many as are said, and each that the statement itself looks for. */
export function readAllThere(text: string, shape: StatementShape | null): Found | null {
  if (EVERY_LISTED.test(text) && shape?.returnsRows === true && !shape.oneRow && (shape.sought?.length ?? 0) > 1) return { assertions: [{ type: 'contains', values: shape.sought ?? [] }] };
  const match = ALL_THERE.exec(text.replace(/^(?:verify|check|confirm|ensure|make sure)(?: that)? /i, ''));
  if (match === null || shape?.returnsRows !== true || shape.oneRow || isExplain(shape) || /\b(?:not|no|never|old)\b/i.test(text)) return null;
  const count = match[2] === undefined ? null : numberOf(match[2]);
  const sought = shape.sought ?? [];
  const named = sought.length > 1 && (count === null || count === sought.length) ? [{ type: 'contains' as const, values: sought }] : [];
  const rows = count === null ? [] : [{ type: 'rows' as const, op: '=' as const, value: count }];
  return rows.length + named.length === 0 ? null : { assertions: [...rows, ...named] };
}
