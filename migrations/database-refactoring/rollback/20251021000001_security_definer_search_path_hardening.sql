-- Undoes phase 1, and with it the protection: only while another way to close
-- the hole is already under way.
ALTER FUNCTION public.log_security_event(text, jsonb, text) RESET search_path;
ALTER FUNCTION public.owns_file(uuid) RESET search_path;
ALTER FUNCTION public.owns_collection(uuid) RESET search_path;
ALTER FUNCTION public.get_user_role(uuid) RESET search_path;
ALTER FUNCTION public.handle_new_user() RESET search_path;

DELETE FROM public.security_audit_log WHERE event_details ->> 'migration' = '20251021000001';
