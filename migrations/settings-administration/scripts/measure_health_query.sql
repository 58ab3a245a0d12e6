-- What the health dashboard asks, timed: sizes, dead rows, invalid indexes.
DO $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  PERFORM pg_total_relation_size(s.relid), s.n_live_tup, s.n_dead_tup, s.last_autovacuum
  FROM pg_stat_user_tables AS s;
  PERFORM count(*) FROM pg_index WHERE NOT indisvalid;
  PERFORM count(*), state FROM pg_stat_activity WHERE datname = current_database() GROUP BY state;
  PERFORM set_config('deploy.health_query_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started), 3)::text, true);
END
$$;

SELECT current_setting('deploy.health_query_ms')::numeric AS health_query_ms;
