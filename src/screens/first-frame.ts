import { styleText } from 'node:util';
import { paintFirst } from '../terminal/first-paint.js';
import type { Line } from './line.js';
import { colours } from './theme.js';

type Format = Parameters<typeof styleText>[0];

/** One line as the terminal wants it, in the colours of the theme. */
function styled(content: Line, colour: boolean): string {
  return content.map(({ text, tone, bold }) => {
    const { color, bold: strong, inverse } = colours[tone];
    const formats = [color, strong || bold ? 'bold' : undefined, inverse ? 'inverse' : undefined].filter((one) => one !== undefined);
    return colour && formats.length > 0 ? styleText(formats as Format, text) : text;
  }).join('');
}

/** Paints lines once, at once, before Ink is there to do it. Gives a function that takes them away again. */
export function firstFrame(lines: readonly Line[], env: NodeJS.ProcessEnv): () => void {
  return paintFirst(lines.map((one) => styled(one, !env.NO_COLOR)), process.stdin, process.stdout);
}
