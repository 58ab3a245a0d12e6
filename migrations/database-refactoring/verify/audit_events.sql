-- The events the migrations wrote, newest first, with how many records the MFA
-- sync changed.
SELECT event_type, event_details, severity, "timestamp"
FROM public.security_audit_log
WHERE event_type IN ('security_hardening', 'rls_policy_fix', 'mfa_consolidation', 'mfa_synchronization')
  AND event_details ? 'migration'
ORDER BY "timestamp" DESC
LIMIT 10;

SELECT event_type, severity, count(*) AS entries
FROM public.security_audit_log
WHERE event_details ->> 'migration' IN ('20251021000001', '20251021000002', '20251021000003')
GROUP BY event_type, severity ORDER BY event_type;

SELECT (event_details ->> 'records_updated')::bigint AS records_updated
FROM public.security_audit_log WHERE event_type = 'mfa_synchronization' AND event_details ? 'migration';
