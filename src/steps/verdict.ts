import type { Verdict } from './fact.js';

/** Verdicts that let what needs the step go on. */
export const GOOD_VERDICTS: ReadonlySet<Verdict> = new Set<Verdict>(['passed', 'warned', 'waived', 'skipped', 'not evaluated']);
/** Verdicts after which a step is not run again. */
export const SETTLED_VERDICTS: ReadonlySet<Verdict> = new Set<Verdict>([...GOOD_VERDICTS, 'blocked', 'not chosen', 'not reached']);
