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
  // A figure of each row; a count behind the name of what is counted
  ['perTable', 'Each table should have 2-5 policies', 'column policy_count between 2 and 5'],
  ['listed', 'Every crew should have at least 1 boat', 'column boat_count >= 1'],
  ['names', 'Expected: Tables: 2 rows (boat_logs, crew_logs)', 'rows = 2 & rows contain "boat_logs", "crew_logs"'],
  ['names', 'Expected: Without the fix: 2 rows', '?'],
  ['names', 'Expected: On staging: 2 rows', '?'],
  ['fleet', 'Expected: Boats: 3 rows', '?'],
  // Names with their kind, and what else is said of them
  ['columns', "Should return `moorings` column with type `ARRAY` and default `{}`.", 'rows contain "moorings" & any column data_type = "ARRAY" & operator "with type `ARRAY` and default `{}`"'],
  ['named', 'Should show `berth_key` unique constraint', 'rows contain "berth_key"'],
  ['users', 'Expected: `boat.made`, `boat.sunk` rows attributed to the mate.', 'rows contain "boat.made", "boat.sunk" & operator "attributed to the mate"'],
  ['columns', 'Expected: `keel_kind` column removed', '?'],
  ['columns', 'Expected: `keel_kind` or `hull` columns', '?'],
  ['columns', 'Expected: no `keel_kind` column', '?'],
  ['users', "Expected: `role` column showing 'MATE' (text, not a number)", 'column role = "MATE"'],
  ['users', "All your sailing crews should have 'MATE' role", 'column role = "MATE"'],
  // Errors behind their label
  ['insert', 'Expected error: `P0001: no such berth.` (which proves the check)', 'error P0001 "no such berth"'],
  ['insert', 'Expected error: new row violates row-level security policy', 'error 42501'],
  ['insert', 'Expected errors: none', '?'],
  // One word within, and words with capitals
  ['states', 'Should include: moored', 'rows contain "moored"'],
  ['star', 'Should include: moored', '?'],
  ['states', 'Should return: Calm, Rough, Wild', 'rows contain "Calm", "Rough", "Wild"'],
  ['states', 'Should return: Done, Valid, Active', '?'],
  ['names', 'Check the columns (should NOT have keel_kind and hull)', 'rows exclude "keel_kind", "hull"'],
  // All of them are there
  ['sought', 'All tables should exist', 'rows contain "boats", "berths"'],
  ['sought', 'Both tables should be listed', 'rows = 2'],
  ['sought', 'All 2 tables should exist (made in part 3)', 'rows = 2 & rows contain "boats", "berths"'],
  ['sought', 'All 5 tables should exist', 'rows = 5'],
  ['names', 'All tables should exist', '?'],
  ['sought', 'All old tables should not exist', '?'],
  ['users', 'All columns should have values (no NULLs)', 'column id != null & column email != null & column role != null'],
  ['star', 'All columns should have values', '?'],
  ['users', 'All columns should be empty', '?'],
  // Figures with decimals, totals, and what is said of when
  ['latest', 'Should return: `26000.50`', 'value = 26000.5'],
  ['users', 'Should return: 26000.50', '?'],
  ['policies', 'Expected result: 32 schemas total', 'rows = 32'],
  ['count', 'Should be `0` in steady state', 'value = 0'],
  ['count', 'Should return 0 on any database today, because nothing writes it yet.', 'value = 0'],
  ['totals', 'Expected (before the crew comes): `total_users: 0, users_with_role: 0`', 'column total_users = 0 & column users_with_role = 0'],
  // What each has, and counts that are not zero
  ['policies', 'Each table should have "Crews read all" policy', 'rows contain "Crews read all" & operator "Each table should have \\"Crews read all\\" policy"'],
  ['policies', 'Each table should not have "Crews read all" policy', '?'],
  ['perTable', 'Expect non-zero counts for `boats`, `berths`.', 'rows contain "boats", "berths" & operator "non-zero counts for `boats`, `berths`"'],
  // What a row is called, with its kind; texts that the statement writes
  ['names', 'Expected: 1 row with `crew_logs` table', 'rows = 1 & rows contain "crew_logs"'],
  ['users', 'Expected: 1 row with `a@pier.org` email', 'rows = 1 & column email = "a@pier.org"'],
  ['names', 'Expected: 0 rows with `crew_logs` table', 'no rows'],
  ['outcomes', 'Expected: 1 row with status "✅ PASS"', 'rows = 1 & column status = "✅ PASS"'],
  ['outcomes', 'Expected: 1 row with status "✅ FINE"', '?'],
  ['outcomes', 'All should show ✅.', '?'],
  ['policies', 'Should see policies with `owner = me()` in the `cmd` column', 'any column cmd contains "owner = me()"'],
  // Plans
  ['plan', '"Index Scan Backward using idx_boats_made"', 'plan uses index idx_boats_made'],
  ['plan', 'Expected: "Execution Time: <600ms"', 'time < 600ms'],
  ['plan', 'Expected: No "Sort" operation', 'plan has no Sort'],
  // What is found, and how many
  ['users', 'Should find 1 record with `role: mate`', 'rows = 1 & column role = "mate"'],
  ['policies', 'Should find NO duplicates', 'no rows'],
  ['policies', 'Expected: no duplicates or orphans', '?'],
  ['names', 'You should see 4-5 tables listed.', 'rows between 4 and 5'],
  ['names', 'You should see 4-5 minutes pass', '?'],
  ['totals', 'Expected: one row, two zeros.', 'column total_users = 0 & column users_with_role = 0'],
  ['insert', 'Expected: "Success. 1 row inserted"', 'affected = 1'],
];
