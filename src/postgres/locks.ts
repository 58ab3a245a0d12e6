import type { LockSeen } from '../steps/fact.js';
import type { Session } from './session.js';

export interface Traced { locks: LockSeen[]; rewrites: string[] }

const LOCKS = `
  SELECT l.relation::regclass::text, replace(l.mode, 'Lock', '')
  FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'deploy_wizard') AND l.mode <> 'AccessShareLock'
  ORDER BY 1, 2`;
const FILES = `
  SELECT c.oid::text, c.oid::regclass::text, pg_relation_filenode(c.oid)::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'deploy_wizard')`;

/** After each statement of a transaction: the locks it added and the tables it rewrote (another relfilenode). */
export class LockTrace {
  private held = new Set<string>();
  private files = new Map<string, string>();

  /** State before the first statement. */
  async begin(session: Session): Promise<void> {
    this.held = new Set();
    this.files = new Map((await session.run(FILES)).rows.map(([oid, , file]) => [oid ?? '', file ?? '']));
  }

  async after(session: Session): Promise<Traced> {
    const locks: LockSeen[] = [];
    for (const [relation, mode] of (await session.run(LOCKS)).rows) {
      const key = `${relation} ${mode}`;
      if (relation == null || mode == null || this.held.has(key)) continue;
      this.held.add(key);
      locks.push({ relation, mode });
    }
    const rewrites: string[] = [];
    const files = new Map<string, string>();
    for (const [oid, name, file] of (await session.run(FILES)).rows) {
      if (oid == null || file == null) continue;
      const before = this.files.get(oid);
      if (before !== undefined && before !== file) rewrites.push(name ?? oid);
      files.set(oid, file);
    }
    this.files = files;
    return { locks, rewrites };
  }
}
