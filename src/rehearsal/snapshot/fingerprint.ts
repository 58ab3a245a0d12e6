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
    const facets = Object.entries(snapshot.objects[name]?.facets ?? {}).filter(([facet]) => !facet.startsWith('~')).sort(([one], [other]) => (one < other ? -1 : 1));
    hash.update(`${JSON.stringify([name, facets])}\n`);
  }
  // A wanted object that is not there is a fact too.
  if (wanted) for (const name of [...wanted].sort()) if (!snapshot.objects[name]) hash.update(`${JSON.stringify([name, null])}\n`);
  return hash.digest('hex');
}

function belongs(name: string, snapshot: Pick<Snapshot, 'objects'>, wanted: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let current: string | null = name; current !== null && !seen.has(current); current = snapshot.objects[current]?.parent ?? null) {
    if (wanted.has(current)) return true;
    seen.add(current);
  }
  return false;
}
