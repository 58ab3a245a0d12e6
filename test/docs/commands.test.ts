import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, root, smallGuide, wizard, type Ended } from '../cli/support.js';

/** Commands of the `sh` blocks of a page, one per line, comments cut off. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, body = '']) => body.replace(/\\\n\s*/g, ' ').split('\n')).map((line) => line.replace(/\s#.*$/, '').trim()).filter((line) => line !== '');
}

/** Arguments of a `deploy-wizard` line; null for another command. */
function argumentsOf(line: string): string[] | null {
  const match = /^(?:npx )?deploy-wizard ?(.*)$/.exec(line);
  return match ? (match[1] ?? '').split(/\s+/).filter((one) => one !== '') : null;
}

const RUN_GUIDE = `---\nguide: my-guide\n---\n${smallGuide}`;

it('runs every command of the README, as it is written, in a project', async () => {
  const database = await freshDatabase();
  const project = folder();
  mkdirSync(join(project, 'guides'));
  mkdirSync(join(project, 'docs'));
  writeFileSync(join(project, 'guides/my-guide.md'), RUN_GUIDE);
  writeFileSync(join(project, 'docs/OLD.md'), smallGuide);
  writeFileSync(join(project, 'deploy-wizard.config.yaml'), 'environments:\n  staging: { database: env:STAGING_DATABASE_URL }\n');
  const run = (args: string[]): Promise<Ended> => wizard(args, { cwd: project, env: { STAGING_DATABASE_URL: database.url } });
  // Without a terminal nobody ticks: a walk stops where a person is needed, resumable; nothing was applied that could be rolled back.
  const wanted: Record<string, number[]> = { '': [2], check: [0], rehearse: [4], run: [4], resume: [4], rollback: [1, 5], adopt: [0] };
  try {
    const commands = commandsOf('README.md').map(argumentsOf).filter((one) => one !== null);
    expect(commands.map((one) => one[0] ?? '')).toEqual(expect.arrayContaining(['check', 'rehearse', 'run', 'resume', 'rollback', 'adopt']));
    for (const command of commands) {
      const [id] = command.includes('RUN') ? (JSON.parse((await run(['runs', '--json'])).out) as { run: string; mode: string }[]).filter((one) => one.mode === 'run').map((one) => one.run) : [];
      const ended = await run(command.map((one) => (one === 'RUN' ? id ?? one : one)));
      expect(wanted[command[0] ?? ''] ?? [0], `${command.join(' ')}: ${ended.code}\n${ended.err}`).toContain(ended.code);
      expect(ended.err, command.join(' ')).not.toMatch(/\n\s+at /);
    }
    expect(existsSync(join(project, 'guides/old.md'))).toBe(true);
  } finally {
    await database.drop();
  }
}, 180_000);

const pages = ['docs/faults.md', ...readdirSync(join(root, 'docs/faults')).sort().map((name) => `docs/faults/${name}`)];
/** The documents are not ours to ship: SEEDS names their folder. Without it a document of one statement stands in. */
const seeds = process.env['SEEDS'] ?? '';
const shipped = new Set(readdirSync(join(root, 'guides')).map((name) => basename(name, '.md')));

describe('commands of the pages on faults', () => {
  it.each(pages)('%s', async (page) => {
    const project = folder();
    for (const name of ['guides', 'migrations']) symlinkSync(join(root, name), join(project, name));
    const number = basename(page, '.md');
    const real = seeds === '' ? undefined : readdirSync(seeds).find((name) => name.startsWith(`${number}_`));
    for (const name of ['DOCUMENT', 'DOCUMENT.txt']) {
      if (real) cpSync(join(seeds, real), join(project, name));
      else writeFileSync(join(project, name), '# Document\n\n## Verification\n\n```sql\nSELECT count(*) FROM auth.users;\n```\n\nExpected: 3\n');
    }
    writeFileSync(join(project, 'FILE.sql'), "INSERT INTO auth.users (email) SELECT 'n' || n || '@example.com' FROM generate_series(1, 3) AS n;\n");
    const commands = commandsOf(page).map(argumentsOf);
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      expect(command?.[0]).toBe('rehearse');
      const [, what = '', ...flags] = command ?? [];
      if (shipped.has(basename(what, '.md')) && what !== 'migrations/migration-framework') {
        // That this passes is what test/guides/rehearse.test.ts shows, for each guide.
        expect(flags).toEqual(['--headless', '--yes']);
        continue;
      }
      const ended = await wizard(['rehearse', what, ...flags, '--logs', join(project, 'logs')], { cwd: project });
      if (!what.startsWith('DOCUMENT')) expect(ended.code, ended.err).toBe(0);
      else if (real) shows(page, ended);
      // The stand-in wants three accounts: those of the baseline, or the sample.
      else expect([0, 1], ended.err).toContain(ended.code);
      expect(ended.err).not.toMatch(/The baseline fails|\n\s+at /);
    }
  }, 180_000);
});

/** Of the real document: every line that the page says a rehearsal names, with the message beside it. */
function shows(page: string, ended: Ended): void {
  const text = readFileSync(join(root, page), 'utf8');
  const claims = /The rehearsal of the document[\s\S]*?(?=\n## )/.exec(text)?.[0] ?? '';
  expect(ended.code, ended.err).toBe(/exits 0|exit 0/.test(claims) ? 0 : 1);
  for (const row of claims.matchAll(/^\| ([\d, ]+) \| (.*) \|.*\|$/gm)) {
    for (const line of (row[1] ?? '').split(', ')) expect(ended.err, `${page}: line ${line}`).toMatch(new RegExp(`line ${line}\\b`));
    for (const [, message = ''] of (row[2] ?? '').matchAll(/`([^`]+)`/g)) expect(ended.err, `${page}: ${message}`).toContain(message);
  }
  for (const [, line = ''] of claims.replace(/^\|.*$/gm, '').matchAll(/\blines? (\d+)(?= and tolerated| fails|;|, )/g)) expect(ended.err, `${page}: line ${line}`).toMatch(new RegExp(`line ${line}\\b`));
}
