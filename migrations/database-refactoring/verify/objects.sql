-- Everything the three migrations create or change, held against its reviewed
-- definition. One row per difference: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
  ('column', 'mfa_enabled_before_sync.kept_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'mfa_enabled_before_sync.mfa_enabled', 'boolean, not null'),
  ('column', 'mfa_enabled_before_sync.user_id', 'uuid, not null'),
  ('column', 'mfa_status_discrepancies.column_says', 'boolean'),
  ('column', 'mfa_status_discrepancies.email', 'text'),
  ('column', 'mfa_status_discrepancies.methods_say', 'boolean'),
  ('column', 'mfa_status_discrepancies.user_id', 'uuid'),
  ('column', 'user_mfa_status_unified.active_methods', 'bigint'),
  ('column', 'user_mfa_status_unified.email', 'text'),
  ('column', 'user_mfa_status_unified.has_discrepancy', 'boolean'),
  ('column', 'user_mfa_status_unified.mfa_enabled', 'boolean'),
  ('column', 'user_mfa_status_unified.refreshed_at', 'timestamp with time zone'),
  ('column', 'user_mfa_status_unified.user_id', 'uuid'),
  ('column', 'users_with_active_mfa.active_methods', 'bigint'),
  ('column', 'users_with_active_mfa.email', 'text'),
  ('column', 'users_with_active_mfa.last_used_at', 'timestamp with time zone'),
  ('column', 'users_with_active_mfa.primary_method', 'text'),
  ('column', 'users_with_active_mfa.user_id', 'uuid'),
  ('constraint', 'mfa_enabled_before_sync.mfa_enabled_before_sync_pkey', 'PRIMARY KEY (user_id)'),
  ('constraint', 'mfa_enabled_before_sync.mfa_enabled_before_sync_user_id_fkey',
    'FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE'),
  ('execute', 'get_user_mfa_status(p_user_id uuid) by authenticated', 'EXECUTE'),
  ('execute', 'get_user_mfa_status(p_user_id uuid) by service_role', 'EXECUTE'),
  ('execute', 'get_user_role(p_user_id uuid) by anon', 'EXECUTE'),
  ('execute', 'get_user_role(p_user_id uuid) by authenticated', 'EXECUTE'),
  ('execute', 'get_user_role(p_user_id uuid) by public', 'EXECUTE'),
  ('execute', 'get_user_role(p_user_id uuid) by service_role', 'EXECUTE'),
  ('execute', 'handle_new_user() by anon', 'EXECUTE'),
  ('execute', 'handle_new_user() by authenticated', 'EXECUTE'),
  ('execute', 'handle_new_user() by public', 'EXECUTE'),
  ('execute', 'handle_new_user() by service_role', 'EXECUTE'),
  ('execute', 'log_security_event(p_type text, p_details jsonb, p_severity text) by anon', 'EXECUTE'),
  ('execute', 'log_security_event(p_type text, p_details jsonb, p_severity text) by authenticated', 'EXECUTE'),
  ('execute', 'log_security_event(p_type text, p_details jsonb, p_severity text) by public', 'EXECUTE'),
  ('execute', 'log_security_event(p_type text, p_details jsonb, p_severity text) by service_role', 'EXECUTE'),
  ('execute', 'owns_collection(p_collection_id uuid) by anon', 'EXECUTE'),
  ('execute', 'owns_collection(p_collection_id uuid) by authenticated', 'EXECUTE'),
  ('execute', 'owns_collection(p_collection_id uuid) by public', 'EXECUTE'),
  ('execute', 'owns_collection(p_collection_id uuid) by service_role', 'EXECUTE'),
  ('execute', 'owns_file(p_file_id uuid) by anon', 'EXECUTE'),
  ('execute', 'owns_file(p_file_id uuid) by authenticated', 'EXECUTE'),
  ('execute', 'owns_file(p_file_id uuid) by public', 'EXECUTE'),
  ('execute', 'owns_file(p_file_id uuid) by service_role', 'EXECUTE'),
  ('execute', 'refresh_user_mfa_status_unified() by service_role', 'EXECUTE'),
  ('function', 'get_user_mfa_status(p_user_id uuid)',
    'returns TABLE(user_id uuid, mfa_enabled boolean, active_methods bigint, has_discrepancy boolean), sql, definer false, volatility s, search_path="", body 31a79b13087579aa7129c90c6c9f1cad'),
  ('function', 'get_user_role(p_user_id uuid)',
    'returns text, plpgsql, definer true, volatility s, search_path=pg_catalog, public, pg_temp, body 7ee8600530f7dd75bbecaab7c0bb72fa'),
  ('function', 'handle_new_user()',
    'returns trigger, plpgsql, definer true, volatility v, search_path=pg_catalog, public, pg_temp, body d5876f64374eb5f83624b522f5e2c579'),
  ('function', 'log_security_event(p_type text, p_details jsonb, p_severity text)',
    'returns uuid, plpgsql, definer true, volatility v, search_path=pg_catalog, public, pg_temp, body fb3d9bb70bc7cc0856782035a955157a'),
  ('function', 'owns_collection(p_collection_id uuid)',
    'returns boolean, plpgsql, definer true, volatility s, search_path=pg_catalog, public, pg_temp, body 3eba1dc6cafd3f3bf83624c49b0033b6'),
  ('function', 'owns_file(p_file_id uuid)',
    'returns boolean, plpgsql, definer true, volatility s, search_path=pg_catalog, public, pg_temp, body ceeb89f19e56dc76033f6794d1fba101'),
  ('function', 'refresh_user_mfa_status_unified()',
    'returns void, plpgsql, definer true, volatility v, search_path="", body 6b4a0ce0686d02b1ef7803810b94366d'),
  ('function', 'sync_mfa_enabled_column()',
    'returns trigger, plpgsql, definer true, volatility v, search_path="", body 7f94ca08b83aed050ddea4d33db79674'),
  ('grant', 'mfa_status_discrepancies to service_role', 'SELECT'),
  ('grant', 'user_mfa_status_unified to service_role', 'SELECT'),
  ('grant', 'users_with_active_mfa to authenticated', 'SELECT'),
  ('grant', 'users_with_active_mfa to service_role', 'SELECT'),
  ('index', 'file_shares.file_shares_pkey',
    'CREATE UNIQUE INDEX file_shares_pkey ON public.file_shares USING btree (file_id, shared_with)'),
  ('index', 'file_shares.idx_file_shares_shared_with',
    'CREATE INDEX idx_file_shares_shared_with ON public.file_shares USING btree (shared_with)'),
  ('index', 'mfa_enabled_before_sync.mfa_enabled_before_sync_pkey',
    'CREATE UNIQUE INDEX mfa_enabled_before_sync_pkey ON public.mfa_enabled_before_sync USING btree (user_id)'),
  ('index', 'resource_client_progress.idx_resource_client_progress_file_id',
    'CREATE INDEX idx_resource_client_progress_file_id ON public.resource_client_progress USING btree (file_id)'),
  ('index', 'resource_client_progress.resource_client_progress_client_id_file_id_key',
    'CREATE UNIQUE INDEX resource_client_progress_client_id_file_id_key ON public.resource_client_progress USING btree (client_id, file_id)'),
  ('index', 'resource_client_progress.resource_client_progress_pkey',
    'CREATE UNIQUE INDEX resource_client_progress_pkey ON public.resource_client_progress USING btree (id)'),
  ('index', 'resource_collection_items.idx_resource_collection_items_file_id',
    'CREATE INDEX idx_resource_collection_items_file_id ON public.resource_collection_items USING btree (file_id)'),
  ('index', 'resource_collection_items.resource_collection_items_collection_id_file_id_key',
    'CREATE UNIQUE INDEX resource_collection_items_collection_id_file_id_key ON public.resource_collection_items USING btree (collection_id, file_id)'),
  ('index', 'resource_collection_items.resource_collection_items_pkey',
    'CREATE UNIQUE INDEX resource_collection_items_pkey ON public.resource_collection_items USING btree (id)'),
  ('index', 'resource_collections.resource_collections_pkey',
    'CREATE UNIQUE INDEX resource_collections_pkey ON public.resource_collections USING btree (id)'),
  ('index', 'user_mfa_methods.idx_user_mfa_methods_active',
    'CREATE INDEX idx_user_mfa_methods_active ON public.user_mfa_methods USING btree (user_id) WHERE (status = ''active''::text)'),
  ('index', 'user_mfa_methods.user_mfa_methods_pkey',
    'CREATE UNIQUE INDEX user_mfa_methods_pkey ON public.user_mfa_methods USING btree (id)'),
  ('index', 'user_mfa_status_unified.idx_user_mfa_status_unified_user_id',
    'CREATE UNIQUE INDEX idx_user_mfa_status_unified_user_id ON public.user_mfa_status_unified USING btree (user_id)'),
  ('policy', 'file_shares.Owners manage shares',
    'permissive ALL to public using owns_file(file_id) check owns_file(file_id)'),
  ('policy', 'file_shares.Recipients can view their shares',
    'permissive SELECT to public using (shared_with = auth.uid())'),
  ('policy', 'resource_client_progress.Clients track own progress',
    'permissive ALL to public using (client_id = auth.uid()) check (client_id = auth.uid())'),
  ('policy', 'resource_client_progress.Coaches can view progress for their resources',
    'permissive SELECT to authenticated using (EXISTS ( SELECT 1 FROM file_uploads f WHERE ((f.id = resource_client_progress.file_id) AND (f.owner_id = ( SELECT auth.uid() AS uid)))))'),
  ('policy', 'resource_collection_items.Clients can view shared collection items',
    'permissive SELECT to authenticated using (EXISTS ( SELECT 1 FROM file_shares s WHERE ((s.file_id = resource_collection_items.file_id) AND (s.shared_with = ( SELECT auth.uid() AS uid)))))'),
  ('policy', 'resource_collection_items.Coaches can add items to their collections',
    'permissive INSERT to authenticated check (owns_collection(collection_id) AND owns_file(file_id))'),
  ('policy', 'resource_collection_items.Coaches can remove their items',
    'permissive DELETE to public using owns_collection(collection_id)'),
  ('policy', 'resource_collection_items.Coaches can view their items',
    'permissive SELECT to public using owns_collection(collection_id)'),
  ('policy', 'resource_collections.Clients can view collections with shared items',
    'permissive SELECT to authenticated using (EXISTS ( SELECT 1 FROM (resource_collection_items i JOIN file_shares s ON ((s.file_id = i.file_id))) WHERE ((i.collection_id = resource_collections.id) AND (s.shared_with = ( SELECT auth.uid() AS uid)))))'),
  ('policy', 'resource_collections.Coaches manage own collections',
    'permissive ALL to public using (coach_id = auth.uid()) check (coach_id = auth.uid())'),
  ('policy', 'user_mfa_methods.Users manage own MFA methods',
    'permissive ALL to public using (user_id = auth.uid()) check (user_id = auth.uid())'),
  ('relation', 'mfa_enabled_before_sync', 'kind r, row security true'),
  ('relation', 'mfa_status_discrepancies', 'kind v, row security false, security_invoker=true'),
  ('relation', 'user_mfa_status_unified', 'kind m, row security false'),
  ('relation', 'users_with_active_mfa', 'kind v, row security false, security_invoker=true'),
  ('trigger', 'auth.users.on_auth_user_created',
    'CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION handle_new_user()'),
  ('trigger', 'user_mfa_methods.trg_sync_mfa_enabled_on_method_change',
    'CREATE TRIGGER trg_sync_mfa_enabled_on_method_change AFTER INSERT OR DELETE OR UPDATE ON public.user_mfa_methods FOR EACH ROW EXECUTE FUNCTION sync_mfa_enabled_column()')),
