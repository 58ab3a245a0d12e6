import { fstatSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeWithLedger } from '../../src/commands/ledger-copy.js';
import type { NewEvent } from '../../src/engine/event.js';
import type { Target } from '../../src/engine/ports.js';
import { openJournal } from '../../src/project/journals.js';
import { Journal, openJournalFile, readJournal, readJournalText } from '../../src/engine/journal.js';
import { fold, reduce } from '../../src/engine/reduce.js';
import { ProblemError } from '../../src/text/problem.js';
import { numbered, started } from './support.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 2, 0, second));
const note = (text: string): NewEvent => ({ type: 'note.added', step: null, text, by: 'operator' });
const path = (): string => join(mkdtempSync(join(tmpdir(), 'journal-')), 'run.journal.jsonl');

it('is found again after a power failure: its name is on disk, and those of the folders made for it, before the first line is', () => {
  const root = dirname(path());
  const file = join(root, 'logs', 'migrations', 'run.journal.jsonl');
  const synced: number[] = [];
  const journal = Journal.create(file, (where, keep) => openJournalFile(where, keep, (descriptor) => { synced.push(fstatSync(descriptor).ino); }));
  expect(synced).toEqual([dirname(file), dirname(dirname(file)), root].map((folder) => statSync(folder).ino));
  journal.append(started, at(0));
  expect(synced.at(-1)).toBe(statSync(file).ino);
  journal.close();
});

function written(texts: readonly string[]): string {
  const file = path();
  const journal = Journal.create(file);
  journal.append(started, at(0));
  texts.forEach((text, index) => journal.append(note(text), at(index + 1)));
  journal.close();
  return file;
}

