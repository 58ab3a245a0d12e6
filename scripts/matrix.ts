// Rehearses every shipped guide on every server major there is an embedded package for, and prints what came of it.
// Run: npm run test:matrix [-- GUIDE…] [-- --majors 15,18]. Exit 0 only when every rehearsal passed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { LogDocument } from '../src/log/schema.js';
import { serverMajors } from '../src/rehearsal/packaged-majors.js';
import { textTable } from '../src/text/table.js';

const root = resolve(import.meta.dirname, '..');
const COLUMNS = ['guide', 'server', 'exit', 'steps passed', 'expectations held', 'explicit', 'read', "operator's", 'rollback', 'second application', 'took'];

interface Rehearsed { row: string[]; good: boolean; told: string }

/** Arguments of one rehearsal: a guide, or a directory of migrations, which brings no baseline of its own. */
function target(guide: string): string[] {
  return guide.endsWith('.md') ? [`guides/${guide}`] : [guide, '--baseline', 'supabase'];
}

/** Rehearses one guide on one major with the built program and reads its log. */
async function rehearse(guide: string, major: number): Promise<Rehearsed> {
  const logs = mkdtempSync(join(tmpdir(), 'matrix-'));
  try {
    const ended = await execa(process.execPath, ['dist/main.js', 'rehearse', ...target(guide), '--server-version', String(major), '--headless', '--yes', '--logs', logs],
      { cwd: root, reject: false, stdin: 'ignore', env: { DEPLOY_WIZARD_OPERATOR: 'matrix' } });
    const name = readdirSync(logs).find((one) => one.endsWith('.json'));
    const log = name === undefined ? null : JSON.parse(readFileSync(join(logs, name), 'utf8')) as LogDocument;
    return summed(guide, major, ended.exitCode ?? -1, log, ended.stderr);
  } finally {
    rmSync(logs, { recursive: true, force: true });
  }
}

function summed(guide: string, major: number, exit: number, log: LogDocument | null, told: string): Rehearsed {
  const again = log?.proofs.find((one) => one.what === 'again')?.proof.clean;
  const back = log?.rollback.proof?.clean;
  const steps = [...log?.steps ?? [], ...log?.rollback.steps ?? []];
  const ran = steps.filter((step) => step.attempts > 0);
  const expectations = ran.flatMap((step) => step.expectations);
  const from = (source: string): number => expectations.filter((one) => one.source === source).length;
  const held = expectations.filter((one) => one.verdict === 'passed').length;
  const good = exit === 0 && log?.outcome === 'passed' && back === true && log.rollback.complete === true && again === true && log.triggers?.findings.length === 0 && from('operator') === 0 && held === expectations.length;
  const clean = (proof: boolean | undefined): string => (proof === undefined ? 'none' : proof ? 'clean' : 'NOT clean');
  return {
    good, told,
    row: [basename(guide, '.md'), log?.database?.version ?? String(major), String(exit), `${ran.filter((step) => step.verdict === 'passed').length} of ${ran.length}`, `${held} of ${expectations.length}`,
      String(from('explicit')), String(from('read')), String(from('operator')), clean(back), clean(again), log?.durationMs == null ? '-' : `${(log.durationMs / 1000).toFixed(1)} s`],
  };
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { majors: { type: 'string' } } });
const majors = values.majors === undefined ? [...serverMajors] : values.majors.split(',').map(Number);
const guides = positionals.length > 0 ? positionals : [...readdirSync(join(root, 'guides')).filter((name) => name.endsWith('.md')).sort(), 'migrations/migration-framework'];
const rows: string[][] = [];
const faults: Rehearsed[] = [];
for (const guide of guides) {
  for (const major of majors) {
    const done = await rehearse(guide, major);
    rows.push(done.row);
    if (!done.good) faults.push(done);
    process.stderr.write(`${done.good ? '✓' : '✗'} ${done.row.slice(0, 2).join(' on ')}\n`);
  }
}
process.stdout.write(`${await textTable(COLUMNS, rows, { width: 160 })}\n\n${rows.length} rehearsals, ${faults.length} with a fault\n`);
for (const { row, told } of faults) process.stdout.write(`\n== ${row.slice(0, 2).join(' on ')}\n${told.split('\n').filter((line) => /^[✗#?]|^ {4}|NOT/.test(line)).join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
