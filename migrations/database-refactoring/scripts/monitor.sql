-- 1. Column and methods agree.
SELECT count(*) AS discrepancies FROM public.mfa_status_discrepancies;

-- 2. Functions that look names up where the caller says.
SELECT count(*) AS vulnerable_functions
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%');

-- 3. Critical entries in the security log since the deployment.
SELECT count(*) AS critical_entries
FROM public.security_audit_log
WHERE severity = 'critical' AND "timestamp" > (SELECT max("timestamp") FROM public.security_audit_log
  WHERE event_type = 'mfa_consolidation');

-- 4. Sessions that wait for a lock on the tables that were changed.
SELECT count(*) AS waiting
FROM pg_locks AS l
WHERE NOT l.granted AND l.relation IN ('public.users'::regclass, 'public.user_mfa_methods'::regclass,
  'public.resource_collections'::regclass, 'public.resource_collection_items'::regclass, 'public.resource_client_progress'::regclass);

-- 5. Indexes that cannot be used.
SELECT count(*) AS invalid_indexes FROM pg_index WHERE NOT indisvalid OR NOT indisready;
