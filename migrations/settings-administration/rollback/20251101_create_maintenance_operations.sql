-- Undoes migration 3. Policies and indexes go with the table.
DROP TABLE IF EXISTS public.maintenance_operations;
