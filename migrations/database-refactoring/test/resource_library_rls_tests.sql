-- Who sees and does what in the resource library: eleven tests, with accounts
-- and files of their own; the engine rolls everything back.
INSERT INTO auth.users (id, email)
SELECT ('f2000000-0000-4000-8000-00000000000' || n)::uuid, 'library-test-' || n || '@example.com'
FROM generate_series(1, 4) AS n;

-- Coach 1 has a collection with a shared and a private file, and an empty one;
-- coach 2 has one of each. Client 3 got the shared file, client 4 nothing.
INSERT INTO public.file_uploads (id, owner_id, name) VALUES
  ('f2000000-0000-4000-8000-0000000000a1', 'f2000000-0000-4000-8000-000000000001', 'shared'),
  ('f2000000-0000-4000-8000-0000000000a2', 'f2000000-0000-4000-8000-000000000001', 'private'),
  ('f2000000-0000-4000-8000-0000000000a3', 'f2000000-0000-4000-8000-000000000001', 'new'),
  ('f2000000-0000-4000-8000-0000000000b1', 'f2000000-0000-4000-8000-000000000002', 'of another coach');
INSERT INTO public.resource_collections (id, coach_id, name) VALUES
  ('f2000000-0000-4000-8000-0000000000c1', 'f2000000-0000-4000-8000-000000000001', 'filled'),
  ('f2000000-0000-4000-8000-0000000000c2', 'f2000000-0000-4000-8000-000000000001', 'nothing shared'),
  ('f2000000-0000-4000-8000-0000000000c3', 'f2000000-0000-4000-8000-000000000002', 'of another coach');
INSERT INTO public.resource_collection_items (collection_id, file_id) VALUES
  ('f2000000-0000-4000-8000-0000000000c1', 'f2000000-0000-4000-8000-0000000000a1'),
  ('f2000000-0000-4000-8000-0000000000c1', 'f2000000-0000-4000-8000-0000000000a2'),
  ('f2000000-0000-4000-8000-0000000000c2', 'f2000000-0000-4000-8000-0000000000a2');
INSERT INTO public.file_shares (file_id, shared_with)
VALUES ('f2000000-0000-4000-8000-0000000000a1', 'f2000000-0000-4000-8000-000000000003');
INSERT INTO public.resource_client_progress (client_id, file_id, percent)
VALUES ('f2000000-0000-4000-8000-000000000003', 'f2000000-0000-4000-8000-0000000000a1', 40);

DO $$
DECLARE
  prefix CONSTANT text := 'f2000000-0000-4000-8000-0000000000';
  -- What each test is called, who acts, what it does, and what it must come to:
  -- a number of rows seen or written, or -1 for a refusal.
  tests CONSTANT text[][] := ARRAY[
    ['a coach adds an own file to an own collection', '01', 'INSERT c1 a3', '1'],
    ['a coach cannot add to another coach''s collection', '01', 'INSERT c3 a3', '-1'],
    ['a coach cannot add another coach''s file', '01', 'INSERT c1 b1', '-1'],
    ['a client cannot add items', '03', 'INSERT c1 a3', '-1'],
    ['a client sees the item that was shared with them', '03',
      'SELECT FROM public.resource_collection_items WHERE file_id = ''f2000000-0000-4000-8000-0000000000a1''', '1'],
    ['a client sees no other item', '03', 'SELECT FROM public.resource_collection_items', '1'],
    ['a client with whom nothing was shared sees no item', '04', 'SELECT FROM public.resource_collection_items', '0'],
    ['a client sees the collection that holds a shared item', '03',
      'SELECT FROM public.resource_collections WHERE name = ''filled''', '1'],
    ['a client sees no collection without a shared item', '03', 'SELECT FROM public.resource_collections', '1'],
    ['a coach sees the progress on own files', '01', 'SELECT FROM public.resource_client_progress', '1'],
    ['another coach sees nothing of that progress', '02', 'SELECT FROM public.resource_client_progress', '0']];
  command text;
  outcome bigint;
  lines text[] := '{}';
BEGIN
  FOR i IN 1 .. array_length(tests, 1) LOOP
    command := tests[i][3];
    IF command LIKE 'INSERT%' THEN
      command := format('INSERT INTO public.resource_collection_items (collection_id, file_id) VALUES (%L, %L)',
        prefix || split_part(command, ' ', 2), prefix || split_part(command, ' ', 3));
    END IF;
    PERFORM set_config('request.jwt.claims',
      jsonb_build_object('sub', prefix || tests[i][2], 'role', 'authenticated')::text, true);
    PERFORM set_config('role', 'authenticated', true);
    BEGIN
      EXECUTE command;
      GET DIAGNOSTICS outcome = ROW_COUNT;
    EXCEPTION WHEN insufficient_privilege THEN
      outcome := -1;
    END;
    PERFORM set_config('role', 'none', true);
    IF outcome = tests[i][4]::bigint THEN
      RAISE NOTICE 'PASS %: %', i, tests[i][1];
    ELSE
      RAISE WARNING 'FAIL %: % (wanted %, got %)', i, tests[i][1], tests[i][4], outcome;
    END IF;
    lines := lines || format('%s %s - %s', CASE WHEN outcome = tests[i][4]::bigint THEN 'ok' ELSE 'not ok' END, i, tests[i][1]);
  END LOOP;
  PERFORM set_config('deploy.tests', array_to_string(lines, E'\n'), true);
END
$$;

SELECT line FROM regexp_split_to_table(current_setting('deploy.tests'), E'\n') WITH ORDINALITY AS t (line, nr) ORDER BY nr;
