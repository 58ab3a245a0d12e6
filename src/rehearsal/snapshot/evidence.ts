import { createHash } from 'node:crypto';
import { belongs, fingerprint, touchedObjects } from './fingerprint.js';
import type { Residue } from './compare.js';
import type { Snapshot } from './snapshot.js';

type Objects = Pick<Snapshot, 'objects'>;
type Facets = Record<string, string>;

/** What a run proved on one database, so that it can be held against another: see {@link evidenceOf}. */
export interface Evidence {
  /** Objects that the way forward changes, and what those are part of. */
  names: string[];
  fingerprint: string;
  /** Who ran it: what belongs to this role there may belong to the run's role elsewhere. */
  role: string;
  /** State before the way forward, by name; null where there was nothing. */
  objects: Record<string, Facets | null>;
}

/** How another database differs from the evidence, and what was left out of the comparison. */
export interface EvidenceDifference { differences: string[]; notes: string[] }

/** Tuned per server, without an effect on what steps do. Compared only where the guide itself changes them. */
const tuning = new Set(['options', 'toast options', 'statistics', 'compression', 'storage', 'tablespace', 'clustered', 'cost', 'rows', 'connection limit']);
/** Options of a view decide about security, those of a table about its upkeep. */
const tuned = /^(?:table|index|column|materialized view|function|procedure|role|this database)\b/;
/** Parts that say who may look and what people wrote: they change no step's work. Compared only where the guide touches them. */
const aside = /^(?:grant on|comment on|security label of) /;

/**
 * What the rehearsed way forward touches, and how that stood before it. Owners
 * and tuning are left out unless the guide changes them: a target with other
 * owners is as good. Long texts are kept as a beginning and a hash.
 * @param hashed - keep no values at all, only hashes: for runs with masked values
 */
export function evidenceOf(before: Objects, after: Objects, role: string, hashed = false): Evidence {
  const [a, b] = [asRole(before, role), asRole(after, role)];
  const names = touchedObjects(a, b);
  const touched = new Set(names);
  const objects: Evidence['objects'] = {};
  for (const name of relevant(a, touched)) {
    const own = a.objects[name]?.facets ?? {};
    const later = b.objects[name]?.facets ?? {};
    const kept: Facets = {};
    for (const facet of new Set([...Object.keys(own), ...Object.keys(later)])) {
      const changes = own[facet] !== later[facet];
      if (facet.startsWith('~') || (!changes && leftOut(name, facet))) continue;
      // An empty text stands for a property that is not set, and that the guide sets.
      if (own[facet] !== undefined || leftOut(name, facet)) kept[facet] = pin(own[facet] ?? '', hashed);
    }
    objects[name] = kept;
  }
  for (const name of names) objects[name] ??= null;
  return { names, fingerprint: fingerprint(a, names), role, objects };
}

/** Holds a database against the evidence, object by object: what is there now and was not, what is gone, what is other. */
export function heldAgainst(evidence: Evidence, target: Objects, role: string): Residue[] {
  const here = asRole(target, role);
  const found: Residue[] = [];
  const touched = new Set(evidence.names);
  for (const name of [...new Set([...Object.keys(evidence.objects), ...relevant(here, touched)])].sort()) {
    const was = evidence.objects[name] ?? null;
    const is = here.objects[name]?.facets ?? null;
    if (was === null && is !== null) found.push({ object: name, difference: 'left', was: null, is: 'present' });
    else if (was !== null && is === null) found.push({ object: name, difference: 'missing', was: 'present', is: null });
    else if (was !== null && is !== null) found.push(...facetDifferences(name, was, is));
  }
  return found;
}

