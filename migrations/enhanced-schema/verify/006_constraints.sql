-- Keys, references and checks against what was reviewed.
-- Every difference is one row: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
    ('constraint', 'change_log.change_log_changed_by_fkey',
     'FOREIGN KEY (changed_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'change_log.change_log_operation_check',
     'CHECK ((operation = ANY (ARRAY[''INSERT''::text, ''UPDATE''::text, ''DELETE''::text]))), validated t'),
    ('constraint', 'change_log.change_log_pkey', 'PRIMARY KEY (id), validated t'),
    ('constraint', 'communications.communications_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'communications.communications_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'communications.communications_edit_check',
     'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'dispensary_profiles.dispensary_profiles_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'dispensary_profiles.dispensary_profiles_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'dispensary_profiles.dispensary_profiles_edit_check',
     'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'dispensary_profiles.dispensary_profiles_metadata_check',
     'CHECK ((jsonb_typeof(metadata) = ''object''::text)), validated t'),
    ('constraint', 'order_items.order_items_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'order_items.order_items_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'order_items.order_items_edit_check',
     'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'orders.orders_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'orders.orders_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'orders.orders_edit_check', 'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'products.products_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'products.products_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'products.products_edit_check',
     'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'profiles.profiles_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'profiles.profiles_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'profiles.profiles_login_check', 'CHECK ((login_count >= 0)), validated t'),
    ('constraint', 'profiles.profiles_metadata_check',
     'CHECK ((jsonb_typeof(metadata) = ''object''::text)), validated t'),
    ('constraint', 'role_permissions.role_permissions_pkey',
     'PRIMARY KEY (role, permission, resource), validated t'),
    ('constraint', 'role_permissions.role_permissions_role_check',
     'CHECK ((role = ANY (ARRAY[''admin''::text, ''management''::text, ''agent''::text]))), validated t'),
    ('constraint', 'tasks.tasks_deleted_by_fkey',
     'FOREIGN KEY (deleted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'tasks.tasks_deletion_check',
     'CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL))), validated t'),
    ('constraint', 'tasks.tasks_edit_check', 'CHECK (((edit_count >= 0) AND (version >= 1))), validated t'),
    ('constraint', 'user_activity_log.user_activity_log_pkey', 'PRIMARY KEY (id, created_at), validated t'),
    ('constraint', 'user_activity_log.user_activity_log_user_id_fkey',
     'FOREIGN KEY (user_id) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'user_permissions.user_permissions_expiry_check',
     'CHECK ((expires_at > granted_at)), validated t'),
    ('constraint', 'user_permissions.user_permissions_granted_by_fkey',
     'FOREIGN KEY (granted_by) REFERENCES profiles(id) ON DELETE SET NULL, validated t'),
    ('constraint', 'user_permissions.user_permissions_pkey', 'PRIMARY KEY (id), validated t'),
    ('constraint', 'user_permissions.user_permissions_user_id_fkey',
     'FOREIGN KEY (user_id) REFERENCES profiles(id) ON DELETE CASCADE, validated t'),
    ('constraint', 'user_permissions.user_permissions_user_id_permission_resource_key',
     'UNIQUE (user_id, permission, resource), validated t')
),
actual (kind, object, definition) AS (
    SELECT 'constraint', format('%s.%s', c.relname, k.conname),
           format('%s, validated %s', pg_get_constraintdef(k.oid), k.convalidated)
    FROM pg_class AS c
    JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype <> 'n'
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log')
         OR c.relname IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
         AND k.conname ~ '_(deleted_by_fkey|deletion_check|metadata_check|edit_check|login_check)$')
)
SELECT kind, object,
       CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
       e.definition AS expected, a.definition AS actual
FROM expected AS e
FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
