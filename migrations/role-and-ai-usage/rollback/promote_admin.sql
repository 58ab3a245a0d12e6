-- Back to an ordinary account.
UPDATE public.user_profiles SET role = 'user' WHERE email = :'admin_email' AND role = 'admin';
