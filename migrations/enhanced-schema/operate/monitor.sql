-- 1. Size of the activity log, partitions included (the parent alone is empty).
SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0) AS bytes
FROM pg_inherits
WHERE inhparent = 'public.user_activity_log'::regclass;

-- 2. Changes by table, with their span.
SELECT table_name, count(*) AS changes, min(changed_at) AS oldest, max(changed_at) AS newest
FROM public.change_log
GROUP BY table_name
ORDER BY changes DESC, table_name;

-- 3. Months still covered by partitions after this one. At 0, next month's sign-ins fail.
SELECT count(*) AS months_ahead
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'public.user_activity_log'::regclass
  AND c.relname > 'user_activity_log_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM');
