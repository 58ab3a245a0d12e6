-- Who may call what.
SELECT p.proname AS function, p.prosecdef AS definer,
       has_function_privilege('anon', p.oid, 'EXECUTE') AS visitor,
       has_function_privilege('authenticated', p.oid, 'EXECUTE') AS account,
       has_function_privilege('service_role', p.oid, 'EXECUTE') AS service
FROM pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND p.proname IN ('update_cycle_data_optimistic', 'validate_share_token',
                    'healthcare_access_audit', 'rotate_device_key')
ORDER BY p.proname;
