-- 1. Policies, whom they speak to, and whether the admin rule reads the right table.
SELECT policyname, cmd AS permission_type, array_to_string(roles, ', ') AS roles,
       CASE
           WHEN policyname LIKE 'Admins %' AND qual LIKE '%user_profiles.role%' THEN 'Correct'
           WHEN policyname LIKE 'Admins %' THEN 'Wrong table'
           ELSE 'OK'
       END AS status
FROM pg_policies
WHERE schemaname = 'public' AND tablename = 'ai_usage'
ORDER BY policyname;

-- 2. Indexes beside the primary key.
SELECT indexname
FROM pg_indexes
WHERE schemaname = 'public' AND tablename = 'ai_usage' AND indexname <> 'ai_usage_pkey'
ORDER BY indexname;
