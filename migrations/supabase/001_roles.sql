-- The roles a Supabase project has, for guides that name them. Every statement
-- may run again, and on servers where some of the roles exist already.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT *
        FROM (VALUES
            -- Requests without a session, with one, and from the back end; the last bypasses row security.
            ('anon',                'NOLOGIN NOINHERIT'),
            ('authenticated',       'NOLOGIN NOINHERIT'),
            ('service_role',        'NOLOGIN NOINHERIT BYPASSRLS'),
            -- The API logs in as this one and then becomes one of the three above.
            ('authenticator',       'LOGIN NOINHERIT'),
            -- Owner of the schema auth.
            ('supabase_auth_admin', 'NOLOGIN NOINHERIT CREATEROLE')
        ) AS role (name, options)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.options);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Another session made it meanwhile: roles belong to the whole server.
            END;
        END IF;
    END LOOP;
END
$$;

DO $$
DECLARE
    member name;
BEGIN
    FOREACH member IN ARRAY ARRAY['anon', 'authenticated', 'service_role']::name[] LOOP
        IF NOT pg_has_role('authenticator', member, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO authenticator', member);
        END IF;
    END LOOP;
    -- Whoever applies this must be able to give objects away and to act as the
    -- application roles; a superuser can already.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        FOREACH member IN ARRAY ARRAY['anon', 'authenticated', 'service_role', 'supabase_auth_admin']::name[] LOOP
            IF NOT pg_has_role(current_user, member, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO %I', member, current_user);
            END IF;
        END LOOP;
    END IF;
END
$$;
