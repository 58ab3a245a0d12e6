import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeJournals } from '../../bench/runs.js';
import { encodeLine, Journal, lineHash, readJournal } from '../../src/engine/journal.js';
import { openJournal } from '../../src/project/journals.js';
import { runFiles } from '../../src/project/run-files.js';
import { listRuns, noteOpened, noteRun, type RunEntry } from '../../src/project/run-index.js';

let folder: string;
let index: string;
let first: RunEntry[];
const journals = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.journal.jsonl')).sort();

/** Adds the line of a run that is gone on with. */
function resumed(journal: string): void {
  const path = join(folder, journal);
  const { lines } = readJournal(path);
  const last = lines.at(-1) ?? '';
  appendFileSync(path, `${encodeLine({ seq: lines.length + 1, at: '2026-05-01T00:00:00.000Z', type: 'run.resumed', operator: 'noor', host: 'there', from: 'dana', fromHost: 'bastion', window: null }, lineHash(last))}\n`);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'index-'));
  index = join(folder, '.runs.jsonl');
  writeJournals(folder, 6);
  first = await listRuns(folder);
  // The second finds nothing to read, and says when the folder was seen whole.
  await listRuns(folder);
  expect(readFileSync(index, 'utf8')).toMatch(/^folder \d+ 6$/m);
});

it('two runs that start in one second keep their own files', () => {
  const files = ['aaaa0001', 'aaaa0002'].map((run) => runFiles(folder, { startedAt: '2026-05-01T02:00:00.000Z', guide: 'orders', environment: 'staging', run }));
  const journals = files.map((one) => Journal.create(one.journal));
  for (const one of journals) one.close();
  expect(new Set(files.flatMap((one) => [one.journal, one.markdown, one.json, one.html])).size).toBe(8);
  expect(() => Journal.create(files[0]?.journal ?? '')).toThrow();
});

describe('the index of runs', () => {
  it('lists what the journals hold, and the same from the index alone', async () => {
    expect(first.map(({ run, outcome, mode, finishedAt }) => `${run} ${outcome} ${mode} ${finishedAt}`).slice(0, 2)).toEqual(['10000000 passed rehearsal 2024-01-01T00:01:30.000Z', '10000001 passed run 2024-01-01T01:01:30.000Z']);
    expect(await listRuns(folder)).toEqual(first);
  });

  it.each([
    ['deleted', () => { rmSync(index); }],
    ['of another version', () => { writeFileSync(index, '{"index":1,"run":"x"}\n'); }],
    ['torn in a line', () => { writeFileSync(index, readFileSync(index, 'utf8').slice(0, 700)); }],
    ['robbed of a line', () => { writeFileSync(index, readFileSync(index, 'utf8').split('\n').toSpliced(2, 1).join('\n')); }],
    ['full of rubbish', () => { writeFileSync(index, `\u0000\u0001[3,[3,"x"]\n[3,1,2]\n${'['.repeat(5000)}\n`); }],
  ])('is made again when it is %s', async (_what, damage) => {
    damage();
    expect(await listRuns(folder)).toEqual(first);
    rmSync(join(folder, journals()[0] ?? ''));
    expect(await listRuns(folder)).toEqual(first.slice(1));
  });

  it('learns of a journal that came, and of one that went', async () => {
    const extra = mkdtempSync(join(tmpdir(), 'index-'));
    writeJournals(extra, 7);
    const name = readdirSync(extra).filter((one) => one.endsWith('.journal.jsonl')).sort().at(-1) ?? '';
    writeFileSync(join(folder, name), readFileSync(join(extra, name)));
    expect((await listRuns(folder)).map((one) => one.run)).toEqual([...first.map((one) => one.run), '10000006']);
    rmSync(join(folder, name));
    expect(await listRuns(folder)).toEqual(first);
  });

  it('knows a finished run for open again once it is gone on with, though its process was killed', async () => {
    const [, run] = journals();
    const { state, files } = openJournal(join(folder, run ?? ''));
    noteOpened(folder, state, files);
    resumed(run ?? '');
    expect((await listRuns(folder))[1]).toMatchObject({ run: '10000001', outcome: null, updatedAt: '2026-05-01T00:00:00.000Z' });
    const again = openJournal(join(folder, run ?? ''));
    noteRun(folder, { ...again.state, outcome: 'passed', finishedAt: '2026-05-01T00:00:01.000Z' }, again.files, []);
    expect((await listRuns(folder))[1]).toMatchObject({ run: '10000001', outcome: 'passed', followUps: [] });
  });

  it('reads a journal that is still written to each time that it grew', async () => {
    const name = journals()[5] ?? '';
    const path = join(folder, name);
    const [start = '', target = ''] = readJournal(path).lines;
    writeFileSync(path, `${start}\n`);
    rmSync(index);
    const unfinished = (await listRuns(folder))[5];
    expect(unfinished).toMatchObject({ outcome: null, database: null });
    await listRuns(folder);
    appendFileSync(path, `${target}\n`);
    expect((await listRuns(folder))[5]).toMatchObject({ outcome: null, database: 'shop' });
  });
});
