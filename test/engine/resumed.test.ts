import { describe, expect, it } from 'vitest';
import { restorable } from '../../src/commands/conduct.js';
import { MASK } from '../../src/log/mask-text.js';
import { planRollback } from '../../src/engine/rollback-plan.js';
import type { Graph } from '../../src/graph/graph.js';
import { graph, Script, statement, step } from '../log/support.js';

const resumed = { type: 'run.resumed' as const, operator: 'dana', host: 'bastion', from: 'dana', fromHost: 'bastion', window: null };
const begun = (): Script => new Script().ran('s').add({ type: 'stage.entered', stage: 'rollback', pass: 'rollback', text: 'Rollback' });
const started = (): Script => begun().add({ type: 'rollback.started', reason: 'because', by: 'dana', plan: ['undo'], uncovered: [] });

describe('a run that goes on', () => {
  // In the rollback's stage a failure on the way forward could not ask for the rollback, and asked for ever.
  it.each([
    ['on the threshold of a rollback', begun(), 'forward'],
    ['in a rollback', started(), 'rollback'],
    ['behind a rollback that is done', started().add({ type: 'rollback.finished', complete: true, undone: ['s'], notUndone: [] }), 'rollback'],
    ['behind a rollback that found nothing to undo', started().add({ type: 'rollback.finished', complete: true, undone: [], notUndone: [] }), 'forward'],
  ])('after it was cut off %s is in the stage that it walks', (_, script, stage) => {
    expect(script.add(resumed).state().stage).toBe(stage);
  });
});

it('a value that the journal holds masked is not taken for the value itself', () => {
  const script = new Script().ran('s').add({ type: 'capture.set', pass: 'forward', step: 's', attempt: 1, name: 'url', value: `https://${MASK}@host` }).add({ type: 'capture.set', pass: 'forward', step: 's', attempt: 1, name: 'count', value: '3' });
  expect(restorable({ ...script.state(), privacy: 'full' })).toEqual({ count: '3' });
});

it('a step in doubt tells its own reason, not that of a step whose name holds its own', () => {
  const doubt = (step: string, how: string) => ({ type: 'doubt.settled' as const, pass: 'forward', step, attemptId: 'u', outcome: 'unknown' as const, how });
  const { passes } = new Script().ran('add').ran('add-index').add(doubt('add', 'no probe knows it')).add(doubt('add-index', 'the index is half done')).state();
  expect(passes['forward']?.['add']).toMatchObject({ verdict: 'unknown', reason: 'no probe knows it' });
});

describe('what is undone first', () => {
  const steps = ['one', 'two'].map((id) => step(id, { statements: [statement('INSERT INTO t VALUES (1)', 'INSERT')] }));
  const undo = ['one', 'two'].map((id) => step(`undo-${id}`, { role: 'rollback', reverts: [id] }));
  const guide = { ...graph([...steps, ...undo]), rollback: ['one', 'two'].map((id) => ({ id: `undo-${id}`, reverts: [id], verifies: false })) } as Graph;
  const order = (script: Script): string[] => planRollback(guide, script.state()).steps.map((one) => one.step.id);

  it('is what was applied last, also where the clock went back between the two', () => {
    const script = new Script().ran('one').add(resumed, -3_600_000).ran('two');
    expect(order(script)).toEqual(['undo-two', 'undo-one']);
  });

  it('is what was applied last, also where only the ledger knows of it', () => {
    const script = new Script().ran('one').add(resumed).add({ type: 'doubt.settled', pass: 'forward', step: 'two', attemptId: 'u', outcome: 'committed', how: 'the ledger holds the row of this attempt' });
    expect(order(script)).toEqual(['undo-two', 'undo-one']);
  });
});
