import type { SHAPES } from './shapes.js';

/** What is looked up to see whether it is there, and what is said of it; each read by hand. */
export const CORPUS_LOOKED_UP: [keyof typeof SHAPES, string, string][] = [
  ['sought', 'Check tables were created', 'rows contain "boats", "berths"'],
  ['sought', '3. Check if the new tables were created:', 'rows contain "boats", "berths"'],
  ['sought', 'Verify `boats` table was created', 'rows contain "boats"'],
  ['one', 'Check constraint was added', 'rows >= 1'],
  ['looked', 'Check function exists', 'value >= 1'],
  ['seen', 'Check column exists', 'success'],
  ['seen', 'Verify boats table exists', 'success'],
  ['nulls', 'Check all rows have berth_no', 'value = 0'],
  ['nulls', 'Every boat must have a berth_no', 'value = 0'],
  ['count', 'Check all rows have berth_no', '?'],
];
