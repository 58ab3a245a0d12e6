-- As a user who may change methods but not the account's row. Rolled back.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'member_id'::text, 'role', 'authenticated')::text, true);

-- 2 to 4. No method, then one that waits, then one that is active.
DELETE FROM public.user_mfa_methods WHERE user_id = auth.uid();
INSERT INTO public.user_mfa_methods (user_id, method_type) VALUES (auth.uid(), 'totp');
SELECT mfa_enabled FROM public.users WHERE id = auth.uid();
UPDATE public.user_mfa_methods SET status = 'active', is_primary = true WHERE user_id = auth.uid();
SELECT mfa_enabled FROM public.users WHERE id = auth.uid();

-- 7 to 9. Asked about oneself, about another, and through the view.
SELECT mfa_enabled, active_methods, has_discrepancy FROM public.get_user_mfa_status(:'member_id');
SELECT count(*) AS told FROM public.get_user_mfa_status(:'other_id');
SELECT count(*) AS visible, min(primary_method) AS primary_method, sum(active_methods) AS active_methods
FROM public.users_with_active_mfa;

-- 10 and 11. Gone again.
DELETE FROM public.user_mfa_methods WHERE user_id = auth.uid();
SELECT mfa_enabled FROM public.users WHERE id = auth.uid();

-- 12. Another person's row stays out of reach.
UPDATE public.users SET mfa_enabled = true WHERE id = :'other_id';
