-- A small office: one administrator, one manager, two agents, and a month of work.
INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-0000000000b1', 'admin@example.com'),
    ('00000000-0000-4000-8000-0000000000b2', 'management@example.com'),
    ('00000000-0000-4000-8000-0000000000b3', 'agent-north@example.com'),
    ('00000000-0000-4000-8000-0000000000b4', 'agent-south@example.com');

INSERT INTO public.profiles (id, email, full_name, role, created_at)
SELECT id, email, initcap(split_part(email, '@', 1)),
       CASE WHEN email LIKE 'a%min@%' THEN 'admin' WHEN email LIKE 'management@%' THEN 'management' ELSE 'agent' END,
       timestamptz '2025-08-01 09:00:00+00'
FROM auth.users;

INSERT INTO public.dispensary_profiles (id, name, license, agent_id, created_at)
SELECT ('00000000-0000-4000-8000-0000000d000' || n)::uuid, 'Shop ' || n, 'LIC-' || n,
       ('00000000-0000-4000-8000-0000000000b' || 3 + n % 2)::uuid, timestamptz '2025-08-02 09:00:00+00'
FROM generate_series(1, 3) AS n;

INSERT INTO public.products (id, name, price, created_at)
SELECT ('00000000-0000-4000-8000-0000000e000' || n)::uuid, 'Product ' || n, 10.50 * n, timestamptz '2025-08-02 09:00:00+00'
FROM generate_series(1, 5) AS n;

INSERT INTO public.communications (dispensary_id, agent_id, subject, created_at)
SELECT id, agent_id, 'First visit to ' || name, timestamptz '2025-08-05 09:00:00+00' FROM public.dispensary_profiles;

INSERT INTO public.tasks (assigned_to, title, due_at)
SELECT agent_id, 'Call ' || name, timestamptz '2025-09-01 09:00:00+00' FROM public.dispensary_profiles;

INSERT INTO public.orders (id, dispensary_id, agent_id, status, created_at)
SELECT ('00000000-0000-4000-8000-0000000f000' || right(id::text, 1))::uuid, id, agent_id, 'placed', timestamptz '2025-08-20 09:00:00+00'
FROM public.dispensary_profiles;

INSERT INTO public.order_items (order_id, product_id, quantity)
SELECT o.id, p.id, 2 FROM public.orders AS o CROSS JOIN public.products AS p WHERE p.price < 40;
