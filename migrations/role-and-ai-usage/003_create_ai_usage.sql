-- One row per AI request: what it used, what it cost. Written by the back end,
-- read by the account it belongs to and by administrators. May run twice.

CREATE TABLE IF NOT EXISTS public.ai_usage (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    model       text NOT NULL,
    tokens_used integer NOT NULL DEFAULT 0,
    cost_usd    numeric(10, 6) NOT NULL DEFAULT 0,
    markup_usd  numeric(10, 6) NOT NULL DEFAULT 0,
    total_usd   numeric(10, 6) NOT NULL DEFAULT 0,
    -- now() already is a point in time; converting it to UTC wall time and back
    -- would shift it in every session whose time zone is not UTC.
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS ai_usage_user_id_idx ON public.ai_usage (user_id);
CREATE INDEX IF NOT EXISTS ai_usage_created_at_idx ON public.ai_usage (created_at DESC);
CREATE INDEX IF NOT EXISTS ai_usage_user_created_idx ON public.ai_usage (user_id, created_at DESC);

ALTER TABLE public.ai_usage ENABLE ROW LEVEL SECURITY;

-- Default privileges of a Supabase project give everything to everybody.
REVOKE ALL ON public.ai_usage FROM anon, authenticated, service_role;
GRANT SELECT ON public.ai_usage TO authenticated;
GRANT SELECT, INSERT ON public.ai_usage TO service_role;

DROP POLICY IF EXISTS "Users can view their own usage" ON public.ai_usage;
CREATE POLICY "Users can view their own usage" ON public.ai_usage
    FOR SELECT TO authenticated
    USING (user_id = (SELECT auth.uid()));

DROP POLICY IF EXISTS "Service can insert usage records" ON public.ai_usage;
CREATE POLICY "Service can insert usage records" ON public.ai_usage
    FOR INSERT TO service_role
    WITH CHECK (true);

DROP POLICY IF EXISTS "Admins can view all usage" ON public.ai_usage;
CREATE POLICY "Admins can view all usage" ON public.ai_usage
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT 1
        FROM public.user_profiles
        WHERE user_profiles.id = (SELECT auth.uid())
          AND user_profiles.role = 'admin'
    ));

COMMENT ON TABLE public.ai_usage IS 'AI requests per account, for billing and analysis';
COMMENT ON COLUMN public.ai_usage.tokens_used IS 'Tokens the request consumed in all';
COMMENT ON COLUMN public.ai_usage.cost_usd IS 'What the provider charges, in USD';
COMMENT ON COLUMN public.ai_usage.markup_usd IS 'Platform markup (20 %), in USD';
COMMENT ON COLUMN public.ai_usage.total_usd IS 'What the account is charged, in USD';
