-- Three accounts that signed up before the health schema existed.
INSERT INTO auth.users (id, email) VALUES
    ('00000000-0000-4000-8000-0000000000a1', 'first@example.com'),
    ('00000000-0000-4000-8000-0000000000a2', 'second@example.com'),
    ('00000000-0000-4000-8000-0000000000a3', 'third@example.com');
