-- A visitor without an account reaches none of it.
SELECT count(*) FROM public.user_preferences;
SELECT count(*) FROM public.ai_configurations;
SELECT count(*) FROM public.maintenance_operations;
SELECT count(*) FROM public.configuration_audit_log;
SELECT public.get_effective_ai_config(gen_random_uuid());
