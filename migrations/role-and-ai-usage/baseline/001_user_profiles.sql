-- The state this guide starts from: profiles of five accounts, each readable
-- and editable by its owner alone. No column says who is an administrator yet.

CREATE TABLE public.user_profiles (
    id         uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
    username   text NOT NULL UNIQUE,
    email      text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE public.user_profiles ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON public.user_profiles FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE ON public.user_profiles TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.user_profiles TO service_role;

CREATE POLICY "Owners read their profile" ON public.user_profiles
    FOR SELECT TO authenticated USING (id = (SELECT auth.uid()));
CREATE POLICY "Owners create their profile" ON public.user_profiles
    FOR INSERT TO authenticated WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Owners edit their profile" ON public.user_profiles
    FOR UPDATE TO authenticated
    USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-000000000001', 'admin@example.com'),
    ('00000000-0000-4000-8000-000000000002', 'editor@example.com'),
    ('00000000-0000-4000-8000-000000000003', 'writer@example.com'),
    ('00000000-0000-4000-8000-000000000004', 'reader@example.com'),
    ('00000000-0000-4000-8000-000000000005', 'tester@example.com');

-- On a project whose sign-up trigger already made the rows, leave them be.
INSERT INTO public.user_profiles (id, username, email, created_at, updated_at)
SELECT id, split_part(email, '@', 1), email,
       timestamptz '2025-10-01 08:00:00+00', timestamptz '2025-10-01 08:00:00+00'
FROM auth.users
ON CONFLICT (id) DO NOTHING;