/** The same for a database that is to be rehearsed for: in words, with what was left out. */
export function differsFrom(evidence: Evidence, target: Objects, role: string): EvidenceDifference {
  const differences = heldAgainst(evidence, target, role).map(({ object, difference, was, is }) => {
    switch (difference) {
      case 'left': return `${object} is here, and was not there in the rehearsal`;
      case 'missing': return `${object} was there in the rehearsal, and is not here`;
      case 'changed': return `${object}: ${is ?? ''} here, ${was ?? ''} in the rehearsal`;
    }
  });
  return { differences, notes: ownerNotes(evidence, asRole(target, role), role) };
}

function facetDifferences(name: string, was: Facets, is: Facets): Residue[] {
  const differing = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((facet) =>
    !facet.startsWith('~') && !(was[facet] === undefined && leftOut(name, facet)) && !matches(was[facet] ?? '', is[facet] ?? ''));
  // One line for each property, so that each is told with both its values.
  return differing.map((facet) => ({ object: name, difference: 'changed', was: was[facet] || 'none', is: `${facet} ${brief(is[facet] ?? '') || 'none'}` }));
}

/** Which objects count: touched ones and their parts, grants and comments only where they are touched themselves. */
function relevant(snapshot: Objects, touched: ReadonlySet<string>): string[] {
  return Object.keys(snapshot.objects).filter((name) => touched.has(name) || (!aside.test(name) && belongs(name, snapshot, touched)));
}

function leftOut(name: string, facet: string): boolean {
  return facet === 'owner' || (tuning.has(facet) && tuned.test(name));
}

/** Objects whose owner the run's role cannot act as: PostgreSQL will refuse to let it change them. */
function ownerNotes(evidence: Evidence, here: Objects, role: string): string[] {
  const strangers = new Map<string, string[]>();
  for (const name of Object.keys(evidence.objects)) {
    const owner = here.objects[name]?.facets['owner'];
    if (owner === undefined || owner === RUN_ROLE || evidence.objects[name]?.['owner'] !== undefined) continue;
    strangers.set(owner, [...(strangers.get(owner) ?? []), name]);
  }
  return [...strangers].map(([owner, names]) => {
    const what = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
    const can = mayActAs(here, role, owner);
    return `owners are not compared: ${what} ${names.length === 1 ? 'belongs' : 'belong'} to ${owner} here${can ? '' : `, and ${role} is no member of that role: changing ${names.length === 1 ? 'it' : 'them'} may be refused`}`;
  });
}

function mayActAs(snapshot: Objects, role: string, owner: string): boolean {
  if (/\bsuperuser\b/.test(snapshot.objects[`role ${role}`]?.facets['attributes'] ?? '')) return true;
  const seen = new Set([role]);
  for (const member of seen) {
    const start = `role ${member} as member of `;
    for (const name of Object.keys(snapshot.objects)) if (name.startsWith(start)) seen.add(name.slice(start.length));
  }
  return seen.has(owner);
}

const RUN_ROLE = '(the run\'s role)';

/** The same objects with the running role under a name of its own, where it owns things and in the names of its default privileges. */
function asRole({ objects }: Objects, role: string): Objects {
  const quoted = /^[a-z_][a-z0-9_$]*$/.test(role) ? role : `"${role.replaceAll('"', '""')}"`;
  const start = `default acl for role ${quoted} `;
  return {
    objects: Object.fromEntries(Object.entries(objects).map(([name, one]) => [
      name.startsWith(start) ? `default acl for role ${RUN_ROLE} ${name.slice(start.length)}` : name,
      one.facets['owner'] === role ? { ...one, facets: { ...one.facets, owner: RUN_ROLE } } : one,
    ])),
  };
}

const LONG = 200;
const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
const brief = (text: string): string => (text.length > LONG ? `${text.slice(0, 80)}… (${digest(text)})` : text);

function pin(text: string, hashed: boolean): string {
  return hashed && text !== '' ? digest(text) : text.length > LONG ? `${text.slice(0, 80)}… (${digest(text)})` : text;
}

function matches(pinned: string, text: string): boolean {
  return pinned === text || pinned === digest(text) || pinned === brief(text);
}
