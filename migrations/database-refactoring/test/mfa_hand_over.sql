-- A method changes hands: both accounts must follow. Rolled back.
DELETE FROM public.user_mfa_methods WHERE user_id IN (:'member_id', :'other_id');
INSERT INTO public.user_mfa_methods (user_id, method_type, status) VALUES (:'member_id', 'totp', 'active');
UPDATE public.user_mfa_methods SET user_id = :'other_id' WHERE user_id = :'member_id';

-- 4.
SELECT (SELECT mfa_enabled FROM public.users WHERE id = :'member_id') AS giver,
  (SELECT mfa_enabled FROM public.users WHERE id = :'other_id') AS taker;
