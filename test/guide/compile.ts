import { compileGuide } from '../../src/graph/compile.js';
import type { Expectation, Graph, Step } from '../../src/graph/graph.js';
import type { FileReader } from '../../src/guide/guide.js';

/** A file system held in memory, by absolute path. */
export function memoryFiles(files: Record<string, string> = {}): FileReader {
  return {
    read: (path) => (files[path] === undefined ? null : { text: files[path], kept: [] }),
    has: (path) => files[path] !== undefined,
    list: (folder) => {
      const names = Object.keys(files).filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/')).map((path) => path.slice(folder.length + 1));
      return names.length > 0 ? names : null;
    },
  };
}

/** Compiles text as `/guides/g.md`. */
export function compile(text: string | Uint8Array, files: Record<string, string> = {}): Promise<Graph> {
  return compileGuide({ path: '/guides/g.md', text, root: '/guides' }, memoryFiles(files));
}

/** Steps that run on the way. */
export function forward(graph: Graph): Step[] {
  return graph.steps.filter((step) => step.role !== 'rollback');
}

export function errors(graph: Graph): string[] {
  return graph.diagnostics.filter((one) => one.severity === 'error').map((one) => one.code);
}
export function codes(graph: Graph): string[] {
  return graph.diagnostics.map((one) => one.code);
}

/** Where each expectation was bound: `line → statement's line`, or null. */
export function bindings(graph: Graph): [number, number | null][] {
  return graph.steps.flatMap((step) => step.expectations.map((one): [number, number | null] => [one.line, one.statement === null ? null : (step.statements[one.statement]?.line ?? null)]));
}

export function expectations(graph: Graph): Expectation[] {
  return graph.steps.flatMap((step) => step.expectations);
}

/** A document with one deploying section that holds these fences of SQL. */
export function withSql(...bodies: string[]): string {
  return `# Guide\n\n## Apply\n\n${bodies.map((body) => `\`\`\`sql\n${body}\n\`\`\`\n`).join('\n')}`;
}
