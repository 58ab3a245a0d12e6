-- Are the new indexes of any use to the look-ups they were made for? With few
-- rows the planner would rather read the whole table, so that way is closed.
SET LOCAL enable_seqscan = off;
EXPLAIN ANALYZE SELECT FROM public.user_mfa_methods WHERE user_id = :'member_id' AND status = 'active';
EXPLAIN ANALYZE SELECT FROM public.resource_collection_items WHERE file_id = (SELECT file_id FROM public.file_shares LIMIT 1);
EXPLAIN ANALYZE SELECT FROM public.resource_client_progress WHERE file_id = (SELECT file_id FROM public.file_shares LIMIT 1);
EXPLAIN ANALYZE SELECT FROM public.file_shares WHERE shared_with = :'member_id';
EXPLAIN ANALYZE SELECT FROM public.user_mfa_status_unified WHERE user_id = :'member_id';
