-- Tables a visitor may touch in any way, of the eight. Wants no rows.
SELECT c.relname
FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace
  AND c.relname IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
                    'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit')
  AND (has_any_column_privilege('anon', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
       OR has_table_privilege('anon', c.oid, 'DELETE, TRUNCATE, TRIGGER'));
