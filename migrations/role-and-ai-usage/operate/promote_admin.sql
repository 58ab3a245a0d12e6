-- Run by hand, never by default: names one administrator by address.
UPDATE public.user_profiles SET role = 'admin' WHERE email = :'admin_email';

SELECT username, role FROM public.user_profiles WHERE email = :'admin_email';
