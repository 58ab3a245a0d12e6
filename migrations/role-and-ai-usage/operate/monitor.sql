-- 1. Is the role index there, valid, and how often was it read?
SELECT s.indexrelname AS index, i.indisvalid AS valid, s.idx_scan AS times_used, s.idx_tup_read AS rows_read
FROM pg_stat_user_indexes AS s
JOIN pg_index AS i USING (indexrelid)
WHERE s.schemaname = 'public' AND s.indexrelname = 'idx_user_profiles_role';

-- 2. Does usage arrive, and do the sums agree? A row whose total is not cost
--    plus markup was written by a broken client.
SELECT count(*) AS records,
       count(DISTINCT user_id) AS accounts,
       coalesce(sum(tokens_used), 0) AS tokens,
       count(*) FILTER (WHERE total_usd <> cost_usd + markup_usd) AS wrong_totals
FROM public.ai_usage;

-- 3. Distribution of the roles.
SELECT role, count(*) AS accounts,
       round(count(*) * 100.0 / sum(count(*)) OVER (), 2) AS percent
FROM public.user_profiles
GROUP BY role
ORDER BY role;
