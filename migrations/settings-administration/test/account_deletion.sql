-- An account with preferences, configuration, trail and an operation to its name
-- can still be deleted; the records stay, without the name.
INSERT INTO auth.users (id, email) VALUES ('f0000000-0000-4000-8000-00000000000c', 'leaver@example.com');
INSERT INTO public.ai_configurations (user_id) VALUES ('f0000000-0000-4000-8000-00000000000c');
INSERT INTO public.maintenance_operations (operation_type, performed_by)
VALUES ('vacuum', 'f0000000-0000-4000-8000-00000000000c');

-- 4.
DELETE FROM auth.users WHERE id = 'f0000000-0000-4000-8000-00000000000c';

-- 5.
SELECT
  (SELECT count(*) FROM public.user_preferences WHERE created_at = now()) AS preferences,
  (SELECT count(*) FROM public.ai_configurations WHERE created_at = now()) AS configurations,
  (SELECT count(*) FROM public.maintenance_operations WHERE started_at = now() AND performed_by IS NULL) AS operations,
  (SELECT count(*) FROM public.configuration_audit_log WHERE created_at = now() AND changed_by IS NULL) AS entries;
