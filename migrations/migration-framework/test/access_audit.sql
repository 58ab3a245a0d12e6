-- An owner records an export of their share; a stranger cannot, and nobody can forge
-- a token event.
INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-00000000f001', 'check-one@example.com'),
    ('00000000-0000-4000-8000-00000000f002', 'check-two@example.com');

INSERT INTO public.users (id)
VALUES ('00000000-0000-4000-8000-00000000f001'), ('00000000-0000-4000-8000-00000000f002')
ON CONFLICT (id) DO NOTHING;

INSERT INTO public.healthcare_share (id, user_id, ciphertext, nonce, key_version, aad_digest, expires_at)
VALUES ('00000000-0000-4000-8000-00000000e001', '00000000-0000-4000-8000-00000000f001',
        '\x5e', decode(repeat('00', 12), 'hex'), 1, sha256('aad'), now() + interval '1 day');

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-00000000f001"}', true);

SELECT public.healthcare_access_audit('00000000-0000-4000-8000-00000000e001', 'share_exported', encode(sha256('ip'), 'hex'));

SELECT action, ip_hash = encode(sha256('ip'), 'hex') AS hashed FROM public.healthcare_share_audit;

SELECT set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-00000000f002"}', true);

SELECT public.healthcare_access_audit('00000000-0000-4000-8000-00000000e001', 'share_viewed');
