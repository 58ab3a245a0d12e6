-- Phase 1: types, four tables, and the new columns of the seven existing ones.
-- Every default is a constant, so no existing row is rewritten.

CREATE TYPE public.permission_type AS ENUM ('create', 'read', 'update', 'delete', 'manage');
CREATE TYPE public.resource_type AS ENUM
    ('profile', 'dispensary', 'product', 'communication', 'task', 'order', 'order_item', 'report', 'system');
CREATE TYPE public.activity_type AS ENUM ('login', 'logout', 'create', 'read', 'update', 'delete', 'export');

COMMENT ON TYPE public.permission_type IS 'What may be done; manage includes the other four';
COMMENT ON TYPE public.resource_type IS 'What it may be done to';
COMMENT ON TYPE public.activity_type IS 'What somebody did';

-- What a role may do.
CREATE TABLE public.role_permissions (
    role       text CHECK (role IN ('admin', 'management', 'agent')),
    permission public.permission_type,
    resource   public.resource_type,
    PRIMARY KEY (role, permission, resource)
);

-- What one person may do beyond the role, or may not in spite of it.
CREATE TABLE public.user_permissions (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    uuid NOT NULL REFERENCES public.profiles (id) ON DELETE CASCADE,
    permission public.permission_type NOT NULL,
    resource   public.resource_type NOT NULL,
    granted    boolean NOT NULL DEFAULT true,
    granted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    UNIQUE (user_id, permission, resource)
);

-- The key of a partitioned table holds the partitioning column.
CREATE TABLE public.user_activity_log (
    id          uuid DEFAULT gen_random_uuid(),
    user_id     uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    activity    public.activity_type NOT NULL,
    resource    public.resource_type NOT NULL,
    resource_id uuid,
    detail      jsonb NOT NULL DEFAULT '{}',
    ip_address  inet,
    user_agent  text,
    created_at  timestamptz DEFAULT now(),
    PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);

CREATE TABLE public.change_log (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    table_name      text NOT NULL,
    row_key         text NOT NULL,
    operation       text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
    changed_columns text[] NOT NULL DEFAULT '{}',
    old_values      jsonb,
    new_values      jsonb,
    changed_by      uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    changed_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE public.role_permissions IS 'Permissions that come with a role';
COMMENT ON TABLE public.user_permissions IS 'Exceptions for one person, granted or refused, with an optional end';
COMMENT ON TABLE public.user_activity_log IS 'Who did what, one partition per month (UTC)';
COMMENT ON TABLE public.change_log IS 'Every change of a tracked row, with the values before and after';

-- Closed until phase 4 decides who may see what.
ALTER TABLE public.role_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_activity_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.change_log ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON public.role_permissions, public.user_permissions, public.user_activity_log, public.change_log
    FROM anon, authenticated, service_role;

ALTER TABLE public.profiles
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN is_active boolean NOT NULL DEFAULT true,
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN last_login_at timestamptz,
    ADD COLUMN login_count integer NOT NULL DEFAULT 0;

ALTER TABLE public.dispensary_profiles
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}';

ALTER TABLE public.products
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE public.communications
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE public.tasks
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE public.orders
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE public.order_items
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
    ADD COLUMN version integer NOT NULL DEFAULT 1;
