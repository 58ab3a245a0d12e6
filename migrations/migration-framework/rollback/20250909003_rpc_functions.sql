-- Takes back the four functions of 20250909003, with their grants and comments.
DROP FUNCTION IF EXISTS public.rotate_device_key(text, bytea);

DROP FUNCTION IF EXISTS public.healthcare_access_audit(uuid, text, text);

DROP FUNCTION IF EXISTS public.validate_share_token(text, text);

DROP FUNCTION IF EXISTS public.update_cycle_data_optimistic(uuid, integer, bytea, bytea, integer, bytea);
