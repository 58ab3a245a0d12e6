import { displayWidth } from '../text/width.js';
import { fieldSpans } from './field.js';
import { span, type Line } from './line.js';
import type { Purpose, Ui } from './ui.js';

const LABELS: Record<Purpose['kind'], string> = {
  confirm: 'database', approve: 'name', note: 'note', 'item-note': 'note', skip: 'reason', verdict: 'reason', failure: 'reason', value: 'value', command: 'command', filter: 'filter',
};

/** The line in which a text is being typed, none where no text is. */
export function fieldLine(ui: Ui, width: number, secret = false): Line[] {
  if (!ui.typing) return [];
  const label = `${LABELS[ui.typing.kind]}: `;
  return [[span(label, 'accent'), ...fieldSpans(ui.field, width - displayWidth(label), secret)]];
}
