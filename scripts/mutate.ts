// Breaks every statement of the shipped migrations, one at a time, and walks the guide: some expectation has to fail.
// Run: npm run test:mutants [-- GUIDE…] [-- --only TEXT] [-- --sample N] [-- --verbose]. Exit 0 when none lives.
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePath } from '../src/project/guides.js';
import { startEmbedded } from '../src/rehearsal/embedded.js';
import { type Mutant } from './mutation/mutant.js';
import { Rig, type Fate } from './mutation/rig.js';
import { mutantReport, type Judged } from './mutation/report.js';

const WORKERS = 3;
const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, sample: { type: 'string' }, verbose: { type: 'boolean' } } });
const guides = positionals.length > 0 ? positionals : readdirSync(join(root, 'guides')).filter((name) => name.endsWith('.md')).map((name) => basename(name, '.md')).sort();

/** Judges mutants, some at a time, in their order. */
async function judgeAll(rig: Rig, mutants: readonly Mutant[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: WORKERS }, async () => {
    for (let index = next++; index < mutants.length; index = next++) {
      const mutant = mutants[index];
      if (!mutant) break;
      const fate: Fate = await rig.judge(mutant);
      judged[index] = { guide: rig.graph.guide.id, mutant, ...fate };
      if (values.verbose || fate.fate === 'living') process.stderr.write(`${fate.fate.padEnd(9)} ${mutant.where} ${mutant.change}: ${mutant.statement} ${fate.by === '' ? '' : `=> ${fate.by.slice(0, 120)}`}\n`);
    }
  }));
  return judged;
}

const server = await startEmbedded();
const judged: Judged[] = [];
try {
  for (const guide of guides) {
    const rig = await Rig.open(server.url, await compilePath(join(root, 'guides', `${guide}.md`)));
    const all = (await rig.mutants()).filter((one) => values.only === undefined || `${one.where} ${one.change}: ${one.statement} ${one.kind}`.includes(values.only));
    const every = values.sample === undefined ? 1 : Math.max(1, Math.floor(all.length / Number(values.sample)));
    const started = Date.now();
    judged.push(...await judgeAll(rig, all.filter((_, index) => index % every === 0)));
    process.stderr.write(`${guide}: ${all.length} mutants in ${Math.round((Date.now() - started) / 1000)} s\n`);
    await rig.close();
  }
} finally {
  await server.stop();
}
const { text, good } = await mutantReport(judged);
process.stdout.write(`${text}\n`);
process.exitCode = good ? 0 : 1;
