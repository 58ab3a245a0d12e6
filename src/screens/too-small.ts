import { fit, paragraph, type Line } from './line.js';

const MINIMUM = { columns: 40, rows: 10 };

/** Keys that work in a window that is too small: the way out, and those that leave everything as it is. */
export const BLIND_KEYS: readonly string[] = ['ctrl-c', 'ctrl-l', 'ctrl-z'];

/** Whether a window is too small to draw in: a key would act on what nobody sees. */
export function tooSmall({ columns, rows }: { columns: number; rows: number }): boolean {
  return columns < MINIMUM.columns || rows < MINIMUM.rows;
}

/** All that stands in a window that is too small. */
export function tooSmallLines({ columns, rows }: { columns: number; rows: number }, meanwhile: string): Line[] {
  const words = [`needs ${MINIMUM.columns}×${MINIMUM.rows}${meanwhile}`, 'no key works here but ctrl-c'].flatMap((one) => paragraph(one, columns, 'warn'));
  return Array.from({ length: Math.max(1, rows - 1) }, (_, row) => fit(words[row] ?? [], columns));
}
