import { describe, expect, it } from 'vitest';
import { footerEntries } from '../../src/screens/footer.js';
import { fieldOf } from '../../src/screens/field.js';
import { frameOf, situationOf, shownStep } from '../../src/screens/frame.js';
import { bindings, labelOf } from '../../src/screens/keymap.js';
import { press } from '../../src/screens/press.js';
import { nowhere } from '../../src/screens/situation.js';
import { freshUi, openingFor, type Facts, type Ui } from '../../src/screens/ui.js';
import { ordersGraph } from './orders-guide.js';
import { NOW, scenesOf, type Scene } from './scenes.js';
import { footerOf, show } from './showing.js';

const graph = await ordersGraph();
const scenes = scenesOf(graph);
const scene = (name: string): Scene => {
  const found = scenes.find((one) => one.name === name);
  if (!found) throw new Error(`no scene ${name}`);
  return found;
};

describe('the footer', () => {
  // After a mismatch, enter says the same mismatch again.
  it.each(scenes.filter(({ name }) => name !== 'target-mismatch'))('$name: every key that it names acts', (one) => {
    const store = one.store();
    const size = { columns: 200, rows: 60 };
    const frame = (ui: Ui): string => JSON.stringify(frameOf(store, ui, size, NOW).lines);
    const state = store.getState();
    let ui: Ui = { ...freshUi, ...(store.readOnly ? {} : openingFor(state.asking, state.operator)) };
    for (const key of one.keys) ui = press(ui, key, frameOf(store, ui, size, NOW).facts).ui;
    const { facts } = frameOf(store, ui, size, NOW);
    const entries = footerEntries(facts.situation, ui, size.columns);
    expect(entries.length).toBeGreaterThan(0);
    for (const { key, short } of entries) {
      const from = key === 'ctrl-u' ? { ...ui, field: fieldOf('typed') } : ui;
      const pressed = press(from, key, facts);
      expect(pressed.effect !== null || frame(pressed.ui) !== frame(from), `${key} (${short}) does something`).toBe(true);
      if (key !== 'return') expect(pressed.ui.message ?? '', `${key} (${short}) is not refused`).not.toMatch(/not here|only |nothing to/);
    }
  });

  it.each([40, 60, 80])('names whole keys only, help and the way out among them, at %i columns', async (columns) => {
    for (const one of scenes.filter(({ keys }) => keys.length === 0)) {
      const { screen, store } = await show(one, columns, 24);
      const state = store.getState();
      const ui: Ui = { ...freshUi, ...(store.readOnly ? {} : openingFor(state.asking, state.operator)) };
      const entries = footerEntries(situationOf(store, ui, columns, shownStep(store, ui)), ui, columns).map((entry) => `${labelOf(entry.key)} ${entry.short}`);
      expect(footerOf(screen), one.name).toEqual(entries);
      if (!ui.typing) expect(entries.join(), one.name).toMatch(/\? keys,q /);
      screen.close();
    }
  });
});

describe('a key that does not work here', () => {
  it.each([['x', 'failure', /! x \(run\): no step waits for a go-ahead/], ['s', 'failure', /! s \(skip\): the guide says that this step must not be skipped/], ['b', 'running', /! b \(roll back\): only while a step waits for you/], ['z', 'step', /! z does nothing; \? shows all keys/], ['b', 'rollback-walk', /! b \(roll back\): a rollback is running/], ['x', 'watching', /! x \(run\): watching only/], ['return', 'step', /! enter \(choose\): enter confirms nothing here/]])('%s on %s says why', async (key, name, words) => {
    const { screen, store } = await show(scene(name), 120, 40);
    await screen.press(key);
    expect(screen.text()).toMatch(words);
    expect(store.answers).toEqual([]);
    expect(footerOf(screen)[0]).toBe('? keys');
  });
});

