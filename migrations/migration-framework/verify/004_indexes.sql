-- Indexes of migration 20250909004 by kind; all of them usable.
SELECT CASE
           WHEN am.amname = 'hash' THEN 'hash'
           WHEN x.indnatts > x.indnkeyatts THEN 'covering'
           WHEN x.indpred IS NOT NULL THEN 'partial'
           WHEN x.indnkeyatts > 1 THEN 'composite'
           ELSE 'cleanup'
       END AS kind,
       count(*) AS indexes, bool_and(x.indisvalid AND x.indisready) AS usable
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
JOIN pg_am AS am ON am.oid = i.relam
WHERE i.relnamespace = 'public'::regnamespace
  AND i.relname IN (
      'encrypted_cycle_data_user_updated_idx', 'healthcare_share_user_status_idx',
      'security_audit_log_user_created_idx', 'healthcare_share_audit_share_created_idx',
      'encrypted_cycle_data_sync_idx', 'share_token_share_idx',
      'encrypted_cycle_data_deleted_idx', 'device_key_rotated_idx',
      'share_token_hash_idx', 'device_key_device_idx',
      'share_token_expires_idx', 'healthcare_share_expires_idx',
      'security_audit_log_created_idx', 'healthcare_share_audit_created_idx')
GROUP BY 1
ORDER BY 1;
