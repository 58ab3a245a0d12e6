-- 1. What the four migrations stand on.
SELECT need, present
FROM (VALUES
    ('table auth.users',      to_regclass('auth.users') IS NOT NULL),
    ('function auth.uid()',   to_regprocedure('auth.uid()') IS NOT NULL),
    ('role anon',             to_regrole('anon') IS NOT NULL),
    ('role authenticated',    to_regrole('authenticated') IS NOT NULL),
    ('role service_role',     to_regrole('service_role') IS NOT NULL),
    ('server 15 or newer',    current_setting('server_version_num')::integer >= 150000),
    ('right to create here',  has_schema_privilege('public', 'CREATE'))
) AS requirement (need, present)
ORDER BY need;

-- 2. Names the migrations will take. A hit is somebody else's object, or a migration
--    that ran already: both want a person.
SELECT name
FROM unnest(ARRAY[
    'users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
    'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit']) AS planned (name)
WHERE to_regclass('public.' || name) IS NOT NULL
UNION ALL
SELECT p.oid::regprocedure::text
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND p.proname IN ('set_updated_at', 'update_cycle_data_optimistic', 'validate_share_token',
                    'healthcare_access_audit', 'rotate_device_key');

-- 3. Naming rule YYYYMMDDNNN_description.sql: a real date, a number from 001 that
--    rises within the day, and a description in snake_case.
SELECT file
FROM unnest(ARRAY[
    '20250909001_initial_schema.sql', '20250909002_rls_policies.sql',
    '20250909003_rpc_functions.sql', '20250909004_performance_indexes.sql'])
    WITH ORDINALITY AS planned (file, position)
WHERE file !~ '^\d{8}\d{3}_[a-z0-9]+(_[a-z0-9]+)*\.sql$'
   OR to_char(to_date(left(file, 8), 'YYYYMMDD'), 'YYYYMMDD') <> left(file, 8)
   OR substr(file, 9, 3)::integer <> position;
