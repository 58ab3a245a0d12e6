-- Left-overs of phase 3. Wants no rows.
SELECT 'relation' AS kind, relname::text AS name FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND relname IN ('users_with_active_mfa', 'mfa_status_discrepancies', 'user_mfa_status_unified',
    'mfa_enabled_before_sync', 'idx_user_mfa_methods_active')
UNION ALL
SELECT 'function', proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('get_user_mfa_status', 'sync_mfa_enabled_column', 'refresh_user_mfa_status_unified')
UNION ALL
SELECT 'trigger', tgname FROM pg_trigger
WHERE tgrelid = 'public.user_mfa_methods'::regclass AND tgname = 'trg_sync_mfa_enabled_on_method_change'
UNION ALL
SELECT 'event', event_type FROM public.security_audit_log WHERE event_details ->> 'migration' = '20251021000003';
