-- Statements on MFA or the library with a mean above 100 ms. The extension is
-- optional and may live in any schema; without it the count is 0, and a notice
-- says so.
DO $$
DECLARE
  home text := (SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_stat_statements');
  slow bigint := 0;
BEGIN
  IF home IS NULL THEN
    RAISE NOTICE 'pg_stat_statements is not installed: read the slow query log instead';
  ELSE
    EXECUTE format($query$SELECT count(*) FROM %I.pg_stat_statements
      WHERE (query LIKE '%%mfa%%' OR query LIKE '%%resource\_%%')
        AND query !~* '^\s*(create|alter|drop|do|refresh|explain)' AND mean_exec_time > 100
        AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())$query$, home) INTO slow;
  END IF;
  PERFORM set_config('deploy.slow_queries', slow::text, true);
EXCEPTION WHEN object_not_in_prerequisite_state THEN
  RAISE NOTICE 'pg_stat_statements collects nothing on this server: read the slow query log instead';
  PERFORM set_config('deploy.slow_queries', '0', true);
END
$$;

SELECT current_setting('deploy.slow_queries')::bigint AS slow_queries;
