import { describe, expect, it } from 'vitest';
import type { Question } from '../../src/steps/question.js';
import { Script } from '../log/support.js';
import { ordersGraph } from './orders-guide.js';
import { scenesOf, type Scene } from './scenes.js';
import { footerOf, show } from './showing.js';
import { TestStore } from './test-store.js';

const graph = await ordersGraph();
const scene = (name: string): Scene => {
  const found = scenesOf(graph).find((one) => one.name === name);
  if (!found) throw new Error(`no scene ${name}`);
  return found;
};

describe('what is told of what went by', () => {
  const go = (step: string): Question => ({ kind: 'go', step, what: 'sql', text: step });
  const passes = (store: TestStore, id: string, verdict: 'passed' | 'skipped' = 'passed', pass = 'forward'): void => {
    store.feed({ type: 'step.started', pass, step: id, attempt: 1, attemptId: id });
    store.feed({ type: 'step.finished', pass, step: id, attempt: 1, verdict, applied: false, durationMs: 5, reason: null, problem: null });
  };

  it('says how many steps passed unseen since the last question, until the next one', async () => {
    const { screen, store } = await show(scene('step'), 80, 24);
    await screen.press('x');
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    for (const id of ['column', 'verify', 'watch']) passes(store, id);
    store.feed({ type: 'question.asked', question: go('cache') });
    await screen.settle();
    expect(screen.text()).toMatch(/^› 2 steps passed since the last one you saw; tab lists them ─/m);
    await screen.press('tab');
    expect(screen.text()).toContain('2 steps passed');
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    passes(store, 'cache', 'skipped');
    store.feed({ type: 'question.asked', question: go('table') });
    await screen.settle();
    expect(screen.text()).toContain('› 1 step went by since the last one you saw: 1 skipped');
  });

  it.each([60, 80, 120])('says at the turns of a rehearsal what is behind and what is tried now, at %i columns', async (columns) => {
    const base = scene('rollback-asked').store();
    const { screen, store } = await show({ name: 'turn', store: () => base, keys: [] }, columns, 24);
    await screen.press('y');
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    store.feed({ type: 'stage.entered', stage: 'rollback', pass: 'rollback', text: 'Rollback' });
    store.feed({ type: 'question.asked', question: go('undo') });
    await screen.settle();
    expect(screen.text()).toMatch(columns < 100 ? /^› forward did not pass; now the rollback is tried ─/m : /^› the way forward ended before it had passed; now the rollback from there is tried and proved ─/m);
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    store.feed({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof: { clean: true, residue: [], rowsChanged: [], notCompared: [] } });
    store.feed({ type: 'stage.entered', stage: 'again', pass: 'again', text: 'Forward again' });
    store.feed({ type: 'question.asked', question: go('column') });
    await screen.settle();
    expect(screen.text()).toMatch(columns < 100 ? /^› rollback proved clean; now forward a second time ─/m : /^› the rollback is proved clean: the database is as it was; now forward for the second time ─/m);
    await screen.press('b');
    expect(screen.text()).toContain('the rollback was tried already');
  });

  it('what was said of a moment is gone when the run goes on', async () => {
    const { screen, store } = await show(scene('running'), 80, 24);
    await screen.press('q');
    expect(screen.text()).toMatch(/What runs is not cut off: it ends, and all goes on out of sight/);
    await screen.press('n');
    expect(screen.text()).toContain('! not left: it goes on');
    store.feed({ type: 'step.finished', pass: 'forward', step: 'column', attempt: 1, verdict: 'passed', applied: true, durationMs: 5, reason: null, problem: null });
    await screen.settle();
    expect(screen.text()).not.toContain('not left');
  });
});

