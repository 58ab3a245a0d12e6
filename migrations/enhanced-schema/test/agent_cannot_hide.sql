-- … and cannot reach the same by an update, not even of a row they added themselves.
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

INSERT INTO public.products (id, name, price) VALUES ('00000000-0000-4000-8000-00000000e0fe', 'Hiding check', 1);

UPDATE public.products SET deleted_at = now() WHERE id = '00000000-0000-4000-8000-00000000e0fe';
