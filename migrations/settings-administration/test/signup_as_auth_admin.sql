-- Sign-up as the hosted service does it: as supabase_auth_admin, which may
-- touch nothing in schema public.
INSERT INTO auth.users (id, email)
VALUES ('f0000000-0000-4000-8000-00000000000b', 'signup-check@example.com');
