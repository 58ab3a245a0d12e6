-- Functions that act as their owner and look names up wherever the caller says:
-- the first five carry no search_path, the sixth shows how it should be.
CREATE FUNCTION public.handle_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO public.users (id, email) VALUES (NEW.id, NEW.email);
  RETURN NEW;
END
$$;

CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

CREATE FUNCTION public.get_user_role(p_user_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN (SELECT role FROM users WHERE id = p_user_id);
END
$$;

CREATE FUNCTION public.owns_collection(p_collection_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN EXISTS (SELECT FROM resource_collections WHERE id = p_collection_id AND coach_id = auth.uid());
END
$$;

CREATE FUNCTION public.owns_file(p_file_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN EXISTS (SELECT FROM file_uploads WHERE id = p_file_id AND owner_id = auth.uid());
END
$$;

CREATE FUNCTION public.log_security_event(p_type text, p_details jsonb, p_severity text DEFAULT 'info') RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  entry uuid;
BEGIN
  INSERT INTO security_audit_log (user_id, event_type, event_details, severity)
  VALUES (auth.uid(), p_type, p_details, p_severity) RETURNING id INTO entry;
  RETURN entry;
END
$$;

CREATE FUNCTION public.is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.users AS u WHERE u.id = auth.uid() AND u.role = 'admin')
$$;
