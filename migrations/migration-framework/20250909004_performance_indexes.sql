-- Migration: 20250909004_performance_indexes.sql
-- Description: indexes for row security, sync, token look-up and cleaning up
-- Author: maintainers
-- Created: 2025-09-09

-- The tables are new and empty, so plain CREATE INDEX holds up nobody. On a table in
-- use, build it CONCURRENTLY in a step of its own.

-- Composite: the column of the policy first, the sort order of the screen second.
CREATE INDEX encrypted_cycle_data_user_updated_idx ON public.encrypted_cycle_data (user_id, updated_at DESC);
CREATE INDEX healthcare_share_user_status_idx ON public.healthcare_share (user_id, status);
CREATE INDEX security_audit_log_user_created_idx ON public.security_audit_log (user_id, created_at DESC);
CREATE INDEX healthcare_share_audit_share_created_idx ON public.healthcare_share_audit (share_id, created_at DESC);

-- Covering: sync compares versions, and a share's page lists its tokens, without
-- touching the rows.
CREATE INDEX encrypted_cycle_data_sync_idx ON public.encrypted_cycle_data (user_id, id) INCLUDE (version, updated_at);
CREATE INDEX share_token_share_idx ON public.share_token (share_id) INCLUDE (expires_at, revoked_at, use_count, max_uses);

-- Partial: what maintenance looks for is a small part of the table.
CREATE INDEX encrypted_cycle_data_deleted_idx ON public.encrypted_cycle_data (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX device_key_rotated_idx ON public.device_key (rotated_at) WHERE status = 'rotated';

-- Hash: looked up by equality only, and 64 characters long.
CREATE INDEX share_token_hash_idx ON public.share_token USING hash (token_hash);
CREATE INDEX device_key_device_idx ON public.device_key USING hash (device_hash);

-- Cleanup: oldest first.
CREATE INDEX share_token_expires_idx ON public.share_token (expires_at);
CREATE INDEX healthcare_share_expires_idx ON public.healthcare_share (expires_at);
CREATE INDEX security_audit_log_created_idx ON public.security_audit_log (created_at);
CREATE INDEX healthcare_share_audit_created_idx ON public.healthcare_share_audit (created_at);