describe('journal', () => {
  it('holds numbered, chained lines in a file only its owner reads', () => {
    const file = written(['a', 'b']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const read = readJournal(file);
    expect(read.fault).toBeNull();
    expect(read.events.map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  it('refuses to write over a journal', () => {
    const file = written([]);
    expect(() => Journal.create(file)).toThrow(ProblemError);
  });

  it('cuts a torn last line and goes on behind it', () => {
    const file = written(['a', 'b']);
    const whole = readFileSync(file, 'utf8');
    fc.assert(fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (cut) => {
      writeFileSync(file, whole.slice(0, cut));
      const read = readJournal(file);
      expect(read.fault).toBeNull();
      if (read.lines.length === 0) return;
      const journal = Journal.resume(file, read);
      journal.append(note('after'), at(9));
      journal.close();
      const again = readJournal(file);
      expect(again.fault).toBeNull();
      expect(again.torn).toBe(false);
      expect(again.lines).toHaveLength(read.lines.length + 1);
    }), { numRuns: 60 });
  });

  it('is not written over by a process that slept while another went on with it', () => {
    const file = path();
    const slept = Journal.create(file);
    slept.append(started, at(0));
    const other = Journal.resume(file, readJournal(file));
    other.append(note('a'), at(1));
    other.close();
    expect(() => slept.append(note('late'), at(2))).toThrow(/Somebody else has gone on/);
    expect(readJournal(file)).toMatchObject({ fault: null, torn: false, events: [{}, { text: 'a' }] });
  });

  it('of a later version is refused by that name', () => {
    const file = written(['a']);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"journal":1', '"journal":2'));
    expect(() => readJournal(file)).toThrow(/version 2; this deploy-wizard reads up to 1/);
  });

  it('takes no lines over from a copy that is not whole, and stays as it is', async () => {
    const file = written(['a', 'b', 'c']);
    const whole = readFileSync(file, 'utf8');
    const lines = whole.trimEnd().split('\n').map((line, index) => ({ seq: index + 1, line }));
    writeFileSync(file, whole.split('\n').slice(0, 2).map((line) => `${line}\n`).join(''));
    const own = readFileSync(file, 'utf8');
    const copy = lines.filter(({ seq }) => seq !== 3);
    const on = { mirrored: async () => copy, mirror: async () => ({ end: 0, missing: null }) } as unknown as Target;
    await expect(agreeWithLedger(openJournal(file), on)).rejects.toMatchObject({ exitCode: 3, problem: { code: 'journal-broken' } });
    expect(readFileSync(file, 'utf8')).toBe(own);
  });

  it('finds every changed, removed or moved line', () => {
    const lines = readFileSync(written(['one', 'two', 'three']), 'utf8').trimEnd().split('\n');
    const check = (changed: string[]): number | undefined => readJournalText(`${changed.join('\n')}\n`).fault?.line;
    for (let index = 1; index < lines.length - 1; index += 1) {
      expect(check(lines.filter((_, other) => other !== index))).toBeDefined();
      expect(check(lines.map((line, other) => (other === index ? line.replace('"operator"', '"somebody"') : line)))).toBe(index + 2);
      const swapped = [...lines];
      [swapped[index], swapped[index + 1]] = [lines[index + 1] ?? '', lines[index] ?? ''];
      expect(check(swapped)).toBeDefined();
    }
    expect(check(lines)).toBeUndefined();
  });

  it('stops before the effect when the disk is full', () => {
    const journal = Journal.create('unused', () => ({ append: () => { throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }); }, close: () => undefined }));
    expect(() => journal.append(started, at(0))).toThrow(/no space left/);
  });
});

describe('reduce', () => {
  const step = { pass: 'forward', step: 'one', attempt: 1 };
  const event: fc.Arbitrary<NewEvent> = fc.oneof(
    fc.string().map(note),
    fc.constantFrom<NewEvent>(
      { type: 'step.started', ...step, attemptId: 'x' },
      { type: 'step.committing', ...step, attemptId: 'x' },
      { type: 'step.committed', ...step, attemptId: 'x' },
      { type: 'step.finished', ...step, verdict: 'passed', applied: true, durationMs: 3, reason: null, problem: null },
      { type: 'item.ticked', ...step, item: 0, ticked: true, note: null, by: 'operator' },
      { type: 'capture.set', ...step, name: 'n', value: '1' },
      { type: 'run.resumed', operator: 'other', host: 'h2', from: 'operator', fromHost: 'host' },
      { type: 'rollback.started', reason: 'r', by: 'operator', plan: ['undo'], uncovered: [] },
    ),
  );

  it('gives the same end when any prefix of a journal is replayed and gone on with', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 30 }), fc.nat(), (events, cut) => {
      const file = path();
      const journal = Journal.create(file);
      journal.append(started, at(0));
      events.forEach((one, index) => journal.append(one, at(index + 1)));
      journal.close();
      const whole = readJournal(file).events;
      const at0 = (cut % whole.length) + 1;
      let state = fold(whole.slice(0, at0));
      for (const rest of whole.slice(at0)) state = reduce(state, rest);
      expect(state).toEqual(fold(whole));
    }), { numRuns: 40 });
  });

  it('never changes the state it is given', () => {
    const first = fold([{ ...started, seq: 1, at: at(0).toISOString() } as never]);
    const copy = structuredClone(first);
    reduce(first, { type: 'step.started', ...step, attemptId: 'x', seq: 2, at: at(1).toISOString() });
    expect(first).toEqual(copy);
  });

  it('keeps the rollback of the forward pass when partial rollbacks follow', () => {
    const state = fold(numbered([
      started,
      { type: 'rollback.started', reason: 'rehearsal', by: 'operator', plan: ['a', 'b'], uncovered: [] },
      { type: 'rollback.finished', complete: true, undone: ['one', 'two'], notUndone: [] },
      { type: 'stage.entered', stage: 'partial', pass: 'partial-1', text: 'Partial' },
      { type: 'rollback.started', reason: 'partial', by: 'operator', plan: ['a'], uncovered: [] },
      { type: 'rollback.finished', complete: false, undone: [], notUndone: ['one'] },
    ]));
    expect(state?.rollback).toMatchObject({ reason: 'rehearsal', complete: true, undone: ['one', 'two'] });
  });
});
