import type { Residue } from './snapshot/compare.js';
import type { Snapshot } from './snapshot/snapshot.js';

/** A step and the SQL it ran. */
export interface StepStatements { stepId: string; statements: string[] }

/** A step and the database right after it. */
export interface StepSnapshot { stepId: string; after: Snapshot }

/**
 * Ties residue to the step that caused it, by the names in its SQL: the first
 * step that speaks of what is left over, the last that speaks of what changed, else null.
 * Exact where snapshots per step are at hand: {@link attributeBySnapshots}.
 * @param steps - applied forward steps, in the order they ran
 */
export function attribute<T extends Pick<Residue, 'object' | 'difference'>>(residue: readonly T[], steps: readonly StepStatements[]): (T & { step: string | null })[] {
  const texts = steps.map(({ stepId, statements }) => ({ stepId, words: words(statements.join('\n')) }));
  return residue.map((one) => ({ ...one, step: find(one.object, one.difference, texts) }));
}

/**
 * Ties residue to the step after which the object was no longer as it had been
 * and never became so again.
 * @param before - the database before the first step
 * @param series - snapshots after each step, forward and back, in order
 */
export function attributeBySnapshots<T extends Pick<Residue, 'object'>>(residue: readonly T[], before: Snapshot, series: readonly StepSnapshot[]): (T & { step: string | null })[] {
  return residue.map((one) => {
    const original = stateOf(one.object, before);
    const lastGood = series.findLastIndex(({ after }) => stateOf(one.object, after) === original);
    return { ...one, step: series[lastGood + 1]?.stepId ?? null };
  });
}

function stateOf(object: string, snapshot: Snapshot): string {
  const facets = snapshot.objects[object]?.facets;
  return JSON.stringify(facets ? Object.entries(facets).filter(([name]) => !name.startsWith('~')).sort() : null);
}

/** Identifiers as they are stored: quoted ones as written, others folded to lower case. */
function words(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, quoted, plain] of text.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)) {
    if (quoted !== undefined) found.add(quoted.replaceAll('""', '"'));
    else if (plain !== undefined) found.add(plain.toLowerCase());
  }
  return found;
}

/** Words that PostgreSQL or we put around the name of an object. */
const filler = new Set(['table', 'column', 'index', 'constraint', 'on', 'of', 'to', 'for', 'in', 'view', 'materialized', 'function', 'procedure', 'aggregate', 'type', 'sequence',
  'schema', 'trigger', 'event', 'policy', 'rule', 'comment', 'grant', 'extension', 'publication', 'relation', 'role', 'its', 'owner', 'default', 'acl', 'setting', 'statistics', 'object',
  'foreign', 'server', 'user', 'mapping', 'domain', 'as', 'member', 'public', 'this', 'database']);

/** The names that tell an object from others: of `column public.price.role` the table and the column, of `policy p on public.t` p and t. */
function namesIn(object: string): string[] {
  // Arguments of a function are types, which other steps speak of as well.
  const tokens = object.replace(/\([^)]*\)/g, '').match(/(?:"(?:[^"]|"")+"|[^\s"])+/g) ?? [];
  return tokens.flatMap((token) => {
    const parts = [...words(token)];
    return parts.length > 1 ? parts.slice(1) : parts.filter((part) => !filler.has(part));
  });
}

function find(object: string, difference: Residue['difference'], steps: readonly { stepId: string; words: ReadonlySet<string> }[]): string | null {
  const names = namesIn(object);
  const scores = steps.map(({ words: spoken }) => names.filter((name) => spoken.has(name)).length);
  const best = Math.max(0, ...scores);
  // Equal scores: what is left over came with the first step to speak of it; what was changed or lost, with the last.
  const at = difference === 'left' ? scores.indexOf(best) : scores.lastIndexOf(best);
  return best === 0 ? null : steps[at]?.stepId ?? null;
}
