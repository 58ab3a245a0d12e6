-- One account becomes an administrator for the length of this transaction.
UPDATE public.user_profiles SET role = 'admin' WHERE id = :'other_id';

INSERT INTO public.ai_usage (user_id, model, tokens_used)
VALUES (:'member_id', 'row-security-check', 10),
       (:'other_id',  'row-security-check', 40);

SET LOCAL ROLE authenticated;

SELECT set_config('request.jwt.claims',
                  json_build_object('sub', :'other_id'::text, 'role', 'authenticated')::text, true);

SELECT sum(tokens_used) AS tokens, count(DISTINCT user_id) AS accounts
FROM public.ai_usage
WHERE model = 'row-security-check';
