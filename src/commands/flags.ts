/** Flags of run, rehearse, resume and rollback, as commander gives them. */
export interface RunFlags {
  env?: string;
  database?: string;
  param?: string[];
  answers?: string;
  headless?: boolean;
  yes?: boolean;
  confirm?: string;
  dryRun?: boolean;
  json?: boolean;
  logs?: string;
  window?: string;
  ledger?: boolean;
  repairIndex?: boolean;
  unreviewed?: boolean;
  accessible?: boolean;
  operator?: string;
  overrideRehearsal?: string;
  on?: string;
  baseline?: string[];
  schemaFrom?: string;
  stopOnFail?: boolean;
  serverVersion?: string;
  thorough?: boolean;
}
