-- Phase 3: the methods decide whether MFA is on; the column follows them.
CREATE INDEX idx_user_mfa_methods_active ON public.user_mfa_methods (user_id) WHERE status = 'active';

-- What the column said before, for the rollback.
CREATE TABLE public.mfa_enabled_before_sync (
  user_id uuid PRIMARY KEY REFERENCES public.users (id) ON DELETE CASCADE,
  mfa_enabled boolean NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);
REVOKE ALL ON TABLE public.mfa_enabled_before_sync FROM PUBLIC, anon, authenticated, service_role;
ALTER TABLE public.mfa_enabled_before_sync ENABLE ROW LEVEL SECURITY;

-- Users may change their methods but not their account's row: the function acts
-- as its owner. An update may hand a method over, so both sides are looked at.
CREATE FUNCTION public.sync_mfa_enabled_column() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.users AS u
  SET mfa_enabled = EXISTS (
    SELECT FROM public.user_mfa_methods AS m WHERE m.user_id = u.id AND m.status = 'active')
  WHERE u.id = CASE WHEN TG_OP <> 'INSERT' THEN OLD.user_id END
     OR u.id = CASE WHEN TG_OP <> 'DELETE' THEN NEW.user_id END;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION public.sync_mfa_enabled_column() FROM PUBLIC, anon, authenticated, service_role;

-- Before the one-off sync: no method can change unnoticed in between.
CREATE TRIGGER trg_sync_mfa_enabled_on_method_change
  AFTER INSERT OR UPDATE OR DELETE ON public.user_mfa_methods
  FOR EACH ROW EXECUTE FUNCTION public.sync_mfa_enabled_column();

-- security_invoker: the reader's own row security applies inside the view.
CREATE VIEW public.users_with_active_mfa WITH (security_invoker = true) AS
SELECT u.id AS user_id, u.email, count(*) AS active_methods,
  min(m.method_type) FILTER (WHERE m.is_primary) AS primary_method, max(m.last_used_at) AS last_used_at
FROM public.users AS u JOIN public.user_mfa_methods AS m ON m.user_id = u.id AND m.status = 'active'
GROUP BY u.id, u.email;
REVOKE ALL ON public.users_with_active_mfa FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT ON public.users_with_active_mfa TO authenticated, service_role;

CREATE VIEW public.mfa_status_discrepancies WITH (security_invoker = true) AS
SELECT u.id AS user_id, u.email, u.mfa_enabled AS column_says, a.present AS methods_say
FROM public.users AS u
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM public.user_mfa_methods AS m
  WHERE m.user_id = u.id AND m.status = 'active') AS present) AS a
WHERE u.mfa_enabled <> a.present;
REVOKE ALL ON public.mfa_status_discrepancies FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT ON public.mfa_status_discrepancies TO service_role;

-- The one-off sync, with its two entries in the security log.
INSERT INTO public.mfa_enabled_before_sync (user_id, mfa_enabled)
SELECT user_id, column_says FROM public.mfa_status_discrepancies;

UPDATE public.users AS u SET mfa_enabled = NOT k.mfa_enabled
FROM public.mfa_enabled_before_sync AS k WHERE k.user_id = u.id;

INSERT INTO public.security_audit_log (event_type, event_details, severity)
SELECT 'mfa_synchronization', jsonb_build_object('migration', '20251021000003', 'records_updated', count(*)), 'info'
FROM public.mfa_enabled_before_sync;

-- A snapshot for dashboards. Row security does not reach into it, so only the
-- service may read it.
CREATE MATERIALIZED VIEW public.user_mfa_status_unified AS
SELECT u.id AS user_id, u.email, count(m.id) > 0 AS mfa_enabled, count(m.id) AS active_methods,
  u.mfa_enabled <> (count(m.id) > 0) AS has_discrepancy, now() AS refreshed_at
FROM public.users AS u LEFT JOIN public.user_mfa_methods AS m ON m.user_id = u.id AND m.status = 'active'
GROUP BY u.id, u.email, u.mfa_enabled;
REVOKE ALL ON public.user_mfa_status_unified FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT ON public.user_mfa_status_unified TO service_role;
-- Refreshing beside running queries needs a unique key.
CREATE UNIQUE INDEX idx_user_mfa_status_unified_user_id ON public.user_mfa_status_unified (user_id);

CREATE FUNCTION public.refresh_user_mfa_status_unified() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  REFRESH MATERIALIZED VIEW CONCURRENTLY public.user_mfa_status_unified;
END
$$;
REVOKE ALL ON FUNCTION public.refresh_user_mfa_status_unified() FROM PUBLIC, anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION public.refresh_user_mfa_status_unified() TO service_role;

-- Runs with the caller's rights: users learn about themselves, the service about all.
CREATE FUNCTION public.get_user_mfa_status(p_user_id uuid)
RETURNS TABLE (user_id uuid, mfa_enabled boolean, active_methods bigint, has_discrepancy boolean)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = '' AS $$
  SELECT u.id, count(m.id) > 0, count(m.id), u.mfa_enabled <> (count(m.id) > 0)
  FROM public.users AS u LEFT JOIN public.user_mfa_methods AS m ON m.user_id = u.id AND m.status = 'active'
  WHERE u.id = p_user_id
  GROUP BY u.id, u.mfa_enabled
$$;
REVOKE ALL ON FUNCTION public.get_user_mfa_status(uuid) FROM PUBLIC, anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION public.get_user_mfa_status(uuid) TO authenticated, service_role;

INSERT INTO public.security_audit_log (event_type, event_details, severity)
VALUES ('mfa_consolidation', '{"migration": "20251021000003", "source": "user_mfa_methods"}', 'info');
