-- The two "No …" policies, on their own: privileges and a permissive policy are
-- granted for the length of this transaction, so that nothing else protects.
GRANT UPDATE, DELETE ON public.configuration_audit_log TO authenticated;
CREATE POLICY settings_check_open ON public.configuration_audit_log FOR ALL TO authenticated USING (true);
INSERT INTO public.configuration_audit_log (config_type, changed_by, changes)
VALUES ('user_preference', :'test_user_id', '{}');

SET LOCAL ROLE authenticated;
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

-- 6 and 7.
UPDATE public.configuration_audit_log SET changes = '{"forged": true}';
DELETE FROM public.configuration_audit_log;
