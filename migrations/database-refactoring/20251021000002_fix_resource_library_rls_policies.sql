-- Phase 2: the four policies of the resource library ask for file_id.
DROP POLICY "Coaches can add items to their collections" ON public.resource_collection_items;
DROP POLICY "Clients can view shared collection items" ON public.resource_collection_items;
DROP POLICY "Clients can view collections with shared items" ON public.resource_collections;
DROP POLICY "Coaches can view progress for their resources" ON public.resource_client_progress;

-- Own file, own collection: the earlier text never looked at the collection.
CREATE POLICY "Coaches can add items to their collections" ON public.resource_collection_items
  FOR INSERT TO authenticated
  WITH CHECK (public.owns_collection(collection_id) AND public.owns_file(file_id));

CREATE POLICY "Clients can view shared collection items" ON public.resource_collection_items
  FOR SELECT TO authenticated
  USING (EXISTS (SELECT 1 FROM public.file_shares AS s
    WHERE s.file_id = resource_collection_items.file_id AND s.shared_with = (SELECT auth.uid())));

CREATE POLICY "Clients can view collections with shared items" ON public.resource_collections
  FOR SELECT TO authenticated
  USING (EXISTS (SELECT 1 FROM public.resource_collection_items AS i
    JOIN public.file_shares AS s ON s.file_id = i.file_id
    WHERE i.collection_id = resource_collections.id AND s.shared_with = (SELECT auth.uid())));

CREATE POLICY "Coaches can view progress for their resources" ON public.resource_client_progress
  FOR SELECT TO authenticated
  USING (EXISTS (SELECT 1 FROM public.file_uploads AS f
    WHERE f.id = resource_client_progress.file_id AND f.owner_id = (SELECT auth.uid())));

-- What the policies now look up, row by row.
CREATE INDEX idx_resource_collection_items_file_id ON public.resource_collection_items (file_id);
CREATE INDEX idx_resource_client_progress_file_id ON public.resource_client_progress (file_id);
CREATE INDEX idx_file_shares_shared_with ON public.file_shares (shared_with);

INSERT INTO public.security_audit_log (event_type, event_details, severity)
VALUES ('rls_policy_fix', '{"migration": "20251021000002", "policies": 4}', 'info');
