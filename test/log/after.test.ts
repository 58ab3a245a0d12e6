import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar, foldLine } from '../../src/log/calendar.js';
import type { Proof } from '../../src/engine/event.js';
import { dueAt, followUps } from '../../src/log/follow-ups.js';
import { notification } from '../../src/log/notification.js';
import { openFields, suggestedValue } from '../../src/log/open-fields.js';
import { sign, verify, type RunProgram } from '../../src/log/signature.js';
import { summaryText } from '../../src/log/summary.js';
import { send, type Message } from '../../src/log/webhook.js';
import { fullGraph, fullRun } from './full-run.js';
import { graph, Script, step } from './support.js';

describe('summary', () => {
  it('says in a few lines what happened and what to type next', () => {
    expect(summaryText(fullRun().state(), fullGraph, { log: 'logs/a.md' }).split('\n')).toEqual([
      '↺ rolled back: Add order notes (staging)', '  steps     3 passed, 1 skipped, 1 failed, 1 not reached', '  took      33.0 s', '  database  shop on db.example.com:5432, PostgreSQL 17.4',
      '  failed    Verify <b>orders</b> | `note` (guides/orders.md:10)', '  rollback  complete, but 1 object and the rows of 1 table differ', '  deviated  1 time, each with its reason in the log', '  log       logs/a.md',
    ]);
  });

  it('says of a rollback what differs, and nothing of what does not', () => {
    const state = fullRun().state();
    const said = (complete: boolean, rowsChanged: (rows: Proof['rowsChanged']) => Proof['rowsChanged']): string => {
      const proofs = state.proofs.map((one) => ({ ...one, proof: { ...one.proof, rowsChanged: rowsChanged(one.proof.rowsChanged) } }));
      const rollback = state.rollback && { ...state.rollback, complete };
      return /rollback {2}(.*)/.exec(summaryText({ ...state, rollback, proofs }, fullGraph, { log: 'x' }))?.[1] ?? '';
    };
    expect(said(false, () => [])).toBe('not complete: 1 object differs');
    expect(said(true, () => [])).toBe('complete, but 1 object differs');
    expect(said(false, (rows) => [...rows, ...rows])).toBe('not complete: 1 object and the rows of 2 tables differ');
  });

  it('names the step that failed first, not one before it that failed in a later pass', () => {
    const script = new Script().ran('a').ran('b', { verdict: 'failed' }).ran('a', { verdict: 'failed', pass: 'again' }).finished('failed', 1);
    expect(summaryText(script.state(), graph([step('a', { title: 'Boats' }), step('b', { title: 'Piers' })]), { log: 'x.md' })).toContain('  failed    Piers (');
  });

  it('names the command that goes on with a stopped run', () => {
    expect(summaryText(new Script().ran('a').finished('stopped', 4).state(), graph([step('a'), step('b')]), { log: 'x.md' })).toContain('  go on     deploy-wizard resume 7c9e6679');
  });
});

describe('notification', () => {
  it('fills what the run knows and leaves the rest', () => {
    const { subject, text, left } = notification('rolled back', fullRun().state(), fullGraph);
    expect(subject).toBe('Database Rollback - Migration 001: add the note column');
    expect(text).toContain('because of Verify <b>orders</b> | `note`: failed: Expected: 50 rows: got rows = 40.\nReason: verification failed\nStatus: rolled back completely\nTimeline: [estimated]');
    expect(left).toEqual(['[estimated]']);
  });

  it('has a text of its own where the guide has none for the occasion', () => {
    const { subject, text, left } = notification('started', fullRun().state(), fullGraph);
    expect(subject).toBe('Add order notes: started on staging');
    expect(text).toContain('Database: shop');
    expect(left).toEqual([]);
  });
});

