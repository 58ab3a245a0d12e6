-- Under row security, as the application asks. With a handful of rows the
-- planner prefers reading them all, so that way is closed for this transaction.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);
SET LOCAL enable_seqscan = off;

-- 3.
EXPLAIN ANALYZE SELECT preferences FROM public.user_preferences WHERE user_id = :'test_user_id';
