-- Statements on preferences whose mean time is above 100 ms. The extension is
-- optional and lives in a schema of its own choosing, so it is looked up, and
-- without it the count is 0 with a notice that says so.
DO $$
DECLARE
  home text := (SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_stat_statements');
  slow bigint := 0;
BEGIN
  IF home IS NULL THEN
    RAISE NOTICE 'pg_stat_statements is not installed: read the slow query log instead';
  ELSE
    EXECUTE format('SELECT count(*) FROM %I.pg_stat_statements
      WHERE query LIKE ''%%user_preferences%%'' AND query NOT ILIKE ''create %%'' AND mean_exec_time > 100
        AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())', home) INTO slow;
  END IF;
  PERFORM set_config('deploy.slow_queries', slow::text, true);
EXCEPTION WHEN object_not_in_prerequisite_state THEN
  -- Installed in the database, but the server does not preload its library.
  RAISE NOTICE 'pg_stat_statements collects nothing here: read the slow query log instead';
  PERFORM set_config('deploy.slow_queries', '0', true);
END
$$;

SELECT current_setting('deploy.slow_queries')::bigint AS slow_queries;
