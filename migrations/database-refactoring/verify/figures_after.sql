-- The same figures after.
SELECT count(*) FILTER (WHERE u.mfa_enabled) AS after_users_with_mfa,
  (SELECT count(*) FROM public.resource_collections) AS after_resource_collections,
  (SELECT count(*) FROM public.resource_collection_items) AS after_collection_items,
  (SELECT count(*) FROM public.resource_client_progress) AS after_progress_records,
  (SELECT count(*) FROM public.mfa_status_discrepancies) AS after_mfa_discrepancies,
  (SELECT count(*) FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%')) AS after_vulnerable_functions
FROM public.users AS u;
