-- Accounts after the rollback.
SELECT count(*) AS users_after FROM public.user_profiles;
