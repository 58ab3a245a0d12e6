import { performance } from 'node:perf_hooks';
import { compileGuide } from '../src/graph/compile.js';
import { nodeFiles } from '../src/guide/files.js';

/** A guide with as many SQL steps as asked, about 400 bytes each, in the usual shapes. */
export function bigGuide(steps: number): string {
  const parts = ['# A long migration\n\n## Deployment\n'];
  for (let index = 0; index < steps; index += 1) {
    parts.push(
      `\n### Step ${index}: Table ${index}\n\nCreates the table and looks at it, for the **reports** of \`team_${index}\`.\n\n`,
      `\`\`\`sql\n-- table of this step\nCREATE TABLE t_${index} (\n  id uuid PRIMARY KEY,\n  name text NOT NULL DEFAULT 'none',\n  at timestamptz DEFAULT now()\n);\n`,
      `SELECT count(*) FROM t_${index} WHERE name = 'x';\n-- Expected: 0\n\`\`\`\n\nExpected: 0 rows\n\n- [ ] Step ${index} was looked at\n- [ ] The team knows\n`,
    );
  }
  return parts.join('');
}

export interface CompileFigures {
  steps: number;
  bytes: number;
  ms: number;
  usPerStep: number;
  /** Time per step against that of the smallest guide: near 1 where time grows linearly. */
  ratio: number;
  rssMb: number;
}

/** Time and memory of compiling guides of growing size. */
export async function benchCompile(sizes: readonly number[] = [500, 5_000, 20_000]): Promise<CompileFigures[]> {
  await compileGuide({ path: 'warm.md', text: bigGuide(50) }, nodeFiles);
  const rows: CompileFigures[] = [];
  for (const size of sizes) {
    const text = bigGuide(size);
    const start = performance.now();
    const graph = await compileGuide({ path: 'big.md', text }, nodeFiles);
    const ms = performance.now() - start;
    if (graph.steps.length < size) throw new Error(`${graph.steps.length} of ${size} steps`);
    const usPerStep = (ms * 1000) / size;
    rows.push({ steps: size, bytes: text.length, ms, usPerStep, ratio: usPerStep / (rows[0]?.usPerStep ?? usPerStep), rssMb: process.memoryUsage().rss / 1e6 });
  }
  return rows;
}

if (process.argv[1]?.includes('bench/compile')) process.stdout.write(`${JSON.stringify(await benchCompile(), null, 2)}\n`);
