/** What JSON escapes by itself: of a lone half of a character, and of control characters. */
const ESCAPED = /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\[^]/g;

/**
 * A text, or a line of JSON, without a character that the encoding of an older database may lack: as escapes of JSON,
 * so that a line means the same. {@link widened} gives back what it was.
 */
export function narrowed(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text that was {@link narrowed}; one that was not stays as it is, for JSON as it is written here escapes no whole character. */
export function widened(text: string): string {
  return text.replace(ESCAPED, (whole: string, high?: string, low?: string, one?: string) => {
    if (high !== undefined && low !== undefined) return String.fromCharCode(parseInt(high, 16), parseInt(low, 16));
    const code = one === undefined ? 0 : parseInt(one, 16);
    return code < 0x80 || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCharCode(code);
  });
}
