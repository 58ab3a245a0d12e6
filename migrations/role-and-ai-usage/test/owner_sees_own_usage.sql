-- Runs with service_role's rights, which must be enough to record usage; then
-- looks through the eyes of one member. The engine rolls everything back.
INSERT INTO public.ai_usage (user_id, model, tokens_used)
VALUES (:'member_id', 'row-security-check', 10),
       (:'member_id', 'row-security-check', 20),
       (:'other_id',  'row-security-check', 40);

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims',
                  json_build_object('sub', :'member_id'::text, 'role', 'authenticated')::text, true);

SELECT sum(tokens_used) FILTER (WHERE model = 'row-security-check') AS own_tokens,
       count(*) FILTER (WHERE user_id <> :'member_id'::uuid) AS of_others
FROM public.ai_usage;
