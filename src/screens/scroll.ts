import type { Action } from './keymap.js';
import type { Facts, Ui } from './ui.js';

/** Movement keys: through the open list, the outline, or the text of the step. */
export function step(ui: Ui, action: Action, facts: Facts): Partial<Ui> {
  if (!ui.help && facts.situation.list && ui.pane === 'step') return { cursor: moved(ui.cursor, action, facts.items, 1) };
  if (!ui.help && ui.pane === 'outline') {
    const at = facts.steps.indexOf(ui.shown ?? facts.current ?? '');
    const next = moved(Math.max(0, at), action, facts.steps.length, facts.height);
    return { shown: facts.steps[next] ?? null, scroll: 0 };
  }
  return { scroll: moved(ui.scroll, action, Math.max(1, facts.length - facts.height + 1), facts.height) };
}

function moved(at: number, action: Action, count: number, page: number): number {
  const half = Math.max(1, Math.floor(page / 2));
  const to = action === 'down' ? at + 1 : action === 'up' ? at - 1 : action === 'top' ? 0 : action === 'bottom' ? count - 1 : action === 'half-down' ? at + half : at - half;
  return Math.max(0, Math.min(count - 1, to));
}
