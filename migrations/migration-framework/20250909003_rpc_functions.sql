-- Migration: 20250909003_rpc_functions.sql
-- Description: the four operations that need more than one row-level right
-- Author: maintainers
-- Created: 2025-09-09

-- Each runs with its owner's rights and therefore asks auth.uid() itself, names every
-- object in full, and is granted role by role.

-- Replaces an entry if nobody changed it meanwhile. A conflict is an answer, not an
-- error: an error would take its own audit row back.
CREATE FUNCTION public.update_cycle_data_optimistic(
    p_id uuid, p_expected_version integer,
    p_ciphertext bytea, p_nonce bytea, p_key_version integer, p_aad_digest bytea
) RETURNS TABLE (outcome text, current_version integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_user uuid := auth.uid();
    v_version integer;
BEGIN
    IF v_user IS NULL THEN
        RAISE EXCEPTION 'sign in first' USING ERRCODE = 'invalid_authorization_specification';
    END IF;

    SELECT d.version INTO v_version
    FROM public.encrypted_cycle_data AS d
    WHERE d.id = p_id AND d.user_id = v_user AND d.deleted_at IS NULL
    FOR UPDATE;

    -- Somebody else's entry is answered like one that does not exist.
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::integer;
        RETURN;
    END IF;

    IF v_version IS DISTINCT FROM p_expected_version THEN
        INSERT INTO public.security_audit_log (user_id, event, detail)
        VALUES (v_user, 'cycle_data_conflict',
                jsonb_build_object('expected_version', coalesce(p_expected_version, 0), 'version', v_version));
        RETURN QUERY SELECT 'conflict', v_version;
        RETURN;
    END IF;

    UPDATE public.encrypted_cycle_data AS d
    SET ciphertext = p_ciphertext, nonce = p_nonce, key_version = p_key_version,
        aad_digest = p_aad_digest, version = v_version + 1
    WHERE d.id = p_id;

    INSERT INTO public.security_audit_log (user_id, event, detail)
    VALUES (v_user, 'cycle_data_updated', jsonb_build_object('version', v_version + 1));
    RETURN QUERY SELECT 'updated', v_version + 1;
END
$$;

-- Exchanges a token for the encrypted share, counts the use, and records the attempt.
-- Why a token was refused is not told: an attacker learns nothing from it.
CREATE FUNCTION public.validate_share_token(p_token text, p_ip_hash text DEFAULT NULL)
RETURNS TABLE (share_id uuid, ciphertext bytea, nonce bytea, algorithm text, key_version integer, aad_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_token public.share_token%ROWTYPE;
BEGIN
    SELECT t.* INTO v_token
    FROM public.share_token AS t
    JOIN public.healthcare_share AS s ON s.id = t.share_id
    WHERE t.token_hash = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
      AND t.revoked_at IS NULL AND t.expires_at > now() AND t.use_count < t.max_uses
      AND s.status = 'active' AND s.expires_at > now()
    FOR UPDATE OF t;

    IF NOT FOUND THEN
        INSERT INTO public.healthcare_share_audit (action, ip_hash) VALUES ('token_rejected', p_ip_hash);
        RETURN;
    END IF;

    UPDATE public.share_token AS t SET use_count = t.use_count + 1 WHERE t.id = v_token.id;
    INSERT INTO public.healthcare_share_audit (share_id, token_id, action, ip_hash)
    VALUES (v_token.share_id, v_token.id, 'token_accepted', p_ip_hash);

    RETURN QUERY
    SELECT s.id, s.ciphertext, s.nonce, s.algorithm, s.key_version, s.aad_digest
    FROM public.healthcare_share AS s
    WHERE s.id = v_token.share_id;
END
$$;

-- Lets the owner of a share record what was done with it. Takes hashes only.
CREATE FUNCTION public.healthcare_access_audit(p_share_id uuid, p_action text, p_ip_hash text DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_id uuid;
BEGIN
    IF auth.uid() IS NULL THEN
        RAISE EXCEPTION 'sign in first' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    IF p_action IN ('token_accepted', 'token_rejected') THEN
        RAISE EXCEPTION 'token events are recorded by validate_share_token'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT EXISTS (SELECT FROM public.healthcare_share AS s WHERE s.id = p_share_id AND s.user_id = auth.uid()) THEN
        RAISE EXCEPTION 'no such share' USING ERRCODE = 'no_data_found';
    END IF;

    INSERT INTO public.healthcare_share_audit (share_id, action, ip_hash)
    VALUES (p_share_id, p_action, p_ip_hash)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;

-- Retires a device's active key and puts the next one in its place.
CREATE FUNCTION public.rotate_device_key(p_device_hash text, p_public_key bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    v_user uuid := auth.uid();
    v_old public.device_key%ROWTYPE;
BEGIN
    IF v_user IS NULL THEN
        RAISE EXCEPTION 'sign in first' USING ERRCODE = 'invalid_authorization_specification';
    END IF;

    SELECT * INTO v_old
    FROM public.device_key AS k
    WHERE k.user_id = v_user AND k.device_hash = p_device_hash AND k.status = 'active'
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the device has no active key' USING ERRCODE = 'no_data_found';
    END IF;
    IF v_old.public_key = p_public_key THEN
        RAISE EXCEPTION 'the new key equals the old one' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    UPDATE public.device_key AS k SET status = 'rotated', rotated_at = now() WHERE k.id = v_old.id;
    INSERT INTO public.device_key (user_id, device_hash, public_key, key_version)
    VALUES (v_user, p_device_hash, p_public_key, v_old.key_version + 1);
    INSERT INTO public.security_audit_log (user_id, event, device_hash, detail)
    VALUES (v_user, 'device_key_rotated', p_device_hash, jsonb_build_object('key_version', v_old.key_version + 1));
    RETURN v_old.key_version + 1;
END
$$;

REVOKE ALL ON FUNCTION
    public.update_cycle_data_optimistic(uuid, integer, bytea, bytea, integer, bytea),
    public.validate_share_token(text, text),
    public.healthcare_access_audit(uuid, text, text),
    public.rotate_device_key(text, bytea)
    FROM PUBLIC, anon, authenticated, service_role;

GRANT EXECUTE ON FUNCTION
    public.update_cycle_data_optimistic(uuid, integer, bytea, bytea, integer, bytea),
    public.healthcare_access_audit(uuid, text, text),
    public.rotate_device_key(text, bytea)
    TO authenticated;
-- The one door for a visitor without an account.
GRANT EXECUTE ON FUNCTION public.validate_share_token(text, text) TO anon, authenticated;

COMMENT ON FUNCTION public.update_cycle_data_optimistic(uuid, integer, bytea, bytea, integer, bytea) IS
    'Replaces an entry of the caller if its version is still the expected one: updated, conflict or not_found';
COMMENT ON FUNCTION public.validate_share_token(text, text) IS
    'One row with the encrypted share for a valid token, none otherwise; counts and records the attempt';
COMMENT ON FUNCTION public.healthcare_access_audit(uuid, text, text) IS
    'Records an action on a share of the caller, without personal data';
COMMENT ON FUNCTION public.rotate_device_key(text, bytea) IS
    'Retires the active key of a device of the caller and returns the next key''s version';
