-- … and as the value of a key it does know.
INSERT INTO public.security_audit_log (event, detail)
VALUES ('device_key_rotated', '{"version": "check-one@example.com"}');
