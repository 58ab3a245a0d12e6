-- 1. Anything of the four migrations that is still there. Wants no rows.
SELECT name AS leftover
FROM unnest(ARRAY[
    'users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
    'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit']) AS gone (name)
WHERE to_regclass('public.' || name) IS NOT NULL
UNION ALL
SELECT p.oid::regprocedure::text
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND p.proname IN ('set_updated_at', 'update_cycle_data_optimistic', 'validate_share_token',
                    'healthcare_access_audit', 'rotate_device_key');

-- 2. Accounts are none of the migrations' business.
SELECT count(*) AS accounts_after FROM auth.users;
