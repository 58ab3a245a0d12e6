-- Whatever this guide made and is still there. Wants no rows.
SELECT 'table public.ai_usage' AS leftover WHERE to_regclass('public.ai_usage') IS NOT NULL
UNION ALL
SELECT 'index public.idx_user_profiles_role' WHERE to_regclass('public.idx_user_profiles_role') IS NOT NULL
UNION ALL
SELECT 'function public.guard_user_profile_role()'
WHERE to_regprocedure('public.guard_user_profile_role()') IS NOT NULL
UNION ALL
SELECT format('column public.user_profiles.%I', attname)
FROM pg_attribute
WHERE attrelid = 'public.user_profiles'::regclass AND attname = 'role' AND NOT attisdropped
UNION ALL
SELECT format('constraint %I', conname)
FROM pg_constraint
WHERE conrelid = 'public.user_profiles'::regclass AND conname = 'user_profiles_role_check'
UNION ALL
SELECT format('trigger %I', tgname)
FROM pg_trigger
WHERE tgrelid = 'public.user_profiles'::regclass AND tgname = 'guard_user_profile_role';
