import { compareContents, type RowsChanged } from './compare-contents.js';
import { movedColumns } from './column-order.js';
import type { CatalogObject, Snapshot } from './snapshot.js';

/** One trace that a rollback left. */
export interface Residue {
  /** Such as `index public.price_amount`. */
  object: string;
  /** `left`: there now, not before; `missing`: the other way round; `changed`: not as it was. */
  difference: 'left' | 'missing' | 'changed';
  /** What was, in the properties that differ; null when there was nothing. */
  was: string | null;
  is: string | null;
}

/** Whether two snapshots show the same database, and if not, where not. */
export interface Comparison {
  clean: boolean;
  residue: Residue[];
  rowsChanged: RowsChanged[];
  notCompared: string[];
}

/**
 * Compares a database before and after. What is part of something that is
 * itself left behind or missing gets no line of its own; positions of
 * sequences are told, not held against the rollback.
 */
export function compareSnapshots(before: Snapshot, after: Snapshot): Comparison {
  const residue: Residue[] = [];
  const moved = movedColumns(before, after);
  const told: string[] = [];
  for (const name of [...new Set([...Object.keys(before.objects), ...Object.keys(after.objects)])].sort()) {
    const was = before.objects[name];
    const is = after.objects[name];
    if (was && is) {
      const change = difference(was, is, moved.get(name));
      if (change) residue.push({ object: name, difference: 'changed', ...change });
      const from = was.facets['~position'];
      const to = is.facets['~position'];
      if (from !== to) told.push(`position of ${name}: was ${from ?? 'unused'}, is ${to ?? 'unused'} (numbers given out are not taken back)`);
    } else if (is) {
      if (!isGone(is.parent, before, after)) residue.push({ object: name, difference: 'left', was: null, is: summary(is.facets) });
    } else if (was) {
      if (!isGone(was.parent, after, before)) residue.push({ object: name, difference: 'missing', was: summary(was.facets), is: null });
    }
  }
  const rowsChanged = compareContents(before, after);
  const notCompared = [...new Set([...before.notCompared, ...after.notCompared, ...told])];
  return { clean: residue.length === 0 && rowsChanged.length === 0, residue, rowsChanged, notCompared };
}

/** Whether the parent stands in `there` and not in `here`: then its loss or presence says it all. */
function isGone(parent: string | null, here: Snapshot, there: Snapshot): boolean {
  return parent !== null && there.objects[parent] !== undefined && here.objects[parent] === undefined;
}

function difference(was: CatalogObject, is: CatalogObject, moved: boolean | undefined): { was: string; is: string } | null {
  const names = new Set([...Object.keys(was.facets), ...Object.keys(is.facets)]);
  const differing = [...names].filter((name) => compared(name) ? was.facets[name] !== is.facets[name] : name === 'position' && moved === true);
  if (differing.length === 0) return null;
  const [before, after] = [[], []] as [string[], string[]];
  for (const name of differing) {
    const [old, current] = excerpt(was.facets[name] ?? 'none', is.facets[name] ?? 'none');
    before.push(`${name} ${old}`);
    after.push(`${name} ${current}`);
  }
  return { was: before.join('; '), is: after.join('; ') };
}

/** Ranks are compared as an order, and positions of sequences not at all. */
function compared(facet: string): boolean {
  return facet !== 'position' && !facet.startsWith('~');
}

const LONG = 160;

/** Both texts cut to where they begin to differ, in one line. */
function excerpt(was: string, is: string): [string, string] {
  const [one, other] = [was, is].map((text) => text.replace(/\s+/g, ' ').trim()) as [string, string];
  // Only the blanks differ: show the texts as they are, escaped.
  if (one === other) return [JSON.stringify(was), JSON.stringify(is)];
  if (one.length <= LONG && other.length <= LONG) return [one, other];
  let same = 0;
  while (one[same] !== undefined && one[same] === other[same]) same += 1;
  const start = Math.max(0, same - 40);
  const cut = (text: string): string => `${start > 0 ? '…' : ''}${text.slice(start, start + LONG)}${text.length > start + LONG ? '…' : ''}`;
  return [cut(one), cut(other)];
}

/** The properties that tell most, in one line. */
function summary(facets: Record<string, string>): string {
  const told = ['definition', 'privileges', 'type', 'text', 'value', 'values', 'command', 'attributes', 'version', 'returns', 'owner'];
  const name = told.find((candidate) => facets[candidate] !== undefined);
  const text = name === undefined ? 'present' : `${name === 'owner' ? 'owner ' : name === 'returns' ? 'returns ' : ''}${facets[name] ?? ''}`.replace(/\s+/g, ' ');
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
