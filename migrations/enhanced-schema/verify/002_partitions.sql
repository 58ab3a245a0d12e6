-- 1. Monthly partitions, this month's being the first or, later, among them.
WITH part AS (
    SELECT c.oid, c.relname, c.relrowsecurity, c.relacl, c.relowner,
           substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''([^'']+)''')::timestamptz AS starts,
           substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''')::timestamptz AS ends
    FROM pg_inherits AS i
    JOIN pg_class AS c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.user_activity_log'::regclass
)
SELECT count(*) AS partitions,
       bool_or(now() >= starts AND now() < ends) AS holds_today,
       -- Laid end to end, months leave no gap and no overlap.
       extract(year FROM age(max(ends) AT TIME ZONE 'UTC', min(starts) AT TIME ZONE 'UTC')) * 12
           + extract(month FROM age(max(ends) AT TIME ZONE 'UTC', min(starts) AT TIME ZONE 'UTC')) = count(*) AS no_gap,
       bool_and(relname = 'user_activity_log_' || to_char(starts AT TIME ZONE 'UTC', 'YYYY_MM')) AS well_named,
       bool_and(relrowsecurity) AS row_security
FROM part;

-- 2. A partition is a table of its own: privileges on one would lead past the policies
--    of its parent. Wants no rows.
SELECT c.relname, g.privilege_type
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g
WHERE i.inhparent = 'public.user_activity_log'::regclass AND g.grantee <> c.relowner;

-- 3. Partitions without one of the parent's four indexes. Wants no rows.
SELECT c.relname
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
LEFT JOIN pg_index AS x ON x.indrelid = c.oid AND x.indisvalid
WHERE i.inhparent = 'public.user_activity_log'::regclass
GROUP BY c.relname
HAVING count(x.indexrelid) <> 4;
