-- Quarterly: partitions that ended more than 90 days ago, each with the statement that
-- takes it out of the log once it has been exported. Changes nothing itself.
SELECT c.relname AS partition, pg_size_pretty(pg_total_relation_size(c.oid)) AS size,
       format('ALTER TABLE public.user_activity_log DETACH PARTITION public.%I;', c.relname) AS then_run
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'public.user_activity_log'::regclass
  AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''')::timestamptz < now() - interval '90 days'
ORDER BY c.relname;
