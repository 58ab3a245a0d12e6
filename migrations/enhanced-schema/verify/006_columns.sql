-- Types, tables, views and columns against what was reviewed.
-- Every difference is one row: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
    ('enum', 'activity_type', 'login logout create read update delete export, comment What somebody did'),
    ('enum', 'permission_type',
     'create read update delete manage, comment What may be done; manage includes the other four'),
    ('enum', 'resource_type',
     'profile dispensary product communication task order order_item report system, comment What it may be done to'),
    ('table', 'active_dispensaries',
     'kind v, row security f, forced f, options security_invoker=true, comment Dispensaries that are not deleted, with their open orders'),
    ('table', 'change_log',
     'kind r, row security t, forced f, options , comment Every change of a tracked row, with the values before and after'),
    ('table', 'exceptions_in_force',
     'kind v, row security f, forced f, options security_invoker=true, comment Personal permissions and refusals that have not run out'),
    ('table', 'recent_changes',
     'kind v, row security f, forced f, options security_invoker=true, comment Changes of the last thirty days with their authors'),
    ('table', 'role_permissions',
     'kind r, row security t, forced f, options , comment Permissions that come with a role'),
    ('table', 'user_activity_log',
     'kind p, row security t, forced f, options , comment Who did what, one partition per month (UTC)'),
    ('table', 'user_permissions',
     'kind r, row security t, forced f, options , comment Exceptions for one person, granted or refused, with an optional end'),
    ('view', 'active_dispensaries', '0557c1b5ee406666319753892d3bb3fe'),
    ('view', 'exceptions_in_force', 'd72c8d3ec050edcfc12908cb84d61a3a'),
    ('view', 'recent_changes', 'a343ce8dd02e79f1cbb421fa1000db2f'),
    ('column', 'change_log.changed_at', 'timestamp with time zone, default now(), not null t, comment '),
    ('column', 'change_log.changed_by', 'uuid, default , not null f, comment '),
    ('column', 'change_log.changed_columns', 'text[], default ''{}''::text[], not null t, comment '),
    ('column', 'change_log.id', 'uuid, default gen_random_uuid(), not null t, comment '),
    ('column', 'change_log.new_values', 'jsonb, default , not null f, comment '),
    ('column', 'change_log.old_values', 'jsonb, default , not null f, comment '),
    ('column', 'change_log.operation', 'text, default , not null t, comment '),
    ('column', 'change_log.row_key', 'text, default , not null t, comment '),
    ('column', 'change_log.table_name', 'text, default , not null t, comment '),
    ('column', 'communications.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'communications.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'communications.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'communications.version', 'integer, default 1, not null t, comment '),
    ('column', 'dispensary_profiles.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'dispensary_profiles.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'dispensary_profiles.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'dispensary_profiles.metadata', 'jsonb, default ''{}''::jsonb, not null t, comment '),
    ('column', 'dispensary_profiles.version', 'integer, default 1, not null t, comment '),
    ('column', 'order_items.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'order_items.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'order_items.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'order_items.version', 'integer, default 1, not null t, comment '),
    ('column', 'orders.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'orders.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'orders.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'orders.version', 'integer, default 1, not null t, comment '),
    ('column', 'products.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'products.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'products.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'products.version', 'integer, default 1, not null t, comment '),
    ('column', 'profiles.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'profiles.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'profiles.is_active', 'boolean, default true, not null t, comment '),
    ('column', 'profiles.last_login_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'profiles.login_count', 'integer, default 0, not null t, comment '),
    ('column', 'profiles.metadata', 'jsonb, default ''{}''::jsonb, not null t, comment '),
    ('column', 'role_permissions.permission', 'permission_type, default , not null t, comment '),
    ('column', 'role_permissions.resource', 'resource_type, default , not null t, comment '),
    ('column', 'role_permissions.role', 'text, default , not null t, comment '),
    ('column', 'tasks.deleted_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'tasks.deleted_by', 'uuid, default , not null f, comment '),
    ('column', 'tasks.edit_count', 'integer, default 0, not null t, comment '),
    ('column', 'tasks.version', 'integer, default 1, not null t, comment '),
    ('column', 'user_activity_log.activity', 'activity_type, default , not null t, comment '),
    ('column', 'user_activity_log.created_at', 'timestamp with time zone, default now(), not null t, comment '),
    ('column', 'user_activity_log.detail', 'jsonb, default ''{}''::jsonb, not null t, comment '),
    ('column', 'user_activity_log.id', 'uuid, default gen_random_uuid(), not null t, comment '),
    ('column', 'user_activity_log.ip_address', 'inet, default , not null f, comment '),
    ('column', 'user_activity_log.resource', 'resource_type, default , not null t, comment '),
    ('column', 'user_activity_log.resource_id', 'uuid, default , not null f, comment '),
    ('column', 'user_activity_log.user_agent', 'text, default , not null f, comment '),
    ('column', 'user_activity_log.user_id', 'uuid, default , not null f, comment '),
    ('column', 'user_permissions.expires_at', 'timestamp with time zone, default , not null f, comment '),
    ('column', 'user_permissions.granted', 'boolean, default true, not null t, comment '),
    ('column', 'user_permissions.granted_at', 'timestamp with time zone, default now(), not null t, comment '),
    ('column', 'user_permissions.granted_by', 'uuid, default , not null f, comment '),
    ('column', 'user_permissions.id', 'uuid, default gen_random_uuid(), not null t, comment '),
    ('column', 'user_permissions.permission', 'permission_type, default , not null t, comment '),
    ('column', 'user_permissions.resource', 'resource_type, default , not null t, comment '),
    ('column', 'user_permissions.user_id', 'uuid, default , not null t, comment ')
),
actual (kind, object, definition) AS (
    SELECT 'enum', t.typname::text,
           format('%s, comment %s', string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder), obj_description(t.oid, 'pg_type'))
    FROM pg_type AS t
    JOIN pg_enum AS e ON e.enumtypid = t.oid
    WHERE t.typnamespace = 'public'::regnamespace AND t.typname IN ('permission_type', 'resource_type', 'activity_type')
    GROUP BY t.oid, t.typname
    UNION ALL
    SELECT 'table', c.relname::text,
           format('kind %s, row security %s, forced %s, options %s, comment %s', c.relkind, c.relrowsecurity,
                  c.relforcerowsecurity, array_to_string(c.reloptions, ' '), obj_description(c.oid, 'pg_class'))
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log',
         'active_dispensaries', 'exceptions_in_force', 'recent_changes')
    UNION ALL
    SELECT 'view', c.relname::text, md5(regexp_replace(pg_get_viewdef(c.oid), '[^a-z0-9_]+', ' ', 'g'))
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log',
         'active_dispensaries', 'exceptions_in_force', 'recent_changes')
    UNION ALL
    SELECT 'column', format('%s.%s', c.relname, a.attname),
           format('%s, default %s, not null %s, comment %s', format_type(a.atttypid, a.atttypmod),
                  pg_get_expr(d.adbin, d.adrelid), a.attnotnull, col_description(c.oid, a.attnum))
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log')
         OR c.relname IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
         AND a.attname IN ('deleted_at', 'deleted_by', 'edit_count', 'version', 'is_active', 'metadata', 'last_login_at', 'login_count'))
)
SELECT kind, object,
       CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
       e.definition AS expected, a.definition AS actual
FROM expected AS e
FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
