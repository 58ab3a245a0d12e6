-- Migration 2 of 4: a user's own model settings, with a fallback for the rest.

CREATE TABLE public.ai_configurations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  config jsonb NOT NULL DEFAULT '{}'::jsonb,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idx_ai_configurations_user_id UNIQUE (user_id)
);

REVOKE ALL ON TABLE public.ai_configurations FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.ai_configurations TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.ai_configurations TO service_role;

ALTER TABLE public.ai_configurations ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own AI config" ON public.ai_configurations
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can insert own AI config" ON public.ai_configurations
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can update own AI config" ON public.ai_configurations
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = user_id)
  WITH CHECK ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can delete own AI config" ON public.ai_configurations
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = user_id);

CREATE TRIGGER update_ai_configurations_updated_at
  BEFORE UPDATE ON public.ai_configurations
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();

-- Runs with the caller's rights. As SECURITY DEFINER it would hand anybody's
-- configuration to whoever knows or guesses a user's id; like this the policies
-- decide, and a stranger gets the default.
CREATE FUNCTION public.get_effective_ai_config(p_user_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = '' AS $$
  SELECT coalesce(
    (SELECT c.config FROM public.ai_configurations AS c
      WHERE c.user_id = p_user_id AND c.is_active),
    '{"model": "claude-sonnet-4-5-20250929", "maxTokens": 4096, "temperature": 1.0, "topP": 1.0}'::jsonb)
$$;
REVOKE ALL ON FUNCTION public.get_effective_ai_config(uuid) FROM PUBLIC, anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION public.get_effective_ai_config(uuid) TO authenticated, service_role;
