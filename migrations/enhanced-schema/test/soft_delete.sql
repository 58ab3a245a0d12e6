-- An administrator deletes a product: hidden, kept, logged, counted. Deleting it again
-- says false.
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'admin_id'::text)::text, true);

INSERT INTO public.products (id, name, price) VALUES ('00000000-0000-4000-8000-00000000e0ff', 'Deletion check', 1);

SELECT public.soft_delete('product', '00000000-0000-4000-8000-00000000e0ff') AS deleted;

SELECT public.soft_delete('product', '00000000-0000-4000-8000-00000000e0ff') AS again;

SELECT count(*) AS visible FROM public.products WHERE id = '00000000-0000-4000-8000-00000000e0ff';

SELECT operation, array_to_string(changed_columns, ' ') AS columns, changed_by = :'admin_id'::uuid AS by_admin
FROM public.change_log
WHERE row_key = '00000000-0000-4000-8000-00000000e0ff'
ORDER BY operation;

RESET ROLE;

SELECT deleted_at IS NOT NULL AS kept, deleted_by = :'admin_id'::uuid AS by_admin, edit_count, version
FROM public.products
WHERE id = '00000000-0000-4000-8000-00000000e0ff';
