-- Role column of user_profiles, in a form that may run twice.
-- The rows are filled before the default exists, so that the command tag of the
-- UPDATE is the number of accounts that received a role.

ALTER TABLE public.user_profiles ADD COLUMN IF NOT EXISTS role text;

UPDATE public.user_profiles SET role = 'user' WHERE role IS NULL;

ALTER TABLE public.user_profiles ALTER COLUMN role SET DEFAULT 'user';

-- A CHECK is satisfied by NULL; without the first condition an account could
-- set its role to nothing.
ALTER TABLE public.user_profiles DROP CONSTRAINT IF EXISTS user_profiles_role_check;

ALTER TABLE public.user_profiles ADD CONSTRAINT user_profiles_role_check
    CHECK (role IS NOT NULL AND role IN ('user', 'admin', 'moderator'));

CREATE INDEX IF NOT EXISTS idx_user_profiles_role ON public.user_profiles (role);

COMMENT ON COLUMN public.user_profiles.role IS
    'What the account may do: user (default), moderator, admin. Changed by the back end only.';

-- Owners may edit their own profile row; this keeps them from promoting themselves.
CREATE OR REPLACE FUNCTION public.guard_user_profile_role() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = ''
AS $$
BEGIN
    IF current_user IN ('anon', 'authenticated')
       AND NEW.role IS DISTINCT FROM (CASE TG_OP WHEN 'UPDATE' THEN OLD.role ELSE 'user' END)
    THEN
        RAISE EXCEPTION 'an account cannot change its own role'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION public.guard_user_profile_role() FROM PUBLIC, anon, authenticated, service_role;

COMMENT ON FUNCTION public.guard_user_profile_role() IS
    'Refuses a role change that comes in with an end user''s rights.';

CREATE OR REPLACE TRIGGER guard_user_profile_role
    BEFORE INSERT OR UPDATE ON public.user_profiles
    FOR EACH ROW EXECUTE FUNCTION public.guard_user_profile_role();
