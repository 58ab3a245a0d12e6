import type { SHAPES } from './shapes.js';

/** Sentences of which every word is accounted for, and such as hold one word more than that. */
export const CORPUS_EXPLAINED: [keyof typeof SHAPES, string, string][] = [
  ['moored', 'Expected: two boats, each with 52 berths', 'rows = 2 & column berths = 52'],
  ['moored', "Should show 4 boats with 'captain' role", 'rows = 4 & column roles contains "captain"'],
  ['moored', 'expect: 1 row with name set, home_pier null', 'rows = 1 & column name != null & column home_pier = null'],
  ['moored', 'Should show all 12 boats with is_open = false initially', 'rows = 12 & column is_open = false'],
  ['moored', '1 row with non-null `home_pier`', 'rows = 1 & column home_pier != null'],
  ['users', 'Expected: 1 row with non-null values', 'rows = 1 & column id != null & column email != null & column role != null'],
  ['moored', 'Expected: 3 rows, name and home_pier not null', 'rows = 3 & column name != null & column home_pier != null'],
  ['moored', 'Expected: 3 boats (heron, tern, gull) all with `is_open` true', '?'],
  ['moored', 'Expected: 3 boats (`heron`, `tern`, `gull`) with is_open true', 'rows = 3 & column is_open = true & rows contain "heron", "tern", "gull"'],
  ['moored', '2 boats showing Heron, Tern with is_open = TRUE', 'rows = 2 & rows contain "Heron", "Tern" & column is_open = true'],
  ['moved', 'The query should succeed but `day_rate_open` and `week_rate_open` should both be TRUE (set by the trigger)', 'column day_rate_open = true & column week_rate_open = true'],
  ['jobs', 'Expected: 1 row, command: contains `refresh_berths`', 'rows = 1 & column command contains "refresh_berths"'],
  ['names', 'At least 3 names (idx_a_one, idx_b_two, idx_c_three)', 'rows >= 3 & rows contain "idx_a_one", "idx_b_two", "idx_c_three"'],
  ['moored', 'Expected: 3 rows (HRB-NORTH, HRB-SOUTH, HRB-WEST)', 'rows = 3 & rows contain "HRB-NORTH", "HRB-SOUTH", "HRB-WEST"'],

  // One word more than is understood
  ['moored', 'Expected: 2 boats, each with about 52 berths', 'rows = 2 & operator "each with about 52 berths"'],
  ['moored', 'Expected: 2 boats, each with 52 berths or more', '?'],
  ['moored', 'Expected: 2 boats with 52 berths on Sundays', '?'],
  ['moored', 'Expected: 4 boats with no home_pier', '?'],
  ['moored', 'Expected: 2 rows with home_pier north or south', '?'],
  ['moored', 'Expected: 2 boats, not populated', '?'],
  ['moored', 'Expected: 2 boats, only one with is_open true', 'rows = 2 & operator "only one with is_open true"'],
  ['moored', 'Expected: 2 boats, name before home_pier', 'rows = 2 & operator "name before home_pier"'],
  ['users', 'Expected: `role` should equal `rank`', '?'],

  // Nothing unread passes
  ['policies', "Should show 4 policies with 'captain' rank", `rows = 4 & operator "4 policies with 'captain' rank"`],
  ['all', 'Expected: 5 boats (heron:1, tern:1, gull:2)', 'rows = 5 & operator "5 boats (heron:1, tern:1, gull:2)"'],
  ['policies', 'Expected: 6 policies (3 for crews, 3 for guests)', 'rows = 6'],
  ['policies', 'Expected: 6 policies on `boats`, 2 of them for guests', '?'],

  // A result as a whole
  ['stats', 'Expected: All values should be 0 (except visits = 10)', 'column berths = 0 & column crews = 0 & column visits = 10'],
  ['stats', 'Expected: All values should be 0 (except trips = 10)', '?'],
  ['stats', 'Expected: All values should be 0 except on Sundays', '?'],
  ['moved', 'Must return exactly 5 rows, all columns true.', 'rows = 5 & column day_rate_open = true & column week_rate_open = true'],
  ['moved', 'Should show both rate columns as TRUE', 'column day_rate_open = true & column week_rate_open = true'],
  ['moved', 'Should show both day columns as TRUE', '?'],
  ['moved', 'Should show all rate columns as TRUE, once they are set', '?'],
  ['star', 'All columns should be true', '?'],
  ['totals', 'Verify they match', 'column total_users = column users_with_role'],
  ['fleet', 'Verify they match', '?'],
  ['users', 'Verify they match', '?'],
  ['users', 'Expected roles: `mate`, `skipper` only.', 'column role in "mate", "skipper"'],
  ['users', 'Expected roles: `mate`, `skipper`, guests only.', '?'],
  ['few', 'Expected: Table exists (may be empty)', '?'],
  ['whole', 'Expected: Table exists (may be empty)', 'success'],
  ['whole', 'Check boats table exists', 'success'],
  ['whole', 'Check crews table exists', '?'],
  ['whole', 'Table exists and is not empty', '?'],
  ['lost', 'Expected: At least 3-4 boats', 'value >= 3'],
  ['lost', 'expect: 5 and the result columns are: id, kind', 'value = 5 & operator "the result columns are: id, kind"'],
  ['names', 'All queries return data (row security allows it)', 'rows >= 1'],
  ['names', 'All queries return data (or an error)', '?'],
  ['outcomes', "Expected: ALL rows show '✅ PASS' (nothing is broken)", 'column status = "✅ PASS"'],
  ['outcomes', "Expected: ALL rows show '✅ PASS' (unless a boat is out)", '?'],

  // The last few of many, a name in short, a condition that the server writes in its own way
  ['latest', '`berths` should be `1`', '?'],
  ['latest', 'All rows should have `berths = 1`', 'column berths = 1'],
  ['policies', 'Expect: `boats_of_harbour_select_own`, `insert_own`, `update_own`.', '?'],
  ['policies', 'Expect: `boats_select_own`, `boats_insert_own`', 'rows contain "boats_select_own", "boats_insert_own"'],
  ['definition', 'Expect: index includes "WHERE moored_at IS NOT NULL"', String.raw`any column indexdef matches /WHERE\)*\s+\(*moored_at\)*\s+\(*IS\)*\s+\(*NOT\)*\s+\(*NULL/`],
];
