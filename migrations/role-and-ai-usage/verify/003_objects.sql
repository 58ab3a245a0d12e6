-- Everything both migrations made, compared with what was reviewed.
-- Every difference is one row: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
    ('table', 'ai_usage',
     'kind r, row security t, forced f, options , comment AI requests per account, for billing and analysis'),
    ('column', 'ai_usage.cost_usd',
     'numeric(10,6), default 0, not null t, comment What the provider charges, in USD'),
    ('column', 'ai_usage.created_at', 'timestamp with time zone, default now(), not null t, comment '),
    ('column', 'ai_usage.id', 'uuid, default gen_random_uuid(), not null t, comment '),
    ('column', 'ai_usage.markup_usd',
     'numeric(10,6), default 0, not null t, comment Platform markup (20 %), in USD'),
    ('column', 'ai_usage.model', 'text, default , not null t, comment '),
    ('column', 'ai_usage.tokens_used',
     'integer, default 0, not null t, comment Tokens the request consumed in all'),
    ('column', 'ai_usage.total_usd',
     'numeric(10,6), default 0, not null t, comment What the account is charged, in USD'),
    ('column', 'ai_usage.user_id', 'uuid, default , not null t, comment '),
    ('column', 'user_profiles.role',
     'text, default ''user''::text, not null f, comment What the account may do: user (default), moderator, admin. Changed by the back end only.'),
    ('constraint', 'ai_usage.ai_usage_pkey', 'PRIMARY KEY (id), validated t'),
    ('constraint', 'ai_usage.ai_usage_user_id_fkey',
     'FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE, validated t'),
    ('constraint', 'user_profiles.user_profiles_role_check',
     'CHECK (((role IS NOT NULL) AND (role = ANY (ARRAY[''user''::text, ''admin''::text, ''moderator''::text])))), validated t'),
    ('index', 'ai_usage_created_at_idx',
     'CREATE INDEX ai_usage_created_at_idx ON public.ai_usage USING btree (created_at DESC), valid t'),
    ('index', 'ai_usage_pkey',
     'CREATE UNIQUE INDEX ai_usage_pkey ON public.ai_usage USING btree (id), valid t'),
    ('index', 'ai_usage_user_created_idx',
     'CREATE INDEX ai_usage_user_created_idx ON public.ai_usage USING btree (user_id, created_at DESC), valid t'),
    ('index', 'ai_usage_user_id_idx',
     'CREATE INDEX ai_usage_user_id_idx ON public.ai_usage USING btree (user_id), valid t'),
    ('index', 'idx_user_profiles_role',
     'CREATE INDEX idx_user_profiles_role ON public.user_profiles USING btree (role), valid t'),
    ('trigger', 'user_profiles.guard_user_profile_role',
     'CREATE TRIGGER guard_user_profile_role BEFORE INSERT OR UPDATE ON public.user_profiles FOR EACH ROW EXECUTE FUNCTION guard_user_profile_role(), enabled O'),
    ('policy', 'ai_usage.Admins can view all usage',
     'PERMISSIVE SELECT to authenticated using (EXISTS ( SELECT 1 FROM user_profiles WHERE ((user_profiles.id = ( SELECT auth.uid() AS uid)) AND (user_profiles.role = ''admin''::text)))) check '),
    ('policy', 'ai_usage.Service can insert usage records',
     'PERMISSIVE INSERT to service_role using check true'),
    ('policy', 'ai_usage.Users can view their own usage',
     'PERMISSIVE SELECT to authenticated using (user_id = ( SELECT auth.uid() AS uid)) check '),
    ('grant', 'ai_usage to authenticated', 'SELECT'),
    ('grant', 'ai_usage to service_role', 'INSERT SELECT'),
    ('function', 'guard_user_profile_role()',
     'returns trigger, plpgsql, definer f, volatile v, strict f, settings search_path="", body c5a69f77d624aac16f2c80a91b9960b0, comment Refuses a role change that comes in with an end user''s rights.')
),
actual (kind, object, definition) AS (
    SELECT 'table', c.relname::text,
           format('kind %s, row security %s, forced %s, options %s, comment %s', c.relkind, c.relrowsecurity,
                  c.relforcerowsecurity, array_to_string(c.reloptions, ' '), obj_description(c.oid, 'pg_class'))
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = 'ai_usage'
    UNION ALL
    SELECT 'column', format('%s.%s', c.relname, a.attname),
           format('%s, default %s, not null %s, comment %s', format_type(a.atttypid, a.atttypmod),
                  pg_get_expr(d.adbin, d.adrelid), a.attnotnull, col_description(c.oid, a.attnum))
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (c.relname = 'ai_usage' OR (c.relname = 'user_profiles' AND a.attname = 'role'))
    UNION ALL
    SELECT 'constraint', format('%s.%s', c.relname, k.conname),
           format('%s, validated %s', pg_get_constraintdef(k.oid), k.convalidated)
    FROM pg_class AS c
    JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype <> 'n'
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relname = 'ai_usage' OR k.conname = 'user_profiles_role_check')
    UNION ALL
    SELECT 'index', i.relname::text,
           format('%s, valid %s', pg_get_indexdef(x.indexrelid), x.indisvalid AND x.indisready)
    FROM pg_class AS c
    JOIN pg_index AS x ON x.indrelid = c.oid
    JOIN pg_class AS i ON i.oid = x.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relname = 'ai_usage' OR i.relname = 'idx_user_profiles_role')
    UNION ALL
    SELECT 'trigger', format('%s.%s', c.relname, t.tgname),
           format('%s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_class AS c
    JOIN pg_trigger AS t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relname = 'ai_usage' OR t.tgname = 'guard_user_profile_role')
    UNION ALL
    SELECT 'policy', format('%s.%s', p.tablename, p.policyname),
           regexp_replace(format('%s %s to %s using %s check %s', p.permissive, p.cmd,
                  array_to_string(p.roles, ' '), p.qual, p.with_check), '\s+', ' ', 'g')
    FROM pg_policies AS p
    WHERE p.schemaname = 'public' AND p.tablename = 'ai_usage'
    UNION ALL
    SELECT 'grant', format('%s to %s', c.relname, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
    FROM pg_class AS c
    CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND g.grantee <> c.relowner AND c.relname = 'ai_usage'
    GROUP BY c.relname, r.rolname
    UNION ALL
    SELECT 'function', f.oid::regprocedure::text,
           format('returns %s, %s, definer %s, volatile %s, strict %s, settings %s, body %s, comment %s',
                  pg_get_function_result(f.oid), l.lanname, f.prosecdef, f.provolatile, f.proisstrict,
                  array_to_string(f.proconfig, ' '), md5(f.prosrc), obj_description(f.oid, 'pg_proc'))
    FROM pg_proc AS f
    JOIN pg_language AS l ON l.oid = f.prolang
    WHERE f.pronamespace = 'public'::regnamespace AND f.proname = 'guard_user_profile_role'
    UNION ALL
    SELECT 'execute', format('%s by %s', f.oid::regprocedure, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ')
    FROM pg_proc AS f
    CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE f.pronamespace = 'public'::regnamespace AND g.grantee <> f.proowner AND f.proname = 'guard_user_profile_role'
    GROUP BY f.oid, r.rolname
)
SELECT kind, object,
       CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
       e.definition AS expected, a.definition AS actual
FROM expected AS e
FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
