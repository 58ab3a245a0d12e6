import type { FileReader } from '../guide/guide.js';
import { readGuide } from '../guide/read-guide.js';
import { readSource } from '../guide/source.js';
import { loadGrammar } from '../guide/sql-parse.js';
import { buildGraph } from './build.js';
import type { Graph } from './graph.js';

/** A document to compile: `root` is the folder tree its files must lie in; default: the document's folder. */
export interface GuideSource {
  path: string;
  text: string | Uint8Array;
  root?: string;
}

/**
 * Compiles a document into a step graph. Bad input never throws: it becomes
 * diagnostics, and a graph with an error among them must not run.
 */
export async function compileGuide(source: GuideSource, files: FileReader): Promise<Graph> {
  await loadGrammar();
  return buildGraph(readGuide(readSource(source.path, source.text, source.root), files));
}

export { compileDirectory } from './directory.js';
