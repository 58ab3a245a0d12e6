import { fieldOf, insert, typeKey, type Field } from './field.js';
import { bindingFor, bindings, whyNot, type Action } from './keymap.js';
import { nowhere, type Situation } from './situation.js';
import { programName } from '../text/program-name.js';

/** A guide to choose. `facts` is null until the guide has been compiled. */
export interface GuideChoice {
  path: string; id: string; title: string;
  facts: {
    description: string; risk: string | null; estimateMs: number | null; steps: number; problems: number;
    lastRehearsal: { at: string; outcome: string } | null; reviewed: boolean; environments: string[] | null;
  } | null;
}
/** `closed`: why nothing can run there now. */
export interface EnvironmentChoice { name: string; protected: boolean; closed: string | null }
/** What was chosen. */
export interface Chosen { path: string; mode: 'rehearse' | 'run'; environment: string | null }
/** What there is to choose from. */
export interface Choices { guides: readonly GuideChoice[]; environments: readonly EnvironmentChoice[]; /** Why nothing can run where no environment is named. */ closed: string | null }

/** Cursor, filter and how far the choice is. `path`: the guide that was chosen; `help`: the line that the list of keys starts at, null where it is closed. */
export interface ChooserUi { cursor: number; filter: Field; filtering: boolean; path: string | null; where: number; help: number | null; message: string | null }
export const freshChooser: ChooserUi = { cursor: 0, filter: fieldOf(''), filtering: false, path: null, where: 0, help: null, message: null };

export type ChooserEffect = { kind: 'chosen'; chosen: Chosen } | { kind: 'leave' | 'redraw' | 'suspend' };
export interface ChooserPressed { ui: ChooserUi; effect: ChooserEffect | null }

/** Guides that hold the filter. */
export function matching({ filter }: ChooserUi, guides: readonly GuideChoice[]): GuideChoice[] {
  const wanted = filter.text.toLowerCase();
  return guides.filter((one) => `${one.id} ${one.title} ${one.facts?.description ?? ''}`.toLowerCase().includes(wanted));
}

export interface Way { label: string; mode: Chosen['mode']; environment: string | null; protected: boolean; /** Why it cannot be taken; null where it can. */ closed: string | null }

/** Ways to walk the chosen guide: a rehearsal first; a run without an environment uses DATABASE_URL. What would be refused is closed here already. */
export function waysOf({ path }: Pick<ChooserUi, 'path'>, { guides, environments, closed }: Choices): Way[] {
  const facts = guides.find((one) => one.path === path)?.facts;
  const barred = (name: string): string | null => {
    if (facts === null || facts === undefined) return 'the guide is still being read';
    if (!facts.reviewed) return 'the guide is unreviewed: it may only be rehearsed';
    return facts.environments && !facts.environments.includes(name) ? `the guide names where it may run: ${facts.environments.join(', ')}` : null;
  };
  return [
    { label: 'Rehearse on the built-in PostgreSQL: forward, back, proof, forward again', mode: 'rehearse', environment: null, protected: false, closed: null },
    ...environments.map((one) => ({ label: `Run on ${one.name}${one.protected ? ' (PROTECTED)' : ''}`, mode: 'run' as const, environment: one.name, protected: one.protected, closed: barred(one.name) ?? one.closed })),
    ...(environments.length === 0 ? [{ label: 'Run on the database of DATABASE_URL or PG*', mode: 'run' as const, environment: null, protected: false, closed: barred('default') ?? closed }] : []),
  ];
}

/** Where the chooser stands, for the bindings. */
export function chooserSituation(ui: ChooserUi, choices: Choices): Situation {
  const ways = waysOf(ui, choices);
  if (ui.path !== null) return { ...nowhere, screen: 'ways', list: ways.length > 1, closed: ways[ui.where]?.closed ?? null };
  const { guides } = choices;
  const list = matching(ui, guides);
  const marked = list[ui.cursor];
  return { ...nowhere, screen: 'guides', list: list.length > 1, closed: !marked ? 'no guide is marked' : (marked.facts?.problems ?? 0) > 0 ? `the guide has errors: ${programName()} check ${marked.id}` : null };
}

/** A key press: pure. */
export function pressChooser(before: ChooserUi, key: string, choices: Choices, page = 10): ChooserPressed {
  const ui = { ...before, message: null };
  const still: ChooserPressed = { ui, effect: null };
  if (key === 'ctrl-c') return { ui, effect: { kind: 'leave' } };
  if (ui.filtering) return { ui: typeFilter(ui, key), effect: null };
  const at = chooserSituation(ui, choices);
  const binding = bindingFor(key, at);
  if (ui.help !== null) {
    if (binding && ['help', 'back', 'leave'].includes(binding.action)) return { ui: { ...ui, help: null }, effect: null };
    return binding ? { ui: { ...ui, help: movedTo(ui.help, binding.action, bindings.length * 2, page) ?? ui.help }, effect: null } : still;
  }
  return binding ? act(ui, binding.action, choices, page) : { ui: { ...ui, message: whyNot(key, at) }, effect: null };
}

/** Pasted text goes into the filter alone, without its line breaks. */
export function pasteChooser(ui: ChooserUi, text: string): ChooserUi {
  return ui.filtering ? { ...ui, cursor: 0, filter: insert(ui.filter, text.replace(/[\r\n]+/g, ' ')) } : { ...ui, message: 'pasted text goes into a field only' };
}

function typeFilter(ui: ChooserUi, key: string): ChooserUi {
  if (key === 'return') return { ...ui, filtering: false };
  if (key === 'escape') return { ...ui, filtering: false, filter: fieldOf(''), cursor: 0 };
  const filter = typeKey(ui.filter, key);
  return filter ? { ...ui, filter, cursor: 0 } : ui;
}

function act(ui: ChooserUi, action: Action, choices: Choices, page: number): ChooserPressed {
  const only = (next: Partial<ChooserUi>): ChooserPressed => ({ ui: { ...ui, ...next }, effect: null });
  const list = matching(ui, choices.guides);
  const ways = waysOf(ui, choices);
  switch (action) {
    case 'leave': case 'redraw': case 'suspend': return { ui, effect: { kind: action } };
    case 'help': return only({ help: 0 });
    case 'filter': return only({ filtering: true });
    case 'back': return only(ui.path === null ? { filter: fieldOf(''), cursor: 0 } : { path: null });
    case 'open': {
      if (ui.path === null) return only({ path: list[ui.cursor]?.path ?? null, where: 0 });
      const way = ways[ui.where];
      return way ? { ui, effect: { kind: 'chosen', chosen: { path: ui.path, mode: way.mode, environment: way.environment } } } : only({});
    }
    default: return ui.path === null ? only({ cursor: movedTo(ui.cursor, action, list.length, page) ?? ui.cursor }) : only({ where: movedTo(ui.where, action, ways.length, page) ?? ui.where });
  }
}

/** Where a movement leads in a list; null for what is no movement. */
function movedTo(at: number, action: Action, count: number, page: number): number | null {
  const half = Math.max(1, Math.floor(page / 2));
  const to: Partial<Record<Action, number>> = { down: at + 1, up: at - 1, top: 0, bottom: count - 1, 'half-down': at + half, 'half-up': at - half };
  const wanted = to[action];
  return wanted === undefined ? null : Math.max(0, Math.min(count - 1, wanted));
}
