-- Newest object first. RESTRICT (the default) is wanted: what still depends on
-- the column must stop this, not be dropped along with it.

DROP TRIGGER IF EXISTS guard_user_profile_role ON public.user_profiles;

DROP FUNCTION IF EXISTS public.guard_user_profile_role();

DROP INDEX IF EXISTS public.idx_user_profiles_role;

ALTER TABLE public.user_profiles DROP CONSTRAINT IF EXISTS user_profiles_role_check;

ALTER TABLE public.user_profiles DROP COLUMN IF EXISTS role;
