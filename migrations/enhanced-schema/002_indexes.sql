-- Phase 2: indexes, data checks, and the partitions of the activity log.

-- Composite: the query's equality first, its sort order last.
CREATE INDEX user_permissions_lookup_idx ON public.user_permissions (user_id, resource, permission);
CREATE INDEX user_activity_log_user_idx ON public.user_activity_log (user_id, created_at DESC);
CREATE INDEX user_activity_log_resource_idx ON public.user_activity_log (resource, resource_id);
CREATE INDEX change_log_row_idx ON public.change_log (table_name, row_key, changed_at DESC);
CREATE INDEX change_log_author_idx ON public.change_log (changed_by, changed_at DESC);

-- Partial: exceptions that run out, and rows that are not deleted.
CREATE INDEX user_permissions_expiry_idx ON public.user_permissions (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX profiles_live_idx ON public.profiles (role) WHERE deleted_at IS NULL AND is_active;
CREATE INDEX dispensary_profiles_live_idx ON public.dispensary_profiles (agent_id) WHERE deleted_at IS NULL;
CREATE INDEX products_live_idx ON public.products (name) WHERE deleted_at IS NULL;
CREATE INDEX communications_live_idx ON public.communications (dispensary_id, created_at DESC) WHERE deleted_at IS NULL;
CREATE INDEX tasks_live_idx ON public.tasks (assigned_to, status) WHERE deleted_at IS NULL;
CREATE INDEX orders_live_idx ON public.orders (dispensary_id, created_at DESC) WHERE deleted_at IS NULL;
CREATE INDEX order_items_live_idx ON public.order_items (order_id) WHERE deleted_at IS NULL;

-- GIN: inside JSON and arrays.
CREATE INDEX profiles_metadata_idx ON public.profiles USING gin (metadata);
CREATE INDEX dispensary_profiles_metadata_idx ON public.dispensary_profiles USING gin (metadata);
CREATE INDEX user_activity_log_detail_idx ON public.user_activity_log USING gin (detail);
CREATE INDEX change_log_columns_idx ON public.change_log USING gin (changed_columns);

-- Who deleted a row is only known of a deleted row.
ALTER TABLE public.profiles
    ADD CONSTRAINT profiles_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT profiles_metadata_check CHECK (jsonb_typeof(metadata) = 'object'),
    ADD CONSTRAINT profiles_login_check CHECK (login_count >= 0);
ALTER TABLE public.dispensary_profiles
    ADD CONSTRAINT dispensary_profiles_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT dispensary_profiles_metadata_check CHECK (jsonb_typeof(metadata) = 'object'),
    ADD CONSTRAINT dispensary_profiles_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.products
    ADD CONSTRAINT products_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT products_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.communications
    ADD CONSTRAINT communications_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT communications_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.tasks
    ADD CONSTRAINT tasks_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT tasks_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.orders
    ADD CONSTRAINT orders_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT orders_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.order_items
    ADD CONSTRAINT order_items_deletion_check CHECK (deleted_by IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT order_items_edit_check CHECK (edit_count >= 0 AND version >= 1);
ALTER TABLE public.user_permissions
    ADD CONSTRAINT user_permissions_expiry_check CHECK (expires_at > granted_at);

-- Makes the partitions of p_months months from p_from's month on, skips those that
-- exist, and tells how many are new. A partition is a table of its own: without the
-- two last statements it could be read past the policies of its parent.
CREATE FUNCTION public.create_activity_log_partitions(p_from date, p_months integer) RETURNS integer
LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
    v_start date;
    v_name text;
    v_made integer := 0;
BEGIN
    FOR n IN 0 .. p_months - 1 LOOP
        v_start := (date_trunc('month', p_from::timestamp) + make_interval(months => n))::date;
        v_name := 'user_activity_log_' || to_char(v_start, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || v_name) IS NOT NULL;
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.user_activity_log FOR VALUES FROM (%L) TO (%L)',
                       v_name, to_char(v_start, 'YYYY-MM-DD') || ' 00:00:00+00',
                       to_char(v_start + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', v_name);
        EXECUTE format('REVOKE ALL ON public.%I FROM anon, authenticated, service_role', v_name);
        v_made := v_made + 1;
    END LOOP;
    RETURN v_made;
END
$$;

REVOKE ALL ON FUNCTION public.create_activity_log_partitions(date, integer)
    FROM PUBLIC, anon, authenticated, service_role;
COMMENT ON FUNCTION public.create_activity_log_partitions(date, integer) IS
    'Makes missing monthly partitions of user_activity_log and returns their number; run it monthly as the owner';

SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 12) AS partitions_made;
