-- Undoes phase 3. The trigger goes first, so that nothing follows the methods
-- while the column gets its earlier values back.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
    PERFORM cron.unschedule(jobid) FROM cron.job WHERE jobname = 'refresh-mfa-status';
  END IF;
END
$$;

DROP TRIGGER trg_sync_mfa_enabled_on_method_change ON public.user_mfa_methods;

-- Only accounts that the sync touched; what users changed since stands.
UPDATE public.users AS u SET mfa_enabled = k.mfa_enabled
FROM public.mfa_enabled_before_sync AS k WHERE k.user_id = u.id;

DROP FUNCTION public.get_user_mfa_status(uuid);
DROP FUNCTION public.refresh_user_mfa_status_unified();
DROP MATERIALIZED VIEW public.user_mfa_status_unified;
DROP VIEW public.mfa_status_discrepancies;
DROP VIEW public.users_with_active_mfa;
DROP FUNCTION public.sync_mfa_enabled_column();
DROP TABLE public.mfa_enabled_before_sync;
DROP INDEX public.idx_user_mfa_methods_active;

DELETE FROM public.security_audit_log WHERE event_details ->> 'migration' = '20251021000003';
