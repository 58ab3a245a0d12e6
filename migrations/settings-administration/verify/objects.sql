-- Everything the four migrations create, held against its reviewed definition.
-- One row per difference: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
  ('column', 'ai_configurations.config', 'jsonb, not null, default ''{}''::jsonb'),
  ('column', 'ai_configurations.created_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'ai_configurations.id', 'uuid, not null, default gen_random_uuid()'),
  ('column', 'ai_configurations.is_active', 'boolean, not null, default true'),
  ('column', 'ai_configurations.updated_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'ai_configurations.user_id', 'uuid, not null'),
  ('column', 'configuration_audit_log.changed_by', 'uuid'),
  ('column', 'configuration_audit_log.changes', 'jsonb, not null'),
  ('column', 'configuration_audit_log.config_type', 'text, not null'),
  ('column', 'configuration_audit_log.created_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'configuration_audit_log.id', 'uuid, not null, default gen_random_uuid()'),
  ('column', 'configuration_audit_log.new_value', 'jsonb'),
  ('column', 'configuration_audit_log.previous_value', 'jsonb'),
  ('column', 'maintenance_operations.completed_at', 'timestamp with time zone'),
  ('column', 'maintenance_operations.details', 'jsonb, not null, default ''{}''::jsonb'),
  ('column', 'maintenance_operations.id', 'uuid, not null, default gen_random_uuid()'),
  ('column', 'maintenance_operations.operation_type', 'text, not null'),
  ('column', 'maintenance_operations.performed_by', 'uuid'),
  ('column', 'maintenance_operations.started_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'maintenance_operations.status', 'text, not null, default ''running''::text'),
  ('column', 'maintenance_operations.table_name', 'text'),
  ('column', 'user_preferences.created_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'user_preferences.id', 'uuid, not null, default gen_random_uuid()'),
  ('column', 'user_preferences.preferences',
    'jsonb, not null, default ''{"theme": "system", "rowsPerPage": 25, "tableDensity": "comfortable", "notifications": {"emailDigest": true, "weeklyReport": false, "qualityAlerts": true, "generationComplete": true}, "defaultFilters": {"tier": [], "status": [], "autoApply": false, "qualityRange": [0, 100]}, "enableAnimations": true, "sidebarCollapsed": false}''::jsonb'),
  ('column', 'user_preferences.updated_at', 'timestamp with time zone, not null, default now()'),
  ('column', 'user_preferences.user_id', 'uuid, not null'),
  ('constraint', 'ai_configurations.ai_configurations_pkey', 'PRIMARY KEY (id)'),
  ('constraint', 'ai_configurations.ai_configurations_user_id_fkey',
    'FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE'),
  ('constraint', 'ai_configurations.idx_ai_configurations_user_id', 'UNIQUE (user_id)'),
  ('constraint', 'configuration_audit_log.configuration_audit_log_changed_by_fkey',
    'FOREIGN KEY (changed_by) REFERENCES auth.users(id) ON DELETE SET NULL'),
  ('constraint', 'configuration_audit_log.configuration_audit_log_pkey', 'PRIMARY KEY (id)'),
  ('constraint', 'maintenance_operations.maintenance_operations_performed_by_fkey',
    'FOREIGN KEY (performed_by) REFERENCES auth.users(id) ON DELETE SET NULL'),
  ('constraint', 'maintenance_operations.maintenance_operations_pkey', 'PRIMARY KEY (id)'),
  ('constraint', 'user_preferences.idx_user_preferences_user_id', 'UNIQUE (user_id)'),
  ('constraint', 'user_preferences.user_preferences_pkey', 'PRIMARY KEY (id)'),
  ('constraint', 'user_preferences.user_preferences_user_id_fkey',
    'FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE'),
  ('execute', 'get_effective_ai_config(p_user_id uuid) by authenticated', 'EXECUTE'),
  ('execute', 'get_effective_ai_config(p_user_id uuid) by service_role', 'EXECUTE'),
  ('function', 'get_effective_ai_config(p_user_id uuid)',
    'returns jsonb, sql, definer false, volatility s, search_path="", body 018d0b20d7890df11800344ead3c2b40'),
  ('function', 'initialize_user_preferences()',
    'returns trigger, plpgsql, definer true, volatility v, search_path="", body 58f540fa612b91aec65954f2fb56227d'),
  ('function', 'log_ai_config_changes()',
    'returns trigger, plpgsql, definer true, volatility v, search_path="", body 75b25e0cf07478eea35e015487313080'),
  ('function', 'log_user_preferences_changes()',
    'returns trigger, plpgsql, definer true, volatility v, search_path="", body 8189352c23ba3d60ca5a3395298f3fd6'),
  ('function', 'update_updated_at_column()',
    'returns trigger, plpgsql, definer false, volatility v, search_path="", body 92b6cd4dc622b0a778614343a208a08b'),
  ('grant', 'ai_configurations to authenticated', 'DELETE INSERT SELECT UPDATE'),
  ('grant', 'ai_configurations to service_role', 'DELETE INSERT SELECT UPDATE'),
  ('grant', 'configuration_audit_log to authenticated', 'SELECT'),
  ('grant', 'configuration_audit_log to service_role', 'SELECT'),
  ('grant', 'maintenance_operations to authenticated', 'INSERT SELECT'),
  ('grant', 'maintenance_operations to service_role', 'INSERT SELECT UPDATE'),
  ('grant', 'user_preferences to authenticated', 'INSERT SELECT UPDATE'),
  ('grant', 'user_preferences to service_role', 'DELETE INSERT SELECT UPDATE'),
  ('index', 'ai_configurations.ai_configurations_pkey',
    'CREATE UNIQUE INDEX ai_configurations_pkey ON public.ai_configurations USING btree (id)'),
  ('index', 'ai_configurations.idx_ai_configurations_user_id',
    'CREATE UNIQUE INDEX idx_ai_configurations_user_id ON public.ai_configurations USING btree (user_id)'),
  ('index', 'configuration_audit_log.configuration_audit_log_pkey',
    'CREATE UNIQUE INDEX configuration_audit_log_pkey ON public.configuration_audit_log USING btree (id)'),
  ('index', 'configuration_audit_log.idx_config_audit_changed_by',
    'CREATE INDEX idx_config_audit_changed_by ON public.configuration_audit_log USING btree (changed_by)'),
  ('index', 'configuration_audit_log.idx_config_audit_created_at',
    'CREATE INDEX idx_config_audit_created_at ON public.configuration_audit_log USING btree (created_at)'),
  ('index', 'configuration_audit_log.idx_config_audit_type',
    'CREATE INDEX idx_config_audit_type ON public.configuration_audit_log USING btree (config_type)'),
  ('index', 'maintenance_operations.idx_maintenance_operations_status',
    'CREATE INDEX idx_maintenance_operations_status ON public.maintenance_operations USING btree (status)'),
  ('index', 'maintenance_operations.idx_maintenance_operations_type',
    'CREATE INDEX idx_maintenance_operations_type ON public.maintenance_operations USING btree (operation_type)'),
  ('index', 'maintenance_operations.maintenance_operations_pkey',
    'CREATE UNIQUE INDEX maintenance_operations_pkey ON public.maintenance_operations USING btree (id)'),
  ('index', 'user_preferences.idx_user_preferences_user_id',
    'CREATE UNIQUE INDEX idx_user_preferences_user_id ON public.user_preferences USING btree (user_id)'),
  ('index', 'user_preferences.user_preferences_pkey',
    'CREATE UNIQUE INDEX user_preferences_pkey ON public.user_preferences USING btree (id)'),
  ('policy', 'ai_configurations.Users can delete own AI config',
    'permissive DELETE to authenticated using (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'ai_configurations.Users can insert own AI config',
    'permissive INSERT to authenticated check (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'ai_configurations.Users can update own AI config',
    'permissive UPDATE to authenticated using (( SELECT auth.uid() AS uid) = user_id) check (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'ai_configurations.Users can view own AI config',
    'permissive SELECT to authenticated using (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'configuration_audit_log.No deletes from audit log', 'restrictive DELETE to public using false'),
  ('policy', 'configuration_audit_log.No updates to audit log', 'restrictive UPDATE to public using false'),
  ('policy', 'configuration_audit_log.Users can view own configuration audit logs',
    'permissive SELECT to authenticated using (( SELECT auth.uid() AS uid) = changed_by)'),
  ('policy', 'maintenance_operations.Admins can insert maintenance operations',
    'permissive INSERT to authenticated check ((((( SELECT auth.jwt() AS jwt) -> ''app_metadata''::text) ->> ''role''::text) = ''admin''::text) AND (performed_by = ( SELECT auth.uid() AS uid)))'),
  ('policy', 'maintenance_operations.Authenticated users can view maintenance operations',
    'permissive SELECT to authenticated using true'),
  ('policy', 'user_preferences.Users can insert own preferences',
    'permissive INSERT to authenticated check (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'user_preferences.Users can update own preferences',
    'permissive UPDATE to authenticated using (( SELECT auth.uid() AS uid) = user_id) check (( SELECT auth.uid() AS uid) = user_id)'),
  ('policy', 'user_preferences.Users can view own preferences',
    'permissive SELECT to authenticated using (( SELECT auth.uid() AS uid) = user_id)'),
  ('relation', 'ai_configurations', 'kind r, row security true'),
  ('relation', 'configuration_audit_log', 'kind r, row security true'),
  ('relation', 'maintenance_operations', 'kind r, row security true'),
  ('relation', 'user_preferences', 'kind r, row security true'),
  ('trigger', 'ai_configurations.ai_configuration_audit_trigger',
    'CREATE TRIGGER ai_configuration_audit_trigger AFTER INSERT OR DELETE OR UPDATE ON public.ai_configurations FOR EACH ROW EXECUTE FUNCTION log_ai_config_changes()'),
  ('trigger', 'ai_configurations.update_ai_configurations_updated_at',
    'CREATE TRIGGER update_ai_configurations_updated_at BEFORE UPDATE ON public.ai_configurations FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()'),
  ('trigger', 'auth.users.initialize_user_preferences_on_signup',
    'CREATE TRIGGER initialize_user_preferences_on_signup AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION initialize_user_preferences()'),
  ('trigger', 'user_preferences.update_user_preferences_updated_at',
    'CREATE TRIGGER update_user_preferences_updated_at BEFORE UPDATE ON public.user_preferences FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()'),
  ('trigger', 'user_preferences.user_preferences_audit_trigger',
    'CREATE TRIGGER user_preferences_audit_trigger AFTER INSERT OR UPDATE ON public.user_preferences FOR EACH ROW EXECUTE FUNCTION log_user_preferences_changes()')),
table_names (name) AS (VALUES
    ('user_preferences'), ('ai_configurations'), ('maintenance_operations'),
    ('configuration_audit_log')),
function_names (name) AS (VALUES
    ('update_updated_at_column'), ('initialize_user_preferences'), ('get_effective_ai_config'),
    ('log_user_preferences_changes'), ('log_ai_config_changes')),
relations AS (
  SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.reloptions, c.relacl, c.relowner
  FROM pg_class AS c JOIN table_names AS n ON n.name = c.relname
  WHERE c.relnamespace = 'public'::regnamespace),
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
  FROM relations AS r JOIN pg_index AS x ON x.indrelid = r.oid JOIN pg_class AS i ON i.oid = x.indexrelid
  UNION ALL
  SELECT 'policy', p.tablename || '.' || p.policyname,
    regexp_replace(concat_ws(' ', lower(p.permissive), p.cmd, 'to', array_to_string(p.roles, ' '),
      'using ' || p.qual, 'check ' || p.with_check), '\s+', ' ', 'g')
  FROM pg_policies AS p JOIN table_names AS n ON n.name = p.tablename WHERE p.schemaname = 'public'
  UNION ALL
  SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname,
    pg_get_triggerdef(t.oid) || CASE WHEN t.tgenabled = 'O' THEN '' ELSE ', enabled ' || t.tgenabled::text END
  FROM pg_trigger AS t
  WHERE NOT t.tgisinternal AND (t.tgrelid IN (SELECT oid FROM relations) OR t.tgfoid IN (SELECT oid FROM functions))
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
