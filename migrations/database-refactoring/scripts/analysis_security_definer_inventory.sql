-- 1. Every function of schema public that acts as its owner, and where it looks
--    names up.
SELECT p.proname AS function, pg_get_function_identity_arguments(p.oid) AS arguments,
  coalesce((SELECT CASE s WHEN 'search_path=""' THEN 'empty' ELSE substr(s, 13) END FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%'), 'the caller''s') AS search_path
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
ORDER BY p.proname;

-- 2. Those that look wherever the caller says.
SELECT count(*) AS vulnerable_functions
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%');
