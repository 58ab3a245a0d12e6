import type { LockSeen } from '../steps/fact.js';
import type { Session } from './session.js';

export interface Traced {
  locks: LockSeen[];
  rewrites: string[];
  /** Tables read from end to end, or written anew, by qualified name: these cost more where the table is larger. */
  scans: string[];
}

/** Locks of the backend $1 on tables and views, without what reading takes and without the system's own. */
export const LOCKS_OF = `
  SELECT l.relation::regclass::text, replace(l.mode, 'Lock', ''), c.oid::text
  FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.pid = $1 AND l.locktype = 'relation' AND l.granted AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'deploy_wizard') AND l.mode <> 'AccessShareLock'
  ORDER BY 1, 2`;
/** Tables and views that are there already. */
export const KNOWN = `
  SELECT c.oid::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'deploy_wizard')`;
/** Tables and views, with the files that tables lie in (another file means that every row was written anew), their qualified names, and scans from end to end by this transaction. */
export const FILES = `
  SELECT c.oid::text, c.oid::regclass::text, pg_relation_filenode(c.oid)::text, format('%I.%I', n.nspname, c.relname), pg_stat_get_xact_numscans(c.oid)::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'deploy_wizard')`;

/**
 * The locks that a transaction holds on what was there before it: a transaction
 * keeps all of them to its end, so one look before COMMIT sees them.
 * @param known - oids by KNOWN, from before its first statement
 */
export async function locksHeld(session: Session, known: ReadonlySet<string | null | undefined>): Promise<LockSeen[]> {
  return (await session.run(LOCKS_OF, [session.pid])).rows.flatMap(([relation, mode, oid]) => (relation == null || mode == null || !known.has(oid) ? [] : [{ relation, mode }]));
}

/** After each statement of a transaction: the locks it added and the tables it rewrote (another relfilenode). */
export class LockTrace {
  private held = new Set<string>();
  private files: (string | null)[][] = [];
  /** What was there before: nobody waits for a lock on a table that only this transaction knows. */
  private known = new Set<string | null | undefined>();

  /** State before the first statement. */
  async begin(session: Session): Promise<void> {
    this.held = new Set();
    this.files = (await session.run(FILES)).rows;
    this.known = new Set(this.files.map(([oid]) => oid));
  }

  /** @param sql - the statement, which tells emptying a table from writing it anew */
  async after(session: Session, sql: string): Promise<Traced> {
    const locks: LockSeen[] = [];
    for (const [relation, mode, oid] of (await session.run(LOCKS_OF, [session.pid])).rows) {
      const key = `${relation} ${mode}`;
      if (relation == null || mode == null || this.held.has(key) || !this.known.has(oid)) continue;
      this.held.add(key);
      locks.push({ relation, mode });
    }
    const files = (await session.run(FILES)).rows;
    const rewrites = rewritten(this.files, files);
    const scans = scanned(this.files, files, sql);
    this.files = files;
    return { locks, rewrites, scans };
  }
}

/** Tables that lie in another file than before; new ones do not count. */
export function rewritten(before: (string | null)[][], after: (string | null)[][]): string[] {
  const old = new Map(before.map(([oid, , file]) => [oid, file]));
  return after.flatMap(([oid, name, file]) => {
    const was = old.get(oid);
    return was != null && file != null && was !== file ? [name ?? oid ?? ''] : [];
  });
}

/** Tables that were read from end to end or written anew in between; new ones do not count. */
export function scanned(before: (string | null)[][], after: (string | null)[][], sql: string): string[] {
  // Emptying takes the same time whatever was in there; the scan it counts is one of the empty table, for its indexes.
  if (/^\s*truncate\b/i.test(sql)) return [];
  const old = new Map(before.map(([oid, , file, , scans]) => [oid, { file, scans }]));
  return after.flatMap(([oid, , file, name, scans]) => {
    const was = old.get(oid);
    const anew = was?.file != null && file != null && was.file !== file;
    return was && name != null && (anew || Number(scans) > Number(was.scans)) ? [name] : [];
  });
}
