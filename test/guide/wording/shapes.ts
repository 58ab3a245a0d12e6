import type { StatementShape } from '../../../src/guide/wording/shape.js';

const base: StatementShape = { returnsRows: true, oneRow: false, singleColumn: false, counts: false, filtered: true, columns: [], tables: [], command: 'SELECT', ordered: false };

/** Shapes that the phrases of the corpus are read against. */
export const SHAPES = {
  unknown: null,
  policies: { ...base, columns: ['tablename', 'policyname', 'cmd'], tables: ['pg_policies'] },
  names: { ...base, singleColumn: true, columns: ['table_name'], tables: ['tables'] },
  columns: { ...base, columns: ['column_name', 'data_type', 'column_default', 'is_nullable'], tables: ['columns'] },
  buckets: { ...base, columns: ['id', 'public', 'file_size_limit'], tables: ['buckets'] },
  flags: { ...base, columns: ['tablename', 'rowsecurity'], tables: ['pg_tables'] },
  named: { ...base, columns: ['tgname', 'tgenabled'], tables: ['pg_trigger'] },
  sought: { ...base, singleColumn: true, columns: ['tablename'], tables: ['pg_tables'], sought: ['boats', 'berths'] },
  schemas: { ...base, columns: ['schemaname', 'tablename'], tables: ['pg_tables'] },
  show: { ...base, oneRow: true, singleColumn: true, columns: ['wal_level'], command: 'SHOW' },
  jobs: { ...base, columns: ['jobname', 'schedule', 'command', 'active'], tables: ['job'] },
  losses: { ...base, columns: ['what', 'lost_rows'] },
  rated: { ...base, columns: ['query', 'rating'], texts: [[], ['FAST', 'MODERATE', 'SLOW']] },
  triggers: { ...base, columns: ['trigger_name', 'action_timing'], tables: ['triggers'], like: ['boat_snap'] },
  outcomes: { ...base, columns: ['what', 'status'], texts: [[], ['✅ PASS', 'FAIL']] },
  star: { ...base, columns: ['*'], tables: ['users'] },
  users: { ...base, columns: ['id', 'email', 'role'], tables: ['users'] },
  count: { ...base, oneRow: true, singleColumn: true, columns: ['count'] },
  missing: { ...base, oneRow: true, singleColumn: true, columns: ['missing_total'] },
  perTable: { ...base, columns: ['tablename', 'policy_count'], tables: ['pg_policies'] },
  totals: { ...base, oneRow: true, columns: ['total_users', 'users_with_role'] },
  fleet: { ...base, oneRow: true, columns: ['harbour_name', 'boat_count', 'crew_count', 'mean_load'] },
  latest: { ...base, singleColumn: true, columns: ['version'], tables: ['versions'], atMostOne: true },
  nullable: { ...base, singleColumn: true, columns: ['is_nullable'], tables: ['columns'] },
  all: { ...base, filtered: false, columns: ['id', 'name'] },
  lost: { ...base, oneRow: true, singleColumn: true, counts: true, columns: ['lost'] },
  check: { ...base, oneRow: true, singleColumn: true, columns: ['user_has_permission'] },
  insert: { ...base, returnsRows: false, command: 'INSERT' },
  remove: { ...base, returnsRows: false, command: 'DELETE' },
  create: { ...base, returnsRows: false, command: 'CREATE TABLE' },
  block: { ...base, returnsRows: false, command: 'DO' },
  plan: { ...base, singleColumn: true, columns: ['QUERY PLAN'], command: 'EXPLAIN' },
} satisfies Record<string, StatementShape | null>;
