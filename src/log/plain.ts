import { visible } from '../text/sanitise.js';

/** Text with every control and direction character shown as a sign; line ends stay. */
export function seen(text: string): string {
  return visible(text, { keepNewlines: true });
}

/** The same as one line: line ends become `; ` between written lines. */
export function oneLine(text: string): string {
  return seen(text).split('\n').map((line) => line.trim()).filter((line) => line !== '').join('; ');
}

/** At most `limit` characters; what was cut is said. */
export function bounded(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}… (${characters.length - limit} more characters)`;
}
