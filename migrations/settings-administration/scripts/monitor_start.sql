-- Where the counters stand when monitoring begins; later readings are compared
-- with these, because the server's counters run since its last reset.
SELECT now() AS monitored_since, d.xact_commit AS commits_at_start, d.xact_rollback AS rollbacks_at_start,
  pg_total_relation_size('public.configuration_audit_log') AS audit_bytes_at_start
FROM pg_stat_database AS d WHERE d.datname = current_database();
