-- Two accounts with one row each in every table they may read. Acting as the first,
-- each table must show one row, and the second's rows must be out of reach.
INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-00000000f001', 'check-one@example.com'),
    ('00000000-0000-4000-8000-00000000f002', 'check-two@example.com');

INSERT INTO public.users (id)
VALUES ('00000000-0000-4000-8000-00000000f001'), ('00000000-0000-4000-8000-00000000f002')
ON CONFLICT (id) DO NOTHING;

INSERT INTO public.encrypted_user_prefs (user_id, ciphertext, nonce, key_version, aad_digest)
SELECT id, '\x01', decode(repeat('00', 12), 'hex'), 1, sha256('aad')
FROM public.users WHERE id::text LIKE '%00000000f00_';

INSERT INTO public.encrypted_cycle_data (user_id, ciphertext, nonce, key_version, aad_digest)
SELECT id, '\x01', decode(repeat('00', 12), 'hex'), 1, sha256('aad')
FROM public.users WHERE id::text LIKE '%00000000f00_';

INSERT INTO public.healthcare_share (user_id, ciphertext, nonce, key_version, aad_digest, expires_at)
SELECT id, '\x01', decode(repeat('00', 12), 'hex'), 1, sha256('aad'), now() + interval '1 day'
FROM public.users WHERE id::text LIKE '%00000000f00_';

INSERT INTO public.share_token (share_id, token_hash, expires_at)
SELECT id, encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), now() + interval '1 day'
FROM public.healthcare_share WHERE user_id::text LIKE '%00000000f00_';

INSERT INTO public.device_key (user_id, device_hash, public_key)
SELECT id, encode(sha256('device'), 'hex'), sha256('key')
FROM public.users WHERE id::text LIKE '%00000000f00_';

INSERT INTO public.security_audit_log (user_id, event)
SELECT id, 'device_key_rotated' FROM public.users WHERE id::text LIKE '%00000000f00_';

INSERT INTO public.healthcare_share_audit (share_id, action)
SELECT id, 'share_viewed' FROM public.healthcare_share WHERE user_id::text LIKE '%00000000f00_';

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims',
                  '{"sub":"00000000-0000-4000-8000-00000000f001","role":"authenticated"}', true);

SELECT (SELECT count(*) FROM public.users) AS users,
       (SELECT count(*) FROM public.encrypted_user_prefs) AS prefs,
       (SELECT count(*) FROM public.encrypted_cycle_data) AS cycle_data,
       (SELECT count(*) FROM public.healthcare_share) AS shares,
       (SELECT count(*) FROM public.share_token) AS tokens,
       (SELECT count(*) FROM public.device_key) AS device_keys,
       (SELECT count(*) FROM public.security_audit_log) AS security_log,
       (SELECT count(*) FROM public.healthcare_share_audit) AS share_audit;

UPDATE public.encrypted_user_prefs SET key_version = 2 WHERE key_version = 1;

UPDATE public.share_token SET revoked_at = now() WHERE revoked_at IS NULL;

DELETE FROM public.encrypted_cycle_data WHERE version = 1;

DELETE FROM public.healthcare_share WHERE user_id = '00000000-0000-4000-8000-00000000f002';

INSERT INTO public.encrypted_cycle_data (user_id, ciphertext, nonce, key_version, aad_digest)
VALUES ('00000000-0000-4000-8000-00000000f002', '\x02', decode(repeat('00', 12), 'hex'), 1, sha256('aad'));
