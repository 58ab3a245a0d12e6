-- A device registers a key and rotates it: one active key, version 2, one audit row.
-- The same key again is refused.
INSERT INTO auth.users (id, email) VALUES ('00000000-0000-4000-8000-00000000f001', 'check-one@example.com');

INSERT INTO public.users (id) VALUES ('00000000-0000-4000-8000-00000000f001') ON CONFLICT (id) DO NOTHING;

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-00000000f001"}', true);

INSERT INTO public.device_key (user_id, device_hash, public_key)
VALUES ('00000000-0000-4000-8000-00000000f001', encode(sha256('device'), 'hex'), sha256('first key'));

SELECT public.rotate_device_key(encode(sha256('device'), 'hex'), sha256('second key')) AS key_version;

SELECT key_version, status, rotated_at IS NOT NULL AS retired FROM public.device_key ORDER BY key_version;

SELECT event, detail, device_hash = encode(sha256('device'), 'hex') AS same_device FROM public.security_audit_log;

SELECT public.rotate_device_key(encode(sha256('device'), 'hex'), sha256('second key'));
