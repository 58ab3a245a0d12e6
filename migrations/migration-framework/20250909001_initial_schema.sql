-- Migration: 20250909001_initial_schema.sql
-- Description: eight tables whose health data only the client can decrypt
-- Author: maintainers
-- Created: 2025-09-09

CREATE TABLE public.users (
    id         uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- An envelope is ciphertext, nonce, algorithm, key version and the digest of the
-- additional authenticated data. The server stores it and can read none of it.
CREATE TABLE public.encrypted_user_prefs (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid NOT NULL UNIQUE REFERENCES public.users (id) ON DELETE CASCADE,
    ciphertext  bytea NOT NULL CHECK (octet_length(ciphertext) > 0),
    nonce       bytea NOT NULL CHECK (octet_length(nonce) IN (12, 24)),
    algorithm   text NOT NULL DEFAULT 'aes-256-gcm' CHECK (algorithm IN ('aes-256-gcm', 'xchacha20-poly1305')),
    key_version integer NOT NULL CHECK (key_version > 0),
    aad_digest  bytea NOT NULL CHECK (octet_length(aad_digest) = 32),
    version     integer NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.encrypted_cycle_data (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    ciphertext  bytea NOT NULL CHECK (octet_length(ciphertext) > 0),
    nonce       bytea NOT NULL CHECK (octet_length(nonce) IN (12, 24)),
    algorithm   text NOT NULL DEFAULT 'aes-256-gcm' CHECK (algorithm IN ('aes-256-gcm', 'xchacha20-poly1305')),
    key_version integer NOT NULL CHECK (key_version > 0),
    aad_digest  bytea NOT NULL CHECK (octet_length(aad_digest) = 32),
    version     integer NOT NULL DEFAULT 1 CHECK (version > 0),
    deleted_at  timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.healthcare_share (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    ciphertext  bytea NOT NULL CHECK (octet_length(ciphertext) > 0),
    nonce       bytea NOT NULL CHECK (octet_length(nonce) IN (12, 24)),
    algorithm   text NOT NULL DEFAULT 'aes-256-gcm' CHECK (algorithm IN ('aes-256-gcm', 'xchacha20-poly1305')),
    key_version integer NOT NULL CHECK (key_version > 0),
    aad_digest  bytea NOT NULL CHECK (octet_length(aad_digest) = 32),
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
    expires_at  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT healthcare_share_lifetime CHECK (expires_at > created_at)
);

-- The token itself is shown once to its owner; only its SHA-256 is kept.
CREATE TABLE public.share_token (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    share_id   uuid NOT NULL REFERENCES public.healthcare_share (id) ON DELETE CASCADE,
    token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    max_uses   integer NOT NULL DEFAULT 1 CHECK (max_uses BETWEEN 1 AND 100),
    use_count  integer NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT share_token_use_count CHECK (use_count BETWEEN 0 AND max_uses)
);

CREATE TABLE public.device_key (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    device_hash text NOT NULL CHECK (device_hash ~ '^[0-9a-f]{64}$'),
    public_key  bytea NOT NULL CHECK (octet_length(public_key) BETWEEN 32 AND 1024),
    key_version integer NOT NULL DEFAULT 1 CHECK (key_version > 0),
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'rotated', 'revoked')),
    rotated_at  timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, device_hash, key_version)
);

-- Only hashes and a closed set of keys: there is no column a name, an address or
-- a health value would fit into.
CREATE TABLE public.security_audit_log (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     uuid REFERENCES public.users (id) ON DELETE SET NULL,
    event       text NOT NULL CHECK (event IN ('cycle_data_updated', 'cycle_data_conflict', 'device_key_rotated')),
    device_hash text CHECK (device_hash ~ '^[0-9a-f]{64}$'),
    detail      jsonb NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT security_audit_log_detail_keys
        CHECK (jsonb_typeof(detail) = 'object' AND detail - ARRAY['expected_version', 'version', 'key_version'] = '{}'),
    CONSTRAINT security_audit_log_detail_numbers
        CHECK (NOT jsonb_path_exists(detail, '$.* ? (@.type() != "number")'))
);

CREATE TABLE public.healthcare_share_audit (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    share_id   uuid REFERENCES public.healthcare_share (id) ON DELETE CASCADE,
    token_id   uuid REFERENCES public.share_token (id) ON DELETE SET NULL,
    action     text NOT NULL CHECK (action IN ('token_accepted', 'token_rejected', 'share_viewed', 'share_exported', 'share_revoked')),
    ip_hash    text CHECK (ip_hash ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX device_key_one_active ON public.device_key (user_id, device_hash) WHERE status = 'active';
CREATE INDEX healthcare_share_audit_token_idx ON public.healthcare_share_audit (token_id);

CREATE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION public.set_updated_at() FROM PUBLIC, anon, authenticated, service_role;

CREATE TRIGGER users_updated_at BEFORE UPDATE ON public.users
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER encrypted_user_prefs_updated_at BEFORE UPDATE ON public.encrypted_user_prefs
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER encrypted_cycle_data_updated_at BEFORE UPDATE ON public.encrypted_cycle_data
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER healthcare_share_updated_at BEFORE UPDATE ON public.healthcare_share
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.encrypted_user_prefs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.encrypted_cycle_data ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.healthcare_share ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.share_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.device_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.security_audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.healthcare_share_audit ENABLE ROW LEVEL SECURITY;

-- Closed from the first moment: what default privileges opened is shut here, and
-- migration 20250909002 opens just what each role needs.
REVOKE ALL ON public.users, public.encrypted_user_prefs, public.encrypted_cycle_data,
    public.healthcare_share, public.share_token, public.device_key,
    public.security_audit_log, public.healthcare_share_audit
    FROM anon, authenticated, service_role;

COMMENT ON TABLE public.users IS 'Accounts with a health record; holds no personal data';
COMMENT ON TABLE public.encrypted_user_prefs IS 'Preferences, encrypted on the device';
COMMENT ON TABLE public.encrypted_cycle_data IS 'Cycle entries, encrypted on the device; version guards concurrent edits';
COMMENT ON TABLE public.healthcare_share IS 'What an account shares with a health professional, encrypted for that purpose';
COMMENT ON TABLE public.share_token IS 'Hashed access tokens of a share';
COMMENT ON TABLE public.device_key IS 'Public keys of an account''s devices, one active per device';
COMMENT ON TABLE public.security_audit_log IS 'Security events without personal data';
COMMENT ON TABLE public.healthcare_share_audit IS 'Who-did-what on shares, by hash only';
