-- 1. Adoption: accounts, those with MFA by column and by method, share in per cent.
SELECT count(*) AS accounts, count(*) FILTER (WHERE mfa_enabled) AS by_column,
  count(*) FILTER (WHERE id IN (SELECT user_id FROM public.users_with_active_mfa)) AS by_method,
  round(100.0 * count(*) FILTER (WHERE mfa_enabled) / greatest(count(*), 1), 1) AS adoption_percent
FROM public.users;

-- 2. Which methods, in which state.
SELECT method_type, status, count(*) AS methods
FROM public.user_mfa_methods GROUP BY method_type, status ORDER BY method_type, status;

-- 3. Accounts whose column and methods disagree.
SELECT count(*) AS discrepancies FROM public.mfa_status_discrepancies;
