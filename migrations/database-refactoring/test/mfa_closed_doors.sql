-- What a signed-in user must not reach.
SELECT count(*) FROM public.user_mfa_status_unified;
SELECT count(*) FROM public.mfa_status_discrepancies;
SELECT count(*) FROM public.mfa_enabled_before_sync;
SELECT public.refresh_user_mfa_status_unified();
