-- Privileges and functions against what was reviewed.
-- Every difference is one row: missing, unexpected or changed. Wants no rows.
WITH expected (kind, object, definition) AS (VALUES
    ('grant', 'device_key to authenticated', 'SELECT'),
    ('grant', 'encrypted_cycle_data to authenticated', 'DELETE INSERT SELECT'),
    ('grant', 'encrypted_user_prefs to authenticated', 'DELETE INSERT SELECT UPDATE'),
    ('grant', 'healthcare_share to authenticated', 'DELETE INSERT SELECT UPDATE'),
    ('grant', 'healthcare_share_audit to authenticated', 'SELECT'),
    ('grant', 'security_audit_log to authenticated', 'SELECT'),
    ('grant', 'share_token to authenticated', 'SELECT'),
    ('grant', 'users to authenticated', 'INSERT SELECT UPDATE'),
    ('column grant', 'device_key.device_hash to authenticated', 'INSERT'),
    ('column grant', 'device_key.public_key to authenticated', 'INSERT'),
    ('column grant', 'device_key.user_id to authenticated', 'INSERT'),
    ('column grant', 'healthcare_share_audit.action to service_role', 'SELECT'),
    ('column grant', 'healthcare_share_audit.created_at to service_role', 'SELECT'),
    ('column grant', 'security_audit_log.created_at to service_role', 'SELECT'),
    ('column grant', 'security_audit_log.event to service_role', 'SELECT'),
    ('column grant', 'share_token.expires_at to authenticated', 'INSERT'),
    ('column grant', 'share_token.max_uses to authenticated', 'INSERT'),
    ('column grant', 'share_token.revoked_at to authenticated', 'UPDATE'),
    ('column grant', 'share_token.share_id to authenticated', 'INSERT'),
    ('column grant', 'share_token.token_hash to authenticated', 'INSERT'),
    ('function', 'healthcare_access_audit(uuid,text,text)',
     'returns uuid, plpgsql, definer t, volatile v, strict f, settings search_path="", body dd80b462df6b13943135137373b33bef, comment Records an action on a share of the caller, without personal data'),
    ('function', 'rotate_device_key(text,bytea)',
     'returns integer, plpgsql, definer t, volatile v, strict f, settings search_path="", body 75c1319a54e14cc92f0f57b4a48c89a5, comment Retires the active key of a device of the caller and returns the next key''s version'),
    ('function', 'set_updated_at()',
     'returns trigger, plpgsql, definer f, volatile v, strict f, settings search_path="", body cabacfaf24f2e283763d258ca4872f2e, comment '),
    ('function', 'update_cycle_data_optimistic(uuid,integer,bytea,bytea,integer,bytea)',
     'returns TABLE(outcome text, current_version integer), plpgsql, definer t, volatile v, strict f, settings search_path="", body e3a1b48a98d17716cdc10a1d267225fc, comment Replaces an entry of the caller if its version is still the expected one: updated, conflict or not_found'),
    ('function', 'validate_share_token(text,text)',
     'returns TABLE(share_id uuid, ciphertext bytea, nonce bytea, algorithm text, key_version integer, aad_digest bytea), plpgsql, definer t, volatile v, strict f, settings search_path="", body d6233c7757215c2617748541e2ee7c48, comment One row with the encrypted share for a valid token, none otherwise; counts and records the attempt'),
    ('execute', 'healthcare_access_audit(uuid,text,text) by authenticated', 'EXECUTE'),
    ('execute', 'rotate_device_key(text,bytea) by authenticated', 'EXECUTE'),
    ('execute', 'update_cycle_data_optimistic(uuid,integer,bytea,bytea,integer,bytea) by authenticated',
     'EXECUTE'),
    ('execute', 'validate_share_token(text,text) by anon', 'EXECUTE'),
    ('execute', 'validate_share_token(text,text) by authenticated', 'EXECUTE')
),
actual (kind, object, definition) AS (
    SELECT 'grant', format('%s to %s', c.relname, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
    FROM pg_class AS c
    CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND g.grantee <> c.relowner AND c.relname IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
         'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit')
    GROUP BY c.relname, r.rolname
    UNION ALL
    SELECT 'column grant', format('%s.%s to %s', c.relname, a.attname, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type)
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN LATERAL aclexplode(a.attacl) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('users', 'encrypted_user_prefs', 'encrypted_cycle_data', 'healthcare_share',
         'share_token', 'device_key', 'security_audit_log', 'healthcare_share_audit')
    GROUP BY c.relname, a.attname, r.rolname
    UNION ALL
    SELECT 'function', f.oid::regprocedure::text,
           format('returns %s, %s, definer %s, volatile %s, strict %s, settings %s, body %s, comment %s',
                  pg_get_function_result(f.oid), l.lanname, f.prosecdef, f.provolatile, f.proisstrict,
                  array_to_string(f.proconfig, ' '), md5(f.prosrc), obj_description(f.oid, 'pg_proc'))
    FROM pg_proc AS f
    JOIN pg_language AS l ON l.oid = f.prolang
    WHERE f.pronamespace = 'public'::regnamespace AND f.proname IN ('set_updated_at', 'update_cycle_data_optimistic', 'validate_share_token',
                  'healthcare_access_audit', 'rotate_device_key')
    UNION ALL
    SELECT 'execute', format('%s by %s', f.oid::regprocedure, coalesce(r.rolname, 'PUBLIC')),
           string_agg(g.privilege_type, ' ')
    FROM pg_proc AS f
    CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS g
    LEFT JOIN pg_roles AS r ON r.oid = g.grantee
    WHERE f.pronamespace = 'public'::regnamespace AND g.grantee <> f.proowner AND f.proname IN ('set_updated_at', 'update_cycle_data_optimistic', 'validate_share_token',
                  'healthcare_access_audit', 'rotate_device_key')
    GROUP BY f.oid, r.rolname
)
SELECT kind, object,
       CASE WHEN a.definition IS NULL THEN 'missing' WHEN e.definition IS NULL THEN 'unexpected' ELSE 'changed' END AS difference,
       e.definition AS expected, a.definition AS actual
FROM expected AS e
FULL JOIN actual AS a USING (kind, object)
WHERE e.definition IS DISTINCT FROM a.definition
ORDER BY kind, object;
