-- An administrator makes an exception for the agent, sees it in force and in the log,
-- and takes it back; the agent sees it too, and nobody else's.
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES (:'admin_id', 'read', 'report');

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'admin_id'::text)::text, true);

INSERT INTO public.user_permissions (user_id, permission, resource, granted_by) VALUES (:'agent_id', 'delete', 'task', :'admin_id');

SELECT count(*) AS in_force FROM public.exceptions_in_force WHERE user_id IN (:'agent_id', :'admin_id');

SELECT count(*) AS logged FROM public.recent_changes
WHERE table_name = 'user_permissions' AND changed_by = :'admin_email' AND changed_at = now();

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

SELECT count(*) AS seen, count(*) FILTER (WHERE user_id = :'agent_id') AS own FROM public.user_permissions;

SELECT count(*) AS readable_log FROM public.recent_changes;

DELETE FROM public.user_permissions WHERE user_id = :'agent_id';

SELECT set_config('request.jwt.claims', json_build_object('sub', :'admin_id'::text)::text, true);

DELETE FROM public.user_permissions WHERE user_id = :'agent_id' AND resource = 'task';
