import { afterEach, describe, expect, it } from 'vitest';
import { frameOf } from '../../src/screens/frame.js';
import { freshUi } from '../../src/screens/ui.js';
import { colours, verdicts } from '../../src/screens/theme.js';
import { Walk } from '../../src/screens/walk.js';
import { displayWidth } from '../../src/text/width.js';
import { result, Script } from '../log/support.js';
import { Screen } from '../support/screen.js';
import { TestDesk } from './desk.js';
import { ordersGraph } from './orders-guide.js';
import { NOW, scenesOf } from './scenes.js';
import { TestStore } from './test-store.js';

const graph = await ordersGraph();
const open: Screen[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });

const ESCAPES = ['\u001b[31mred', '\u001b]0;title\u0007', '\u001b[2J', '\u009b5A', '\u0007', '\r', '\u202etxt', '\u001bP1;2|x\u001b\\'];
const HOSTILE = [...ESCAPES, 'n'.repeat(10_000), '支払い'.repeat(300), '👩‍👩‍👧 family', 'cafe\u0301', 'a\tb', 'line one\nline two', '\ud800', ''];

/** A run in which everything that is shown holds the texts. */
function hostile(text: string): TestStore {
  const inStep = { pass: 'forward', step: 'verify', attempt: 1 };
  const hostileGraph = { ...graph, steps: graph.steps.map((one) => ({ ...one, title: `${one.title} ${text}`, context: text, items: one.items.map((item) => ({ ...item, text })), shell: one.shell === null ? null : text })) };
  const store = new TestStore(hostileGraph, new Script({ guide: { id: 'g', title: text, path: text, sha256: '' } }).target().add({ type: 'step.started', ...inStep, attemptId: 'a' }).add({
    type: 'statement.finished', ...inStep,
    result: result({ sql: `SELECT '${text}'`, columns: ['a', text], types: ['text', 'text'], rows: [['1', text], [text, null], ['end', '2']], rowCount: 3, output: text, notices: [{ severity: 'NOTICE', message: text }], error: { sqlstate: '22000', message: text, line: 1 } }),
  }).add({ type: 'expectation.judged', ...inStep, index: 0, verdict: 'failed', expected: text, actual: text, note: text, by: null })
    .add({ type: 'note.added', step: 'verify', text, by: text })
    .add({ type: 'waiting.seen', ...inStep, blockers: [{ pid: 1, user: text, application: text, state: text, since: null, query: text, holds: [text] }] })
    .add({ type: 'question.asked', question: { kind: 'failure', step: 'verify', text, remedies: [text], choices: [{ choice: 'skip', does: text, refused: null }, { choice: 'retry', does: '', refused: text }] } }).events);
  store.output = { step: 'verify', text };
  return store;
}

describe('text from outside', () => {
  it.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 24)), text]))('%s is shown, never obeyed, and keeps the columns', (_, text) => {
    const store = hostile(text);
    for (const view of ['page', 'locks', 'log', 'help'] as const) {
      for (const [columns, rows] of [[60, 15], [80, 24], [120, 40]] as const) {
        for (const pane of ['step', 'outline'] as const) {
          for (const scroll of [0, 7, 1e9]) {
            const { lines } = frameOf(store, { ...freshUi, view, pane, scroll }, { columns, rows }, NOW);
            expect(lines.length).toBe(rows - 1);
            for (const line of lines) {
              const shown = line.map((one) => one.text).join('');
              expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\ufeff]/);
              expect(displayWidth(shown)).toBeLessThanOrEqual(columns);
            }
          }
        }
      }
    }
  });

  it('sends the terminal no sequence that came with it', async () => {
    const screen = new Screen(<Walk store={hostile(ESCAPES.join(' '))} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 80, rows: 24 });
    open.push(screen);
    for (const key of ['l', 'l', 'v', 'G', 'v', 'tab', 'tab', 'G']) await screen.press(key);
    expect(screen.raw).not.toContain('\u001b[31mred');
    expect(screen.raw).not.toMatch(/\u001b\]0|\u009b5A|\u001bP1|\u0007/);
    expect(screen.text()).toContain('␛[31mred');
  });

  it('keeps the columns of a table with wide and combining characters', async () => {
    const screen = new Screen(<Walk store={hostile('支払い cafe\u0301')} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 120, rows: 60 });
    open.push(screen);
    await screen.settle();
    // Columns of the emulator, not characters: a wide one takes two cells.
    const bars = Array.from({ length: 60 }, (_, row) => row).flatMap((row) => {
      const line = screen.terminal.buffer.active.getLine(row);
      const cells = Array.from({ length: 120 }, (__, column) => line?.getCell(column)?.getChars() ?? '');
      return /^(1|支|end)$/.test(cells[43] ?? '') || cells.slice(43, 46).join('') === 'end' ? [cells.indexOf('│', 44)] : [];
    }).filter((column) => column !== -1);
    expect(bars.length).toBeGreaterThanOrEqual(3);
    expect(new Set(bars).size).toBe(1);
  });

  it('says where a value of 10,000 characters was cut, and shows it whole below', async () => {
    const screen = new Screen(<Walk store={hostile('n'.repeat(10_000))} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 200, rows: 60 });
    open.push(screen);
    await screen.press('G');
    expect(screen.text()).toContain('n'.repeat(100));
    expect(screen.scrolledOff).toBe(0);
  });
});

