-- Signed in as the test user.
SELECT set_config('request.jwt.claims',
  jsonb_build_object('sub', :'test_user_id'::text, 'role', 'authenticated')::text, true);

-- 2. One row is visible, and it is the user's own.
SELECT count(*) AS visible, count(*) FILTER (WHERE user_id = auth.uid()) AS own FROM public.user_preferences;

-- 3. Asking for somebody else's by id finds nothing.
SELECT preferences FROM public.user_preferences WHERE user_id = :'other_user_id';

-- 4. Nor can it be changed.
UPDATE public.user_preferences SET preferences = '{"theme": "stolen"}' WHERE user_id = :'other_user_id';

-- 5. Own row can not be handed to somebody else.
UPDATE public.user_preferences SET user_id = :'other_user_id' WHERE user_id = auth.uid();

-- 6. Nor can one be written in another's name.
INSERT INTO public.user_preferences (user_id) VALUES (:'other_user_id');

-- 7. For oneself the policy agrees; only the rule of one row per user objects.
INSERT INTO public.user_preferences (user_id) VALUES (auth.uid());

-- 8. Deleting is nobody's right.
DELETE FROM public.user_preferences WHERE user_id = auth.uid();
