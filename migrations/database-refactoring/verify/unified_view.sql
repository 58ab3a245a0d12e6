-- The snapshot in three numbers.
SELECT count(*) AS total_users,
  count(*) FILTER (WHERE mfa_enabled = true) AS mfa_enabled_users,
  count(*) FILTER (WHERE has_discrepancy = true) AS discrepancies
FROM public.user_mfa_status_unified;