describe('webhook', () => {
  const message: Message = { text: 't', subject: 's', occasion: 'failed', run: 'r', guide: 'g', environment: 'e' };
  const answers: number[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); }).on('end', () => {
      bodies.push(body);
      const status = answers.shift();
      if (status === undefined) return; // never answers
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x');
    });
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-path`;
  });
  afterAll(() => { server.closeAllConnections(); server.close(); });
  const waits: number[] = [];
  const quick = { pauseMs: 10, wait: async (ms: number) => { waits.push(ms); } };

  it('tries again after a server error, then delivers the message as JSON', async () => {
    answers.push(503, 429, 200);
    expect(await send(url, message, quick)).toEqual({ delivered: true, attempts: 3, why: null });
    expect(JSON.parse(bodies.at(-1) ?? '')).toEqual(message);
    expect(waits).toEqual([10, 20]);
  });

  it('gives up at once on a refusal, after its attempts on silence, and never tells the address', async () => {
    answers.push(404);
    expect(await send(url, message, quick)).toEqual({ delivered: false, attempts: 1, why: 'the webhook answered 404' });
    const silent = await send(url, message, { ...quick, timeoutMs: 50, attempts: 2 });
    expect(silent).toMatchObject({ delivered: false, attempts: 2 });
    for (const bad of ['http://127.0.0.1:1/secret-path', 'not a url secret-path', 'http://u:secret-path@127.0.0.1:1/']) {
      const result = await send(bad, message, { ...quick, attempts: 1 });
      expect(result.delivered).toBe(false);
      expect(result.why).not.toContain('secret-path');
    }
  });

  it('follows no redirect', async () => {
    answers.push(302);
    expect((await send(url, message, { ...quick, attempts: 1 })).delivered).toBe(false);
  });
});

describe('follow-ups', () => {
  const day = 86_400_000;
  const guide = graph([
    step('week', { title: 'Review, again; and\nmore', followUp: { fromMs: 7 * day, toMs: 14 * day, label: 'Week 2' } }),
    step('first', { title: 'Look', followUp: { fromMs: 0, toMs: day, label: 'Day 1' }, items: [{ line: 1, text: 'done', depth: 0, waitsFor: [] }, { line: 2, text: 'open', depth: 0, waitsFor: [] }] }),
    step('settled', { title: 'Settled', followUp: { fromMs: 0, toMs: day, label: 'Day 1' } }),
  ]);
  const state = new Script().ran('settled').add({ type: 'item.ticked', pass: 'forward', step: 'first', attempt: 1, item: 0, ticked: true, note: null, by: 'dana' }).finished().state();
  const list = followUps(state, guide);

  it('are dated from the end of the run, soonest first', () => {
    expect(list.map((one) => [one.step, one.from, one.to, one.items, one.done])).toEqual([
      ['first', '2026-03-01T14:05:04.000Z', '2026-03-02T14:05:04.000Z', ['open'], false],
      ['settled', '2026-03-01T14:05:04.000Z', '2026-03-02T14:05:04.000Z', [], true],
      ['week', '2026-03-08T14:05:04.000Z', '2026-03-15T14:05:04.000Z', [], false],
    ]);
    expect(followUps(new Script().state(), guide)).toEqual([]);
  });

  it('are due from their first moment until they are done', () => {
    expect(dueAt(list, '2026-03-01T14:05:03.000Z')).toEqual([]);
    expect(dueAt(list, '2026-03-02T00:00:00.000Z').map((one) => one.step)).toEqual(['first']);
    expect(dueAt(list, '2026-04-01T00:00:00.000Z').map((one) => one.step)).toEqual(['first', 'week']);
  });

  it('are a calendar by RFC 5545', () => {
    const run = { title: 'Add; notes', environment: 'staging', finishedAt: state.finishedAt ?? '' };
    const text = calendar([{ ...run, run: 'r1', list }, { ...run, run: 'r2', list: list.slice(2) }]);
    expect(text.match(/BEGIN:VCALENDAR/g)).toHaveLength(1);
    expect(new Set(text.match(/^UID:.*/gm)).size).toBe(3);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(text).toContain('DTSTART:20260308T140504Z\r\nDTEND:20260315T140504Z\r\nSUMMARY:Week 2: Review\\, again\\; and\\nmore (staging)\r\n');
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n]/);
    }
  });

  it('are folded at 75 octets without splitting a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !/[\r\n]/.test(text)), (text) => {
      const folded = foldLine(text);
      for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(folded.replaceAll('\r\n ', '')).toBe(text);
    }));
  });
});

describe('what sign-off asks', () => {
  const template = 'Date: ____\nReviewed by: ____\nEnd Time: ____\nApplication works: [ ] Yes [ ] No';
  // The log's own line is that of the fence; the template begins below it.
  const guide = { ...graph([step('a')], { line: 7, template, fields: [{ label: 'Date', fact: 'date', line: 8 }, { label: 'Reviewed by', line: 9 }, { label: 'End Time', fact: 'end', line: 10 }, { label: 'Application works', fact: 'verification', line: 11, boxes: ['Yes', 'No'] }] }) };

  it('is what neither the run nor its end will answer, once', () => {
    const script = new Script().ran('a');
    expect(openFields(script.state(), guide).map((one) => [one.label, one.line])).toEqual([['Reviewed by', 9], ['Application works', 11]]);
    script.add({ type: 'log.filled', label: 'Reviewed by', line: 9, value: 'lee', by: 'dana' });
    expect(openFields(script.state(), guide).map((one) => one.label)).toEqual(['Application works']);
  });

  it('suggests what the run knows for a blank of the guide', () => {
    const state = new Script().target().ran('a').state();
    expect(suggestedValue('Deployed By', null, state, guide)).toBe('dana');
    expect(suggestedValue('Deployment Date', null, state, guide)).toBe('2026-03-01');
    expect(suggestedValue('Users with a device', null, state, guide)).toBeNull();
  });
});

const run: RunProgram = (command, args, input) => new Promise((resolve, reject) => {
  const child = spawn(command, args);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  child.on('error', reject).on('close', (exitCode) => { resolve({ exitCode, stdout, stderr }); });
  child.stdin.on('error', () => undefined).end(input);
});

describe.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)('signature', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-wizard-sign-'));
  const path = (name: string): string => join(folder, name);
  afterAll(() => { rmSync(folder, { recursive: true }); });

  it('holds for the very text and the named signer alone', async () => {
    for (const key of ['mine', 'other']) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(key)]);
    writeFileSync(path('signers'), `dana@example.com ${readFileSync(path('mine.pub'), 'utf8')}`);
    writeFileSync(path('strangers'), `lee@example.com ${readFileSync(path('other.pub'), 'utf8')}`);
    const signed = await sign('the log\n', path('mine'), run);
    if (!('signature' in signed)) throw new TypeError(signed.problem.what);
    writeFileSync(path('sig'), signed.signature);
    const files = { signature: path('sig'), allowedSigners: path('signers') };
    expect(await verify('the log\n', files, run)).toEqual({ valid: true, signer: 'dana@example.com' });
    expect(await verify('the log.\n', files, run)).toMatchObject({ valid: false, problem: { code: 'signature-wrong' } });
    expect(await verify('the log\n', { ...files, allowedSigners: path('strangers') }, run)).toMatchObject({ valid: false, problem: { code: 'signer-unknown' } });
    expect(await sign('x', path('none'), run)).toMatchObject({ problem: { code: 'log-not-signed' } });
    expect(await sign('x', path('mine'), () => Promise.reject(new Error('ENOENT')))).toMatchObject({ problem: { code: 'ssh-keygen-missing' } });
  });
});
