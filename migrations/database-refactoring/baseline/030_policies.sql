-- Row security as it stands. Four policies compare resource_id, which is always
-- NULL: coaches cannot fill collections, clients see nothing that was shared.
GRANT SELECT, INSERT, UPDATE, DELETE ON public.user_mfa_methods, public.file_uploads, public.file_shares,
  public.resource_collections, public.resource_collection_items, public.resource_client_progress TO authenticated;
GRANT SELECT ON public.users TO authenticated;
REVOKE ALL ON public.security_audit_log FROM anon, authenticated;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_mfa_methods ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.file_uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.file_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.resource_collections ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.resource_collection_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.resource_client_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.security_audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own account" ON public.users FOR SELECT USING (id = auth.uid());
CREATE POLICY "Users manage own MFA methods" ON public.user_mfa_methods FOR ALL
  USING (user_id = auth.uid()) WITH CHECK (user_id = auth.uid());
CREATE POLICY "Owners manage their files" ON public.file_uploads FOR ALL
  USING (owner_id = auth.uid()) WITH CHECK (owner_id = auth.uid());
CREATE POLICY "Owners manage shares" ON public.file_shares FOR ALL
  USING (public.owns_file(file_id)) WITH CHECK (public.owns_file(file_id));
CREATE POLICY "Recipients can view their shares" ON public.file_shares FOR SELECT USING (shared_with = auth.uid());
CREATE POLICY "Coaches manage own collections" ON public.resource_collections FOR ALL
  USING (coach_id = auth.uid()) WITH CHECK (coach_id = auth.uid());
CREATE POLICY "Coaches can view their items" ON public.resource_collection_items FOR SELECT
  USING (public.owns_collection(collection_id));
CREATE POLICY "Coaches can remove their items" ON public.resource_collection_items FOR DELETE
  USING (public.owns_collection(collection_id));
CREATE POLICY "Clients track own progress" ON public.resource_client_progress FOR ALL
  USING (client_id = auth.uid()) WITH CHECK (client_id = auth.uid());

-- The four that are broken.
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
