-- Two edits of a task, one of them without effect: counted once, logged once, and a
-- client's own figures are ignored.
INSERT INTO public.tasks (id, assigned_to, title) VALUES ('00000000-0000-4000-8000-00000000a0ff', :'agent_id', 'Edit check');

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims', json_build_object('sub', :'agent_id'::text)::text, true);

UPDATE public.tasks SET status = 'done', edit_count = 40, version = 70 WHERE id = '00000000-0000-4000-8000-00000000a0ff';

UPDATE public.tasks SET status = 'done' WHERE id = '00000000-0000-4000-8000-00000000a0ff';

SELECT edit_count, version FROM public.tasks WHERE id = '00000000-0000-4000-8000-00000000a0ff';

SELECT count(*) AS readable_log FROM public.change_log;

RESET ROLE;

SELECT operation, array_to_string(changed_columns, ' ') AS columns, old_values ->> 'status' AS was,
       new_values ->> 'status' AS is, changed_by = :'agent_id'::uuid AS by_agent
FROM public.change_log
WHERE row_key = '00000000-0000-4000-8000-00000000a0ff' AND operation = 'UPDATE';
