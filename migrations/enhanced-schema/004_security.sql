-- Phase 4: who sees the new tables, and soft-deleted rows out of everybody's sight.

GRANT SELECT ON public.role_permissions, public.user_permissions, public.user_activity_log, public.change_log
    TO authenticated, service_role;
GRANT INSERT, UPDATE, DELETE ON public.role_permissions, public.user_permissions TO authenticated, service_role;

CREATE POLICY role_permissions_read ON public.role_permissions
    FOR SELECT TO authenticated USING (true);
CREATE POLICY role_permissions_add ON public.role_permissions
    FOR INSERT TO authenticated
    WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY role_permissions_edit ON public.role_permissions
    FOR UPDATE TO authenticated
    USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')))
    WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY role_permissions_remove ON public.role_permissions
    FOR DELETE TO authenticated
    USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));

-- People see their own exceptions; nobody but an administrator makes any.
CREATE POLICY user_permissions_read ON public.user_permissions
    FOR SELECT TO authenticated
    USING (user_id = (SELECT auth.uid()) OR (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY user_permissions_add ON public.user_permissions
    FOR INSERT TO authenticated
    WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY user_permissions_edit ON public.user_permissions
    FOR UPDATE TO authenticated
    USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')))
    WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY user_permissions_remove ON public.user_permissions
    FOR DELETE TO authenticated
    USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));

-- Both logs are written by functions alone.
CREATE POLICY user_activity_log_read ON public.user_activity_log
    FOR SELECT TO authenticated
    USING (user_id = (SELECT auth.uid()) OR (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));
CREATE POLICY change_log_read ON public.change_log
    FOR SELECT TO authenticated
    USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'system')));

-- The existing policies, narrowed to rows that are not deleted.
ALTER POLICY profiles_read ON public.profiles USING (deleted_at IS NULL);
ALTER POLICY dispensary_profiles_read ON public.dispensary_profiles USING (deleted_at IS NULL);
ALTER POLICY products_read ON public.products USING (deleted_at IS NULL);
ALTER POLICY communications_read ON public.communications USING (deleted_at IS NULL);
ALTER POLICY tasks_read ON public.tasks USING (deleted_at IS NULL);
ALTER POLICY orders_read ON public.orders USING (deleted_at IS NULL);
ALTER POLICY order_items_read ON public.order_items USING (deleted_at IS NULL);
ALTER POLICY profiles_edit ON public.profiles
    USING (id = auth.uid() AND deleted_at IS NULL) WITH CHECK (id = auth.uid() AND deleted_at IS NULL);
ALTER POLICY dispensary_profiles_edit ON public.dispensary_profiles USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
ALTER POLICY products_edit ON public.products USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
ALTER POLICY communications_edit ON public.communications USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
ALTER POLICY tasks_edit ON public.tasks USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
ALTER POLICY orders_edit ON public.orders USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
ALTER POLICY order_items_edit ON public.order_items USING (deleted_at IS NULL) WITH CHECK (deleted_at IS NULL);
