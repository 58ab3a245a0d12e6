-- The customer system as it stands: seven tables, row security with plain policies,
-- and no trace of who changed or deleted what.

CREATE TABLE public.profiles (
    id         uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
    email      text NOT NULL UNIQUE,
    full_name  text NOT NULL,
    role       text NOT NULL DEFAULT 'agent' CHECK (role IN ('admin', 'management', 'agent')),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.dispensary_profiles (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name       text NOT NULL,
    license    text NOT NULL UNIQUE,
    agent_id   uuid REFERENCES public.profiles (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.products (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name       text NOT NULL,
    price      numeric(10, 2) NOT NULL CHECK (price >= 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.communications (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    dispensary_id uuid NOT NULL REFERENCES public.dispensary_profiles (id) ON DELETE CASCADE,
    agent_id      uuid NOT NULL REFERENCES public.profiles (id),
    subject       text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.tasks (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    assigned_to uuid NOT NULL REFERENCES public.profiles (id),
    title       text NOT NULL,
    status      text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
    due_at      timestamptz
);
CREATE TABLE public.orders (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    dispensary_id uuid NOT NULL REFERENCES public.dispensary_profiles (id),
    agent_id      uuid NOT NULL REFERENCES public.profiles (id),
    status        text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'placed', 'delivered')),
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.order_items (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id   uuid NOT NULL REFERENCES public.orders (id) ON DELETE CASCADE,
    product_id uuid NOT NULL REFERENCES public.products (id),
    quantity   integer NOT NULL CHECK (quantity > 0)
);

-- Everybody signed in reads, adds and edits; of a profile its owner edits the name only.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items'] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, anon, authenticated, service_role', t);
        EXECUTE format('GRANT SELECT ON public.%I TO authenticated', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO service_role', t);
        EXECUTE format('CREATE POLICY %I ON public.%I FOR SELECT TO authenticated USING (true)', t || '_read', t);
        IF t <> 'profiles' THEN
            EXECUTE format('GRANT INSERT, UPDATE ON public.%I TO authenticated', t);
            EXECUTE format('CREATE POLICY %I ON public.%I FOR INSERT TO authenticated WITH CHECK (true)', t || '_add', t);
            EXECUTE format('CREATE POLICY %I ON public.%I FOR UPDATE TO authenticated USING (true) WITH CHECK (true)', t || '_edit', t);
        END IF;
    END LOOP;
END
$$;
GRANT UPDATE (full_name) ON public.profiles TO authenticated;
CREATE POLICY profiles_edit ON public.profiles FOR UPDATE TO authenticated
    USING (id = auth.uid()) WITH CHECK (id = auth.uid());
