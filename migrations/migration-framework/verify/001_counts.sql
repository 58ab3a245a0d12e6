-- 1. Tables, and how many of them have row security on.
SELECT count(*) AS tables, count(*) FILTER (WHERE relrowsecurity) AS with_row_security
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND relname IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
                  'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit');

-- 2. Time-stamp triggers.
SELECT count(*) AS triggers
FROM pg_trigger
WHERE tgfoid = 'public.set_updated_at()'::regprocedure AND NOT tgisinternal AND tgenabled = 'O';
