-- The state before, for the log and for the comparison afterwards.
SELECT count(*) FILTER (WHERE u.mfa_enabled) AS before_users_with_mfa,
  (SELECT count(*) FROM public.resource_collections) AS before_resource_collections,
  (SELECT count(*) FROM public.resource_collection_items) AS before_collection_items,
  (SELECT count(*) FROM public.resource_client_progress) AS before_progress_records,
  count(*) FILTER (WHERE u.mfa_enabled <> a.present) AS before_mfa_discrepancies,
  count(*) FILTER (WHERE a.present) AS users_with_active_method,
  (SELECT count(*) FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%')) AS before_vulnerable_functions,
  (SELECT count(*) FROM public.security_audit_log) AS audit_entries_at_start
FROM public.users AS u
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM public.user_mfa_methods AS m
  WHERE m.user_id = u.id AND m.status = 'active') AS present) AS a;
