-- Takes back the eight tables, children first. Everything stored in them goes with
-- them, and no server-side copy can be decrypted: see the rollback section first.
DROP TABLE IF EXISTS public.healthcare_share_audit;
DROP TABLE IF EXISTS public.security_audit_log;
DROP TABLE IF EXISTS public.device_key;
DROP TABLE IF EXISTS public.share_token;
DROP TABLE IF EXISTS public.healthcare_share;
DROP TABLE IF EXISTS public.encrypted_cycle_data;
DROP TABLE IF EXISTS public.encrypted_user_prefs;
DROP TABLE IF EXISTS public.users;

DROP FUNCTION IF EXISTS public.set_updated_at();
