const NAMED: Record<number, string> = { 0: '␀', 7: '␇', 8: '␈', 9: '␉', 10: '␊', 11: '␋', 12: '␌', 13: '␍', 27: '␛', 127: '␡' };
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const TAB = 4;

/**
 * Untrusted text (guide, database value, command output) as it may be shown:
 * control characters, escape sequences, direction overrides and invisible
 * characters become visible signs and obey nothing. Newlines stay where asked.
 */
export function visible(text: string, options: { keepNewlines?: boolean } = {}): string {
  const lines = options.keepNewlines ? text.replace(/\r\n/g, '\n') : text;
  return lines.replace(HIDDEN, (character) => {
    const code = character.charCodeAt(0);
    if (character === '\n' && options.keepNewlines) return '\n';
    if (character === '\t') return ' '.repeat(TAB);
    return NAMED[code] ?? `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
