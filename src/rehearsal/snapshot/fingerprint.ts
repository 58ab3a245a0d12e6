import { createHash } from 'node:crypto';
import type { Snapshot } from './snapshot.js';

/**
 * A stable hash of a catalog: the same for equal structures on any server of
 * the same major, whatever the order of creation, contents and oids.
 * @param objects - names as in the snapshot; only these and their parts count. Default: all
 * @returns SHA-256 in hex
 */
export function fingerprint(snapshot: Pick<Snapshot, 'objects'>, objects?: Iterable<string>): string {
  const wanted = objects === undefined ? null : new Set(objects);
  const hash = createHash('sha256');
  for (const name of Object.keys(snapshot.objects).sort()) {
    if (wanted && !belongs(name, snapshot, wanted)) continue;
    hash.update(`${JSON.stringify([name, compared(snapshot.objects[name]?.facets ?? {})])}\n`);
  }
  // A wanted object that is not there is a fact too.
  if (wanted) for (const name of [...wanted].sort()) if (!snapshot.objects[name]) hash.update(`${JSON.stringify([name, null])}\n`);
  return hash.digest('hex');
}

/** Properties in a fixed order, without those that are only told. */
function compared(facets: Record<string, string>): [string, string][] {
  return Object.entries(facets).filter(([facet]) => !facet.startsWith('~')).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whether an object is one of these or part of one. */
export function belongs(name: string, snapshot: Pick<Snapshot, 'objects'>, wanted: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let current: string | null = name; current !== null && !seen.has(current); current = snapshot.objects[current]?.parent ?? null) {
    if (wanted.has(current)) return true;
    seen.add(current);
  }
  return false;
}

/**
 * What a guide touches: every object that is other after its way forward than
 * before, and what those are part of. Their fingerprint on the rehearsal's
 * start must be that of the target's start, else the rehearsal proves nothing.
 * @returns names, sorted
 */
export function touchedObjects(before: Pick<Snapshot, 'objects'>, after: Pick<Snapshot, 'objects'>): string[] {
  const touched = new Set<string>();
  for (const name of new Set([...Object.keys(before.objects), ...Object.keys(after.objects)])) {
    const was = before.objects[name];
    const is = after.objects[name];
    if (was && is && JSON.stringify(compared(was.facets)) === JSON.stringify(compared(is.facets))) continue;
    touched.add(name);
    // A new index touches its table as much as a new column does.
    const parent = (was ?? is)?.parent;
    if (parent) touched.add(parent);
  }
  return [...touched].sort();
}
