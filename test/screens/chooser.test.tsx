import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Chooser } from '../../src/screens/chooser.js';
import { freshChooser, pasteChooser, pressChooser, type Choices, type Chosen, type ChooserUi, type GuideChoice } from '../../src/screens/chooser-press.js';
import { chooserEntries, chooserLines } from '../../src/screens/chooser-view.js';
import { fieldOf } from '../../src/screens/field.js';
import { bindings } from '../../src/screens/keymap.js';
import { displayWidth } from '../../src/text/width.js';
import { Screen } from '../support/screen.js';

const guides: GuideChoice[] = [
  { path: 'guides/order-notes.md', id: 'order-notes', title: 'Add order notes', facts: { description: 'Adds a column for notes, and fills it for the tenants that asked.', risk: 'medium', estimateMs: 600_000, steps: 10, problems: 0, lastRehearsal: { at: '2026-02-27T10:00:00.000Z', outcome: 'passed' }, reviewed: true, environments: null } },
  { path: 'guides/broken.md', id: 'broken', title: 'A guide with errors', facts: { description: '', risk: null, estimateMs: null, steps: 3, problems: 2, lastRehearsal: null, reviewed: true, environments: null } },
  { path: 'guides/late.md', id: 'late', title: '支払い and still being read', facts: null },
];
const environments = [{ name: 'staging', protected: false, closed: null }, { name: 'production', protected: true, closed: null }];
const choices = { guides, environments, closed: null };
const open: Screen[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });

async function show(columns: number, rows: number): Promise<{ screen: Screen; ended: (Chosen | null)[]; stops: () => number }> {
  const ended: (Chosen | null)[] = [];
  let stops = 0;
  const screen = new Screen(<Chooser first={guides} places={{ environments, closed: null }} readings={() => () => undefined} stop={async () => { stops += 1; }} onEnd={(end) => { ended.push(end); }} />, { columns, rows });
  open.push(screen);
  await screen.settle();
  return { screen, ended, stops: () => stops };
}
const after = (...keys: string[]): ChooserUi => keys.reduce((ui, key) => pressChooser(ui, key, choices).ui, freshChooser);
const scenes: [string, ChooserUi][] = [['chooser', freshChooser], ['chooser-ways', after('return')], ['chooser-filter', after('/', 'n', 'o')], ['chooser-filtered', after('/', 'n', 'o', 'return')], ['chooser-keys', after('?')]];

