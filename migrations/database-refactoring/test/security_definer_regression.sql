-- Can a caller put a table of his own in front of the real one? Eight tests,
-- with accounts of their own; the engine rolls everything back.
-- Plans of an earlier call must not decide what a function finds now.
DISCARD PLANS;

INSERT INTO auth.users (id, email) VALUES
  ('f1000000-0000-4000-8000-000000000001', 'regression-attacker@example.com'),
  ('f1000000-0000-4000-8000-000000000002', 'regression-coach@example.com');

DO $$
DECLARE
  attacker CONSTANT uuid := 'f1000000-0000-4000-8000-000000000001';
  coach CONSTANT uuid := 'f1000000-0000-4000-8000-000000000002';
  names text[] := '{}';
  passed boolean[] := '{}';
  foreign_collection uuid;
  foreign_file uuid;
  entry uuid;
  answer boolean;
  lines text[] := '{}';
BEGIN
  names := names || 'every SECURITY DEFINER function of schema public has a search_path'::text;
  passed := passed || NOT EXISTS (SELECT FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
      AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%'));

  names := names || 'where a search_path names schemas, pg_temp is the last of them'::text;
  passed := passed || NOT EXISTS (SELECT FROM pg_proc AS p, unnest(p.proconfig) AS s
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
      AND s LIKE 'search_path=%' AND s <> 'search_path=""' AND s NOT LIKE '%, pg_temp');

  names := names || 'sign-up creates an account, whatever search_path the service has'::text;
  passed := passed || (SELECT count(*) = 2 FROM public.users WHERE id IN (attacker, coach));

  INSERT INTO public.resource_collections (coach_id, name) VALUES (coach, 'regression') RETURNING id INTO foreign_collection;
  INSERT INTO public.file_uploads (owner_id, name) VALUES (coach, 'regression') RETURNING id INTO foreign_file;
  PERFORM set_config('request.jwt.claims', jsonb_build_object('sub', attacker, 'role', 'authenticated')::text, true);
  PERFORM set_config('role', 'authenticated', true);

  -- The attacker's own versions, which PostgreSQL would look at first.
  CREATE TEMPORARY TABLE users ON COMMIT DROP AS SELECT attacker AS id, 'admin'::text AS role;
  CREATE TEMPORARY TABLE resource_collections ON COMMIT DROP AS SELECT foreign_collection AS id, attacker AS coach_id;
  CREATE TEMPORARY TABLE file_uploads ON COMMIT DROP AS SELECT foreign_file AS id, attacker AS owner_id;
  CREATE TEMPORARY TABLE security_audit_log (id uuid DEFAULT gen_random_uuid(), user_id uuid, event_type text,
    event_details jsonb, severity text) ON COMMIT DROP;
  GRANT ALL ON pg_temp.users, pg_temp.resource_collections, pg_temp.file_uploads, pg_temp.security_audit_log TO PUBLIC;

  names := names || 'get_user_role: nobody makes himself an administrator'::text;
  passed := passed || (public.get_user_role(attacker) = 'client');

  names := names || 'owns_collection: nobody owns what is another''s'::text;
  passed := passed || NOT public.owns_collection(foreign_collection);

  names := names || 'owns_file: nobody owns what is another''s'::text;
  passed := passed || NOT public.owns_file(foreign_file);

  entry := public.log_security_event('regression', '{}', 'info');
  PERFORM set_config('role', 'none', true);
  names := names || 'log_security_event: an entry lands in the real log'::text;
  passed := passed || EXISTS (SELECT FROM public.security_audit_log WHERE id = entry AND user_id = attacker);

  PERFORM set_config('request.jwt.claims', jsonb_build_object('sub', coach, 'role', 'authenticated')::text, true);
  answer := public.owns_collection(foreign_collection) AND public.owns_file(foreign_file);
  names := names || 'the rightful owner is still recognised'::text;
  passed := passed || answer;

  FOR i IN 1 .. cardinality(names) LOOP
    IF passed[i] THEN
      RAISE NOTICE 'PASS %: %', i, names[i];
    ELSE
      RAISE WARNING 'FAIL %: %', i, names[i];
    END IF;
    lines := lines || format('%s %s - %s', CASE WHEN passed[i] THEN 'ok' ELSE 'not ok' END, i, names[i]);
  END LOOP;
  PERFORM set_config('deploy.tests', array_to_string(lines, E'\n'), true);
END
$$;

SELECT line FROM regexp_split_to_table(current_setting('deploy.tests'), E'\n') WITH ORDINALITY AS t (line, nr) ORDER BY nr;
