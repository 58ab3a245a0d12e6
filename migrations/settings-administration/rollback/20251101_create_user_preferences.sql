-- Undoes migration 1.
-- CASCADE takes the sign-up trigger along. DROP TRIGGER would need to own
-- auth.users, which the deploying role of a hosted project does not.
DROP FUNCTION IF EXISTS public.initialize_user_preferences() CASCADE;
DROP TABLE IF EXISTS public.user_preferences;
-- Without CASCADE: if another table has come to use it since, stop and say so.
DROP FUNCTION IF EXISTS public.update_updated_at_column();
