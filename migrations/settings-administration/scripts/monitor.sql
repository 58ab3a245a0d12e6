-- 1. Error rate: share of transactions rolled back since monitoring began, in
--    per cent. Under 200 transactions say nothing, and count as none.
SELECT CASE WHEN commits + rollbacks < 200 THEN 0
  ELSE round(100.0 * rollbacks / (commits + rollbacks), 2) END AS error_percent
FROM (SELECT xact_commit - :'commits_at_start'::bigint AS commits, xact_rollback - :'rollbacks_at_start'::bigint AS rollbacks
  FROM pg_stat_database WHERE datname = current_database()) AS since;

-- 2. Users without preferences: the sign-up trigger missed somebody.
SELECT count(*) AS users_without_preferences
FROM auth.users AS u LEFT JOIN public.user_preferences AS p ON p.user_id = u.id
WHERE p.id IS NULL;

-- 3. Preferences changed without an entry in the trail. Both carry the time of
--    the same transaction, so they can be matched exactly.
SELECT count(*) AS changes_without_entry
FROM public.user_preferences AS p
WHERE p.updated_at >= :'monitored_since'::timestamptz
  AND NOT EXISTS (SELECT FROM public.configuration_audit_log AS l
    WHERE l.config_type = 'user_preference' AND l.created_at = p.updated_at AND l.new_value = p.preferences);

-- 4. Growth of the trail since monitoring began, in MB; the budget is 10 a day.
SELECT round((pg_total_relation_size('public.configuration_audit_log') - :'audit_bytes_at_start'::bigint) / 1048576.0, 2) AS audit_growth_mb;

-- 5. Indexes that cannot be used.
SELECT count(*) AS invalid_indexes
FROM pg_index WHERE NOT indisvalid OR NOT indisready;

-- 6. Sessions that wait for a lock on one of the four tables.
SELECT count(*) AS waiting
FROM pg_locks AS l
WHERE NOT l.granted AND l.relation IN ('public.user_preferences'::regclass, 'public.ai_configurations'::regclass,
  'public.maintenance_operations'::regclass, 'public.configuration_audit_log'::regclass);
