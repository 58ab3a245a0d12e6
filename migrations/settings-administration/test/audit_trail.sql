-- Signed in as the test user.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

-- 2. A change of theme, with a time stamp that the trigger must overrule.
UPDATE public.user_preferences
SET preferences = jsonb_set(preferences, '{theme}', '"dark"'), updated_at = 'epoch'
WHERE user_id = auth.uid();

-- 3. The time stamp is this transaction's.
SELECT preferences ->> 'theme' AS theme, updated_at = now() AS stamped
FROM public.user_preferences WHERE user_id = auth.uid();

-- 4. The user sees exactly the entry of this change.
SELECT config_type, changes ->> 'operation' AS operation, changed_by = auth.uid() AS by_self,
  previous_value ->> 'theme' IS DISTINCT FROM 'dark' AS kept_previous, new_value ->> 'theme' AS theme
FROM public.configuration_audit_log WHERE created_at = now();

-- 5 to 7. The trail cannot be written, altered or shortened by its subject.
INSERT INTO public.configuration_audit_log (config_type, changed_by, changes)
VALUES ('user_preference', auth.uid(), '{}');
UPDATE public.configuration_audit_log SET changes = '{}';
DELETE FROM public.configuration_audit_log;

-- 8 and 9. Somebody else signs in and sees nothing of it.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'other_user_id'::text, 'role', 'authenticated')::text, true);
SELECT count(*) AS foreign_entries FROM public.configuration_audit_log WHERE changed_by = :'test_user_id';
