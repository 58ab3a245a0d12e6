-- Anything that already bears a name the migrations are about to give. Wants no
-- rows: CREATE OR REPLACE or IF NOT EXISTS would silently keep a foreign object
-- or overwrite it, and the rollback would then delete what it did not create.
SELECT 'table' AS kind, c.relname::text AS name
FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace
  AND c.relname IN ('user_preferences', 'ai_configurations', 'maintenance_operations', 'configuration_audit_log')
UNION ALL
SELECT 'index', c.relname
FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i'
  AND (c.relname ~ '^(user_preferences|ai_configurations|maintenance_operations|configuration_audit_log)_pkey$'
    OR c.relname ~ '^idx_(user_preferences|ai_configurations)_user_id$'
    OR c.relname ~ '^idx_(maintenance_operations|config_audit)_')
UNION ALL
SELECT 'function', p.proname
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND p.proname IN ('update_updated_at_column', 'initialize_user_preferences', 'get_effective_ai_config',
    'log_user_preferences_changes', 'log_ai_config_changes')
UNION ALL
SELECT 'trigger', t.tgname
FROM pg_trigger AS t
WHERE t.tgrelid = 'auth.users'::regclass AND t.tgname = 'initialize_user_preferences_on_signup'
ORDER BY kind, name;
