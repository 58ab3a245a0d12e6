-- 1. What this guide builds upon: must all be there.
SELECT need, present
FROM (VALUES
    ('table public.user_profiles', to_regclass('public.user_profiles') IS NOT NULL),
    ('table auth.users',           to_regclass('auth.users') IS NOT NULL),
    ('function auth.uid()',        to_regprocedure('auth.uid()') IS NOT NULL),
    ('role authenticated',         to_regrole('authenticated') IS NOT NULL),
    ('role service_role',          to_regrole('service_role') IS NOT NULL)
) AS requirement (need, present)
ORDER BY need;

-- 2. What this guide builds: either nothing of it, or a complete earlier run.
--    A half-built state was made by hand and must be understood first.
SELECT CASE
           WHEN count(*) FILTER (WHERE present) = 0 THEN 'absent'
           WHEN count(*) FILTER (WHERE present) = count(*) THEN 'complete'
           ELSE 'partial: ' || string_agg(part, ', ' ORDER BY part) FILTER (WHERE present)
       END AS state
FROM (VALUES
    ('column user_profiles.role', EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = to_regclass('public.user_profiles') AND attname = 'role' AND NOT attisdropped)),
    ('table ai_usage', to_regclass('public.ai_usage') IS NOT NULL)
) AS part (part, present);

-- 3. Statements that run for more than a minute would hold up the ALTER TABLE.
SELECT count(*) AS long_running
FROM pg_stat_activity
WHERE datname = current_database()
  AND pid <> pg_backend_pid()
  AND state <> 'idle'
  AND xact_start < now() - interval '1 minute';
