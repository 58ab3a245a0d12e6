-- Every night at two, where pg_cron is installed. Scheduling the same name again
-- replaces the earlier job.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
    PERFORM cron.schedule('refresh-mfa-status', '0 2 * * *', 'SELECT public.refresh_user_mfa_status_unified()');
    RAISE NOTICE 'PASS: the nightly refresh is scheduled';
  ELSE
    RAISE NOTICE 'PASS: pg_cron is not installed; let another scheduler call public.refresh_user_mfa_status_unified()';
  END IF;
END
$$;
