-- A visitor holds a token for two uses. It opens the share twice and then no more; a
-- wrong token, a revoked one, and one of a revoked share open nothing.
INSERT INTO auth.users (id, email) VALUES ('00000000-0000-4000-8000-00000000f001', 'check-one@example.com');

INSERT INTO public.users (id) VALUES ('00000000-0000-4000-8000-00000000f001') ON CONFLICT (id) DO NOTHING;

INSERT INTO public.healthcare_share (id, user_id, ciphertext, nonce, key_version, aad_digest, status, expires_at, created_at)
SELECT id::uuid, '00000000-0000-4000-8000-00000000f001', '\x5e', decode(repeat('00', 12), 'hex'), 1, sha256('aad'),
       status, now() + life, now() - interval '2 days'
FROM (VALUES ('00000000-0000-4000-8000-00000000e001', 'active',  interval '1 day'),
             ('00000000-0000-4000-8000-00000000e002', 'revoked', interval '1 day'),
             ('00000000-0000-4000-8000-00000000e003', 'active',  interval '-1 day')) AS share (id, status, life);

INSERT INTO public.share_token (share_id, token_hash, max_uses, expires_at, revoked_at)
SELECT share::uuid, encode(sha256(convert_to(token, 'UTF8')), 'hex'), 2, now() + life, revoked
FROM (VALUES ('00000000-0000-4000-8000-00000000e001', 'good',          interval '1 day',  NULL),
             ('00000000-0000-4000-8000-00000000e001', 'revoked',       interval '1 day',  now()),
             ('00000000-0000-4000-8000-00000000e001', 'expired',       interval '-1 day', NULL),
             ('00000000-0000-4000-8000-00000000e002', 'share revoked', interval '1 day',  NULL),
             ('00000000-0000-4000-8000-00000000e003', 'share expired', interval '1 day',  NULL))
     AS token (share, token, life, revoked);

SET LOCAL ROLE anon;

SELECT set_config('request.jwt.claims', '{"role":"anon"}', true);

SELECT share_id, encode(ciphertext, 'hex') AS ciphertext FROM public.validate_share_token('good', encode(sha256('ip'), 'hex'));

SELECT count(*) AS second_use FROM public.validate_share_token('good');

SELECT count(*) AS third_use FROM public.validate_share_token('good');

SELECT token, (SELECT count(*) FROM public.validate_share_token(token)) AS opened
FROM (VALUES ('never issued'), ('revoked'), ('expired'), ('share revoked'), ('share expired')) AS bad (token)
ORDER BY token;

RESET ROLE;

SELECT action, count(*) AS attempts, count(ip_hash) AS with_ip_hash, count(token_id) AS with_token
FROM public.healthcare_share_audit
WHERE created_at = now()
GROUP BY action
ORDER BY action;
