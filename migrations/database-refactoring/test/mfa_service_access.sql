-- What the service must reach.
SELECT count(*) AS accounts FROM public.user_mfa_status_unified;
SELECT count(*) AS discrepancies FROM public.mfa_status_discrepancies;
SELECT count(*) AS with_mfa FROM public.users_with_active_mfa;
SELECT count(*) AS told FROM public.get_user_mfa_status(:'member_id');
SELECT count(*) FROM public.mfa_enabled_before_sync;
