-- … and a network address that was not hashed.
INSERT INTO public.healthcare_share_audit (action, ip_hash) VALUES ('token_rejected', '192.0.2.10');
