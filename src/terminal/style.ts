/** How a piece of text looks, in the terminal's own sixteen colours and on its own background. */
export interface Style { color?: keyof typeof COLOURS; bold?: boolean; inverse?: boolean }
/** A piece of a row: visible text only. `bold` comes on top of the style. */
export interface Piece { text: string; style: Style; bold?: boolean }

const COLOURS = { red: 31, green: 32, yellow: 33, cyan: 36, gray: 90 } as const;

/** Pieces as the terminal wants them, back to plain at the end. */
export function styled(pieces: readonly Piece[], colour: boolean): string {
  let now = '';
  let out = '';
  for (const { text, style, bold } of pieces) {
    if (text === '') continue;
    const codes = colour ? codesOf(style, bold === true) : '';
    if (codes !== now) out += `\x1b[${now === '' ? codes : codes === '' ? '0' : `0;${codes}`}m`;
    now = codes;
    out += text;
  }
  return now === '' ? out : `${out}\x1b[0m`;
}

function codesOf({ color, bold, inverse }: Style, strong: boolean): string {
  return [bold || strong ? 1 : null, inverse ? 7 : null, color ? COLOURS[color] : null].filter((one) => one !== null).join(';');
}
