-- Three accounts for documents that bring no rows of their own: "every user has a
-- row" holds of nobody in an empty project. Left out where accounts are there
-- already, or where something in the baseline objects.
DO $$
BEGIN
  INSERT INTO auth.users (id, email, created_at)
  SELECT ('50000000-0000-4000-8000-00000000000' || n)::uuid, 'sample-' || n || '@example.com', timestamptz '2024-01-01 00:00:00+00' + n * interval '1 day'
  FROM generate_series(1, 3) AS n
  WHERE NOT EXISTS (SELECT FROM auth.users);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'no sample accounts: %', SQLERRM;
END
$$;
