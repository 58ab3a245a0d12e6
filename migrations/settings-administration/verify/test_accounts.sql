-- The two newest accounts serve as test users. Create two by hand in the
-- dashboard beforehand; without two of them the step fails.
-- Nothing of theirs changes: each test is rolled back.
SELECT newest[1] AS test_user_id, newest[2] AS other_user_id, cardinality(newest) >= 2 AS found
FROM (SELECT array_agg(id ORDER BY created_at DESC, id DESC) AS newest FROM auth.users) AS accounts;