describe('colour', () => {
  it('is never alone: every verdict has a glyph of its own width and a word', () => {
    const glyphs = Object.values(verdicts).map((one) => one.glyph);
    expect(glyphs.every((one) => displayWidth(one) === 1)).toBe(true);
    expect(verdicts.passed.glyph).not.toBe(verdicts.failed.glyph);
  });

  it('is read on light and on dark: none is the colour of a background', () => {
    expect(Object.values(colours).flatMap((one) => one.color ?? [])).not.toEqual(expect.arrayContaining([expect.stringMatching(/white|black/)]));
  });

  it.each(['failure', 'target-protected', 'step', 'monitor'])('of %s is one of the terminal\'s own sixteen, and never a background that the person did not choose', async (name) => {
    const [scene] = scenesOf(graph).filter((one) => one.name === name);
    if (!scene) throw new Error('no scene');
    const screen = new Screen(<Walk store={scene.store()} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 120, rows: 40 });
    open.push(screen);
    await screen.settle();
    const codes = new Set([...screen.raw.matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, one = '']) => one.split(';').map(Number)));
    // Black, white and every background are left to the person; 38 would be one of more than sixteen.
    expect([...codes].filter((one) => ![0, 1, 7, 31, 32, 33, 36, 90].includes(one))).toEqual([]);
    expect(codes.size).toBeGreaterThan(3);
  });
});

describe('courtesies', () => {
  const scene = (name: string): TestStore => {
    const found = scenesOf(graph).find((one) => one.name === name);
    if (!found) throw new Error(`no scene ${name}`);
    return found.store();
  };

  it('tells the terminal\'s title how far the run is, and calls a person who was away', async () => {
    const store = scene('running');
    const desk = new TestDesk();
    const screen = new Screen(<Walk store={store} desk={desk} onLeave={() => undefined} />, { columns: 80, rows: 24 });
    open.push(screen);
    await screen.settle();
    desk.moment = new Date(NOW.getTime() + 11_000);
    store.feed({ type: 'question.asked', question: { kind: 'failure', step: 'column', text: 'rows = 1', remedies: [], choices: [] } });
    await screen.settle();
    expect(desk.titles).toEqual(['20% going 2/10 running · Add order notes · staging', '20% failed 2/10 FAILED, waits for you · Add order notes · staging']);
    expect(desk.done).toEqual(['notify Add order notes: failed at Option A: in place']);
  });

  it('leaves a person alone who pressed a key just now', async () => {
    const store = scene('running');
    const desk = new TestDesk();
    const screen = new Screen(<Walk store={store} desk={desk} onLeave={() => undefined} />, { columns: 80, rows: 24 });
    open.push(screen);
    desk.moment = new Date(NOW.getTime() + 60_000);
    await screen.press('j');
    store.feed({ type: 'question.asked', question: { kind: 'window', text: 'The window ended.' } });
    await screen.settle();
    expect(desk.done).toEqual([]);
  });

  it('writes nothing while a question is open and nobody presses a key', async () => {
    const screen = new Screen(<Walk store={scene('failure')} desk={new TestDesk()} onLeave={() => undefined} />, { columns: 80, rows: 24 });
    open.push(screen);
    await screen.settle();
    const before = screen.bytes;
    await new Promise((done) => setTimeout(done, 1200));
    expect(screen.bytes).toBe(before);
  });

  it('writes only what changed: a second of a running step costs less than a line', async () => {
    const store = scene('running');
    const desk = new TestDesk();
    const screen = new Screen(<Walk store={store} desk={desk} onLeave={() => undefined} />, { columns: 80, rows: 24 });
    open.push(screen);
    await screen.settle();
    const before = screen.bytes;
    desk.moment = new Date(NOW.getTime() + 1000);
    store.changed();
    await screen.settle();
    expect(screen.bytes - before).toBeGreaterThan(0);
    expect(screen.bytes - before).toBeLessThan(200);
  });
});
