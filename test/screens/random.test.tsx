import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { frameOf } from '../../src/screens/frame.js';
import { bindings } from '../../src/screens/keymap.js';
import { paste, press } from '../../src/screens/press.js';
import { freshUi, openingFor, type Effect, type Ui } from '../../src/screens/ui.js';
import { Walk } from '../../src/screens/walk.js';
import { displayWidth } from '../../src/text/width.js';
import { Screen } from '../support/screen.js';
import { TestDesk } from './desk.js';
import { ordersGraph } from './orders-guide.js';
import { NOW, scenesOf, type Scene } from './scenes.js';

const graph = await ordersGraph();
const scenes = scenesOf(graph);
const open: Screen[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });

const PRESSES = 62;
const RUNS = 162;
const keys = fc.oneof(
  fc.constantFrom(...bindings.flatMap((one) => one.keys), 'return', 'return', 'backspace', 'leftArrow', 'y', 'shop'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const act = fc.oneof(
  { weight: 20, arbitrary: keys.map((key) => ({ kind: 'key' as const, key })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resize' as const), columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 2, max: 70 }) }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => ({ kind: 'paste' as const, text })) },
);

/** Keys that run a step, say that this is the right database, or go on past the window's end; the name typed says it too. */
const GO_KEYS = ['x', 'i', 'A', 'y'];

/** What must have been on the screen before an effect may happen. Null: the effect is no danger. */
function mustHaveSeen(effect: Effect, before: Ui, key: string): string | null {
  if (effect.kind === 'leave') return before.confirm?.kind === 'leave' ? null : 'leaving a live run asks first';
  if (effect.kind === 'blocker') return before.confirm?.kind === 'blocker' ? null : 'ending a session asks first';
  if (effect.kind !== 'answer') return null;
  const { answer } = effect;
  if ((answer.kind === 'go' || answer.kind === 'confirm') && before.typing?.kind !== 'confirm') return GO_KEYS.includes(key) ? null : `${key} runs nothing`;
  if (answer.kind === 'rollback' || (answer.kind === 'failure' && answer.choice === 'rollback')) return key === 'b' ? null : `${key} rolls nothing back`;
  if (answer.kind === 'skip') return before.typing?.kind === 'skip' && answer.reason !== '' ? null : 'skipping wants a reason';
  if (answer.kind === 'verdict' && answer.verdict !== 'passed') return before.typing?.kind === 'verdict' && answer.reason !== '' ? null : 'it wants a reason';
  if (answer.kind !== 'failure') return null;
  if (answer.choice === 'abort') return before.confirm?.kind === 'abort' ? null : 'aborting asks first';
  if (answer.choice === 'tolerate' || answer.choice === 'skip') return before.typing?.kind === 'failure' && answer.reason !== '' ? null : 'it wants a reason';
  return null;
}

/** One scene under random keys: every frame fits, and no danger happens unasked. */
function walkRandomly(scene: Scene, acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[]): number {
  const store = scene.store();
  const state = store.getState();
  let size = { columns: 80, rows: 24 };
  let ui: Ui = { ...freshUi, ...(store.readOnly ? {} : openingFor(state.asking, state.operator)) };
  let presses = 0;
  let { facts } = frameOf(store, ui, size, NOW);
  for (const one of acts) {
    if (one.kind === 'resize') size = one;
    else if (one.kind === 'paste') ui = paste(ui, one.text, facts);
    else {
      presses += 1;
      const pressed = press(ui, one.key, facts);
      const { effect } = pressed;
      if (effect) {
        if (store.readOnly) expect(['leave', 'copy', 'edit', 'suspend', 'redraw'], 'a watcher does nothing').toContain(effect.kind);
        else if (facts.live || effect.kind !== 'leave') expect(mustHaveSeen(effect, ui, one.key)).toBe(null);
        const question = facts.question;
        const typedName = ui.typing?.kind === 'confirm' && ui.field.text === 'shop';
        if (effect.kind === 'answer' && !['note', 'back'].includes(effect.answer.kind) && ((question?.kind === 'rollback' && question.typed !== false) || (question?.kind === 'target' && question.protected))) expect(typedName, 'the name was typed').toBe(true);
      }
      ui = pressed.ui;
    }
    const frame = frameOf(store, ui, size, NOW);
    const { lines } = frame;
    facts = frame.facts;
    expect(lines.length).toBe(Math.max(1, size.rows - 1));
    for (const line of lines) expect(displayWidth(line.map((span) => span.text).join(''))).toBeLessThanOrEqual(size.columns);
  }
  return presses;
}

describe('random keys', () => {
  it('10,000 over all screens, with resizes: every frame fits, and nothing dangerous happens unasked', () => {
    let presses = 0;
    fc.assert(fc.property(fc.constantFrom(...scenes), fc.array(act, { minLength: PRESSES, maxLength: PRESSES + 20 }), (scene, acts) => { presses += walkRandomly(scene, acts); }), { numRuns: RUNS });
    expect(presses).toBeGreaterThan(10_000);
  }, 180_000);

  // Terminals disagree on the width of rare characters; those that they agree on are enough here.
  const common = fc.oneof(fc.constantFrom(...bindings.flatMap((one) => one.keys).filter((key) => !['escape', 'ctrl-z', 'e'].includes(key))), fc.constantFrom('ä', '支', 'é', '\t', 'ß'));
  const step = fc.oneof(
    { weight: 20, arbitrary: common.map((key) => ({ kind: 'key' as const, key })) }, { weight: 1, arbitrary: fc.constantFrom('two\nlines', '払い\tend').map((text) => ({ kind: 'paste' as const, text })) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('resize' as const), columns: fc.integer({ min: 2, max: 220 }), rows: fc.integer({ min: 2, max: 70 }) }) },
  );

  it('in a real terminal: no crash, nothing scrolled off, and the screen is what a fresh one would be', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...scenes), fc.array(step, { minLength: 25, maxLength: 25 }), async (scene, acts) => {
      const screen = new Screen(<Walk store={scene.store()} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 80, rows: 24 });
      open.push(screen);
      await screen.settle();
      for (const one of acts) {
        if (one.kind === 'resize') await screen.resize(one.columns, one.rows);
        else if (one.kind === 'paste') await screen.paste(one.text);
        else await screen.press(one.key);
        expect(screen.scrolledOff).toBe(0);
      }
      // Drawn anew, it is the same: nothing that was drawn step by step is left over.
      const shown = screen.text();
      await screen.press('ctrl-l');
      expect(screen.text()).toBe(shown);
    }), { numRuns: 12 });
  }, 180_000);
});
