-- 300 accounts (numbers 1 and 2 coach), 40 files in 10 collections, progress of
-- 50 clients, and five accounts whose MFA column tells something else than
-- their methods.
CREATE FUNCTION pg_temp.nth(kind text, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (kind || '0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;

INSERT INTO auth.users (id, email)
SELECT pg_temp.nth('a', n), 'person' || n || '@example.com' FROM generate_series(1, 300) AS n;

UPDATE public.users SET role = 'coach' WHERE id IN (pg_temp.nth('a', 1), pg_temp.nth('a', 2));
UPDATE public.users SET role = 'admin' WHERE id = pg_temp.nth('a', 3);

-- Every third account has an active method; every tenth only a disabled one.
INSERT INTO public.user_mfa_methods (id, user_id, method_type, status, is_primary)
SELECT pg_temp.nth('b', n), pg_temp.nth('a', n), CASE WHEN n % 2 = 0 THEN 'totp' ELSE 'sms' END, 'active', true
FROM generate_series(3, 300, 3) AS n;
INSERT INTO public.user_mfa_methods (id, user_id, method_type, status)
SELECT pg_temp.nth('c', n), pg_temp.nth('a', n), 'webauthn', 'disabled' FROM generate_series(10, 300, 10) AS n;
UPDATE public.users AS u SET mfa_enabled = true
WHERE EXISTS (SELECT FROM public.user_mfa_methods AS m WHERE m.user_id = u.id AND m.status = 'active');

-- Switched on without any method, or with a disabled one only …
UPDATE public.users SET mfa_enabled = true WHERE id IN (pg_temp.nth('a', 4), pg_temp.nth('a', 10), pg_temp.nth('a', 11));
-- … and off in spite of an active one.
UPDATE public.users SET mfa_enabled = false WHERE id IN (pg_temp.nth('a', 6), pg_temp.nth('a', 9));

INSERT INTO public.file_uploads (id, owner_id, name)
SELECT pg_temp.nth('d', n), pg_temp.nth('a', 1 + n % 2), 'File ' || n FROM generate_series(1, 40) AS n;
INSERT INTO public.resource_collections (id, coach_id, name)
SELECT pg_temp.nth('e', n), pg_temp.nth('a', 1 + n % 2), 'Collection ' || n FROM generate_series(1, 10) AS n;
INSERT INTO public.resource_collection_items (id, collection_id, file_id, position)
SELECT pg_temp.nth('f', n), pg_temp.nth('e', 1 + (n - 1) % 10), pg_temp.nth('d', n), n FROM generate_series(1, 40) AS n;
INSERT INTO public.file_shares (file_id, shared_with)
SELECT pg_temp.nth('d', 1 + n % 20), pg_temp.nth('a', 4 + n) FROM generate_series(1, 50) AS n;
INSERT INTO public.resource_client_progress (id, client_id, file_id, percent)
SELECT pg_temp.nth('b', 1000 + n), pg_temp.nth('a', 4 + n), pg_temp.nth('d', 1 + n % 20), n FROM generate_series(1, 50) AS n;

-- Entries that are none of the migrations' business and must outlive a rollback.
INSERT INTO public.security_audit_log (id, user_id, event_type, event_details, severity, "timestamp") VALUES
  (pg_temp.nth('c', 9001), pg_temp.nth('a', 3), 'login_failed', '{"attempts": 3}', 'warning', '2025-10-01 08:00Z'),
  (pg_temp.nth('c', 9002), pg_temp.nth('a', 3), 'security_hardening', '{"note": "password rules"}', 'info', '2025-10-02 08:00Z');

DROP FUNCTION pg_temp.nth(text, integer);
