-- 1. The state this guide starts from: must all be there.
SELECT need, present
FROM (VALUES
  ('column users.mfa_enabled', EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.users') AND attname = 'mfa_enabled')),
  ('table user_mfa_methods', to_regclass('public.user_mfa_methods') IS NOT NULL),
  ('table security_audit_log', to_regclass('public.security_audit_log') IS NOT NULL),
  ('column resource_collection_items.file_id', EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.resource_collection_items') AND attname = 'file_id')),
  ('column resource_client_progress.file_id', EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.resource_client_progress') AND attname = 'file_id')),
  ('the five functions to be hardened', 5 = (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
    AND proname IN ('handle_new_user', 'get_user_role', 'owns_collection', 'owns_file', 'log_security_event'))),
  ('the four policies to be replaced', 4 = (SELECT count(*) FROM pg_policies WHERE schemaname = 'public'
    AND policyname IN ('Coaches can add items to their collections', 'Coaches can view progress for their resources',
      'Clients can view shared collection items', 'Clients can view collections with shared items')
    AND coalesce(qual, with_check) LIKE '%resource_id%'))
) AS requirement (need, present)
ORDER BY need;

-- 2. Names the migrations are about to give. Wants no rows.
SELECT name
FROM unnest(ARRAY['users_with_active_mfa', 'mfa_status_discrepancies', 'user_mfa_status_unified', 'mfa_enabled_before_sync',
  'idx_user_mfa_methods_active', 'idx_user_mfa_status_unified_user_id', 'idx_resource_collection_items_file_id',
  'idx_resource_client_progress_file_id', 'idx_file_shares_shared_with']) AS name
WHERE to_regclass('public.' || name) IS NOT NULL
UNION ALL
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('get_user_mfa_status', 'sync_mfa_enabled_column', 'refresh_user_mfa_status_unified');

-- 3. Transactions older than a minute would keep DROP POLICY waiting, and
--    everybody behind it.
SELECT count(*) AS long_running
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND state <> 'idle' AND xact_start < now() - interval '1 minute';
