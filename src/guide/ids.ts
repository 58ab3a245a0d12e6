import type { Draft, Guide } from './draft.js';
import { slug } from './plain.js';

/** A step's id: the `id` attribute, or the heading path and the ordinal under it. Reports duplicates. */
export function readIds(guide: Guide): Map<Draft, string> {
  const ids = new Map<Draft, string>();
  const taken = new Map<string, number>();
  const counters = new Map<string, number>();
  const slugs = new Map<string, string>();
  const named = (title: string): string => {
    const known = slugs.get(title) ?? (slug(title) || 'section');
    slugs.set(title, known);
    return known;
  };
  for (const draft of guide.drafts) {
    const given = draft.attributes.id;
    if (given === undefined) continue;
    const before = taken.get(given);
    if (before !== undefined) guide.remarks.error('duplicate-id', `the id \`${given}\` is given twice`, { line: draft.line }, `it was given in line ${before}`);
    else {
      taken.set(given, draft.line);
      ids.set(draft, given);
    }
  }
  for (const draft of guide.drafts) {
    if (ids.has(draft)) continue;
    const path = draft.path.map(named).join('/') || slug(guide.title) || 'guide';
    let ordinal = counters.get(path) ?? 0;
    let id: string;
    do {
      ordinal += 1;
      id = `${path}/${ordinal}`;
    } while (taken.has(id));
    counters.set(path, ordinal);
    taken.set(id, draft.line);
    ids.set(draft, id);
  }
  return ids;
}
