-- Takes the table with its policies, indexes and comments. Goes before 001:
-- one of the policies reads user_profiles.role.

DROP TABLE IF EXISTS public.ai_usage;
