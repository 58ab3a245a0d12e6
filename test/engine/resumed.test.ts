import { describe, expect, it } from 'vitest';
import { restorable } from '../../src/commands/conduct.js';
import { MASK } from '../../src/log/mask-text.js';
import { Script } from '../log/support.js';

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