describe('what a person is told before they decide', () => {
  it('an optional step is named with its statements, whether it is run or left out', async () => {
    const optional = { ...graph, steps: graph.steps.map((one) => (one.id === 'table' ? { ...one, optional: true, choice: null } : one)) };
    const events = new Script().target().add({ type: 'question.asked', question: { kind: 'choice', group: 'optional:table', text: 'Optional: Option B', options: [{ option: 'leave', title: 'Leave it out' }, { option: 'run', title: 'Run it' }] } }).events;
    const { screen } = await show({ name: 'optional', store: () => new TestStore(optional, events), keys: [] }, 80, 24);
    expect(screen.text()).toMatch(/Leave it out {2}this step does not run:[\s\S]*Option B[\s\S]*CREATE TABLE order_notes/);
    await screen.press('j');
    expect(screen.text()).toMatch(/Run it {2}this step runs:[\s\S]*CREATE TABLE order_notes/);
    expect(screen.text()).not.toMatch(/the others are left out|alternative/);
  });

  it('a step that a person judges after COMMIT is not said to be undone whole, and says that it is committed when it is judged', async () => {
    const judged = { ...graph, steps: graph.steps.map((one) => (one.id === 'column' ? { ...one, expectations: [...one.expectations, ...graph.steps.flatMap((other) => other.expectations.filter(({ assertion }) => assertion.type === 'operator'))] } : one)) };
    const store = Object.assign(scene('step').store(), { graph: judged });
    const { screen } = await show({ name: 'judged', store: () => store, keys: [] }, 120, 40);
    expect(screen.text().replace(/\n/g, ' ')).toMatch(/undone whole where one fails or an expectation is false that the database decides; what you judge \(1\) comes after COMMIT/);
    store.feed({ type: 'question.answered', kind: 'go', by: 'dana' });
    store.feed({ type: 'step.committed', pass: 'forward', step: 'column', attempt: 1, attemptId: 'attempt-column' });
    store.feed({ type: 'question.asked', question: { kind: 'verdict', step: 'column', expectation: 1, text: 'Looks right', actual: '50' } });
    await screen.settle();
    expect(screen.text()).toContain('The step is committed: it stands whatever you say; b would roll it back.');
  });

  it.each([['resume', /Go on with a run {2}7c9e6679/, /A run goes on\.\nIs this/], ['rollback', /Roll back a run {2}7c9e6679/, /ROLLBACK of a run: its plan comes next/]] as const)('the target of a %s says that it is one', async (goesOn, head, question) => {
    const { screen, store } = await show(scene('target-protected'), 80, 24);
    const { asking } = store.getState();
    if (asking?.kind === 'target') store.feed({ type: 'question.asked', question: { ...asking, goesOn } });
    await screen.settle();
    expect(screen.text()).toMatch(head);
    expect(screen.text()).toMatch(question);
  });

  it('a value that was refused is still there to be mended', async () => {
    const { screen, store } = await show(scene('parameter'), 80, 24);
    await screen.press('ctrl-u');
    await screen.type('acme@');
    await screen.press('return');
    const { asking } = store.getState();
    store.feed({ type: 'question.answered', kind: 'value', by: 'dana' });
    if (asking?.kind === 'parameter') store.feed({ type: 'question.asked', question: { ...asking, problem: 'an e-mail address is wanted' } });
    await screen.settle();
    expect(screen.text()).toMatch(/✗ an e-mail address is wanted[\s\S]*value: acme@▏/);
  });

  it.each([['o', 'failure', 'reason to tolerate: ▏'], ['s', 'step', 'reason to skip: ▏'], ['f', 'results', 'reason why it fails: ▏'], ['w', 'results', 'reason to waive: ▏']])('%s on %s says what the reason is for', async (key, name, label) => {
    const { screen } = await show(scene(name), 80, 24);
    await screen.press(key);
    expect(screen.text()).toContain(label);
  });

  it('no lock is told as absent that nobody has looked for yet', async () => {
    const { screen } = await show(scene('waiting'), 80, 24);
    await screen.press('l');
    expect(screen.text()).toContain('not known yet: they are looked at right before COMMIT');
  });
});

describe('the last page', () => {
  it('takes no key that its footer and ? do not name, and says what the log\'s keys do', async () => {
    const { screen, desk, left } = await show(scene('summary'), 80, 24);
    expect(screen.text()).toMatch(/^\d+\/\d+ \S+ Summary$/m);
    for (const key of ['y', 'c', 'e', 'l']) await screen.press(key);
    expect(desk.done).toEqual([]);
    await screen.press('v');
    expect(footerOf(screen)).toContain('q close');
    expect(footerOf(screen)).toContain('y copy');
    await screen.press('y');
    expect(screen.text()).toContain('copied to the clipboard: the message about the run');
    await screen.press('return');
    expect(left()).toBe(false);
    expect(screen.text()).toContain('q or enter leaves');
  });
});