describe('the chooser', () => {
  it.each([[60, 15], [80, 24], [120, 40], [200, 60]])('at %i×%i looks as kept, and no taller than the window', async (columns, rows) => {
    const { screen } = await show(columns, rows);
    const kept = async (name: string): Promise<void> => expect(`${screen.lines().map((one) => one.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(`goldens/${name}.${columns}x${rows}.txt`);
    await kept('chooser');
    await screen.press('?');
    await kept('chooser-keys');
    await screen.press('escape');
    await screen.press('return');
    await kept('chooser-ways');
    expect(screen.scrolledOff).toBe(0);
  });

  it('says how many guides a low window does not show, and keeps titles apart from figures', () => {
    const many = { guides: Array.from({ length: 9 }, (_, at) => ({ ...guides[0] as GuideChoice, path: `guides/${at}.md`, title: `A guide with a title that is far too long for it ${at}` })), environments, closed: null };
    const shown = (ui: ChooserUi): string => chooserLines(ui, many, { columns: 60, rows: 15 }).map((one) => one.map((piece) => piece.text).join('')).join('\n');
    expect(shown(freshChooser)).toMatch(/… 10 steps/);
    expect(shown(freshChooser)).toMatch(/^ {2}↓ \d more *$/m);
    expect(shown({ ...freshChooser, cursor: 4 })).toMatch(/^ {2}↑ \d more · ↓ \d more *$/m);
    expect(shown({ ...freshChooser, cursor: 8 })).toMatch(/^ {2}↑ \d more *$/m);
  });

  it.each(scenes)('%s: every key that the footer names acts', (_, ui) => {
    const entries = chooserEntries(ui, choices, 200);
    const frame = (one: ChooserUi): string => JSON.stringify(chooserLines(one, choices, { columns: 80, rows: 24 }));
    expect(entries.length).toBeGreaterThan(0);
    for (const { key, short } of entries) {
      // Up does something only from below the top.
      const from = { ...ui, ...(short === 'up' ? { cursor: 1, where: 1 } : {}), ...(ui.filtering ? { filter: fieldOf('note') } : {}) };
      const { ui: next, effect } = pressChooser(from, key, choices);
      expect(effect !== null || frame(next) !== frame(from), `${key} (${short}) does something`).toBe(true);
      expect(next.message, `${key} (${short})`).toBe(null);
    }
  });

  it('tells guides of one title apart by their files', () => {
    const twice = guides.slice(0, 2).map((one) => ({ ...one, title: 'Boats' }));
    const shown = (given: GuideChoice[]): string[] => chooserLines(freshChooser, { ...choices, guides: given }, { columns: 60, rows: 15 }).slice(2, 4).map((line) => line.map(({ text }) => text).join('').slice(0, 30).trim());
    expect(shown(twice)).toEqual(['› Boats  order-notes.md', 'Boats  broken.md']);
    expect(shown(guides.slice(0, 2))).toEqual(['› Add order notes', 'A guide with errors']);
  });

  it('opens no guide with errors, and says why; a key that does not work here says so too', async () => {
    const { screen, ended } = await show(120, 60);
    await screen.press('j');
    await screen.press('return');
    expect(screen.text()).toMatch(/! enter \(choose\): the guide has errors: (?:npx )?deploy-wizard check broken/);
    expect(screen.text()).toContain('Choose a guide');
    await screen.press('x');
    expect(screen.text()).toContain('! x (run): only while a guide is walked');
    await screen.press('?');
    expect(screen.text()).toMatch(/x +run this step[\s\S]*- only while a guide is walked/);
    expect(ended).toEqual([]);
  });

  it('starts nothing in a window too small to show it', async () => {
    const { screen, ended } = await show(80, 24);
    await screen.resize(39, 12);
    expect(screen.text()).toContain('needs 40×10');
    for (const key of ['j', 'return', 'return', 'q']) await screen.press(key);
    await screen.resize(80, 24);
    expect(screen.text()).toMatch(/Choose a guide[\s\S]*› Add order notes/);
    expect(ended).toEqual([]);
    await screen.resize(39, 12);
    await screen.press('ctrl-c');
    expect(ended).toEqual([null]);
  });

  it.each([
    ['an unreviewed guide', { reviewed: false }, { environments, closed: null }, 'it may only be rehearsed'],
    ['a guide that names other environments', { environments: ['test'] }, { environments, closed: null }, 'the guide names where it may run: test'],
    ['no database', {}, { environments: [], closed: 'neither DATABASE_URL nor a PG* variable is set' }, 'neither DATABASE_URL'],
    ['an environment without its variable', {}, { environments: [{ name: 'staging', protected: false, closed: 'STAGING_URL is not set' }], closed: null }, 'STAGING_URL is not set'],
  ] as const)('%s: offers no run that would be refused, and says why', (_, facts, places, why) => {
    const [first] = guides as [GuideChoice];
    const all: Choices = { guides: [{ ...first, facts: { ...first.facts!, ...facts, environments: 'environments' in facts ? [...facts.environments] : null } }], ...places };
    let ui = pressChooser(freshChooser, 'return', all).ui;
    const shown = (): string => chooserLines(ui, all, { columns: 80, rows: 24 }).map((one) => one.map((piece) => piece.text).join('')).join('\n');
    expect(shown()).toMatch(/Run on .*\(not here\)/);
    ui = pressChooser(ui, 'j', all).ui;
    expect(shown()).toContain(`not here: `);
    expect(shown()).toContain(why);
    const pressed = pressChooser(ui, 'return', all);
    expect([pressed.effect, pressed.ui.message]).toEqual([null, expect.stringContaining(why)]);
    expect(pressChooser({ ...ui, where: 0 }, 'return', all).effect).toMatchObject({ kind: 'chosen', chosen: { mode: 'rehearse' } });
  });

  it('keeps long titles apart in 60 columns', () => {
    const titles = ['Database refactoring of the coaching platform', 'Database refactoring of the teaching platform'];
    const all: Choices = { guides: titles.map((title, at) => ({ ...guides[0] as GuideChoice, path: `guides/${at}.md`, title })), environments, closed: null };
    const text = chooserLines(freshChooser, all, { columns: 60, rows: 15 }).map((one) => one.map((piece) => piece.text).join('')).join('\n');
    expect(text).toMatch(/refactoring of the coach.*\n.*refactoring of the teach/);
  });

  it('filters by what is typed or pasted, and starts what was chosen', async () => {
    const { screen, ended, stops } = await show(80, 24);
    await screen.press('/');
    await screen.paste('order\r');
    expect(screen.text()).not.toContain('A guide with errors');
    await screen.press('return');
    await screen.press('return');
    await screen.press('/');
    expect(screen.text()).toContain('! / (filter): only in a list of guides or steps');
    await screen.press('G');
    await screen.press('ctrl-z');
    expect(stops()).toBe(1);
    await screen.press('return');
    expect(ended).toEqual([{ path: 'guides/order-notes.md', mode: 'run', environment: 'production' }]);
  });

  it('takes random keys and sizes: every frame fits, and only enter starts anything', () => {
    const key = fc.oneof(fc.constantFrom(...bindings.flatMap((one) => one.keys), 'backspace'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }));
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: key }, { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 1, max: 220 }), fc.integer({ min: 2, max: 70 })) }), { minLength: 60, maxLength: 60 }), (acts) => {
      let ui = freshChooser;
      let size = { columns: 80, rows: 24 };
      for (const one of acts) {
        if (typeof one === 'string') {
          const { ui: next, effect } = pressChooser(ui, one, choices);
          if (effect?.kind === 'chosen') expect([one, ui.path, ui.filtering, ui.help]).toEqual(['return', effect.chosen.path, false, null]);
          ui = pasteChooser(next, '\r').filtering ? next : { ...next, message: null };
        } else size = { columns: one[0], rows: one[1] };
        const lines = chooserLines(ui, choices, size);
        expect(lines.length).toBe(Math.max(1, size.rows - 1));
        for (const line of lines) expect(displayWidth(line.map((span) => span.text).join(''))).toBeLessThanOrEqual(size.columns);
      }
    }), { numRuns: 20 });
  });
});
