// Time and memory of compiling guides of growing size, each in a process of its own: tsx bench/compile.ts
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { compileGuide } from '../src/graph/compile.js';
import { nodeFiles } from '../src/guide/files.js';

const WORDS = ['orders', 'invoices', 'teams', 'members', 'devices', 'sessions', 'reports'];

/** Of a guide whose wordings are `unlike` no two are alike, and nothing is won by remembering the last; most guides repeat themselves. */
export type Wordings = 'unlike' | 'alike';

/** A guide with as many SQL steps as asked, a little over 400 bytes each, in the usual shapes. */
export function bigGuide(steps: number, wordings: Wordings = 'unlike'): string {
  const only = (text: string): string => (wordings === 'unlike' ? text : '');
  const parts = ['# A long migration\n\n## Deployment\n'];
  for (let index = 0; index < steps; index += 1) {
    const word = WORDS[index % WORDS.length] ?? '';
    parts.push(
      `\n### Step ${index}: Table ${word}_${index}\n\nCreates the table of the ${word} and looks at it, for the **reports** of \`team_${index}\`.\n\n`,
      `\`\`\`sql\n-- table of this step\nCREATE TABLE ${word}_${index} (\n  id uuid PRIMARY KEY,\n  name text NOT NULL DEFAULT 'none',\n  at timestamptz DEFAULT now()\n);\n`,
      `SELECT count(*) FROM ${word}_${index} WHERE name = 'x${index}';\n-- Expected: 0 ${word}${only(` of ${index}`)}\n\`\`\`\n\nExpected: 0 rows${only(` (${index} not yet there)`)}\n\n- [ ] Step ${index} was looked at\n- [ ] The team of ${word} knows\n`,
    );
  }
  return parts.join('');
}

export interface CompileFigures {
  wordings: Wordings;
  steps: number;
  bytes: number;
  ms: number;
  usPerStep: number;
  /** Time per step against that of the smallest guide: near or below 1 where time grows linearly. */
  ratio: number;
  /** Most memory the compiling process ever held, in megabytes (10^6 bytes). */
  peakMb: number;
}

/** Compiles one guide of a size, in this process. Throws when steps are missing. */
async function compileOne(steps: number, wordings: Wordings): Promise<Omit<CompileFigures, 'usPerStep' | 'ratio'>> {
  const text = bigGuide(steps, wordings);
  // The grammar is loaded once per process; what is measured is the guide.
  await compileGuide({ path: 'warm.md', text: bigGuide(1) }, nodeFiles);
  const start = performance.now();
  const graph = await compileGuide({ path: 'big.md', text }, nodeFiles);
  const ms = performance.now() - start;
  if (graph.steps.filter((step) => step.kind === 'sql').length !== steps) throw new Error(`${graph.steps.length} steps of a guide of ${steps}`);
  return { wordings, steps, bytes: Buffer.byteLength(text), ms: Math.round(ms), peakMb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6) };
}

/**
 * Figures for guides of growing size; each is compiled cold, in a fresh process, of code that is built as the program
 * is: run from its sources, each function would be told its name whenever it is made, a tenth of the time.
 */
export function benchCompile(sizes: readonly number[] = [500, 5_000, 20_000]): CompileFigures[] {
  const own = fileURLToPath(import.meta.url);
  const built = join(own, `../.compile-${process.pid}.mjs`);
  buildSync({ entryPoints: [own], outfile: built, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'warning' });
  try {
    return (['alike', 'unlike'] as const).flatMap((wordings) => {
      let smallest = 0;
      return sizes.map((size) => {
        const out = execFileSync(process.execPath, [built, '--size', String(size), wordings], { encoding: 'utf8' });
        const one = JSON.parse(out) as Awaited<ReturnType<typeof compileOne>>;
        const usPerStep = (one.ms * 1000) / size;
        smallest ||= usPerStep;
        return { ...one, usPerStep: Math.round(usPerStep), ratio: Number((usPerStep / smallest).toFixed(2)) };
      });
    });
  } finally {
    rmSync(built, { force: true });
  }
}

if (/bench[/\\]\.?compile/.test(process.argv[1] ?? '')) {
  const size = process.argv[2] === '--size' ? Number(process.argv[3]) : 0;
  const wordings = process.argv[4] === 'alike' ? 'alike' : 'unlike';
  process.stdout.write(`${JSON.stringify(size > 0 ? await compileOne(size, wordings) : benchCompile(), null, 2)}\n`);
}
