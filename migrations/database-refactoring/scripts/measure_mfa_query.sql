-- Mean time of one MFA status look-up over 200 accounts, in milliseconds: what
-- the application asks at every login, from the tables as they are.
DO $$
DECLARE
  started timestamptz;
  account uuid;
  asked integer := 0;
BEGIN
  started := clock_timestamp();
  FOR account IN SELECT id FROM public.users ORDER BY id LIMIT 200 LOOP
    PERFORM u.mfa_enabled, count(m.id) FROM public.users AS u
    LEFT JOIN public.user_mfa_methods AS m ON m.user_id = u.id AND m.status = 'active'
    WHERE u.id = account GROUP BY u.mfa_enabled;
    asked := asked + 1;
  END LOOP;
  PERFORM set_config('deploy.mfa_ms',
    round(1000 * extract(epoch FROM clock_timestamp() - started) / greatest(asked, 1), 4)::text, true);
END
$$;

SELECT current_setting('deploy.mfa_ms')::numeric AS average_mfa_query_time;
