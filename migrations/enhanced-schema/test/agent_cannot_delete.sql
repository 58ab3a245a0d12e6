-- An agent has no permission to delete products …
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

SELECT public.soft_delete('product', (SELECT id FROM public.products LIMIT 1));
