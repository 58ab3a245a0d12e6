-- 1. The seven tables this builds upon.
SELECT name AS table_name, to_regclass('public.' || name) IS NOT NULL AS present
FROM unnest(ARRAY['profiles', 'dispensary_profiles', 'products', 'communications',
                  'tasks', 'orders', 'order_items']) AS name
ORDER BY name;

-- 2. Names that would clash: an earlier run, or somebody else's.
SELECT name
FROM unnest(ARRAY['user_permissions', 'role_permissions', 'user_activity_log', 'change_log',
                  'active_dispensaries', 'exceptions_in_force', 'recent_changes']) AS name
WHERE to_regclass('public.' || name) IS NOT NULL
UNION ALL
SELECT name
FROM unnest(ARRAY['permission_type', 'resource_type', 'activity_type']) AS name
WHERE to_regtype('public.' || name) IS NOT NULL
UNION ALL
SELECT format('%s.%s', attrelid::regclass, attname)
FROM pg_attribute
WHERE attrelid IN ('public.profiles'::regclass, 'public.dispensary_profiles'::regclass, 'public.products'::regclass,
                   'public.communications'::regclass, 'public.tasks'::regclass, 'public.orders'::regclass,
                   'public.order_items'::regclass)
  AND attname IN ('deleted_at', 'deleted_by', 'edit_count', 'version', 'is_active', 'metadata',
                  'last_login_at', 'login_count')
  AND NOT attisdropped;

-- 3. Roles decide about permissions from now on: nobody may give themselves one.
SELECT has_column_privilege('authenticated', 'public.profiles', 'role', 'UPDATE') AS self_promotion;
