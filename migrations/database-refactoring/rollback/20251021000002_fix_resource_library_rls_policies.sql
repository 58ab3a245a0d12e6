-- Undoes phase 2: the four policies as they were, broken. Fixing forward is
-- nearly always the better choice.
DROP INDEX public.idx_file_shares_shared_with;
DROP INDEX public.idx_resource_client_progress_file_id;
DROP INDEX public.idx_resource_collection_items_file_id;

DROP POLICY "Coaches can view progress for their resources" ON public.resource_client_progress;
DROP POLICY "Clients can view collections with shared items" ON public.resource_collections;
DROP POLICY "Clients can view shared collection items" ON public.resource_collection_items;
DROP POLICY "Coaches can add items to their collections" ON public.resource_collection_items;

CREATE POLICY "Coaches can add items to their collections" ON public.resource_collection_items FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM public.file_uploads AS f
    WHERE f.id = resource_collection_items.resource_id AND f.owner_id = auth.uid()));
CREATE POLICY "Clients can view shared collection items" ON public.resource_collection_items FOR SELECT
  USING (EXISTS (SELECT 1 FROM public.file_shares AS s
    WHERE s.file_id = resource_collection_items.resource_id AND s.shared_with = auth.uid()));
CREATE POLICY "Clients can view collections with shared items" ON public.resource_collections FOR SELECT
  USING (EXISTS (SELECT 1 FROM public.resource_collection_items AS i
    JOIN public.file_shares AS s ON s.file_id = i.resource_id
    WHERE i.collection_id = resource_collections.id AND s.shared_with = auth.uid()));
CREATE POLICY "Coaches can view progress for their resources" ON public.resource_client_progress FOR SELECT
  USING (EXISTS (SELECT 1 FROM public.file_uploads AS f
    WHERE f.id = resource_client_progress.resource_id AND f.owner_id = auth.uid()));

DELETE FROM public.security_audit_log WHERE event_details ->> 'migration' = '20251021000002';
