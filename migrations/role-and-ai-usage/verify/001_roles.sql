-- 1. The column as the application sees it.
SELECT column_name, data_type, column_default, is_nullable
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'user_profiles' AND column_name = 'role';

-- 2. Every account has a role.
SELECT count(*) AS total_users, count(role) AS users_with_role
FROM public.user_profiles;

-- 3. Nobody holds a role but the three.
SELECT count(*) AS outside
FROM public.user_profiles
WHERE role IS NULL OR role NOT IN ('user', 'moderator', 'admin');
