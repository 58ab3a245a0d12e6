-- Takes back the fourteen indexes of 20250909004; the data stays as it is.
DROP INDEX IF EXISTS
    public.encrypted_cycle_data_user_updated_idx,
    public.healthcare_share_user_status_idx,
    public.security_audit_log_user_created_idx,
    public.healthcare_share_audit_share_created_idx,
    public.encrypted_cycle_data_sync_idx,
    public.share_token_share_idx,
    public.encrypted_cycle_data_deleted_idx,
    public.device_key_rotated_idx,
    public.share_token_hash_idx,
    public.device_key_device_idx,
    public.share_token_expires_idx,
    public.healthcare_share_expires_idx,
    public.security_audit_log_created_idx,
    public.healthcare_share_audit_created_idx;