table_names (name) AS (VALUES
    ('users_with_active_mfa'), ('mfa_status_discrepancies'), ('user_mfa_status_unified'),
    ('mfa_enabled_before_sync')),
function_names (name) AS (VALUES
    ('handle_new_user'), ('get_user_role'), ('owns_collection'), ('owns_file'),
    ('log_security_event'), ('get_user_mfa_status'), ('sync_mfa_enabled_column'),
    ('refresh_user_mfa_status_unified')),
relations AS (
  SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.reloptions, c.relacl, c.relowner
  FROM pg_class AS c JOIN table_names AS n ON n.name = c.relname
  WHERE c.relnamespace = 'public'::regnamespace),
touched AS (
  -- Tables that were there before: only what hangs on them was changed.
  SELECT c.oid, c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace
    AND (c.relname IN (SELECT name FROM table_names)
      OR c.relname IN ('user_mfa_methods', 'file_shares', 'resource_collections', 'resource_collection_items',
        'resource_client_progress'))),
functions AS (
  SELECT p.oid, p.prolang, p.prosecdef, p.provolatile, p.proconfig, p.prosrc, p.proacl, p.proowner,
    format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) AS signature
  FROM pg_proc AS p JOIN function_names AS n ON n.name = p.proname
  WHERE p.pronamespace = 'public'::regnamespace),
