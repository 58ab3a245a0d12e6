import type { Progress } from '../steps/fact.js';
import type { Session } from './session.js';

/** The name of what is worked on; a table that is as new as the transaction has none for others. */
const NAME = '(SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = relid)';
/** One row per command that backend $1 runs and the server tells of; manual: "Progress Reporting". */
const PROGRESS = `
  SELECT command, ${NAME}, phase,
      CASE WHEN phase LIKE 'waiting%' THEN lockers_done WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done END,
      CASE WHEN phase LIKE 'waiting%' THEN lockers_total WHEN tuples_total > 0 THEN tuples_total ELSE blocks_total END,
      CASE WHEN phase LIKE 'waiting%' THEN 'sessions' WHEN tuples_total > 0 THEN 'rows' ELSE 'blocks' END
    FROM pg_stat_progress_create_index WHERE pid = $1
  UNION ALL SELECT command, ${NAME}, 'copying rows', CASE WHEN bytes_total > 0 THEN bytes_processed ELSE tuples_processed END, bytes_total, CASE WHEN bytes_total > 0 THEN 'bytes' ELSE 'rows' END
    FROM pg_stat_progress_copy WHERE pid = $1
  UNION ALL SELECT 'VACUUM', ${NAME}, phase, CASE WHEN phase = 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END, heap_blks_total, 'blocks'
    FROM pg_stat_progress_vacuum WHERE pid = $1
  UNION ALL SELECT command, ${NAME}, phase, CASE WHEN phase LIKE 'seq scanning%' THEN heap_blks_scanned ELSE heap_tuples_written END, CASE WHEN phase LIKE 'seq scanning%' THEN heap_blks_total ELSE 0 END, CASE WHEN phase LIKE 'seq scanning%' THEN 'blocks' ELSE 'rows' END
    FROM pg_stat_progress_cluster WHERE pid = $1
  UNION ALL SELECT 'ANALYZE', ${NAME}, phase, sample_blks_scanned, sample_blks_total, 'blocks'
    FROM pg_stat_progress_analyze WHERE pid = $1`;

/** How far the statement of a backend is, or null where the server does not tell. */
export async function progressOf(session: Session, pid: number): Promise<Progress | null> {
  const [command, relation, phase, done, total, unit] = (await session.run(PROGRESS, [pid])).rows[0] ?? [];
  if (command == null) return null;
  return { command, relation: relation ?? null, phase: phase ?? '', done: Number(done ?? 0), total: Number(total ?? 0) > 0 ? Number(total) : null, unit: unit ?? '' };
}

const STEP = 0.1;
const QUIET_MS = 5000;

/** Which sights of the progress are worth an event: a new phase, a tenth more, or five seconds later. */
export class Telltale {
  private last: Progress | null = null;
  private toldAt = 0;

  /** @param now - milliseconds of any steady clock */
  worthTelling(sight: Progress, now: number): boolean {
    const { last } = this;
    const same = last !== null && last.command === sight.command && last.phase === sight.phase && last.relation === sight.relation && last.unit === sight.unit;
    const further = same && sight.total !== null && sight.done - last.done >= sight.total * STEP;
    const later = same && sight.done !== last.done && now - this.toldAt >= QUIET_MS;
    if (same && !further && !later) return false;
    this.last = sight;
    this.toldAt = now;
    return true;
  }
}
