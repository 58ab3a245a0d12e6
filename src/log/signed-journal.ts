import { lineHash } from '../engine/journal.js';
import type { Problem } from '../text/problem.js';

/** One signature over a journal as it stood: its first `lines` lines, told by the hash of the last of them. */
export interface JournalSignature { run: string; lines: number; hash: string; armour: string }

/**
 * The text that is signed. Each journal line holds the hash of the one before,
 * so the hash of one line stands for every line up to it, and the run may
 * grow afterwards (a resume, a follow-up) without spoiling the signature.
 */
export function signedText(run: string, lines: number, hash: string): string {
  return `deploy-wizard journal\nrun ${run}\nlines ${lines}\nsha256 ${hash}\n`;
}

/** What is to be signed of a journal as it stands now. */
export function statementOf(run: string, lines: readonly string[]): Omit<JournalSignature, 'armour'> {
  return { run, lines: lines.length, hash: lineHash(lines.at(-1) ?? '') };
}

/** One signature as it stands in the file beside the journal: the signed text, then the armoured signature. */
export function encodeSignature({ run, lines, hash, armour }: JournalSignature): string {
  return `${signedText(run, lines, hash)}${armour.trimEnd()}\n`;
}

const BLOCK = /deploy-wizard journal\nrun (\S+)\nlines (\d+)\nsha256 ([0-9a-f]{64})\n(-----BEGIN SSH SIGNATURE-----\n[^-]+-----END SSH SIGNATURE-----)\n/g;

/** Reads a signature file; null when anything in it is not a signature of ours. */
export function readSignatures(text: string): JournalSignature[] | null {
  const found = [...text.matchAll(BLOCK)].map(([, run = '', lines = '', hash = '', armour = '']) => ({ run, lines: Number(lines), hash, armour: `${armour}\n` }));
  return found.length > 0 && text.replace(BLOCK, '') === '' ? found : null;
}

/** Whether the journal still holds what was signed; a problem otherwise. */
export function stillHolds(signature: JournalSignature, run: string, lines: readonly string[], where: string): Problem | null {
  const wrong = (what: string): Problem => ({ code: 'signature-other', what, where, remedy: 'Restore the journal from a copy, or from the ledger.' });
  if (signature.run !== run) return wrong(`The signature is one of run ${signature.run}.`);
  if (signature.lines > lines.length) return wrong(`${signature.lines} lines were signed, the journal has ${lines.length}: the end was cut off.`);
  return lineHash(lines[signature.lines - 1] ?? '') === signature.hash ? null : wrong(`The journal's first ${signature.lines} lines are not those that were signed.`);
}
