-- What each role may do, against what was agreed. Wants no rows.
WITH expected (role, resource, permissions) AS (
    SELECT 'admin', unnest(enum_range(NULL::public.resource_type))::text, 'create read update delete manage'
    UNION ALL
    SELECT 'management', resource, permissions
    FROM (VALUES ('profile', 'read'), ('dispensary', 'read'), ('product', 'create read update delete'),
                 ('communication', 'read'), ('task', 'read'), ('order', 'read'), ('order_item', 'read'),
                 ('report', 'create read update')) AS m (resource, permissions)
    UNION ALL
    SELECT 'agent', resource, permissions
    FROM (VALUES ('dispensary', 'create read update'), ('communication', 'create read update'),
                 ('task', 'create read update'), ('order', 'create read update'),
                 ('order_item', 'create read update'), ('profile', 'read'), ('product', 'read')) AS a (resource, permissions)
),
actual AS (
    SELECT role, resource::text, string_agg(permission::text, ' ' ORDER BY permission) AS permissions
    FROM public.role_permissions
    GROUP BY role, resource
)
SELECT role, resource, e.permissions AS expected, a.permissions AS actual
FROM expected AS e
FULL JOIN actual AS a USING (role, resource)
WHERE e.permissions IS DISTINCT FROM a.permissions;
