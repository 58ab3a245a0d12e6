/** One single-width mark per verdict and outcome; always shown beside its word. */
const glyphs: Readonly<Record<string, string>> = {
  passed: '✓', warned: '!', failed: '✗', skipped: '»', waived: '~', blocked: '■', unknown: '?', running: '›', asked: '?',
  'rolled back': '↺', stopped: '■', refused: '✗', interrupted: '■', 'no connection': '✗',
};

/** `✓ passed`, `✗ failed`, `· pending`. */
export function marked(verdict: string): string {
  return `${glyphOf(verdict)} ${verdict}`;
}

export function glyphOf(verdict: string): string {
  return glyphs[verdict] ?? '·';
}
