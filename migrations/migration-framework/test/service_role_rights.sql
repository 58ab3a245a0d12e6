-- Columns of the eight tables that the service role may touch in any way. Two per
-- log, for counting; nothing that belongs to a person.
SELECT c.relname AS table_name, a.attname AS column_name,
       string_agg(p.privilege, ' ' ORDER BY p.privilege) AS privileges
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS p (privilege)
WHERE c.relnamespace = 'public'::regnamespace
  AND c.relname IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
                    'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit')
  AND has_column_privilege('service_role', c.oid, a.attnum, p.privilege)
GROUP BY c.relname, a.attname
ORDER BY c.relname, a.attname;
