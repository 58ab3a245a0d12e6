-- The views must notice when the column is changed by hand. Rolled back.
UPDATE public.users SET mfa_enabled = NOT mfa_enabled WHERE id = :'member_id';

-- 2 and 3.
SELECT count(*) AS seen, bool_and(column_says <> methods_say) AS differs
FROM public.mfa_status_discrepancies WHERE user_id = :'member_id';
SELECT has_discrepancy FROM public.get_user_mfa_status(:'member_id');

-- 4 to 6. The snapshot knows only after it was refreshed, as the service does it.
SELECT has_discrepancy FROM public.user_mfa_status_unified WHERE user_id = :'member_id';
SET LOCAL ROLE service_role;
SELECT public.refresh_user_mfa_status_unified();
SELECT has_discrepancy, refreshed_at = now() AS fresh FROM public.user_mfa_status_unified WHERE user_id = :'member_id';
