-- The service's key passes every policy, so privileges must keep the trail whole.
UPDATE public.configuration_audit_log SET changes = '{}';
DELETE FROM public.configuration_audit_log;
INSERT INTO public.configuration_audit_log (config_type, changes) VALUES ('forged', '{}');

-- 4. Reading is allowed, for reports.
SELECT count(*) >= 0 AS readable FROM public.configuration_audit_log;
