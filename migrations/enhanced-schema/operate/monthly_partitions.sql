-- Monthly: keeps twelve months of partitions ahead. Says how many it made; run twice, 0.
SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 12) AS partitions_made;
