-- Migration: 20250909002_rls_policies.sql
-- Description: each account sees its own rows; the service sees none
-- Author: maintainers
-- Created: 2025-09-09

-- The service role of Supabase carries BYPASSRLS: no policy can hold it. What keeps
-- user data from it is that it has no privilege on the tables. Visitors have none
-- either; a share token reaches its share through a function of the next migration.

GRANT SELECT, INSERT, UPDATE ON public.users TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.encrypted_user_prefs TO authenticated;
-- No UPDATE: the version check must not be walked around.
GRANT SELECT, INSERT, DELETE ON public.encrypted_cycle_data TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.healthcare_share TO authenticated;
GRANT SELECT, INSERT (share_id, token_hash, max_uses, expires_at), UPDATE (revoked_at)
    ON public.share_token TO authenticated;
GRANT SELECT, INSERT (user_id, device_hash, public_key) ON public.device_key TO authenticated;
GRANT SELECT ON public.security_audit_log TO authenticated;
GRANT SELECT ON public.healthcare_share_audit TO authenticated;
-- Enough to count events for an alert; neither whose nor from which device.
GRANT SELECT (event, created_at) ON public.security_audit_log TO service_role;
GRANT SELECT (action, created_at) ON public.healthcare_share_audit TO service_role;

CREATE POLICY users_select ON public.users
    FOR SELECT TO authenticated USING (id = (SELECT auth.uid()));
CREATE POLICY users_insert ON public.users
    FOR INSERT TO authenticated WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY users_update ON public.users
    FOR UPDATE TO authenticated USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

CREATE POLICY prefs_select ON public.encrypted_user_prefs
    FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY prefs_insert ON public.encrypted_user_prefs
    FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY prefs_update ON public.encrypted_user_prefs
    FOR UPDATE TO authenticated USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY prefs_delete ON public.encrypted_user_prefs
    FOR DELETE TO authenticated USING (user_id = (SELECT auth.uid()));

CREATE POLICY cycle_select ON public.encrypted_cycle_data
    FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY cycle_insert ON public.encrypted_cycle_data
    FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY cycle_delete ON public.encrypted_cycle_data
    FOR DELETE TO authenticated USING (user_id = (SELECT auth.uid()));

CREATE POLICY share_select ON public.healthcare_share
    FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY share_insert ON public.healthcare_share
    FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY share_update ON public.healthcare_share
    FOR UPDATE TO authenticated USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY share_delete ON public.healthcare_share
    FOR DELETE TO authenticated USING (user_id = (SELECT auth.uid()));

-- A token belongs to whom its share belongs to.
CREATE POLICY token_select ON public.share_token
    FOR SELECT TO authenticated
    USING (share_id IN (SELECT s.id FROM public.healthcare_share AS s WHERE s.user_id = (SELECT auth.uid())));
CREATE POLICY token_insert ON public.share_token
    FOR INSERT TO authenticated
    WITH CHECK (share_id IN (SELECT s.id FROM public.healthcare_share AS s WHERE s.user_id = (SELECT auth.uid())));
CREATE POLICY token_update ON public.share_token
    FOR UPDATE TO authenticated
    USING (share_id IN (SELECT s.id FROM public.healthcare_share AS s WHERE s.user_id = (SELECT auth.uid())));

CREATE POLICY device_select ON public.device_key
    FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY device_insert ON public.device_key
    FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()));

CREATE POLICY security_log_select ON public.security_audit_log
    FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY share_audit_select ON public.healthcare_share_audit
    FOR SELECT TO authenticated
    USING (share_id IN (SELECT s.id FROM public.healthcare_share AS s WHERE s.user_id = (SELECT auth.uid())));
