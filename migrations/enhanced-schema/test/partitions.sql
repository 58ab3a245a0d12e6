-- Asked again for the same year, the function makes nothing; asked for the months after
-- it, it makes what is missing, closed like the rest.
SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 12) AS made_again;

SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 14) AS made_two_more;

SELECT count(*) AS partitions,
       count(*) FILTER (WHERE c.relrowsecurity
           AND NOT has_any_column_privilege('authenticated', c.oid, 'SELECT')
           AND NOT has_any_column_privilege('service_role', c.oid, 'SELECT')) AS closed
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'public.user_activity_log'::regclass;
