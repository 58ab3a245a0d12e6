-- 1. New tables.
SELECT count(*) AS new_tables_count
FROM information_schema.tables
WHERE table_schema = 'public'
  AND table_name IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- 2. New columns of profiles.
SELECT count(*) AS new_columns_count
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'profiles'
  AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata', 'last_login_at', 'login_count');

-- 3. Tables that count their edits and know who deleted a row.
SELECT table_name, count(*) AS columns
FROM information_schema.columns
WHERE table_schema = 'public'
  AND table_name IN ('dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
  AND column_name IN ('deleted_at', 'deleted_by', 'edit_count', 'version')
GROUP BY table_name
ORDER BY table_name;

-- 4. Existing rows carry the safe defaults: profiles that do not.
SELECT count(*) AS wrong_defaults
FROM public.profiles
WHERE NOT is_active OR deleted_at IS NOT NULL OR login_count <> 0 OR metadata <> '{}';
