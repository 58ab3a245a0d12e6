-- Privileges and functions against what was reviewed.
-- Every difference is one row: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
    ('grant', 'active_dispensaries to authenticated', 'SELECT'),
    ('grant', 'active_dispensaries to service_role', 'SELECT'),
    ('grant', 'change_log to authenticated', 'SELECT'),
    ('grant', 'change_log to service_role', 'SELECT'),
    ('grant', 'exceptions_in_force to authenticated', 'SELECT'),
    ('grant', 'exceptions_in_force to service_role', 'SELECT'),
    ('grant', 'recent_changes to authenticated', 'SELECT'),
    ('grant', 'recent_changes to service_role', 'SELECT'),
    ('grant', 'role_permissions to authenticated', 'DELETE INSERT SELECT UPDATE'),
    ('grant', 'role_permissions to service_role', 'DELETE INSERT SELECT UPDATE'),
    ('grant', 'user_activity_log to authenticated', 'SELECT'),
    ('grant', 'user_activity_log to service_role', 'SELECT'),
    ('grant', 'user_permissions to authenticated', 'DELETE INSERT SELECT UPDATE'),
    ('grant', 'user_permissions to service_role', 'DELETE INSERT SELECT UPDATE'),
    ('function', 'count_edit()',
     'returns trigger, plpgsql, definer f, volatile v, strict f, settings search_path="", body d3f0838fda662f2280dc53c200b39305, comment '),
    ('function', 'create_activity_log_partitions(date,integer)',
     'returns integer, plpgsql, definer f, volatile v, strict f, settings search_path="", body 39c31f0d2c41f143c211bd8f3a04606a, comment Makes missing monthly partitions of user_activity_log and returns their number; run it monthly as the owner'),
    ('function', 'log_user_activity(uuid,activity_type,resource_type,uuid,jsonb,inet,text)',
     'returns uuid, plpgsql, definer t, volatile v, strict f, settings search_path="", body ec93770d2621bba631103e205fdd043d, comment Records an activity and returns the id of its entry'),
    ('function', 'record_change()',
     'returns trigger, plpgsql, definer t, volatile v, strict f, settings search_path="", body 6c8b2a1e9ad831ef3511fc9428d06f2b, comment '),
    ('function', 'soft_delete(resource_type,uuid)',
     'returns boolean, plpgsql, definer t, volatile v, strict f, settings search_path="", body 9ed00c090c4a9c5f7e56bb8e47e11c24, comment Hides a row; true if it was there'),
    ('function', 'user_has_permission(uuid,permission_type,resource_type)',
     'returns boolean, plpgsql, definer t, volatile s, strict f, settings search_path="", body ee5efb9b3548a0956812667744c17bec, comment Whether an active account may do this: exception first, then role'),
    ('execute', 'log_user_activity(uuid,activity_type,resource_type,uuid,jsonb,inet,text) by authenticated',
     'EXECUTE'),
    ('execute', 'log_user_activity(uuid,activity_type,resource_type,uuid,jsonb,inet,text) by service_role',
     'EXECUTE'),
    ('execute', 'soft_delete(resource_type,uuid) by authenticated', 'EXECUTE'),
    ('execute', 'soft_delete(resource_type,uuid) by service_role', 'EXECUTE'),
    ('execute', 'user_has_permission(uuid,permission_type,resource_type) by authenticated', 'EXECUTE'),
    ('execute', 'user_has_permission(uuid,permission_type,resource_type) by service_role', 'EXECUTE')
),
actual (kind, object, definition) AS (
    SELECT 'grant', format('%s to %s', c.relname, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
    FROM pg_class AS c
    CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND g.grantee <> c.relowner AND c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log',
         'active_dispensaries', 'exceptions_in_force', 'recent_changes')
    GROUP BY c.relname, r.rolname
    UNION ALL
    SELECT 'column grant', format('%s.%s to %s', c.relname, a.attname, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN LATERAL aclexplode(a.attacl) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('role_permissions', 'user_permissions', 'user_activity_log', 'change_log',
         'active_dispensaries', 'exceptions_in_force', 'recent_changes')
    GROUP BY c.relname, a.attname, r.rolname
    UNION ALL
    SELECT 'function', f.oid::regprocedure::text,
           format('returns %s, %s, definer %s, volatile %s, strict %s, settings %s, body %s, comment %s',
                  pg_get_function_result(f.oid), l.lanname, f.prosecdef, f.provolatile, f.proisstrict,
                  array_to_string(f.proconfig, ' '), md5(f.prosrc), obj_description(f.oid, 'pg_proc'))
    FROM pg_proc AS f
    JOIN pg_language AS l ON l.oid = f.prolang
    WHERE f.pronamespace = 'public'::regnamespace AND f.proname IN ('user_has_permission', 'log_user_activity', 'soft_delete', 'count_edit', 'record_change',
                    'create_activity_log_partitions')
    UNION ALL
    SELECT 'execute', format('%s by %s', f.oid::regprocedure, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ')
    FROM pg_proc AS f
    CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE f.pronamespace = 'public'::regnamespace AND g.grantee <> f.proowner AND f.proname IN ('user_has_permission', 'log_user_activity', 'soft_delete', 'count_edit', 'record_change',
                    'create_activity_log_partitions')
    GROUP BY f.oid, r.rolname
)
SELECT kind, object,
       CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
       e.definition AS expected, a.definition AS actual
FROM expected AS e
FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
