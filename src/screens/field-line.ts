import { displayWidth } from '../text/width.js';
import { fieldSpans } from './field.js';
import { span, type Line } from './line.js';
import type { Purpose, Ui } from './ui.js';

const LABELS: Record<Exclude<Purpose['kind'], 'verdict' | 'failure'>, string> = {
  confirm: 'database', approve: 'name', note: 'note', 'item-note': 'note', skip: 'reason to skip', value: 'value', command: 'command', filter: 'filter',
};

/** What the text is for; a reason says of what. */
function labelOf(purpose: Purpose): string {
  switch (purpose.kind) {
    case 'verdict': return purpose.verdict === 'failed' ? 'reason why it fails' : 'reason to waive';
    case 'failure': return `reason to ${purpose.choice}`;
    default: return LABELS[purpose.kind];
  }
}

/** The line in which a text is being typed, none where no text is. */
export function fieldLine(ui: Ui, width: number, secret = false): Line[] {
  if (!ui.typing) return [];
  const label = `${labelOf(ui.typing)}: `;
  return [[span(label, 'accent'), ...fieldSpans(ui.field, width - displayWidth(label), secret)]];
}
