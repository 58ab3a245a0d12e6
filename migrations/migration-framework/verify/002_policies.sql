-- Policies per table.
SELECT tablename, count(*) AS policies, string_agg(lower(cmd), ' ' ORDER BY cmd) AS commands
FROM pg_policies
WHERE schemaname = 'public'
  AND tablename IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
                    'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit')
GROUP BY tablename
ORDER BY tablename;
