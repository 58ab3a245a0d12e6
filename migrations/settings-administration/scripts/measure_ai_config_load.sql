-- How long the effective AI configuration takes, in milliseconds.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

DO $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  PERFORM public.get_effective_ai_config(auth.uid());
  PERFORM set_config('deploy.ai_config_load_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started), 3)::text, true);
END
$$;

SELECT current_setting('deploy.ai_config_load_ms')::numeric AS ai_config_load_ms;
