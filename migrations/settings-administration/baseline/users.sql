-- What the settings guide expects to find: a project that has been in use, so
-- that people exist who signed up long before the migrations arrive.
INSERT INTO auth.users (id, email) VALUES
  ('a0000000-0000-4000-8000-000000000001', 'ana@example.com'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.com'),
  ('a0000000-0000-4000-8000-000000000003', 'cleo@example.com');
