-- 1. Every policy of the two tables.
SELECT schemaname, tablename, policyname, permissive, roles::text, cmd
FROM pg_policies
WHERE schemaname = 'public' AND tablename IN ('resource_collection_items', 'resource_client_progress')
ORDER BY tablename, policyname;

-- 2. How many each table has.
SELECT tablename, count(*) AS policies
FROM pg_policies
WHERE schemaname = 'public'
  AND tablename IN ('resource_collections', 'resource_collection_items', 'resource_client_progress')
GROUP BY tablename ORDER BY tablename;

-- 3. Policies that still ask for resource_id. Wants no rows.
SELECT tablename, policyname FROM pg_policies
WHERE schemaname = 'public' AND (qual LIKE '%resource_id%' OR with_check LIKE '%resource_id%');

-- 4. The four that were replaced ask for file_id.
SELECT policyname FROM pg_policies
WHERE schemaname = 'public' AND (qual LIKE '%file_id%' OR with_check LIKE '%file_id%')
  AND tablename LIKE 'resource_%'
ORDER BY policyname;
