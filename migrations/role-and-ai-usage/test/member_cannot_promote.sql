-- The owner may edit the row, but not its role.
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims',
                  json_build_object('sub', :'member_id'::text, 'role', 'authenticated')::text, true);

UPDATE public.user_profiles SET updated_at = now() WHERE id = :'member_id';

UPDATE public.user_profiles SET role = 'admin' WHERE id = :'member_id';
