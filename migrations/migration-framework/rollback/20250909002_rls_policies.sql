-- Closes every table again, as 20250909001 left them: row security on, no policy,
-- no privilege for any application role.
DROP POLICY IF EXISTS share_audit_select ON public.healthcare_share_audit;
DROP POLICY IF EXISTS security_log_select ON public.security_audit_log;
DROP POLICY IF EXISTS device_insert ON public.device_key;
DROP POLICY IF EXISTS device_select ON public.device_key;
DROP POLICY IF EXISTS token_update ON public.share_token;
DROP POLICY IF EXISTS token_insert ON public.share_token;
DROP POLICY IF EXISTS token_select ON public.share_token;
DROP POLICY IF EXISTS share_delete ON public.healthcare_share;
DROP POLICY IF EXISTS share_update ON public.healthcare_share;
DROP POLICY IF EXISTS share_insert ON public.healthcare_share;
DROP POLICY IF EXISTS share_select ON public.healthcare_share;
DROP POLICY IF EXISTS cycle_delete ON public.encrypted_cycle_data;
DROP POLICY IF EXISTS cycle_insert ON public.encrypted_cycle_data;
DROP POLICY IF EXISTS cycle_select ON public.encrypted_cycle_data;
DROP POLICY IF EXISTS prefs_delete ON public.encrypted_user_prefs;
DROP POLICY IF EXISTS prefs_update ON public.encrypted_user_prefs;
DROP POLICY IF EXISTS prefs_insert ON public.encrypted_user_prefs;
DROP POLICY IF EXISTS prefs_select ON public.encrypted_user_prefs;
DROP POLICY IF EXISTS users_update ON public.users;
DROP POLICY IF EXISTS users_insert ON public.users;
DROP POLICY IF EXISTS users_select ON public.users;

REVOKE ALL ON public.users, public.encrypted_user_prefs, public.encrypted_cycle_data,
    public.healthcare_share, public.share_token, public.device_key,
    public.security_audit_log, public.healthcare_share_audit
    FROM authenticated, service_role;
