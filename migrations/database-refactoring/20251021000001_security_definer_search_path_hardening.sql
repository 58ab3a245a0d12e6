-- Phase 1: functions that act as their owner no longer look names up where the
-- caller says. pg_temp comes last; left out, it would be searched first, and a
-- temporary table could stand in for a real one.
ALTER FUNCTION public.handle_new_user() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION public.get_user_role(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION public.owns_collection(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION public.owns_file(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION public.log_security_event(text, jsonb, text) SET search_path = pg_catalog, public, pg_temp;

INSERT INTO public.security_audit_log (event_type, event_details, severity)
VALUES ('security_hardening', '{"migration": "20251021000001", "functions": 5}', 'info');
