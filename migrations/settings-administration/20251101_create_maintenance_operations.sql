-- Migration 3 of 4: what was done to the database, when, and by whom.

CREATE TABLE public.maintenance_operations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  operation_type text NOT NULL,
  table_name text,
  started_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  status text NOT NULL DEFAULT 'running',
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  -- The record outlives the account; without SET NULL nobody who ever ran an
  -- operation could be deleted.
  performed_by uuid REFERENCES auth.users (id) ON DELETE SET NULL
);

REVOKE ALL ON TABLE public.maintenance_operations FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, INSERT ON TABLE public.maintenance_operations TO authenticated;
GRANT SELECT, INSERT, UPDATE ON TABLE public.maintenance_operations TO service_role;

ALTER TABLE public.maintenance_operations ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Authenticated users can view maintenance operations" ON public.maintenance_operations
  FOR SELECT TO authenticated
  USING (true);

-- An administrator carries the role in app_metadata, which only the service
-- can write, and signs with his own id.
CREATE POLICY "Admins can insert maintenance operations" ON public.maintenance_operations
  FOR INSERT TO authenticated
  WITH CHECK (
    (SELECT auth.jwt()) -> 'app_metadata' ->> 'role' = 'admin'
    AND performed_by = (SELECT auth.uid())
  );

CREATE INDEX idx_maintenance_operations_status ON public.maintenance_operations (status);
CREATE INDEX idx_maintenance_operations_type ON public.maintenance_operations (operation_type);
