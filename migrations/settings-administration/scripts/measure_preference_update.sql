-- How long a change of preferences takes, trail included, in milliseconds.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

DO $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  UPDATE public.user_preferences SET preferences = jsonb_set(preferences, '{rowsPerPage}', '50')
  WHERE user_id = auth.uid();
  PERFORM set_config('deploy.preference_update_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started), 3)::text, true);
END
$$;

SELECT current_setting('deploy.preference_update_ms')::numeric AS preference_update_ms;
