import { toDot, toJson, toMermaid } from '../graph/format.js';
import { compilePath, findGuide } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { EXIT } from '../text/problem.js';

const formats = { json: toJson, mermaid: toMermaid, dot: toDot };

/** `deploy-wizard graph GUIDE`: the graph on stdout, also of a guide with errors (they stand in it; exit 2). */
export async function graphCommand(argument: string, flags: { format: keyof typeof formats }): Promise<number> {
  const graph = await compilePath(findGuide(argument, await loadConfig(process.cwd())));
  process.stdout.write(`${formats[flags.format](graph).trimEnd()}\n`);
  return graph.diagnostics.some((one) => one.severity === 'error') ? EXIT.usage : EXIT.passed;
}
