import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, smallGuide, wizard } from './support.js';

const later = `${smallGuide}
## Post-Deployment Monitoring

### First 24 hours

- [ ] Look at the error rate
- [ ] Read the support inbox
`;

let cwd = '';
let guide = '';
let run = '';
let journal = '';
let database: TestDatabase | null = null;
const silent = createServer(() => undefined);
let ended = { code: -1, out: '', err: '' };
let heldMs = 0;
const here = (args: string[]) => wizard(args, { cwd, env: { HOOK: 'http://127.0.0.1:1/' } });
const at = (name: string): string => join(cwd, name);
const noKeygen = spawnSync('ssh-keygen', ['-?']).error !== undefined;

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  database = await freshDatabase();
  cwd = folder();
  guide = guideFile(later);
  for (const key of noKeygen ? [] : ['mine', 'other']) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  if (!noKeygen) {
    writeFileSync(at('signers'), `dana@example.com ${readFileSync(at('mine.pub'), 'utf8')}`);
    writeFileSync(at('strangers'), `lee@example.com ${readFileSync(at('other.pub'), 'utf8')}`);
  }
  writeFileSync(at('deploy-wizard.config.yaml'), 'notify: { webhook: env:HOOK }\nsign: { key: mine, allowedSigners: signers, atEnd: true }\n');
  writeFileSync(at('answers.yaml'), 'items: { pre-flight/1: true }\n');
  ended = await wizard(['run', guide, '--database', database.url, '--headless', '--yes', '--answers', at('answers.yaml')], { cwd, env: { HOOK: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/secret-path` } });
  expect(ended.code, ended.err).toBe(0);
  const log = logOf(at('logs/migrations'));
  heldMs = Date.now() - Date.parse(log.finishedAt ?? '');
  run = log.run;
  journal = join(at('logs/migrations'), readdirSync(at('logs/migrations')).find((name) => name.endsWith('.journal.jsonl')) ?? '');
}, 120_000);
afterAll(async () => { silent.closeAllConnections(); silent.close(); await database?.drop(); });

describe('a webhook that never answers', () => {
  it('neither fails the run nor holds the finished process', () => {
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toContain('The message "finished" was not delivered: the run was over and it had not answered');
    expect(ended.err).not.toContain('secret-path');
    // 3 s of patience, the listing, the signature and the end of the process, on a busy machine; three attempts of 5 s each would be past it.
    expect(heldMs).toBeLessThan(10_000);
  });
});

describe.skipIf(noKeygen)('a signed run', () => {
  it('was signed at its end, and says by whom', async () => {
    const { code, out } = await here(['log', run, '--verify']);
    expect(code, out).toBe(0);
    expect(out).toMatch(/^intact: (\d+) lines, each follows the one before; ended: passed\nMarkdown log: what the journal gives, byte for byte\nJSON log: .*byte for byte\nHTML log: .*byte for byte\nledger: not asked.*\nsigned by dana@example.com: \1 lines$/);
  });

  it('is refused under other signers, and after any change', async () => {
    const strange = await here(['log', run, '--verify', '--signers', 'strangers']);
    expect([strange.code, strange.out]).toEqual([1, expect.stringContaining('bad signature: The key that signed is not among the allowed signers.')]);
    const lines = readFileSync(journal, 'utf8');
    try {
      truncateSync(journal, Buffer.byteLength(lines.slice(0, lines.lastIndexOf('\n', lines.length - 2) + 1)));
      const cut = await here(['log', run, '--verify']);
      expect([cut.code, cut.out]).toEqual([1, expect.stringContaining('the end was cut off')]);
      expect(cut.out).toContain('not ended');
    } finally {
      writeFileSync(journal, lines);
    }
    const signature = journal.replace('.jsonl', '.sig');
    const kept = readFileSync(signature, 'utf8');
    try {
      writeFileSync(signature, kept.replace(/lines \d+/, 'lines 3'));
      expect((await here(['log', run, '--verify'])).code).toBe(1);
      writeFileSync(signature, 'nothing\n');
      expect((await here(['log', run, '--verify'])).out).toContain('is not a file of signatures');
    } finally {
      writeFileSync(signature, kept);
    }
  });
});

describe('an unsigned journal that was cut at a line\'s end', () => {
  /** What `log --verify` says while a file of the run is another, without its signatures. */
  async function verifiedWith(path: string, text: string): Promise<{ code: number; out: string }> {
    const kept = readFileSync(path, 'utf8');
    const signature = journal.replace('.jsonl', '.sig');
    if (!noKeygen) renameSync(signature, `${signature}.away`);
    try {
      writeFileSync(path, text);
      return await here(['log', run, '--verify', '--database', database?.url ?? '']);
    } finally {
      writeFileSync(path, kept);
      if (!noKeygen) renameSync(`${signature}.away`, signature);
    }
  }

  it('is told by the logs that were made from it, and by the ledger', async () => {
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    const cut = await verifiedWith(journal, `${lines.slice(0, -1).join('\n')}\n`);
    expect([cut.code, cut.out]).toEqual([1, expect.stringContaining(`intact: ${lines.length - 1} lines, each follows the one before; not ended`)]);
    expect(cut.out).toContain(`Markdown log: the journal was cut: this log was made from ${lines.length} lines, the journal has ${lines.length - 1}`);
    expect(cut.out).toContain(`ledger: the journal was cut: line ${lines.length} is in the ledger, the journal has ${lines.length - 1}`);
  });

  it('is not mistaken for a log that was changed', async () => {
    const path = journal.replace('.journal.jsonl', '.md');
    const changed = await verifiedWith(path, readFileSync(path, 'utf8').replace('passed', 'failed'));
    expect([changed.code, changed.out]).toEqual([1, expect.stringMatching(/^intact.*ended: passed\nMarkdown log: changed: it is not what the \d+ lines of the journal give .*\nJSON log: .*byte for byte\nHTML log: .*byte for byte\nledger: holds \d+ of these lines, all alike\nnot signed$/)]);
  });
});

describe('follow-ups', () => {
  it('are read from the log without a guide, walked by a bare resume, and the log grows', async () => {
    // Another folder and no guide: the log alone knows them.
    const moved = folder();
    for (const name of readdirSync(at('logs/migrations')).filter((one) => one.startsWith('2'))) copyFileSync(join(at('logs/migrations'), name), join(moved, name));
    const text = readFileSync(guide, 'utf8');
    writeFileSync(guide, 'no guide any more');
    const listed = await here(['runs', '--due', '--logs', moved]);
    writeFileSync(guide, text);
    expect(listed.out).toMatch(/First 24 hours: First 24 hours {2}\(due, until .* UTC\)\n {4}\[ \] Look at the error rate\n {4}\[ \] Read the support inbox\n/);

    writeFileSync(at('answers.yaml'), 'items: { post-deployment-monitoring/first-24-hours/1: true }\n');
    // No run is unfinished: resume means the one with something due.
    const went = await here(['resume', '--database', database?.url ?? '', '--headless', '--yes', '--answers', at('answers.yaml')]);
    expect(went.code, went.err).toBe(0);
    expect((await here(['runs', '--due'])).out).toBe('No follow-ups are open.');
    const verified = await here(['log', run, '--verify']);
    expect(verified.code, verified.out).toBe(0);
    // Signed when it ended, and again when it had grown.
    if (!noKeygen) expect(verified.out).toMatch(/signed by dana@example.com: \d+ lines; \d+ came after\nsigned by dana@example.com: \d+ lines$/);
  });

  it('leave files that the journal gives again, byte for byte', async () => {
    await Promise.all(['md', 'json', 'html'].map(async (format) => {
      const written = readFileSync(journal.replace('.journal.jsonl', `.${format}`), 'utf8');
      expect(`${(await here(['log', run, '--format', format])).out}\n`.replace(/\n+$/, '\n')).toBe(written.replace(/\n+$/, '\n'));
    }));
  });
});
