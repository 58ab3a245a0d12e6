const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** C0, DEL and C1 controls, and the characters that reorder or hide text on a screen. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function named(character: string): string {
  return names[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Text with every control and bidirectional character spelt out; line ends and tabs stay. */
export function seen(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(unseen, (character) => (character === '\n' || character === '\t' ? character : named(character)));
}

/** The same as one line: line ends become `; ` between written lines. */
export function oneLine(text: string): string {
  return seen(text).split('\n').map((line) => line.trim()).filter((line) => line !== '').join('; ').replace(/\t/g, ' ');
}

/** At most `limit` characters; what was cut is said. */
export function bounded(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}… (${characters.length - limit} more characters)`;
}
