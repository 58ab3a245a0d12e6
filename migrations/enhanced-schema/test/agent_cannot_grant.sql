-- … nor make themselves an exception.
SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

INSERT INTO public.user_permissions (user_id, permission, resource) VALUES (:'agent_id', 'manage', 'system');
