-- Signed in as an ordinary user: reads, but does not write.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);
INSERT INTO public.maintenance_operations (operation_type, performed_by) VALUES ('vacuum', auth.uid());

-- 3 to 6. As an administrator: under the own name only.
SELECT set_config('request.jwt.claims', jsonb_build_object('sub', :'test_user_id'::text,
  'role', 'authenticated', 'app_metadata', jsonb_build_object('role', 'admin'))::text, true);
INSERT INTO public.maintenance_operations (operation_type, performed_by) VALUES ('vacuum', :'other_user_id');
INSERT INTO public.maintenance_operations (operation_type, performed_by) VALUES ('vacuum', auth.uid());
UPDATE public.maintenance_operations SET status = 'completed';

-- 7 and 8. Any signed-in user sees the operation, with its defaults.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'other_user_id'::text, 'role', 'authenticated')::text, true);
SELECT operation_type, status, details, completed_at IS NULL AS open
FROM public.maintenance_operations WHERE started_at = now();
