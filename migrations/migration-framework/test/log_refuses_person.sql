-- A careless client tries to log an address under a key the log does not know.
INSERT INTO public.security_audit_log (event, detail)
VALUES ('device_key_rotated', '{"email": "check-one@example.com"}');
