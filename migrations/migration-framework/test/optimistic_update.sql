-- Two devices hold version 1. The first to save wins; the second is told of version 2;
-- another account's attempt finds nothing. Every answer but the last leaves an audit row.
INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-00000000f001', 'check-one@example.com'),
    ('00000000-0000-4000-8000-00000000f002', 'check-two@example.com');

INSERT INTO public.users (id)
VALUES ('00000000-0000-4000-8000-00000000f001'), ('00000000-0000-4000-8000-00000000f002')
ON CONFLICT (id) DO NOTHING;

INSERT INTO public.encrypted_cycle_data (id, user_id, ciphertext, nonce, key_version, aad_digest, updated_at)
VALUES ('00000000-0000-4000-8000-00000000d001', '00000000-0000-4000-8000-00000000f001',
        '\x01', decode(repeat('00', 12), 'hex'), 1, sha256('aad'), now() - interval '1 day');

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-00000000f001"}', true);

SELECT * FROM public.update_cycle_data_optimistic(
    '00000000-0000-4000-8000-00000000d001', 1, '\x02', decode(repeat('01', 12), 'hex'), 2, sha256('new'));

SELECT * FROM public.update_cycle_data_optimistic(
    '00000000-0000-4000-8000-00000000d001', 1, '\x03', decode(repeat('02', 12), 'hex'), 2, sha256('new'));

SELECT event, detail FROM public.security_audit_log ORDER BY event;

SELECT encode(ciphertext, 'hex') AS ciphertext, version, key_version, updated_at = now() AS stamped
FROM public.encrypted_cycle_data;

SELECT set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-00000000f002"}', true);

SELECT * FROM public.update_cycle_data_optimistic(
    '00000000-0000-4000-8000-00000000d001', 2, '\x04', decode(repeat('03', 12), 'hex'), 2, sha256('new'));

SELECT set_config('request.jwt.claims', '{}', true);

SELECT * FROM public.update_cycle_data_optimistic(
    '00000000-0000-4000-8000-00000000d001', 2, '\x04', decode(repeat('03', 12), 'hex'), 2, sha256('new'));
