-- Migration 4 of 4: an append-only trail of every change to a configuration.

CREATE TABLE public.configuration_audit_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  config_type text NOT NULL,
  -- Every sign-up writes an entry. Without SET NULL no user could be deleted
  -- any more.
  changed_by uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  changes jsonb NOT NULL,
  previous_value jsonb,
  new_value jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Reading only, for everyone: policies do not bind service_role, privileges do.
REVOKE ALL ON TABLE public.configuration_audit_log FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT ON TABLE public.configuration_audit_log TO authenticated, service_role;

ALTER TABLE public.configuration_audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own configuration audit logs" ON public.configuration_audit_log
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = changed_by);

-- Restrictive: a permissive policy that grants nothing would be outvoted by the
-- next permissive one somebody adds.
CREATE POLICY "No updates to audit log" ON public.configuration_audit_log
  AS RESTRICTIVE FOR UPDATE
  USING (false);

CREATE POLICY "No deletes from audit log" ON public.configuration_audit_log
  AS RESTRICTIVE FOR DELETE
  USING (false);

-- Users may not insert here, so the trigger functions act as their owner.
CREATE FUNCTION public.log_user_preferences_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.configuration_audit_log
    (config_type, changed_by, changes, previous_value, new_value)
  VALUES (
    'user_preference',
    -- At sign-up nobody is logged in yet: the row's owner stands for himself.
    coalesce(auth.uid(), NEW.user_id),
    jsonb_build_object('operation', TG_OP, 'preferences', NEW.preferences),
    CASE WHEN TG_OP = 'UPDATE' THEN OLD.preferences END,
    NEW.preferences);
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION public.log_user_preferences_changes() FROM PUBLIC, anon, authenticated, service_role;

CREATE TRIGGER user_preferences_audit_trigger
  AFTER INSERT OR UPDATE ON public.user_preferences
  FOR EACH ROW EXECUTE FUNCTION public.log_user_preferences_changes();

-- A configuration may hold a key; the trail says that it changed, not what it is.
CREATE FUNCTION public.log_ai_config_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN OLD.config - 'apiKey' END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN NEW.config - 'apiKey' END;
  owner uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
  INSERT INTO public.configuration_audit_log
    (config_type, changed_by, changes, previous_value, new_value)
  VALUES (
    'ai_configuration',
    -- The look-up yields NULL while an account is being deleted and takes its
    -- configuration along; a dangling id would stop the deletion.
    (SELECT u.id FROM auth.users AS u WHERE u.id = coalesce(auth.uid(), owner)),
    jsonb_build_object(
      'operation', TG_OP,
      'config', coalesce(after, before),
      'isActive', CASE WHEN TG_OP <> 'DELETE' THEN NEW.is_active END),
    before,
    after);
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION public.log_ai_config_changes() FROM PUBLIC, anon, authenticated, service_role;

CREATE TRIGGER ai_configuration_audit_trigger
  AFTER INSERT OR UPDATE OR DELETE ON public.ai_configurations
  FOR EACH ROW EXECUTE FUNCTION public.log_ai_config_changes();

CREATE INDEX idx_config_audit_changed_by ON public.configuration_audit_log (changed_by);
CREATE INDEX idx_config_audit_type ON public.configuration_audit_log (config_type);
CREATE INDEX idx_config_audit_created_at ON public.configuration_audit_log (created_at);
