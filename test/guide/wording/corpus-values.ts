import type { SHAPES } from './shapes.js';

/** Phrases that tell a value as the server writes it; each read by hand. */
export const CORPUS_VALUES: [keyof typeof SHAPES, string, string][] = [
  ['fallback', "Expected: `'user'::text`", `column column_default = "'user'::text"`],
  ['fallback', "Expected: 'user'", 'column column_default = "user"'],
  ['show', 'Expected: 15.x', String.raw`value matches /^15\./`],
  ['show', 'Expected: v0.5.x', String.raw`value matches /^0\.5\./`],
  ['price', 'Expected: 100.00', 'column price = 100'],
  ['price', 'Expected: 100', 'rows = 100 ~ value = 100'],
  ['fleet', '`boat_count` is now `4`', 'column boat_count = 4'],
  ['fleet', 'Expected: `boat_count` should now be 4', 'column boat_count = 4'],
  ['names', 'Expected: none left', 'no rows'],
  ['names', 'Expected: nothing remains', 'no rows'],
  ['names', 'Expected: rows for `boats`, `berths` and `piers`', 'rows contain "boats", "berths", "piers"'],
];
