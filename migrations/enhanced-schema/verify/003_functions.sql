-- 1. The administrator may read profiles.
SELECT public.user_has_permission(
    (SELECT id FROM public.profiles WHERE email = :'admin_email'),
    'read'::public.permission_type, 'profile'::public.resource_type);

-- 2. An activity is recorded and has an id.
SELECT public.log_user_activity(
    (SELECT id FROM public.profiles WHERE email = :'admin_email'),
    'login'::public.activity_type, 'system'::public.resource_type, NULL, '{"test": true}'::jsonb);
