import type { Proof } from '../engine/event.js';
import { count } from './format.js';

/** Whether the rows were left out as a whole: on a database that others write to they prove nothing. */
function withoutRows({ notCompared }: Pick<Proof, 'notCompared'>): boolean {
  return notCompared.some((one) => one.startsWith('rows ('));
}

/** What a clean proof claims, in a few words: no more than what was compared. */
export function cleanWord(proof: Pick<Proof, 'notCompared'>): string {
  if (withoutRows(proof)) return 'objects proved clean, rows not compared';
  return proof.notCompared.length === 0 ? 'proved clean' : `proved clean, ${count(proof.notCompared.length, 'thing')} not compared`;
}

/** The same as a sentence. */
export function cleanSentence(proof: Pick<Proof, 'notCompared'>): string {
  if (withoutRows(proof)) return 'The objects are as they were; rows were not compared.';
  return proof.notCompared.length === 0 ? 'Nothing differs.' : 'Nothing of what was compared differs.';
}
