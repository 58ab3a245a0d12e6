-- Mean time of a coach's look at the progress on their files, under row
-- security, over 20 looks, in milliseconds.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'coach_id'::text, 'role', 'authenticated')::text, true);

DO $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  FOR i IN 1 .. 20 LOOP
    PERFORM count(*) FROM public.resource_client_progress;
  END LOOP;
  PERFORM set_config('deploy.rls_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started) / 20, 4)::text, true);
END
$$;

SELECT current_setting('deploy.rls_ms')::numeric AS average_rls_query_time;
