-- Undoes migration 2. Policies, index and trigger go with the table.
DROP FUNCTION IF EXISTS public.get_effective_ai_config(uuid);
DROP TABLE IF EXISTS public.ai_configurations;