actual (kind, object, definition) AS (
  SELECT 'relation', relname::text,
    concat_ws(', ', 'kind ' || relkind::text, 'row security ' || relrowsecurity, array_to_string(reloptions, ' '))
  FROM relations
  UNION ALL
  SELECT 'column', r.relname || '.' || a.attname,
    concat_ws(', ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
      'default ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '\s+', ' ', 'g'))
  FROM relations AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
  UNION ALL
  SELECT 'constraint', r.relname || '.' || k.conname,
    pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ', not validated' END
  FROM relations AS r JOIN pg_constraint AS k ON k.conrelid = r.oid AND k.contype <> 'n'
  UNION ALL
  SELECT 'index', r.relname || '.' || i.relname,
    pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid THEN '' ELSE ', invalid' END
  FROM touched AS r JOIN pg_index AS x ON x.indrelid = r.oid JOIN pg_class AS i ON i.oid = x.indexrelid
  UNION ALL
  SELECT 'policy', p.tablename || '.' || p.policyname,
    regexp_replace(concat_ws(' ', lower(p.permissive), p.cmd, 'to', array_to_string(p.roles, ' '),
      'using ' || p.qual, 'check ' || p.with_check), '\s+', ' ', 'g')
  FROM pg_policies AS p JOIN touched AS n ON n.relname = p.tablename WHERE p.schemaname = 'public'
  UNION ALL
  SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname,
    pg_get_triggerdef(t.oid) || CASE WHEN t.tgenabled = 'O' THEN '' ELSE ', enabled ' || t.tgenabled::text END
  FROM pg_trigger AS t
  WHERE NOT t.tgisinternal AND (t.tgrelid IN (SELECT oid FROM touched) OR t.tgfoid IN (SELECT oid FROM functions))
  UNION ALL
  SELECT 'function', f.signature,
    concat_ws(', ', 'returns ' || pg_get_function_result(f.oid), l.lanname, 'definer ' || f.prosecdef,
      'volatility ' || f.provolatile::text, array_to_string(f.proconfig, ' '), 'body ' || md5(f.prosrc))
  FROM functions AS f JOIN pg_language AS l ON l.oid = f.prolang
  UNION ALL
  SELECT 'grant', r.relname || ' to ' || coalesce(g.grantee::regrole::text, 'public'),
    string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
  FROM relations AS r CROSS JOIN LATERAL
    (SELECT nullif(x.grantee, 0) AS grantee, x.privilege_type
     FROM aclexplode(coalesce(r.relacl, acldefault('r', r.relowner))) AS x WHERE x.grantee <> r.relowner) AS g
  GROUP BY r.relname, g.grantee
  UNION ALL
  SELECT 'execute', f.signature || ' by ' || coalesce(g.grantee::regrole::text, 'public'), 'EXECUTE'
  FROM functions AS f CROSS JOIN LATERAL
    (SELECT nullif(x.grantee, 0) AS grantee
     FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS x WHERE x.grantee <> f.proowner) AS g
)
SELECT kind, object,
  CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
  e.definition AS reviewed, a.definition AS found
FROM expected AS e FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
