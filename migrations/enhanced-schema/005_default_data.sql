-- Phase 5: what each role may do, and three views.

-- Administrators: everything.
INSERT INTO public.role_permissions (role, permission, resource)
SELECT 'admin', permission, resource
FROM unnest(enum_range(NULL::public.permission_type)) AS permission
CROSS JOIN unnest(enum_range(NULL::public.resource_type)) AS resource;

-- Management: reads everything but the system, and runs the catalogue and reports.
INSERT INTO public.role_permissions (role, permission, resource)
SELECT 'management', 'read', resource
FROM unnest(enum_range(NULL::public.resource_type)) AS resource
WHERE resource <> 'system';

INSERT INTO public.role_permissions (role, permission, resource) VALUES
    ('management', 'create', 'product'), ('management', 'update', 'product'), ('management', 'delete', 'product'),
    ('management', 'create', 'report'), ('management', 'update', 'report');

-- Agents: what they could do before, no more.
INSERT INTO public.role_permissions (role, permission, resource)
SELECT 'agent', permission::public.permission_type, resource::public.resource_type
FROM unnest(ARRAY['create', 'read', 'update']) AS permission
CROSS JOIN unnest(ARRAY['dispensary', 'communication', 'task', 'order', 'order_item']) AS resource;

INSERT INTO public.role_permissions (role, permission, resource) VALUES
    ('agent', 'read', 'profile'), ('agent', 'read', 'product');

-- With the reader's rights, not the owner's: a view must not be a way around the policies.
CREATE VIEW public.active_dispensaries WITH (security_invoker = true) AS
SELECT d.id, d.name, d.license, d.agent_id, count(o.id) AS open_orders
FROM public.dispensary_profiles AS d
LEFT JOIN public.orders AS o ON o.dispensary_id = d.id AND o.deleted_at IS NULL AND o.status <> 'delivered'
WHERE d.deleted_at IS NULL
GROUP BY d.id, d.name, d.license, d.agent_id;

CREATE VIEW public.exceptions_in_force WITH (security_invoker = true) AS
SELECT u.user_id, p.email, u.permission, u.resource, u.granted, u.expires_at
FROM public.user_permissions AS u
JOIN public.profiles AS p ON p.id = u.user_id
WHERE u.expires_at IS NULL OR u.expires_at > now();

CREATE VIEW public.recent_changes WITH (security_invoker = true) AS
SELECT c.changed_at, c.table_name, c.row_key, c.operation, c.changed_columns, p.email AS changed_by
FROM public.change_log AS c
LEFT JOIN public.profiles AS p ON p.id = c.changed_by
WHERE c.changed_at > now() - interval '30 days';

REVOKE ALL ON public.active_dispensaries, public.exceptions_in_force, public.recent_changes
    FROM anon, authenticated, service_role;
GRANT SELECT ON public.active_dispensaries, public.exceptions_in_force, public.recent_changes
    TO authenticated, service_role;

COMMENT ON VIEW public.active_dispensaries IS 'Dispensaries that are not deleted, with their open orders';
COMMENT ON VIEW public.exceptions_in_force IS 'Personal permissions and refusals that have not run out';
COMMENT ON VIEW public.recent_changes IS 'Changes of the last thirty days with their authors';
