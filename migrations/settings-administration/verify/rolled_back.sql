-- Left-overs of the four migrations, under whatever kind. Wants no rows.
SELECT 'relation' AS kind, relname::text AS name FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND (relname IN ('user_preferences', 'ai_configurations', 'maintenance_operations', 'configuration_audit_log')
    OR relname ~ '^idx_(user_preferences|ai_configurations|maintenance_operations|config_audit)_')
UNION ALL
SELECT 'function', proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('update_updated_at_column', 'initialize_user_preferences', 'get_effective_ai_config',
    'log_user_preferences_changes', 'log_ai_config_changes')
UNION ALL
SELECT 'trigger', tgname FROM pg_trigger
WHERE tgrelid = 'auth.users'::regclass AND tgname = 'initialize_user_preferences_on_signup'
UNION ALL
SELECT 'policy', policyname FROM pg_policies
WHERE schemaname = 'public'
  AND tablename IN ('user_preferences', 'ai_configurations', 'maintenance_operations', 'configuration_audit_log');
