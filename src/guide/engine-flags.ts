import { setFlagsFromString } from 'node:v8';

/** The newest V8 that is known to take the flags; one that does not would say so on standard error. */
const KNOWN_V8 = 14;

/**
 * Of the SQL grammar the optimising compiler would spend longer on its one great function than a guide's statements take
 * without, and from V8 13 on half a gigabyte. What the first flag implies holds by itself only where it is given at the start.
 */
const GRAMMAR = '--liftoff-only --no-wasm-tier-up --no-wasm-dynamic-tiering';

/**
 * At its first use a pattern is translated for an interpreter, from its second on into machine code. Half of the first
 * went into making it short, which a single use never pays; wordings are read by a thousand patterns.
 */
const PATTERNS = '--no-regexp-peephole-optimization';

/** Tells V8 how to go about the compiler's work; as often as one likes. */
export function setEngine(): void {
  if (Number.parseInt(process.versions.v8, 10) > KNOWN_V8) return;
  setFlagsFromString(GRAMMAR);
  setFlagsFromString(PATTERNS);
}
