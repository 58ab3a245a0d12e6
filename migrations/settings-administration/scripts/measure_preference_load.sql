-- How long the application waits for its preferences, in milliseconds.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

DO $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  PERFORM preferences FROM public.user_preferences WHERE user_id = auth.uid();
  PERFORM set_config('deploy.preference_load_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started), 3)::text, true);
END
$$;

SELECT current_setting('deploy.preference_load_ms')::numeric AS preference_load_ms;
