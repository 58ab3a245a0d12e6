-- 1. Refused tokens in the last hour: somebody guesses, or a client is broken.
SELECT count(*) AS refused_last_hour
FROM public.healthcare_share_audit
WHERE action = 'token_rejected' AND created_at > now() - interval '1 hour';

-- 2. Lost edits in the last hour: many mean that devices do not sync before saving.
SELECT count(*) AS conflicts_last_hour
FROM public.security_audit_log
WHERE event = 'cycle_data_conflict' AND created_at > now() - interval '1 hour';

-- 3. An index that a failed build left behind would be written and never read.
SELECT count(*) AS unusable_indexes
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
WHERE i.relnamespace = 'public'::regnamespace AND NOT (x.indisvalid AND x.indisready);
