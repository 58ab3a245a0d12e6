/** Keywords of a connection text that are understood, asked for, or may stand there and change nothing. */
export const CONNECTION_KEYWORDS: ReadonlySet<string> = new Set([
  'host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'passfile', 'service', 'servicefile', 'options', 'connect_timeout',
  'sslmode', 'requiressl', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslcrl',
  'channel_binding', 'target_session_attrs', 'gssencmode', 'require_auth', 'requirepeer', 'replication', 'sslcrldir', 'sslcertmode', 'sslnegotiation',
  'ssl_min_protocol_version', 'ssl_max_protocol_version', 'min_protocol_version', 'max_protocol_version',
  'keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout',
  'application_name', 'fallback_application_name', 'client_encoding', 'sslcompression', 'sslsni', 'krbsrvname', 'gsslib', 'gssdelegation', 'load_balance_hosts',
  // Prisma, Supabase and others put their own into URLs.
  'schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'statement_cache_size', 'supa', 'workaround', 'uselibpqcompat',
]);
