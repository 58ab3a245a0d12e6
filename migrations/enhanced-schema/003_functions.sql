-- Phase 3: the permission question, the activity log, soft delete, change tracking.

-- An exception decides if there is one in force; else the role; `manage` includes all.
-- People may ask about themselves, administrators about anyone, the back end (which has
-- no auth.uid()) as well.
CREATE FUNCTION public.user_has_permission(
    p_user_id uuid, p_permission public.permission_type, p_resource public.resource_type
) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_role text;
    v_exception boolean;
BEGIN
    IF auth.uid() IS NOT NULL AND auth.uid() IS DISTINCT FROM p_user_id
       AND NOT public.user_has_permission(auth.uid(), 'manage', 'system')
    THEN
        RAISE EXCEPTION 'only administrators may ask about other accounts' USING ERRCODE = 'insufficient_privilege';
    END IF;

    SELECT p.role INTO v_role
    FROM public.profiles AS p
    WHERE p.id = p_user_id AND p.is_active AND p.deleted_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    -- A refusal outweighs a grant.
    SELECT bool_and(u.granted) INTO v_exception
    FROM public.user_permissions AS u
    WHERE u.user_id = p_user_id AND u.resource = p_resource AND u.permission IN (p_permission, 'manage')
      AND (u.expires_at IS NULL OR u.expires_at > now());
    IF v_exception IS NOT NULL THEN
        RETURN v_exception;
    END IF;

    RETURN EXISTS (
        SELECT FROM public.role_permissions AS r
        WHERE r.role = v_role AND r.resource = p_resource AND r.permission IN (p_permission, 'manage'));
END
$$;

-- Records what somebody did. People record for themselves only.
CREATE FUNCTION public.log_user_activity(
    p_user_id uuid, p_activity public.activity_type, p_resource public.resource_type,
    p_resource_id uuid DEFAULT NULL, p_detail jsonb DEFAULT '{}',
    p_ip_address inet DEFAULT NULL, p_user_agent text DEFAULT NULL
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_id uuid;
BEGIN
    IF auth.uid() IS NOT NULL AND auth.uid() IS DISTINCT FROM p_user_id THEN
        RAISE EXCEPTION 'an account records its own activity only' USING ERRCODE = 'insufficient_privilege';
    END IF;

    INSERT INTO public.user_activity_log (user_id, activity, resource, resource_id, detail, ip_address, user_agent)
    VALUES (p_user_id, p_activity, p_resource, p_resource_id, coalesce(p_detail, '{}'), p_ip_address, p_user_agent)
    RETURNING id INTO v_id;

    IF p_activity = 'login' THEN
        UPDATE public.profiles SET last_login_at = now(), login_count = login_count + 1 WHERE id = p_user_id;
    END IF;
    RETURN v_id;
END
$$;

-- Hides a row instead of removing it. A plain UPDATE cannot: the policies of phase 4 let
-- nobody write a row that they could not read afterwards.
CREATE FUNCTION public.soft_delete(p_resource public.resource_type, p_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_table text := CASE p_resource
        WHEN 'profile' THEN 'profiles' WHEN 'dispensary' THEN 'dispensary_profiles' WHEN 'product' THEN 'products'
        WHEN 'communication' THEN 'communications' WHEN 'task' THEN 'tasks' WHEN 'order' THEN 'orders'
        WHEN 'order_item' THEN 'order_items' END;
    v_count integer;
BEGIN
    IF v_table IS NULL THEN
        RAISE EXCEPTION '% has no rows to delete', p_resource USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF auth.uid() IS NOT NULL AND NOT public.user_has_permission(auth.uid(), 'delete', p_resource) THEN
        RAISE EXCEPTION 'no permission to delete a %', p_resource USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('UPDATE public.%I SET deleted_at = now(), deleted_by = $1 WHERE id = $2 AND deleted_at IS NULL', v_table)
        USING auth.uid(), p_id;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count = 1;
END
$$;

-- Numbers the edits of a row, whatever the client sends.
CREATE FUNCTION public.count_edit() RETURNS trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    NEW.edit_count := OLD.edit_count + 1;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

-- Writes the change log. Sign-in counters alone are activity, not a change.
CREATE FUNCTION public.record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_old jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    v_new jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    v_row jsonb := coalesce(v_new, v_old);
    v_columns text[];
BEGIN
    SELECT coalesce(array_agg(key ORDER BY key), '{}') INTO v_columns
    FROM jsonb_object_keys(v_row) AS key
    WHERE v_old -> key IS DISTINCT FROM v_new -> key AND key NOT IN ('last_login_at', 'login_count');
    IF v_columns <> '{}' THEN
        INSERT INTO public.change_log (table_name, row_key, operation, changed_columns, old_values, new_values, changed_by)
        VALUES (TG_TABLE_NAME,
                coalesce(v_row ->> 'id', concat_ws('/', v_row ->> 'role', v_row ->> 'permission', v_row ->> 'resource')),
                TG_OP, v_columns, v_old, v_new, (SELECT p.id FROM public.profiles AS p WHERE p.id = auth.uid()));
    END IF;
    RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION
    public.user_has_permission(uuid, public.permission_type, public.resource_type),
    public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text),
    public.soft_delete(public.resource_type, uuid),
    public.count_edit(), public.record_change()
    FROM PUBLIC, anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION
    public.user_has_permission(uuid, public.permission_type, public.resource_type),
    public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text),
    public.soft_delete(public.resource_type, uuid)
    TO authenticated, service_role;

COMMENT ON FUNCTION public.user_has_permission(uuid, public.permission_type, public.resource_type) IS
    'Whether an active account may do this: exception first, then role';
COMMENT ON FUNCTION public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text) IS
    'Records an activity and returns the id of its entry';
COMMENT ON FUNCTION public.soft_delete(public.resource_type, uuid) IS
    'Hides a row; true if it was there';

CREATE TRIGGER count_edit BEFORE UPDATE ON public.dispensary_profiles
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();
CREATE TRIGGER count_edit BEFORE UPDATE ON public.products
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();
CREATE TRIGGER count_edit BEFORE UPDATE ON public.communications
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();
CREATE TRIGGER count_edit BEFORE UPDATE ON public.tasks
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();
CREATE TRIGGER count_edit BEFORE UPDATE ON public.orders
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();
CREATE TRIGGER count_edit BEFORE UPDATE ON public.order_items
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.count_edit();

CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.profiles
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.dispensary_profiles
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.products
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.communications
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.tasks
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.orders
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.order_items
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.user_permissions
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON public.role_permissions
    FOR EACH ROW EXECUTE FUNCTION public.record_change();
