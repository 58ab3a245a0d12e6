-- Undoes migration 4. The trail goes with its table: export it first.
DROP TRIGGER IF EXISTS ai_configuration_audit_trigger ON public.ai_configurations;
DROP TRIGGER IF EXISTS user_preferences_audit_trigger ON public.user_preferences;
DROP FUNCTION IF EXISTS public.log_ai_config_changes();
DROP FUNCTION IF EXISTS public.log_user_preferences_changes();
DROP TABLE IF EXISTS public.configuration_audit_log;
