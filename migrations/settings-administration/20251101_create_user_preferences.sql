-- Migration 1 of 4: one row of interface preferences per user.

CREATE TABLE public.user_preferences (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- The defaults live here and nowhere else: sign-up and backfill both insert
  -- a bare user_id and take them.
  preferences jsonb NOT NULL DEFAULT '{
    "theme": "system",
    "sidebarCollapsed": false,
    "tableDensity": "comfortable",
    "rowsPerPage": 25,
    "enableAnimations": true,
    "notifications": {
      "emailDigest": true, "generationComplete": true,
      "qualityAlerts": true, "weeklyReport": false
    },
    "defaultFilters": {
      "autoApply": false, "tier": [], "status": [], "qualityRange": [0, 100]
    }
  }'::jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- The uniqueness rule brings the look-up index with it; a second index on
  -- the same column would only slow down writes.
  CONSTRAINT idx_user_preferences_user_id UNIQUE (user_id)
);

-- Supabase hands every new table to anon, authenticated and service_role.
-- Start from nothing and name what each may do.
REVOKE ALL ON TABLE public.user_preferences FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE ON TABLE public.user_preferences TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.user_preferences TO service_role;

ALTER TABLE public.user_preferences ENABLE ROW LEVEL SECURITY;

-- (SELECT auth.uid()) is evaluated once per query, a bare auth.uid() per row.
CREATE POLICY "Users can view own preferences" ON public.user_preferences
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can insert own preferences" ON public.user_preferences
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can update own preferences" ON public.user_preferences
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = user_id)
  WITH CHECK ((SELECT auth.uid()) = user_id);

-- CREATE, not CREATE OR REPLACE: the name is common, and a function of the same
-- name that other tables use must not be overwritten in silence.
CREATE FUNCTION public.update_updated_at_column() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION public.update_updated_at_column() FROM PUBLIC, anon, authenticated, service_role;

CREATE TRIGGER update_user_preferences_updated_at
  BEFORE UPDATE ON public.user_preferences
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();

-- Sign-up runs as supabase_auth_admin, which has neither a grant nor a policy
-- on this table: the function acts as its owner.
CREATE FUNCTION public.initialize_user_preferences() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.user_preferences (user_id) VALUES (NEW.id);
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION public.initialize_user_preferences() FROM PUBLIC, anon, authenticated, service_role;

-- Trigger before backfill: creating it locks auth.users against new rows until
-- this transaction ends, so nobody can sign up in between and be missed.
CREATE TRIGGER initialize_user_preferences_on_signup
  AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.initialize_user_preferences();

-- The trigger sees new users only; those who are already here get their row now.
INSERT INTO public.user_preferences (user_id)
SELECT id FROM auth.users;
