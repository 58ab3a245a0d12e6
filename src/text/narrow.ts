/** Printable ASCII and the signs that screens draw with, one column each: nearly everything, and no need to look further. */
const NARROW = /^[\x20-\x7e·…›○●✓✗\u2500-\u259f]*$/;

/** Whether every character is one column wide in every terminal. */
export function isNarrow(text: string): boolean {
  return NARROW.test(text);
}
