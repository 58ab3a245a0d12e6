-- 1. New tables that are left.
SELECT count(*) AS tables_left
FROM information_schema.tables
WHERE table_schema = 'public'
  AND table_name IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- 2. New columns that are left, in any of the seven tables.
SELECT count(*) AS columns_left
FROM information_schema.columns
WHERE table_schema = 'public'
  AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
  AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata', 'last_login_at', 'login_count',
                      'edit_count', 'version');

-- 3. Functions, types, views, triggers and partitions that are left. Wants no rows.
SELECT p.oid::regprocedure::text AS leftover
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND p.proname IN ('user_has_permission', 'log_user_activity', 'soft_delete', 'count_edit', 'record_change',
                    'create_activity_log_partitions')
UNION ALL
SELECT typname FROM pg_type
WHERE typnamespace = 'public'::regnamespace AND typname IN ('permission_type', 'resource_type', 'activity_type')
UNION ALL
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND (relname IN ('active_dispensaries', 'exceptions_in_force', 'recent_changes')
       OR relname LIKE 'user\_activity\_log\_%')
UNION ALL
SELECT tgname FROM pg_trigger WHERE tgname IN ('record_change', 'count_edit') AND NOT tgisinternal;

-- 4. The policies as they were: none mentions deletion.
SELECT count(*) AS narrowed_policies
FROM pg_policies
WHERE schemaname = 'public' AND (qual LIKE '%deleted_at%' OR with_check LIKE '%deleted_at%');
