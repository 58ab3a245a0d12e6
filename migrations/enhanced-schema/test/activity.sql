-- An agent signs in: the entry lies in this month's partition, the profile counts it,
-- and the change log does not. The agent sees their own entries only.
SELECT public.log_user_activity(:'admin_id', 'export', 'report');

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

SELECT public.log_user_activity(:'agent_id', 'login', 'system', NULL, '{"via": "test"}', '192.0.2.7', 'check/1.0');

SELECT count(*) AS seen, count(*) FILTER (WHERE user_id = :'agent_id') AS own,
       bool_and(tableoid::regclass::text LIKE '%user_activity_log_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')) AS in_month
FROM public.user_activity_log
WHERE created_at = now();

SELECT activity, resource, detail, host(ip_address) AS ip, user_agent
FROM public.user_activity_log
WHERE created_at = now();

SELECT login_count, last_login_at = now() AS just_now FROM public.profiles WHERE id = :'agent_id';

RESET ROLE;

SELECT count(*) AS changes FROM public.change_log WHERE changed_at = now();

SET LOCAL ROLE authenticated;

SELECT public.log_user_activity(:'admin_id', 'login', 'system');
