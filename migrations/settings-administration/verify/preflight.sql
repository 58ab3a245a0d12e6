-- 1. Where this terminal is connected: everything below relies on PostgreSQL 15 or later.
SELECT current_database() AS database, current_setting('server_version_num')::integer / 10000 AS major;

-- 2. What the migrations build upon.
SELECT need, present
FROM (VALUES
  ('table auth.users', to_regclass('auth.users') IS NOT NULL),
  ('function auth.uid()', to_regprocedure('auth.uid()') IS NOT NULL),
  ('function auth.jwt()', to_regprocedure('auth.jwt()') IS NOT NULL),
  ('role anon', to_regrole('anon') IS NOT NULL),
  ('role authenticated', to_regrole('authenticated') IS NOT NULL),
  ('role service_role', to_regrole('service_role') IS NOT NULL),
  ('right to put a trigger on auth.users', has_table_privilege('auth.users', 'TRIGGER')),
  ('right to refer to auth.users', has_table_privilege('auth.users', 'REFERENCES')),
  ('right to create in schema public', has_schema_privilege('public', 'CREATE'))
) AS requirement (need, present)
ORDER BY need;

-- 3. Transactions older than a minute would keep the trigger on auth.users waiting.
SELECT count(*) AS long_running
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND state <> 'idle' AND xact_start < now() - interval '1 minute';
