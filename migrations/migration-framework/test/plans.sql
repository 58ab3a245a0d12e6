-- On empty tables the planner prefers to read everything; with that forbidden, it
-- must find the index made for the query.
SET LOCAL enable_seqscan = off;

EXPLAIN SELECT id FROM public.share_token WHERE token_hash = repeat('0', 64);

EXPLAIN SELECT id FROM public.encrypted_cycle_data WHERE deleted_at IS NOT NULL AND deleted_at < now() - interval '30 days';

EXPLAIN SELECT id FROM public.security_audit_log WHERE created_at < now() - interval '1 year';
