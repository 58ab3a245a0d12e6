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

/** Phrases about who may do what, members of JSON, and what is there beside other things; each read by hand. */
export const CORPUS_BESIDE: [keyof typeof SHAPES, string, string][] = [
  ['called', 'Expected: `{"ok": true, "boats": 3}`', String.raw`value matches /"ok"\s*:\s*true(?![\w.])/ & value matches /"boats"\s*:\s*3(?![\w.])/`],
  ['called', 'Should return `{"ok": true, "id": "..."}`', String.raw`value matches /"ok"\s*:\s*true(?![\w.])/ & operator "{\"ok\": true, \"id\": \"...\"}"`],
  ['called', 'Should return JSON with `ok: true`', String.raw`value is json & value matches /"ok"\s*:\s*true(?![\w.])/`],
  ['users', 'Expected: `{"ok": true}`', '?'],
  ['called', 'This should return an error (no boat is free)', '?'],
  ['called', 'Should fail', 'error'],
  ['grants', 'Expected: no anon', 'rows exclude "anon"'],
  ['grants', 'Should show no anon grants', 'rows exclude "anon"'],
  ['grants', 'Expected: no public access', '?'],
  ['grants', 'Expected: authenticated only', 'column grantee = "authenticated"'],
  ['grants', 'Expected: only `harbour`', 'column grantee = "harbour"'],
  ['policies', 'Expected: select, write(all)', '?'],
  ['policies', 'Expected commands: select, write', '?'],
  ['all', 'Should include both boats', 'rows >= 2'],
  ['all', 'Should show all three new boats', 'rows >= 3'],
  ['names', 'Should show both tables', 'rows = 2'],
  ['columns', 'Default value should be `0`', 'column column_default = "0"'],
  ['columns', "Default should be 'open'", String.raw`column column_default contains "'open'"`],
  ['columns', 'Both columns have type `numeric(3,1)`', 'column data_type = "numeric"'],
  ['columns', 'Type should be `boat_kind`', '?'],
  ['columns', 'Both columns should exist with type `text`', 'rows = 2 & column data_type = "text"'],
  ['totals', '`total_users` and `users_with_role` should be `4`', 'column total_users = 4 & column users_with_role = 4'],
  ['totals', 'Both totals should be `4`', 'column total_users = 4 & column users_with_role = 4'],
];
