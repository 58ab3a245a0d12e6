import type { Key } from 'ink';

/** The name of a key press as the table of bindings has it. Fast keys arrive together: one name each. */
export function keyNames(input: string, key: Key): string[] {
  if (key.ctrl && input.length === 1) return [`ctrl-${input.toLowerCase()}`];
  if (key.return) return ['return'];
  if (key.escape) return ['escape'];
  if (key.tab) return ['tab'];
  if (key.backspace || key.delete) return ['backspace'];
  for (const name of ['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'pageUp', 'pageDown', 'home', 'end'] as const) if (key[name]) return [name];
  if (input === ' ') return ['space'];
  if (key.meta) return [];
  // Several characters at once: typed fast, or pasted where the terminal has no bracketed paste. Line breaks never submit.
  return Array.from(input.replace(/[\u0000-\u001f\u007f]/g, '')).map((one) => (one === ' ' ? 'space' : one));
}
