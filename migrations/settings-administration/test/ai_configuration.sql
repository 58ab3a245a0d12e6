-- Signed in as the test user.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);
DELETE FROM public.ai_configurations WHERE user_id = auth.uid();

-- 3. Nothing configured: the fallback, to the letter.
SELECT public.get_effective_ai_config(:'test_user_id')
  = '{"model": "claude-sonnet-4-5-20250929", "maxTokens": 4096, "temperature": 1.0, "topP": 1.0}'::jsonb AS is_default;

-- 4 and 5. An own configuration takes over.
INSERT INTO public.ai_configurations (user_id, config) VALUES (auth.uid(), '{"model": "own-model", "apiKey": "never-in-the-trail"}');
SELECT public.get_effective_ai_config(:'test_user_id') ->> 'model' AS model;

-- 6 to 8. Switched off, it steps back, and the change is time-stamped.
UPDATE public.ai_configurations SET is_active = false, updated_at = 'epoch' WHERE user_id = auth.uid();
SELECT public.get_effective_ai_config(:'test_user_id') ->> 'model' AS model;
SELECT updated_at = now() AS stamped FROM public.ai_configurations WHERE user_id = auth.uid();
UPDATE public.ai_configurations SET is_active = true WHERE user_id = auth.uid();

-- 10. Not in another's name.
INSERT INTO public.ai_configurations (user_id) VALUES (:'other_user_id');

-- 11 to 15. Somebody else signs in: no reading, changing, deleting, and the
-- function does not talk either.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'other_user_id'::text, 'role', 'authenticated')::text, true);
SELECT count(*) AS foreign_rows FROM public.ai_configurations WHERE user_id = :'test_user_id';
UPDATE public.ai_configurations SET config = '{}' WHERE user_id = :'test_user_id';
DELETE FROM public.ai_configurations WHERE user_id = :'test_user_id';
SELECT public.get_effective_ai_config(:'test_user_id') ->> 'model' AS model;

-- 16 to 18. Back again: delete, and read the whole story in the trail.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);
DELETE FROM public.ai_configurations WHERE user_id = auth.uid();
SELECT changes ->> 'operation' AS operation, count(*) AS entries,
  bool_or(concat(changes, previous_value, new_value) LIKE '%never-in-the-trail%') AS leaks_key
FROM public.configuration_audit_log
WHERE config_type = 'ai_configuration' AND created_at = now()
GROUP BY 1 ORDER BY 1;
