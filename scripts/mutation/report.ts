import { textTable } from '../../src/text/table.js';
import { kinds, type Mutant } from './mutant.js';
import type { Fate } from './rig.js';

/** A mutant and what became of it. */
export type Judged = Fate & { guide: string; mutant: Mutant };

const COLUMNS = ['guide', 'kind', 'mutants', 'caught', 'living', 'share', 'equivalent', 'refused by PostgreSQL'];

/**
 * The table of a mutation test, per guide and kind, and every mutant that was
 * not caught, with its statement and why. `good`: none lives that changes anything.
 */
export async function mutantReport(judged: readonly Judged[]): Promise<{ text: string; good: boolean }> {
  const rows = [...new Set(judged.map((one) => one.guide))].flatMap((guide) => {
    const own = judged.filter((one) => one.guide === guide);
    return [...kinds.map((kind) => row(guide, kind, own.filter((one) => one.mutant.kind === kind))).filter((one) => one !== null), row(guide, 'all', own)].filter((one) => one !== null);
  });
  const all = row('all', 'all', judged);
  const told = judged.filter((one) => one.fate === 'living' || one.fate === 'equivalent').map(({ guide, fate, mutant }) =>
    `${fate === 'living' ? 'LIVES' : 'equivalent'}: ${guide}, ${mutant.where}, ${mutant.change}\n    ${mutant.statement}\n    ${fate === 'living' ? 'no expectation of the guide notices it' : 'after the migrations the catalog is the same, object for object, as without the change'}`);
  const table = await textTable(COLUMNS, all === null ? rows : [...rows, all], { width: 130 });
  return { text: [table, ...(told.length > 0 ? ['', ...told] : [])].join('\n'), good: !judged.some((one) => one.fate === 'living') };
}

/** Share of the mutants that change something and were caught; null for no mutants at all. */
function row(guide: string, kind: string, list: readonly Judged[]): string[] | null {
  if (list.length === 0) return null;
  const count = (fate: Fate['fate']): number => list.filter((one) => one.fate === fate).length;
  const able = count('caught') + count('living');
  // Rounded down: 100.0 % is said of all, never of nearly all.
  const share = able === 0 ? '-' : `${(Math.floor(1000 * count('caught') / able) / 10).toFixed(1)} %`;
  return [guide, kind, String(able), String(count('caught')), String(count('living')), share, String(count('equivalent')), String(count('stillborn'))];
}
