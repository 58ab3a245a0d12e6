import type { SHAPES } from './shapes.js';

/** More of the corpus: what guides say below their queries, in sentences and labels. */
export const CORPUS_SAID: [keyof typeof SHAPES, string, string][] = [
  // What leads to names
  ['names', 'Look for these 3 tables: `boats`, `berths`, `crew_logs`', 'rows contain "boats", "berths", "crew_logs"'],
  ['columns', 'Confirm the table has: `hull`, `keel_kind`', 'rows contain "hull", "keel_kind"'],
  ['columns', 'Verify the output does not contain: `hull`, `keel_kind`', 'rows exclude "hull", "keel_kind"'],
  ['policies', 'Four rows expected.', 'rows = 4'],
  // Pairs in one pair of back-ticks; one of several; a row of cells
  ['users', "Expected: `role='mate', email=NULL`", 'column role = "mate" & column email = null'],
  ['users', "Expected: 1 row with `email='a@pier.org', role='mate'`.", 'rows = 1 & column email = "a@pier.org" & column role = "mate"'],
  ['users', "Expected: no row with `email='a@pier.org', role='mate'`", '?'],
  ['star', "Should return: `mood` is 'calm', 'rough', or 'wild'", 'column mood in "calm", "rough", "wild"'],
  ['star', "Should return: `mood` is not 'calm', or 'rough'", '?'],
  ['star', "Should return: mood is 'calm' or 'rough'", '?'],
  ['buckets', 'Should return: `boat_papers`, `true`, `1024`', 'result is\n|  |  |  |\n| --- | --- | --- |\n| boat_papers | true | 1024 |'],
  ['buckets', 'Should return: `boat_papers`, `crew_papers`, `pier_papers`', 'rows contain "boat_papers", "crew_papers", "pier_papers"'],
  // Conditions that the way itself has met
  ['named', 'Should return 1 row if the trigger is active', 'rows = 1'],
  ['named', 'Should return 1 row if the trigger does not exist', '?'],
  ['users', 'Should return 1 row if the mate is active', '?'],
  ['named', 'Should return 1 row if the trigger exists, none otherwise', '?'],
  ['users', "Expected: 1 row con `role = 'mate'`", 'rows = 1 & column role = "mate"'],
];
