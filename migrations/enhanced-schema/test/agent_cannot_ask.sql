-- … nor learn what the administrator may do.
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

SELECT public.user_has_permission(:'admin_id', 'manage', 'system');