describe('danger', () => {
  it('rolls back only when the database\'s name was typed, and says why another is none', async () => {
    const { screen, store } = await show(scene('rollback-plan'), 80, 24);
    for (const [typed, why] of [['', /type the database's name: shop/], ['SHOP', /upper and lower case/], ['sho', /only the beginning of shop/], ['other', /"other" is not the name of this database; it is shop/]] as const) {
      await screen.type(typed);
      await screen.press('return');
      expect(screen.text()).toMatch(why);
      await screen.press('ctrl-u');
    }
    expect(store.answers).toEqual([]);
    await screen.type('shop');
    await screen.press('return');
    expect(store.answers).toEqual([{ kind: 'go' }]);
  });

  it.each([['escape'], ['n']])('goes back from the plan of a rollback with %s, in a rehearsal with y alone into it', async (key) => {
    const { screen, store } = await show(scene('rollback-asked'), 80, 24);
    expect(screen.text()).toMatch(/Plan of the rollback[\s\S]*Nothing is undone yet[\s\S]*y {2}roll back[\s\S]*esc {2}no, back to what was asked/);
    await screen.press('return');
    await screen.press('x');
    expect(store.answers).toEqual([]);
    await screen.press(key);
    expect(store.answers).toEqual([{ kind: 'back' }]);
    const again = await show(scene('rollback-asked'), 80, 24);
    await again.screen.press('y');
    expect(again.store.answers).toEqual([{ kind: 'go' }]);
  });

  it('goes back with esc from where the database\'s name is to be typed, and where there is no way back only q leaves', async () => {
    const { store, screen } = await show(scene('rollback-plan'), 80, 24);
    await screen.press('escape');
    expect(store.answers).toEqual([]);
    expect(screen.text()).toContain('q  leave, and undo nothing');
    const { asking } = store.getState();
    if (asking?.kind === 'rollback') store.feed({ type: 'question.asked', question: { ...asking, back: true } });
    await screen.settle();
    await screen.type('sho');
    await screen.press('escape');
    expect(store.answers).toEqual([{ kind: 'back' }]);
  });

  it('never shows a question without the field that it opens', async () => {
    const { screen } = await show(scene('rollback-plan'), 80, 24);
    expect(screen.text()).toContain('enter hand in');
    expect(screen.raw).not.toContain('leave, and undo nothing');
  });

  it('shows one mark for an outcome, in the panel and in the summary', async () => {
    const { screen, store } = await show(scene('checklist'), 80, 24);
    store.feed({ type: 'run.finished', run: 'r', outcome: 'interrupted', exitCode: 130, problem: null, log: 'logs/x.md' });
    await screen.settle();
    const marks = screen.text().match(/\S interrupted/g) ?? [];
    expect(marks.length).toBeGreaterThan(1);
    expect(new Set(marks)).toEqual(new Set(['■ interrupted']));
  });

  it('offers no rollback where nothing was applied', async () => {
    const { screen, store } = await show(scene('checklist'), 80, 24);
    await screen.press('b');
    expect(screen.text()).toContain('! b (roll back): nothing was applied that the guide can undo');
    expect(store.answers).toEqual([]);
  });

  it('aborts only after y', async () => {
    const { screen, store } = await show(scene('failure'), 80, 24);
    await screen.press('a');
    expect(screen.text()).toContain('End the run as failed?');
    await screen.press('a');
    await screen.press('return');
    expect(store.answers).toEqual([]);
    await screen.press('a');
    await screen.press('y');
    expect(store.answers).toEqual([{ kind: 'failure', choice: 'abort', reason: null }]);
  });

  it.each(['skip', 'tolerate'] as const)('wants a reason to %s, and enter alone gives none', async (choice) => {
    const one = scene(choice === 'skip' ? 'step' : 'failure');
    const { screen, store } = await show(one, 80, 24);
    await screen.press(choice === 'skip' ? 's' : 'o');
    await screen.press('return');
    expect(screen.text()).toMatch(/reason/);
    expect(store.answers).toEqual([]);
    await screen.type('a quiet hour');
    await screen.press('return');
    expect(store.answers).toEqual([choice === 'skip' ? { kind: 'skip', reason: 'a quiet hour' } : { kind: 'failure', choice: 'tolerate', reason: 'a quiet hour' }]);
  });

  it('ends a session that keeps us waiting only where it is shown, and only after y', async () => {
    const { screen, store } = await show(scene('waiting'), 80, 24);
    await screen.press('T');
    expect(store.ended).toEqual([]);
    await screen.press('l');
    expect(screen.text()).toMatch(/pid 411 +app by shop, idle in transaction/);
    await screen.press('T');
    expect(screen.text()).toContain('End session 411?');
    await screen.press('return');
    expect(store.ended).toEqual([]);
    await screen.press('T');
    await screen.press('y');
    expect(store.ended).toEqual(['terminate 411']);
    await screen.press('c');
    await screen.press('y');
    expect(store.ended).toEqual(['terminate 411', 'cancel 411']);
  });

  it('runs nothing while a key is held down', async () => {
    const { screen, store, desk } = await show(scene('step'), 80, 24);
    await screen.press('x');
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    store.feed({ type: 'question.asked', question: { kind: 'go', step: 'table', what: 'sql', text: 'Option B' } });
    await screen.settle();
    for (let repeat = 0; repeat < 20; repeat += 1) { desk.moment = new Date(desk.moment.getTime() + 30); await screen.press('x'); }
    expect(store.answers).toEqual([{ kind: 'go' }]);
    expect(screen.text()).toContain('the key is held down');
    desk.moment = new Date(desk.moment.getTime() + 500);
    await screen.press('x');
    expect(store.answers).toHaveLength(2);
  });

  it('drops keys typed before a question was painted', async () => {
    const { screen, store } = await show(scene('step'), 80, 24);
    // The question changes under the keys: they were meant for the old one.
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    store.feed({ type: 'question.asked', question: { kind: 'verdict', step: 'verify', expectation: 1, text: 'Holds?', actual: '50 rows' } });
    screen.push('h');
    await screen.settle();
    expect(store.answers).toEqual([]);
  });

  it('takes the key that comes the moment a question stands on the screen', async () => {
    const { screen, store } = await show(scene('step'), 80, 24);
    screen.pushWhen('Holds?', 'h');
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    await screen.settle();
    store.feed({ type: 'question.asked', question: { kind: 'verdict', step: 'verify', expectation: 1, text: 'Holds?', actual: '50 rows' } });
    await screen.settle();
    expect(store.answers).toEqual([{ kind: 'verdict', verdict: 'passed', reason: null }]);
  });

  it('takes one of the boxes of the log, by how it begins, and nothing else', async () => {
    const { screen, store } = await show(scene('log-field-boxes'), 80, 24);
    await screen.type('harbour');
    await screen.press('return');
    expect(screen.text()).toContain('it is one of Staging, Production');
    expect(store.answers).toEqual([]);
    await screen.press('ctrl-u');
    await screen.type('prod');
    await screen.press('return');
    expect(store.answers).toEqual([{ kind: 'value', value: 'Production' }]);
  });

  it('submits nothing that was pasted', async () => {
    const { screen, store } = await show(scene('rollback-plan'), 80, 24);
    await screen.paste('shop\r');
    expect(store.answers).toEqual([]);
    expect(screen.text()).toContain('database: shop');
  });
});

describe('keys of the checklist', () => {
  it('tick, untick, and note an item', async () => {
    const { screen, store } = await show(scene('checklist'), 80, 24);
    await screen.press('space');
    await screen.press('g');
    await screen.press('space');
    await screen.press('g');
    await screen.press('n');
    expect(screen.text()).toContain('note: pg_dump, 3 GB▏');
    await screen.type(', in the vault');
    await screen.press('return');
    expect(store.answers).toEqual([
      { kind: 'tick', item: 1, ticked: true, note: null }, { kind: 'tick', item: 0, ticked: false, note: 'pg_dump, 3 GB' }, { kind: 'tick', item: 0, ticked: true, note: 'pg_dump, 3 GB, in the vault' },
    ]);
  });
});

describe('keys of a command', () => {
  it('modify it, show what would run, and run that', async () => {
    const { screen, store } = await show(scene('shell'), 80, 24);
    await screen.press('m');
    await screen.type(' --dry');
    await screen.press('return');
    expect(screen.text()).toMatch(/Your command instead of the guide's[\s\S]*\$ \.\/clear-cache --all --dry/);
    await screen.press('x');
    expect(store.answers).toEqual([{ kind: 'go', command: './clear-cache --all --dry' }]);
  });

  it('give it the terminal', async () => {
    const { screen, store } = await show(scene('shell'), 80, 24);
    await screen.press('i');
    expect(store.answers).toEqual([{ kind: 'go', terminal: true }]);
  });
});

describe('other keys', () => {
  it('/ filters the list of steps, enter opens one, esc shows all', async () => {
    const { screen } = await show(scene('failure'), 120, 40);
    await screen.press('/');
    await screen.type('cach');
    expect(screen.text()).not.toContain('Option B: a table');
    expect(screen.text()).toContain('Caches');
    await screen.press('return');
    await screen.press('j');
    await screen.press('return');
    expect(screen.text()).toContain('$ ./clear-cache --all');
    await screen.press('escape');
    expect(screen.text()).toContain('Option B: a table');
  });

  it('y copies the SQL as sent, e opens the guide at the step, ctrl-z stops', async () => {
    const { screen, desk } = await show(scene('overview'), 80, 24);
    await screen.press('g');
    for (let down = 0; down < 3; down += 1) await screen.press('j');
    await screen.press('y');
    await screen.press('e');
    await screen.press('ctrl-z');
    expect(desk.done).toEqual(["copy ALTER TABLE orders ADD COLUMN note text;\n\nUPDATE orders SET note = 'none' WHERE tenant = 'acme';", 'edit guides/order-notes.md:29', 'stop']);
  });

  it('ctrl-l draws everything anew over what another program wrote', async () => {
    const { screen } = await show(scene('failure'), 80, 24);
    const before = screen.text();
    await screen.garble('\u001b[5;5HWall message from root');
    expect(screen.text()).not.toBe(before);
    await screen.press('ctrl-l');
    expect(screen.text()).toBe(before);
  });

  it('a question says whose it is while another step is looked at', async () => {
    const { screen } = await show(scene('step'), 80, 24);
    expect(screen.text()).not.toContain('asked of');
    await screen.press('tab');
    await screen.press('k');
    expect(screen.text()).toContain('› asked of Option A: in place; esc shows it');
    await screen.press('escape');
    expect(screen.text()).not.toContain('asked of');
  });

  it('a failure in a low window keeps the verdict and its result, folds the menu, and ? says what each choice does', async () => {
    const { screen } = await show(scene('failure'), 60, 15);
    expect(screen.text()).toMatch(/✗ failed[^\n]*\n✗ failed {2}rows = 50\n {4}got rows = 40: 10 fewer/);
    expect(screen.text()).toMatch(/✗ FAILED: rows = 50: got rows = 40[\s\S]* t retry .* s skip \(not here\)[\s\S]* \? what each does/);
    await screen.press('?');
    expect(screen.text()).toMatch(/^Keys that work here[\s\S]*^ t +Run the step again, whole\./m);
  });

  it('v shows the log as it stands', async () => {
    const { screen } = await show(scene('failure'), 80, 24);
    await screen.press('v');
    expect(screen.text()).toContain('# › Add order notes: running');
    await screen.press('v');
    expect(screen.text()).toContain('FAILED');
  });
});

describe('what nobody sees', () => {
  it.each([[30, 8], [39, 24], [80, 9]])('no key but ctrl-c acts in a window of %i×%i, nor what is pasted', async (columns, rows) => {
    for (const [name, keys] of [['checklist', ['space', 'n', 'x', 'return', 'q', 'y', 'b']], ['step', ['x', 'A', 's', 'b']], ['failure', ['a', 'y', 'b']], ['target', ['y']]] as const) {
      const { screen, store, left } = await show(scene(name), 80, 24);
      await screen.resize(columns, rows);
      expect(screen.text()).toMatch(/needs 40×10; the run goes on/);
      for (const key of keys) await screen.press(key);
      await screen.paste('shop');
      expect([store.answers, left()], name).toEqual([[], false]);
      await screen.resize(80, 24);
      expect(screen.text(), name).not.toMatch(/Leave\?|▏/);
      await screen.resize(columns, rows);
      await screen.press('ctrl-c');
      expect(store.interrupts, name).toBe(1);
    }
  });

  it('a step\'s keys do nothing while another step, the log or the list of steps hides what they would act on', async () => {
    const { screen, store } = await show(scene('checklist'), 80, 24);
    await screen.press('tab');
    await screen.press('space');
    expect(screen.text()).toContain('! space (tick, next): the steps are shown; tab shows the items');
    await screen.press('j');
    for (const key of ['space', 's', 'n']) {
      await screen.press(key);
      expect(screen.text(), key).toMatch(/another step is shown; esc shows the one that is asked/);
    }
    await screen.press('escape');
    await screen.press('v');
    await screen.press('space');
    expect(screen.text()).toContain('the log is shown; esc goes back to what is asked');
    expect(store.answers).toEqual([]);
    await screen.press('escape');
    await screen.press('space');
    expect(store.answers).toEqual([{ kind: 'tick', item: 1, ticked: true, note: null }]);
  });

  it('x runs no step while the page of another one is shown', async () => {
    const { screen, store } = await show(scene('step'), 120, 40);
    await screen.press('tab');
    await screen.press('k');
    await screen.press('return');
    await screen.press('x');
    expect(screen.text()).toMatch(/! x \(run\): another step is shown/);
    expect(store.answers).toEqual([]);
  });
});

describe('a step that is asked about', () => {
  it.each(['step', 'input', 'checklist'])('%s: waits for you in the list of steps, under one mark', async (name) => {
    const { screen } = await show(scene(name), 80, 24);
    if (name === 'input') await screen.press('escape');
    await screen.press('tab');
    expect(screen.text()).toMatch(/^› ● .* waits for you/m);
    expect(screen.text()).not.toMatch(/running/);
  });
});

describe('press', () => {
  it('knows every binding', () => {
    const facts = { blind: false, situation: { ...nowhere, running: true, narrow: true, step: true }, question: null, steps: [], current: null, length: 0, height: 1, from: 0, items: 0, ticked: [], notes: [], waits: [], command: '', database: 'shop', operator: 'dana', pids: [], live: true } satisfies Facts;
    for (const one of bindings) for (const key of one.keys) { const { ui, effect } = press(freshUi, key, facts); expect(effect !== null || ui !== freshUi, key).toBe(true); }
  });
});
