-- The coaching platform as the refactoring finds it: accounts, second factors,
-- the resource library and the security log.
CREATE TABLE public.users (
  id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  email text NOT NULL UNIQUE,
  role text NOT NULL DEFAULT 'client' CHECK (role IN ('client', 'coach', 'admin')),
  mfa_enabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.user_mfa_methods (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  method_type text NOT NULL CHECK (method_type IN ('totp', 'sms', 'webauthn')),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'disabled')),
  is_primary boolean NOT NULL DEFAULT false,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.file_uploads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  name text NOT NULL
);

CREATE TABLE public.file_shares (
  file_id uuid NOT NULL REFERENCES public.file_uploads (id) ON DELETE CASCADE,
  shared_with uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  PRIMARY KEY (file_id, shared_with)
);

CREATE TABLE public.resource_collections (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  coach_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  name text NOT NULL
);

-- resource_id is what file_id was called before files had a table of their own.
-- Nothing has filled it since, but the policies still ask for it.
CREATE TABLE public.resource_collection_items (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  collection_id uuid NOT NULL REFERENCES public.resource_collections (id) ON DELETE CASCADE,
  resource_id uuid,
  file_id uuid NOT NULL REFERENCES public.file_uploads (id) ON DELETE CASCADE,
  position integer NOT NULL DEFAULT 0,
  UNIQUE (collection_id, file_id)
);

CREATE TABLE public.resource_client_progress (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  client_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  resource_id uuid,
  file_id uuid NOT NULL REFERENCES public.file_uploads (id) ON DELETE CASCADE,
  percent integer NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  UNIQUE (client_id, file_id)
);

CREATE TABLE public.security_audit_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid REFERENCES public.users (id) ON DELETE SET NULL,
  event_type text NOT NULL,
  event_details jsonb NOT NULL DEFAULT '{}'::jsonb,
  severity text NOT NULL DEFAULT 'info' CHECK (severity IN ('info', 'warning', 'critical')),
  "timestamp" timestamptz NOT NULL DEFAULT now()
);
