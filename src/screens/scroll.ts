import type { Action } from './keymap.js';
import type { Facts, Ui } from './ui.js';

/** Movement keys: through the open list, the outline, or the text of the page. */
export function step(ui: Ui, action: Action, facts: Facts): Partial<Ui> {
  if (ui.view === 'page' && ui.pane === 'outline') {
    const at = facts.steps.indexOf(ui.shown ?? facts.current ?? '');
    const next = moved(Math.max(0, at), action, facts.steps.length, facts.height);
    return { shown: facts.steps[next] ?? null, scroll: 0 };
  }
  // Of alternatives there are few, and what they would do is long: half pages scroll that.
  const scrolls = facts.question?.kind === 'choice' && (action === 'half-down' || action === 'half-up');
  if (ui.view === 'page' && facts.situation.list && ui.typing === null && !scrolls) return { cursor: moved(ui.cursor, action, facts.items, facts.height), scroll: 0 };
  if (ui.view === 'locks' && facts.pids.length > 1 && (action === 'down' || action === 'up')) return { cursor: moved(ui.cursor, action, facts.pids.length, 1) };
  const last = Math.max(0, facts.length - facts.height);
  const to = moved(facts.from, action, last + 1, facts.height);
  return { scroll: to, follow: to === last && action !== 'up' && action !== 'half-up' };
}

function moved(at: number, action: Action, count: number, page: number): number {
  const half = Math.max(1, Math.floor(page / 2));
  const to = action === 'down' ? at + 1 : action === 'up' ? at - 1 : action === 'top' ? 0 : action === 'bottom' ? count - 1 : action === 'half-down' ? at + half : at - half;
  return Math.max(0, Math.min(count - 1, to));
}
